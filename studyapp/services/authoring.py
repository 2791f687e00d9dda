"""Writing notes: adding, changing, and what the editor must know of the collection for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from studyapp.domain.card_making import ordinals
from studyapp.domain.decks import parent_names
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import ContentError, NotFound
from studyapp.services.clock import Clock
from studyapp.services.fitting import change_note
from studyapp.store import cards, decks, macros, notes
from studyapp.store.database import Database

NewKey = Callable[[], str]
"""Makes a key that no other collection in the world has."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the editor holds: a note, and the deck that its cards are in."""

    note: Note
    """Its key is empty as long as it was not added."""
    deck_name: str


@dataclass(frozen=True, slots=True)
class Titled:
    """A note by its key and a line that it is called by."""

    key: str
    note: Note


class Authoring:
    """One public method that changes something is one step of undo."""

    def __init__(self, database: Database, clock: Clock, new_key: NewKey) -> None:
        self._database = database
        self._clock = clock
        self._new_key = new_key

    def add(self, written: Written) -> int:
        """Add a note with its cards; returns its id.

        The deck is made if it is not there. Raises ContentError if the note asks nothing,
        StorageError.
        """
        note = replace(normal(written.note), key=written.note.key or self._new_key())
        check(note, written.deck_name)
        at = self._clock().at
        with self._database.change("add a note", at) as tx:
            note_id = notes.add(tx, note, at)
            cards.add(tx, note_id, decks.ensure(tx, written.deck_name), ordinals(note))
        return note_id

    def open(self, note_id: int) -> Written:
        """What a note holds now; raises NotFound."""
        with self._database.read() as tx:
            stored = notes.get(tx, note_id)
            places = cards.of_note(tx, note_id)
            name = decks.get(tx, places[0].deck_id).name if places else ""
        return Written(stored.note, name)

    def change(self, note_id: int, written: Written) -> None:
        """Give a note other content, and put its cards into another deck if that is another.

        Cards keep their progress; those that the note no longer asks for are suspended. Raises
        ContentError, NotFound, StorageError.
        """
        at = self._clock().at
        with self._database.change("edit a note", at) as tx:
            stored = notes.get(tx, note_id)
            note = replace(normal(written.note), key=stored.note.key)
            check(note, written.deck_name)
            deck_id = decks.ensure(tx, written.deck_name)
            places = cards.of_note(tx, note_id)
            if places and places[0].deck_id != deck_id:
                cards.move(tx, note_id, deck_id)
            change_note(tx, stored, note, deck_id, at)

    def deck_names(self) -> list[str]:
        """Of all decks, in the order of the tree's names."""
        with self._database.read() as tx:
            return sorted((deck.name for deck in decks.every(tx)), key=str.casefold)

    def tag_names(self) -> list[str]:
        """Of all tags that a note has."""
        with self._database.read() as tx:
            return notes.tag_names(tx)

    def macros_in(self, deck_name: str) -> Macros:
        """What the formulas of a note in a deck may use; the deck need not exist yet."""
        with self._database.read() as tx:
            by_name = {deck.name.casefold(): deck.id for deck in decks.every(tx)}
            for name in (deck_name, *reversed(parent_names(deck_name))):
                if (deck_id := by_name.get(name.casefold())) is not None:
                    return macros.in_decks(tx, [deck_id]).get(deck_id, NO_MACROS)
            return macros.of_user(tx)

    def linked(self, keys: tuple[str, ...]) -> tuple[Titled, ...]:
        """The notes with these keys, as far as they exist, in this order."""
        with self._database.read() as tx:
            ids = notes.ids_by_key(tx, keys)
            return tuple(Titled(key, notes.get(tx, ids[key]).note) for key in keys if key in ids)

    def linking_to(self, key: str) -> tuple[Titled, ...]:
        """The notes that link to a note."""
        with self._database.read() as tx:
            return tuple(Titled(each.note.key, each.note) for each in notes.linking_to(tx, key))

    def id_of(self, key: str) -> int:
        """Of the note with this key; raises NotFound."""
        with self._database.read() as tx:
            found = notes.ids_by_key(tx, [key])
        if key not in found:
            raise NotFound("This note does not exist any more.")
        return found[key]


def normal(note: Note) -> Note:
    """The note without blank ends, doubled tags and links, and links to itself."""
    front, back = note.front.strip("\n").rstrip(), note.back.strip("\n").rstrip()
    # An import brings 100,000 notes, most of which are as they should be.
    is_same = (front, back) == (note.front, note.back)
    if is_same and len(note.tags) <= 1 and not (note.links or note.source):
        return note
    # Not `replace`, which takes five times as long.
    return Note(
        note.key,
        note.kind,
        front,
        back,
        tags=tuple(dict.fromkeys(note.tags)),
        source=" ".join(note.source.split()),
        links=tuple(dict.fromkeys(link for link in note.links if link != note.key)),
    )


def check(note: Note, deck_name: str) -> None:
    """Raises ContentError that says what is missing for the note to ask something."""
    check_question(note)
    check_deck_name(deck_name)
    for tag in note.tags:
        check_tag(tag)


def check_question(note: Note) -> None:
    """Raises ContentError if the note asks nothing."""
    if not note.front.strip():
        raise ContentError("The front is empty. Write what the card asks.")
    if note.kind is NoteKind.CLOZE and not ordinals(note):
        raise ContentError(
            "Nothing is hidden in this cloze note. Select some words and hide them as {{c1::…}}."
        )
    if note.kind is not NoteKind.CLOZE and not note.back.strip():
        raise ContentError("The back is empty. Write the answer.")


def check_deck_name(deck_name: str) -> None:
    """Raises ContentError."""
    if not deck_name or any(part != part.strip() or not part for part in deck_name.split("::")):
        raise ContentError(
            f"“{deck_name}” is no name of a deck. Write it as Deck or Deck::Sub-deck."
        )


def check_tag(tag: str) -> None:
    """Raises ContentError."""
    if not tag or any(letter.isspace() or letter == "," for letter in tag):
        raise ContentError(f"The tag “{tag}” holds a space or comma. Write it as one word.")
