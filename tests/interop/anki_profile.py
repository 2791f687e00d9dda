"""A collection of the real Anki, for tests that ask it what it makes of our packages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

import anki.collection  # before the rest of anki, whose modules import each other in a circle
from anki.cards import Card
from anki.models import NotetypeDict
from anki.notes import Note
from anki.scheduler.v3 import CardAnswer, Scheduler
from anki.sound import SoundOrVideoTag

_UNSEEN = re.compile(r"<style>.*?</style>|<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|pre|hr|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def seen(page: str) -> str:
    """What a reader sees of a card, formulas as LaTeX within the delimiters of MathJax."""
    text = _TAG.sub("", _BLOCK.sub(" ", _UNSEEN.sub("", page)))
    return " ".join(html.unescape(text).split())


@dataclass(frozen=True, slots=True)
class Imported:
    """How many notes an import dealt with, and in which way."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicting: int = 0


class AnkiProfile:
    """What a user of Anki has, and does with it."""

    def __init__(self, folder: Path) -> None:
        self.collection = anki.collection.Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.collection.close()

    def import_package(self, path: Path, *, progress: bool = False) -> Imported:
        """File → Import with Anki's own defaults; `progress` ticks "learning progress"."""
        options = anki.collection.ImportAnkiPackageOptions(
            with_scheduling=progress, with_deck_configs=progress
        )
        request = anki.collection.ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.collection.import_anki_package(request).log
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def note(self, guid: str) -> Note:
        """The one note with this guid."""
        assert self.collection.db is not None
        (note_id,) = self.collection.db.list("SELECT id FROM notes WHERE guid = ?", guid)
        return self.collection.get_note(note_id)

    def fields(self, guid: str) -> dict[str, str]:
        return dict(self.note(guid).items())

    def cards(self, guid: str) -> dict[int, Card]:
        """The cards of a note by their ordinals."""
        return {card.ord: card for card in self.note(guid).cards()}

    def deck_names(self) -> set[str]:
        return {deck.name for deck in self.collection.decks.all_names_and_ids()}

    def deck_of(self, guid: str) -> str:
        """The name of the deck of the note's first card."""
        return self.collection.decks.name(self.cards(guid)[0].did)

    def description(self, deck: str) -> str:
        found = self.collection.decks.by_name(deck)
        assert found is not None
        return str(found["desc"])

    def new_cards(self, deck: str) -> list[str]:
        """The guids of the notes of the cards that Anki asks for first, in its order."""
        deck_id = self.collection.decks.id_for_name(deck)
        assert deck_id is not None
        self.collection.decks.select(deck_id)
        queued = self._scheduler().get_queued_cards(fetch_limit=100).cards
        return [self.collection.get_note(each.card.note_id).guid for each in queued]

    def sound(self) -> bool:
        """Whether Tools → Check Database and → Empty Cards find nothing."""
        _, nothing_found = self.collection.fix_integrity()
        return nothing_found and not self.collection.get_empty_cards().notes

    def question(self, guid: str, ordinal: int) -> str:
        """What a reader sees of a question."""
        return seen(self.cards(guid)[ordinal].question())

    def answer(self, guid: str, ordinal: int) -> str:
        """What a reader sees of question and answer."""
        return seen(self.cards(guid)[ordinal].answer())

    def answer_easy(self, guid: str) -> None:
        """Study the first card of a note."""
        card = self.cards(guid)[0]
        card.start_timer()
        states = self.collection._backend.get_scheduling_states(card.id)
        scheduler = self._scheduler()
        easy = CardAnswer.EASY
        scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=easy))

    def edit(self, guid: str, field: str, value: str) -> None:
        note = self.note(guid)
        note[field] = value
        self.collection.update_note(note)

    def move(self, guid: str, deck: str) -> None:
        deck_id = self.collection.decks.id(deck)
        assert deck_id is not None
        self.collection.set_deck([card.id for card in self.cards(guid).values()], deck_id)

    def note_type_names(self) -> set[str]:
        return {each.name for each in self.collection.models.all_names_and_ids()}

    def rename(self, note_type: str, *, new_name: str, field: str, template: str) -> None:
        """Give a note type another name, and a field and a template of it the prefix `My`."""
        changed = self._note_type(note_type)
        changed["name"] = new_name
        for part, name in (("flds", field), ("tmpls", template)):
            (named,) = (each for each in changed[part] if each["name"] == name)
            named["name"] = f"My {name}"
        self.collection.models.update_dict(changed)

    def restyle(self, note_type: str, css: str) -> None:
        changed = self._note_type(note_type)
        changed["css"] = css
        self.collection.models.update_dict(changed)

    def style(self, note_type: str) -> str:
        return str(self._note_type(note_type)["css"])

    def _scheduler(self) -> Scheduler:
        assert isinstance(self.collection.sched, Scheduler)
        return self.collection.sched

    def _note_type(self, name: str) -> NotetypeDict:
        found = self.collection.models.by_name(name)
        assert found is not None
        return found

    def media(self) -> dict[str, bytes]:
        """The files of the media folder by their names."""
        folder = Path(self.collection.media.dir())
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def media_are_in_order(self) -> bool:
        """Whether Tools → Check Media finds every file used and none missing."""
        checked = self.collection.media.check()
        return not checked.missing and not checked.unused

    def played(self, guid: str) -> list[str]:
        """Names of the files that the answer of the note's first card plays."""
        tags = self.cards(guid)[0].answer_av_tags()
        return [tag.filename for tag in tags if isinstance(tag, SoundOrVideoTag)]

    def due_counts(self, deck: str) -> tuple[int, int, int]:
        """New, learning and review cards of today."""
        deck_id = self.collection.decks.id_for_name(deck)
        assert deck_id is not None
        self.collection.decks.select(deck_id)
        return self._scheduler().counts()
