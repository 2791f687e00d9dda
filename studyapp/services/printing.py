"""Decks as a document to be printed, and the PDF that is made of it."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from studyapp.domain.card_making import ordinals
from studyapp.domain.decks import Deck, is_within
from studyapp.domain.paper import Paper
from studyapp.domain.presets import DayOptions
from studyapp.errors import Cancelled, ExportError
from studyapp.rendering.sheet import SheetCard, SheetDeck, sheet
from studyapp.services.clock import Clock
from studyapp.services.export_gathering import Gathered, Gathering
from studyapp.services.export_values import Everything, OfDeck, Selection
from studyapp.services.progress import Progress, silent
from studyapp.services.whole_file import write_whole
from studyapp.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Printed:
    """A document that is ready to be drawn."""

    html: str
    """Safe, for a page that may load the app's fonts and the collection's media only."""
    cards: int
    paper: Paper


class Printing:
    """Reads the collection by a snapshot of its own, so it works in any thread."""

    def __init__(self, collection: Path, clock: Clock, options: DayOptions) -> None:
        self._collection = collection
        self._clock = clock
        self._options = options

    def document(
        self, selection: Selection, paper: Paper = Paper.A4, progress: Progress = silent
    ) -> Printed:
        """What shall be printed; some thousand cards take some seconds, most for formulas.

        Raises ExportError if there is no card, NotFound, QueryError, StorageError, Cancelled.
        """
        with closing(Snapshot(self._collection)) as snapshot:
            gathering = Gathering(snapshot, self._clock, self._options)
            chosen = gathering.chosen(selection)
            with snapshot.read() as tx:
                decks = _decks(gathering.gather(tx, chosen), selection)
        cards = sum(len(deck.cards) for deck in decks)
        if not cards:
            raise ExportError("There is no card to be printed. Nothing was written.")
        if not progress(0, cards):
            raise Cancelled("The export was cancelled; no file was written.")
        return Printed(sheet(decks, paper), cards, paper)


def save_pdf(target: Path, pdf: bytes) -> Path:
    """Write a PDF, whole or not at all; returns where, with the ending `.pdf`.

    Raises StorageError.
    """
    named = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")
    write_whole(named, pdf)
    return named


def _decks(gathered: Gathered, selection: Selection) -> list[SheetDeck]:
    """Each note stands in the deck of its first card, with all of its cards that are printed."""
    cards_of: defaultdict[int, list[SheetCard]] = defaultdict(list)
    for each in gathered.notes:
        first, *_ = in_order = sorted(each.cards, key=lambda card: card.ordinal)
        asked = set(ordinals(each.stored.note))  # what a note asked once has no face any more
        cards_of[first.deck_id] += [
            SheetCard(each.stored.note, card.ordinal, each.macros)
            for card in in_order
            if card.ordinal in asked
        ]
    return [
        SheetDeck(
            deck.name,
            deck.description,
            deck.sources,
            next((card.macros for card in cards_of[deck.id]), deck.macros),
            tuple(cards_of[deck.id]),
        )
        for deck in gathered.decks
        if cards_of[deck.id] or (deck.description and _is_chosen(deck, selection))
    ]


def _is_chosen(deck: Deck, selection: Selection) -> bool:
    """Whether a deck as such was chosen, and not only notes that are in it or below it."""
    if isinstance(selection, OfDeck):
        return is_within(deck.name, selection.name)
    return isinstance(selection, Everything)
