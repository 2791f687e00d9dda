"""What newer versions of deck files leave to the user: words to choose, notes that retired."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studyapp.domain.notes import Note
from studyapp.errors import NotFound
from studyapp.services.clock import Clock
from studyapp.services.fitting import change_note
from studyapp.store import cards, decks, notes
from studyapp.store.database import Database, Transaction
from studyapp.store.notes import StoredNote


@dataclass(frozen=True, slots=True)
class Offer:
    """A note that the user changed, and what its deck says of it now."""

    note_id: int
    deck_name: str
    mine: Note
    theirs: Note


@dataclass(frozen=True, slots=True)
class RetiredNote:
    """A note that its deck no longer has; its cards are suspended, and nothing of it is lost."""

    note_id: int
    deck_name: str
    note: Note
    because: str
    """What the deck says of that; may be empty."""


class Updates:
    """Each choice is one step of undo."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def offers(self) -> tuple[Offer, ...]:
        """Notes with a choice to be made."""
        with self._database.read() as tx:
            return tuple(
                Offer(stored.id, _deck_name(tx, stored), stored.note, stored.offered)
                for stored in notes.with_offers(tx)
                if stored.offered is not None
            )

    def retired(self) -> tuple[RetiredNote, ...]:
        """Notes that their decks no longer have."""
        with self._database.read() as tx:
            return tuple(
                RetiredNote(stored.id, _deck_name(tx, stored), stored.note, stored.retired_because)
                for stored in notes.retired(tx)
            )

    def take_theirs(self, note_id: int) -> None:
        """Give the note the deck's words; progress stays. Raises NotFound, StorageError."""
        at = self._clock().at
        with self._database.change("take the deck's words", at) as tx:
            stored, offered, deck_key = _with_offer(tx, note_id)
            # Tags and links of both sides were united when the deck was brought up to date.
            taken = replace(offered, tags=stored.note.tags, links=stored.note.links)
            change_note(tx, stored, taken, _deck_id(tx, stored), at)
            notes.remember_shipped(tx, note_id, offered, deck_key)

    def keep_mine(self, note_id: int) -> None:
        """Leave the note as it is until the deck changes it again; raises as `take_theirs`."""
        with self._database.change("keep your words", self._clock().at) as tx:
            _stored, offered, deck_key = _with_offer(tx, note_id)
            notes.remember_shipped(tx, note_id, offered, deck_key)

    def make_own(self, note_id: int) -> None:
        """Let a note be the user's own, which no deck changes or retires; it is asked again.

        Raises NotFound, StorageError.
        """
        with self._database.change("make a note your own", self._clock().at) as tx:
            stored = notes.get(tx, note_id)
            if stored.retired:
                cards.unsuspend(tx, [card.id for card in cards.of_note(tx, note_id)])
            notes.make_own(tx, note_id)


def _with_offer(tx: Transaction, note_id: int) -> tuple[StoredNote, Note, str]:
    stored = notes.get(tx, note_id)
    if stored.offered is None or stored.shipped_by is None:
        raise NotFound("There is nothing left to choose for this note.")
    return stored, stored.offered, stored.shipped_by


def _deck_id(tx: Transaction, stored: StoredNote) -> int:
    return cards.of_note(tx, stored.id)[0].deck_id


def _deck_name(tx: Transaction, stored: StoredNote) -> str:
    return decks.get(tx, _deck_id(tx, stored)).name
