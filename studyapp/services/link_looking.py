"""Holds linked folders against the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from studyapp.deckfile.write import normal, write
from studyapp.domain.decks import Deck
from studyapp.domain.linking import (
    NO_HEAD,
    Head,
    Outcome,
    Placed,
    Sides,
    Status,
    decide,
    is_same,
    is_same_head,
    merge_heads,
)
from studyapp.domain.notes import DeckText, Note
from studyapp.errors import ContentError
from studyapp.services.link_reading import Owners, Texts, line_of, read_folder
from studyapp.services.link_values import FolderPlan, HeadItem, Item, Plan, TextFile
from studyapp.store import bulk, cards, decks, linked, notes
from studyapp.store.database import Transaction
from studyapp.store.linked import LinkedFolder
from studyapp.store.notes import StoredNote

_HELD_BACK = frozenset({Status.GONE_FROM_TEXT, Status.NEW_IN_APP, Status.GONE})
"""These notes have no text, or none that can be read."""


def look(tx: Transaction) -> Plan:
    """How all linked folders differ from the collection."""
    owners = Owners()
    return Plan(tuple(_look(tx, folder, owners) for folder in linked.folders(tx)))


def why_not(files: Mapping[str, TextFile], wanted: Placed, text: Placed | None) -> str:
    """Why a note cannot be written into its file as it should be; empty if it can."""
    if text is not None and is_same(wanted, text):
        return ""
    file = files.get(wanted.deck_key or (text.deck_key if text else ""))
    if file is None:
        return "the file that it was in is not there any more. Bring it back, or delete the note"
    deck = file.whole.deck
    kept = DeckText(deck.name, deck.key, retired=deck.retired, notes=(wanted.note,))
    return _refusal(kept)


def text_head(deck: DeckText) -> Head:
    """What a deck file says besides its notes."""
    return Head(deck.description, deck.sources, deck.macros)


def with_head(deck: DeckText, head: Head) -> DeckText:
    """A deck that says something else besides its notes."""
    return replace(deck, description=head.description, sources=head.sources, macros=head.macros)


def _refusal(deck: DeckText) -> str:
    try:
        write(deck)
    except ContentError as failure:
        return " ".join(str(failure).split("\n")[1:])
    return ""


def _look(tx: Transaction, folder: LinkedFolder, owners: Owners) -> FolderPlan:
    known = linked.decks(tx, folder.id)
    texts = read_folder(folder.path, {deck.file for deck in known.values()}, owners)
    side = _Collection.of(tx, texts)
    files = {file.whole.deck.key: file for file in texts.files}
    items = list(_items(tx, folder, files, side))
    held = [item for item in items if texts.problems and item.status in _HELD_BACK]
    heads = (
        _head(file, known[key].head if key in known else NO_HEAD, side.decks[key])
        for key, file in files.items()
        if key in side.decks
    )
    return FolderPlan(
        folder.id,
        folder.path,
        tuple(texts.files),
        tuple(texts.problems),
        tuple(texts.passed_over),
        tuple(item for item in items if item not in held),
        tuple(head for head in heads if head is not None),
        len(held),
    )


@dataclass(frozen=True, slots=True)
class _Collection:
    """The decks of the collection that the files of a folder are about."""

    decks: Mapping[str, Deck]
    """By the keys of the files."""

    @classmethod
    def of(cls, tx: Transaction, texts: Texts) -> _Collection:
        """Takes files out of `texts` whose deck has another key in the collection."""
        every = decks.every(tx)
        by_key = {deck.key: deck for deck in every if deck.key is not None}
        by_name = {deck.name.casefold(): deck for deck in every}
        found: dict[str, Deck] = {}
        for file in tuple(texts.files):
            text = file.whole.deck
            deck = by_key.get(text.key) or by_name.get(text.name.casefold())
            if deck is not None and deck.key not in (None, text.key):
                texts.files.remove(file)
                texts.problems.append(_other_key(file, deck))
            elif deck is not None:
                found[text.key] = deck
        return cls(found)

    def placed(self, tx: Transaction, keys: Iterable[str]) -> dict[str, Placed]:
        """Notes by their keys: those that are asked for, and all in the decks."""
        stored = notes.by_keys(tx, sorted(keys))
        known = {each.id for each in stored.values()}
        ids = [each for each in bulk.note_ids_in(tx, self._ids()) if each not in known]
        others = [each for each in notes.with_ids(tx, ids) if not each.retired]
        place = self._places(tx, [*stored.values(), *others])
        found = {key: _placed(each, place) for key, each in stored.items()}
        return found | {each.note.key: _placed(each, place) for each in others if place[each.id]}

    def _ids(self) -> list[int]:
        return [deck.id for deck in self.decks.values()]

    def _places(self, tx: Transaction, found: Sequence[StoredNote]) -> dict[int, str]:
        """For each note the key of the linked deck that its first card is in, if it is one."""
        keys = {deck.id: key for key, deck in self.decks.items()}
        first: dict[int, tuple[int, int]] = {}
        for place in cards.of_notes(tx, [each.id for each in found]):
            card = place.card
            at = (card.ordinal, card.deck_id)
            first[card.note_id] = min(at, first.get(card.note_id, at))
        return {
            each.id: keys.get(first[each.id][1], "") if each.id in first else "" for each in found
        }


def _placed(stored: StoredNote, place: Mapping[int, str]) -> Placed:
    return Placed(_normal(stored.note), place[stored.id])


def _normal(note: Note) -> Note:
    """The note as a text would give it back."""
    cleaned = normal(DeckText("", "", notes=(note,))).notes[0]
    links = tuple(dict.fromkeys(link for link in note.links if link != note.key))
    return replace(cleaned, tags=tuple(dict.fromkeys(note.tags)), links=links)


def _other_key(file: TextFile, deck: Deck) -> str:
    text = file.whole.deck
    return (
        f"{file.path}:{line_of(file.whole, 'key', text.key)}: The deck “{text.name}” has the key "
        f'“{deck.key}” in the app. Write key = "{deck.key}", or give the deck another name.'
    )


def _items(
    tx: Transaction, folder: LinkedFolder, files: Mapping[str, TextFile], side: _Collection
) -> Iterator[Item]:
    base = linked.notes(tx, folder.id)
    text = {
        note.key: Placed(note, key) for key, file in files.items() for note in file.whole.deck.notes
    }
    app = side.placed(tx, {*base, *text})
    reasons = {key: why for file in files.values() for key, why in file.whole.deck.retired}
    for key in dict.fromkeys((*text, *base, *app)):
        sides = Sides(base.get(key), app.get(key), text.get(key))
        decided = decide(sides)
        status = decided.status if isinstance(decided, Outcome) else decided
        wanted = decided.wanted if isinstance(decided, Outcome) else None
        cannot = why_not(files, wanted, sides.text) if wanted is not None else ""
        yield Item(key, sides, status, cannot, reasons.get(key, ""))


def _head(file: TextFile, base: Head, deck: Deck) -> HeadItem | None:
    text_deck = file.whole.deck
    text = text_head(text_deck)
    app = text_head(normal(DeckText("", "", deck.description, deck.sources, macros=deck.macros)))
    if is_same_head(app, text):
        return None
    merged = merge_heads(base, app, text)
    return HeadItem(
        text_deck.key,
        deck.name,
        base,
        app,
        text,
        merged.conflicts,
        comes_in=not is_same_head(merged.head, app),
        goes_out=not is_same_head(merged.head, text),
        cannot=_refusal(replace(with_head(text_deck, merged.head), notes=())),
    )
