"""Cards that follow their note when it changes."""

from __future__ import annotations

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note
from studyapp.store import cards, notes
from studyapp.store.database import Transaction
from studyapp.store.notes import StoredNote


def change_note(tx: Transaction, stored: StoredNote, note: Note, deck_id: int, at: int) -> None:
    """Give a note another content and the cards that it asks for; new ones go into the deck.

    Cards that it no longer asks for are suspended and keep their progress.
    """
    if note == stored.note:
        return
    notes.change(tx, stored, note, at)
    before, wanted = set(ordinals(stored.note)), set(ordinals(note))
    present = {card.ordinal: card.id for card in cards.of_note(tx, stored.id)}
    cards.add(tx, stored.id, deck_id, sorted(wanted - present.keys()))
    cards.suspend(tx, [present[each] for each in present.keys() - wanted])
    # Not what the user suspended: only cards that an earlier version of the note took away.
    cards.unsuspend(tx, [present[each] for each in (wanted - before) & present.keys()])
