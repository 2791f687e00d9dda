"""Brings a linked folder and the collection together: the collection's side, and new texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from studyapp.deckfile.parse import parse
from studyapp.deckfile.splicing import spliced
from studyapp.domain.card_making import ordinals
from studyapp.domain.cards import NEW_SCHEDULE
from studyapp.domain.linking import (
    Choice,
    Head,
    MergedHead,
    Outcome,
    Placed,
    Status,
    decide,
    is_same,
    is_same_head,
    merge_heads,
)
from studyapp.domain.notes import DeckText, Note
from studyapp.errors import ContentError, DeckFileError
from studyapp.services.fitting import change_note
from studyapp.services.link_looking import text_head, why_not, with_head
from studyapp.services.link_values import Choices, FolderPlan, HeadItem, Item, TextFile
from studyapp.store import bulk, cards, decks, linked, notes, trash, trash_return
from studyapp.store.adding import Adding, NewCard
from studyapp.store.database import Transaction
from studyapp.store.linked import LinkedDeck


@dataclass(slots=True)
class Done:
    """What was done with one folder."""

    numbers: Counter[Status] = field(default_factory=Counter)
    left: list[Item] = field(default_factory=list)
    heads_left: list[HeadItem] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)
    """What files should hold, as far as that is something else than now."""
    going_out: list[Note] = field(default_factory=list)
    """Notes whose texts are new or changed."""


@dataclass(slots=True)
class _TextChanges:
    """What changes in one file."""

    changed: dict[str, Note | None] = field(default_factory=dict)
    added: list[Note] = field(default_factory=list)
    head: DeckText | None = None


class FolderSync:
    """Works within the transaction that it is given; `at` is now, in ms since the epoch."""

    def __init__(self, tx: Transaction, plan: FolderPlan, choices: Choices, at: int) -> None:
        self._tx = tx
        self._plan = plan
        self._choices = choices
        self._at = at
        self._files: dict[str, TextFile] = {file.whole.deck.key: file for file in plan.files}
        self._changes: defaultdict[str, _TextChanges] = defaultdict(_TextChanges)
        self._known = linked.decks(tx, plan.id)
        self._heads: dict[str, LinkedDeck] = {}
        self._deck_ids: dict[str, int] = {}
        self._common: list[Placed] = []
        self._gone: list[str] = []
        self._done = Done()

    def run(self, trash_batch: int) -> Done:
        """Change the collection; returns what the files should hold.

        Raises ContentError if a file could not hold that.
        """
        self._bring_heads()
        self._add_new()
        for item in self._plan.items:
            self._bring(item, trash_batch)
        linked.remember_decks(self._tx, self._plan.id, self._heads)
        linked.remember_notes(self._tx, self._plan.id, self._common)
        linked.forget_notes(self._tx, self._gone)
        self._forget_decks()
        for key, file in self._files.items():
            text = _new_text(file, self._changes[key])
            if text != file.whole.text:
                self._done.texts[file.path] = text
        return self._done

    def _bring_heads(self) -> None:
        self._give_keys()
        differing = {head.deck_key: head for head in self._plan.heads}
        for key, file in self._files.items():
            if key in differing:
                self._bring_head(differing[key], file)
            else:
                self._heads[key] = LinkedDeck(file.path.name, text_head(file.whole.deck))
                self._make_deck(file)

    def _give_keys(self) -> None:
        """Give decks that are known by their names the keys of their files."""
        by_name = {deck.name.casefold(): deck for deck in decks.every(self._tx)}
        for key, file in self._files.items():
            deck = by_name.get(file.whole.deck.name.casefold())
            is_known = decks.id_by_key(self._tx, key) is not None
            if deck is not None and deck.key is None and not is_known:
                head = Head(deck.description, deck.sources, deck.macros)
                decks.set_head(self._tx, deck.id, key, head)

    def _make_deck(self, file: TextFile) -> None:
        """Make the deck of a file that was not there before; one that the user removed stays so."""
        deck = file.whole.deck
        if decks.id_by_key(self._tx, deck.key) is None and deck.key not in self._known:
            self._deck_id(deck.key)

    def _bring_head(self, item: HeadItem, file: TextFile) -> None:
        choice = self._choices.of_head(item)
        merged: MergedHead = merge_heads(item.base, item.app, item.text, choice)
        deck = with_head(file.whole.deck, merged.head)
        if item.cannot or (item.conflicts and choice is Choice.LATER):
            self._done.heads_left.append(item)
            return
        self._heads[item.deck_key] = LinkedDeck(file.path.name, merged.head)
        self._set_head(file, merged.head)
        if not is_same_head(merged.head, item.text):
            self._changes[item.deck_key].head = deck

    def _set_head(self, file: TextFile, head: Head) -> int:
        deck = file.whole.deck
        deck_id = decks.id_by_key(self._tx, deck.key) or decks.ensure(self._tx, deck.name)
        decks.set_head(self._tx, deck_id, deck.key, head)
        return deck_id

    def _deck_id(self, key: str) -> int:
        """The deck of a file, which is made if it is not there."""
        if key not in self._deck_ids:
            file = self._files[key]
            found = decks.id_by_key(self._tx, key)
            self._deck_ids[key] = found or self._set_head(file, text_head(file.whole.deck))
        return self._deck_ids[key]

    def _add_new(self) -> None:
        """Add the notes that are new in texts at once: one by one they take ten times as long."""
        adding = Adding(self._tx, None)
        for item in self._plan.items:
            if item.status is not Status.NEW_IN_TEXT or item.sides.text is None:
                continue
            note = item.sides.text.note
            deck_id = self._deck_id(item.sides.text.deck_key)
            note_id = adding.note(note, self._at, self._at)
            for ordinal in ordinals(note):
                adding.card(note_id, _new_card(ordinal, deck_id))
        adding.flush()

    def _bring(self, item: Item, trash_batch: int) -> None:
        outcome = decide(item.sides, self._choices.of(item))
        if not isinstance(outcome, Outcome):
            self._done.left.append(item)
            return
        wanted = _settled(item, outcome.wanted)
        cannot = item.cannot
        if item.needs_choice and wanted is not None:
            cannot = why_not(self._files, wanted, item.sides.text)
        if cannot:
            self._done.left.append(replace(item, cannot=cannot))
            return
        self._done.numbers[outcome.status] += 1
        if wanted is None:
            self._remove(item, trash_batch)
        else:
            self._into_app(item, wanted)
            self._into_text(item, wanted)

    def _remove(self, item: Item, trash_batch: int) -> None:
        self._gone += [item.key] if item.sides.base is not None else []
        if item.sides.text is not None:
            self._changes[item.sides.text.deck_key].changed[item.key] = None
        if item.sides.app is not None:
            ids = list(notes.ids_by_key(self._tx, [item.key]).values())
            trash.put_in(self._tx, trash_batch, ids)
            bulk.delete_notes(self._tx, ids)

    def _into_app(self, item: Item, wanted: Placed) -> None:
        app = item.sides.app
        if app is None and item.status is not Status.NEW_IN_TEXT:
            self._put_back(item, wanted)
        elif app is not None and not is_same(app, wanted):
            stored = notes.by_keys(self._tx, [item.key])[item.key]
            deck_id = self._deck_id(wanted.deck_key)
            if app.deck_key and app.deck_key != wanted.deck_key:
                cards.move(self._tx, stored.id, deck_id)
            change_note(self._tx, stored, wanted.note, deck_id, self._at)

    def _put_back(self, item: Item, wanted: Placed) -> None:
        """Add a note that was here before, from the trash with its progress if it is there."""
        deck_id = self._deck_id(wanted.deck_key)
        deleted = trash.newest_with_key(self._tx, item.key)
        if deleted is None:
            note_id = notes.add(self._tx, wanted.note, self._at)
            cards.add(self._tx, note_id, deck_id, ordinals(wanted.note))
            return
        found = trash_return.contents(self._tx, [deleted])
        trash_return.put_back(self._tx, found, lambda name: decks.ensure(self._tx, name))
        stored = notes.by_keys(self._tx, [item.key])[item.key]
        cards.move(self._tx, stored.id, deck_id)
        change_note(self._tx, stored, wanted.note, deck_id, self._at)

    def _into_text(self, item: Item, wanted: Placed) -> None:
        text = item.sides.text
        common = wanted
        if text is not None and is_same(text, wanted):
            common = text
        else:
            self._done.going_out.append(wanted.note)
            self._write(wanted, text)
        if common != item.sides.base:
            self._common.append(common)

    def _write(self, wanted: Placed, text: Placed | None) -> None:
        key = wanted.note.key
        if text is not None and text.deck_key == wanted.deck_key:
            self._changes[text.deck_key].changed[key] = wanted.note
            return
        if text is not None:
            self._changes[text.deck_key].changed[key] = None
        self._changes[wanted.deck_key].added.append(wanted.note)

    def _forget_decks(self) -> None:
        """Files that are not there any more, none of whose notes is known."""
        if self._plan.problems:
            return
        left = {each.deck_key for each in linked.notes(self._tx, self._plan.id).values()}
        missing = self._known.keys() - self._files.keys() - left
        linked.forget_decks(self._tx, sorted(missing))


def _new_card(ordinal: int, deck_id: int) -> NewCard:
    return NewCard(ordinal, deck_id, None, NEW_SCHEDULE, suspended=False, buried_on=None, flag=0)


def _settled(item: Item, wanted: Placed | None) -> Placed | None:
    """With the file that the note should be in, where the collection has no say in that."""
    if wanted is None or wanted.deck_key:
        return wanted
    known = item.sides.text or item.sides.base
    return wanted if known is None else replace(wanted, deck_key=known.deck_key)


def _new_text(file: TextFile, changes: _TextChanges) -> str:
    """Raises ContentError if that would not be read as it should."""
    text = spliced(file.whole, changes.changed, changes.added, changes.head)
    try:
        again = {note.key: note for note in parse(text, str(file.path)).notes}
    except DeckFileError as error:
        raise ContentError(
            f"{file.path} could not be written so that it can be read again, so nothing was "
            f"changed:\n{error}"
        ) from error
    if again != _wanted_notes(file, changes):
        raise ContentError(
            f"{file.path} would be read as something else once it was written. Nothing was "
            "changed. Give each of its notes an id: and try again."
        )
    return text


def _wanted_notes(file: TextFile, changes: _TextChanges) -> Mapping[str, Note]:
    there: dict[str, Note | None] = {note.key: note for note in file.whole.deck.notes}
    there |= changes.changed
    there |= {note.key: note for note in changes.added}
    return {key: note for key, note in there.items() if note is not None}
