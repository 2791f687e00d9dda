"""Install deck files, and bring what is installed up to date."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from studyapp.deckfile.parse import read_deck
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import DeckText, Note
from studyapp.errors import DeckFileError, StorageError
from studyapp.services.clock import Clock
from studyapp.store import cards, decks, notes
from studyapp.store.database import Database, Transaction
from studyapp.store.notes import StoredNote


class Installer:
    """Puts the notes of deck files into the collection and keeps them up to date."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def install(self, folder: Path) -> tuple[str, ...]:
        """Install every deck file of a folder; a file that has not changed costs next to nothing.

        Returns a message for each file that could not be installed; the others are.
        """
        with self._database.read() as tx:
            known = set(decks.shipped_digests(tx).values())
        failures = []
        for path in sorted(folder.glob("*.md")):
            try:
                self._install_file(path, known)
            except (DeckFileError, StorageError) as failure:
                failures.append(str(failure))
        return tuple(failures)

    def _install_file(self, path: Path, known: set[str]) -> None:
        try:
            digest = sha256(path.read_bytes()).hexdigest()
        except OSError as failure:
            raise StorageError(
                f"{path} cannot be read ({failure.strerror}). Check its permissions."
            ) from failure
        if digest not in known:
            self.install_text(read_deck(path), digest)

    def install_text(self, text: DeckText, digest: str) -> None:
        """Bring the collection to what a deck file says; progress and the user's edits stay."""
        at = self._clock().at
        with self._database.maintain(at) as tx:
            deck_id = decks.id_by_key(tx, text.key) or decks.ensure(tx, text.name)
            decks.describe(tx, deck_id, text, digest)
            known = notes.ids_by_key(tx, [note.key for note in text.notes])
            for note in text.notes:
                if note.key in known:
                    _update(tx, known[note.key], note, deck_id, at)
                else:
                    note_id = notes.add(tx, note, at, shipped=note)
                    cards.add(tx, note_id, deck_id, ordinals(note))
            _retire(tx, deck_id, {note.key for note in text.notes})


def _update(tx: Transaction, note_id: int, note: Note, deck_id: int, at: int) -> None:
    stored = notes.get(tx, note_id)
    if stored.note == stored.shipped and stored.note != note:
        notes.change(tx, stored, note, at)
        _make_cards_fit(tx, stored, note, deck_id)
    if stored.shipped != note:
        notes.remember_shipped(tx, note_id, note)


def _make_cards_fit(tx: Transaction, stored: StoredNote, note: Note, deck_id: int) -> None:
    """Add the cards that a note asks for now; those it no longer asks for are suspended."""
    before, wanted = set(ordinals(stored.note)), set(ordinals(note))
    present = {card.ordinal: card.id for card in cards.of_note(tx, stored.id)}
    cards.add(tx, stored.id, deck_id, sorted(wanted - present.keys()))
    cards.suspend(tx, [present[each] for each in present.keys() - wanted])
    # Not what the user suspended: only cards that an earlier version of the note took away.
    cards.unsuspend(tx, [present[each] for each in (wanted - before) & present.keys()])


def _retire(tx: Transaction, deck_id: int, keys: set[str]) -> None:
    """Suspend the cards of shipped notes that the deck file no longer has."""
    retired = [
        stored.id
        for stored in notes.in_decks(tx, [deck_id])
        if stored.shipped is not None and stored.note.key not in keys
    ]
    for note_id in retired:
        cards.suspend(tx, [card.id for card in cards.of_note(tx, note_id)])
