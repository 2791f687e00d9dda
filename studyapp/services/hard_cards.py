"""The cards that were forgotten most often, and what the advice says of their notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from studyapp.domain.cards import Card
from studyapp.domain.decks import Deck
from studyapp.domain.notes import Note
from studyapp.errors import NotFound
from studyapp.services.advising import Advising
from studyapp.store import cards, decks, notes
from studyapp.store.database import Transaction
from studyapp.store.snapshot import Watch
from studyapp.store.statistics import Steps, steps


@dataclass(frozen=True, slots=True)
class HardCard:
    """A card that was forgotten often, and what the advice says of its note."""

    card_id: int
    note_id: int
    note: Note
    deck_name: str
    lapses: int
    ease_permille: int
    is_leech: bool
    """Whether it has reached its preset's threshold."""
    advice: tuple[str, ...]
    """Sentences; empty: the advice finds nothing."""


class HardCards:
    """Looks them up by a connection of its own; threads take turns. `close` lets go of it."""

    def __init__(self, collection: Path) -> None:
        self._collection = collection
        self._turn = Lock()
        self._watch: Watch | None = None
        self._advising: Advising | None = None
        self._advice: tuple[Steps, dict[int, tuple[str, ...]]] = ((), {})
        """By card ids; grades do not change it."""

    def of(self, card_ids: Sequence[int]) -> list[HardCard]:
        """What there is to say of these cards, in their order; cards that are gone are left out.

        The first call reads the fronts of all notes, see `Advising`.
        """
        with self._turn:
            watch, advising = self._opened()
            with watch.read() as tx:
                by_id = {deck.id: deck for deck in decks.every(tx)}
                found = [
                    pair for each in card_ids if (pair := _card_and_note(tx, each)) is not None
                ]
                if self._advice[0] != (now := steps(tx)):
                    self._advice = now, {}
            return [
                _hard(card, note, by_id[card.deck_id], self._advised(advising, card, note))
                for card, note in found
            ]

    def close(self) -> None:
        """Let go of the collection; the next call opens it again."""
        with self._turn:
            if self._watch is not None:
                self._watch.close()
            self._watch = self._advising = None

    def _opened(self) -> tuple[Watch, Advising]:
        if self._watch is None or self._advising is None:
            self._watch = Watch(self._collection)
            self._advising = Advising(self._watch)
        return self._watch, self._advising

    def _advised(self, advising: Advising, card: Card, note: Note) -> tuple[str, ...]:
        known = self._advice[1]
        if card.id not in known:
            advice = advising.advise(note, card.deck_id)
            known[card.id] = tuple(each.message for each in advice)
        return known[card.id]


def _card_and_note(tx: Transaction, card_id: int) -> tuple[Card, Note] | None:
    try:
        card = cards.get(tx, card_id)
    except NotFound:
        return None
    return card, notes.get(tx, card.note_id).note


def _hard(card: Card, note: Note, deck: Deck, advice: tuple[str, ...]) -> HardCard:
    schedule = card.schedule
    return HardCard(
        card.id,
        card.note_id,
        note,
        deck.name,
        schedule.lapses,
        schedule.ease_permille,
        schedule.lapses >= max(deck.preset.leech_threshold, 1),
        advice,
    )
