"""Reads what shall be exported from the collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from studyapp.domain.decks import Deck, is_within, parent_names, sort_key
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Listed, Tagged
from studyapp.domain.query_text import plain
from studyapp.domain.query_writing import written
from studyapp.domain.reviews import Review
from studyapp.errors import ExportError
from studyapp.services.chosen import Chosen, notes_of
from studyapp.services.clock import Clock
from studyapp.services.export_values import Everything, OfDeck, OfSearch, OfTag, Selection
from studyapp.services.finding import Finding
from studyapp.store import decks, macros, notes, outgoing
from studyapp.store.database import Transaction
from studyapp.store.outgoing import OutgoingCard, OutgoingNote
from studyapp.store.snapshot import Snapshot


class GatheredNote(NamedTuple):
    """A note with those of its cards that are exported."""

    stored: OutgoingNote
    cards: tuple[OutgoingCard, ...]
    """In the order in which new cards are learned."""
    macros: Macros


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is exported, as one state of the collection has it."""

    tx: Transaction
    is_everything: bool
    decks: tuple[Deck, ...]
    """In the tree's order: those of the cards, those above them, and below a deck all."""
    notes: tuple[GatheredNote, ...]
    """In the order in which new cards are learned."""
    linked: tuple[Note, ...]
    """Notes outside that those inside link to."""
    linked_macros: Mapping[str, Macros]
    cards_elsewhere: int
    """Cards of the notes that are in other decks and thus not exported."""

    def deck_names(self) -> dict[int, str]:
        return {deck.id: deck.name for deck in self.decks}

    def card_ids(self) -> list[int]:
        return [each.id for note in self.notes for each in note.cards]

    def log(self) -> Iterator[Review]:
        """The reviews of the cards, in the order of the log."""
        if self.is_everything:
            return outgoing.every_review(self.tx)
        return outgoing.reviews_of(self.tx, self.card_ids())


class Gathering:
    """Reads one collection."""

    def __init__(self, snapshot: Snapshot, clock: Clock, options: DayOptions) -> None:
        self._finding = Finding(snapshot, clock, options)

    def chosen(self, selection: Selection) -> Selection:
        """What a tag or a search chooses now; raises QueryError, and ExportError for nothing."""
        match selection:
            case OfTag(name):
                query = written(Tagged(plain(name)))
                what = f"There is no note with the tag {name}."
            case OfSearch(query):
                what = f"The search “{query}” finds no card."
            case _:
                return selection
        found = self._finding.find(query, listed=Listed.NOTES)
        if not found.total:
            raise ExportError(f"{what} Nothing was written.")
        return Chosen(found.all_ids(), Listed.NOTES)

    def gather(self, tx: Transaction, selection: Selection) -> Gathered:
        """Raises NotFound; `selection` is one that `chosen` returned."""
        every = decks.every(tx)
        match selection:
            case OfDeck(name):
                root = decks.by_name(tx, name)
                below = [deck for deck in every if is_within(deck.name, root.name)]
                cards = outgoing.cards_in_decks(tx, [deck.id for deck in below])
            case Chosen():
                below = []
                cards = outgoing.cards_of_notes(tx, notes_of(tx, selection))
            case _:
                below = every
                cards = outgoing.every_card(tx)
        return _gathered(tx, isinstance(selection, Everything), every, below, cards)


def _gathered(
    tx: Transaction,
    is_everything: bool,
    every: Sequence[Deck],
    below: Sequence[Deck],
    cards: Iterator[OutgoingCard],
) -> Gathered:
    cards_of: defaultdict[int, list[OutgoingCard]] = defaultdict(list)
    for card in cards:
        cards_of[card.note_id].append(card)
    inside = {card.deck_id for own in cards_of.values() for card in own}
    names = [deck.name for deck in below]
    names += [deck.name for deck in every if deck.id in inside]
    told = {each.casefold() for name in names for each in (*parent_names(name), name)}
    macros_of = macros.in_decks(tx, sorted(inside))
    found = tuple(
        GatheredNote(
            stored,
            tuple(cards_of[stored.id]),
            macros_of.get(cards_of[stored.id][0].deck_id, NO_MACROS),
        )
        for stored in outgoing.notes_with_ids(tx, list(cards_of))
    )
    linked = tuple(_linked(tx, found))
    count = sum(len(each.cards) for each in found)
    return Gathered(
        tx=tx,
        is_everything=is_everything,
        decks=tuple(
            sorted(
                (deck for deck in every if deck.name.casefold() in told),
                key=lambda deck: sort_key(deck.name),
            )
        ),
        notes=found,
        linked=linked,
        linked_macros=macros.of_notes(tx, [note.key for note in linked]),
        cards_elsewhere=0 if is_everything else outgoing.count_cards(tx, list(cards_of)) - count,
    )


def _linked(tx: Transaction, exported: Sequence[GatheredNote]) -> Iterator[Note]:
    """The notes outside that those inside link to."""
    inside = {each.stored.note.key for each in exported}
    targets = {key for each in exported for key in each.stored.note.links} - inside
    return (each.note for each in notes.by_keys(tx, sorted(targets)).values())
