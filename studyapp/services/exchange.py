"""Taking decks to Anki."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from pathlib import Path

from studyapp.anki.decks import ExportDeck
from studyapp.anki.export import (
    NEXT_STEPS,
    ExportCard,
    ExportNote,
    ExportReport,
    write_package,
)
from studyapp.domain.decks import Deck, is_within, parent_names, sort_key
from studyapp.domain.macros import NO_MACROS
from studyapp.domain.notes import Note
from studyapp.errors import Cancelled
from studyapp.services.chosen import Chosen, notes_of
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress
from studyapp.store import cards, decks, macros, media, notes
from studyapp.store.cards import Place
from studyapp.store.database import Snapshot, Transaction

ENDING = ".apkg"


class Exchange:
    """Reads the collection by a snapshot of its own, so it works in any thread."""

    def __init__(self, collection: Path, clock: Clock) -> None:
        self._collection = collection
        self._clock = clock

    def export(self, deck_id: int, target: Path, progress: Progress) -> str:
        """Write a deck with its sub-decks to an .apkg; returns what to tell the user.

        The file gets the ending .apkg, so that no other file is written over by mistake.
        Raises ExportError, NotFound, StorageError, or Cancelled; then nothing was written.
        """
        with closing(Snapshot(self._collection)) as snapshot, snapshot.read() as tx:
            return self._export(tx, decks.get(tx, deck_id), target, progress)

    def export_named(self, deck_name: str, target: Path, progress: Progress) -> str:
        """As `export`, of the deck with this full name."""
        with closing(Snapshot(self._collection)) as snapshot, snapshot.read() as tx:
            return self._export(tx, decks.by_name(tx, deck_name), target, progress)

    def export_chosen(self, chosen: Chosen, target: Path, progress: Progress) -> str:
        """As `export`, of the notes that were chosen, or whose cards were, with all their cards."""
        with closing(Snapshot(self._collection)) as snapshot, snapshot.read() as tx:
            places = cards.of_notes(tx, notes_of(tx, chosen))
            inside = {place.card.deck_id for place in places}
            below = [deck for deck in decks.every(tx) if deck.id in inside]
            return self._write(tx, below, places, target, progress)

    def _export(self, tx: Transaction, root: Deck, target: Path, progress: Progress) -> str:
        below = [deck for deck in decks.every(tx) if is_within(deck.name, root.name)]
        places = cards.in_decks(tx, [deck.id for deck in below])
        return self._write(tx, below, places, target, progress)

    def _write(
        self,
        tx: Transaction,
        below: list[Deck],
        places: list[Place],
        target: Path,
        progress: Progress,
    ) -> str:
        if target.suffix.lower() != ENDING:
            target = target.with_name(target.name + ENDING)
        exported = _notes(tx, below, places)
        linked = _linked(tx, exported)
        told = {name.casefold() for deck in below for name in (*parent_names(deck.name), deck.name)}
        report = write_package(
            target,
            exported,
            at=self._clock().at,
            decks=[
                ExportDeck(deck.name, deck.description, deck.sources)
                for deck in sorted(decks.every(tx), key=lambda deck: sort_key(deck.name))
                if deck.name.casefold() in told
            ],
            linked=linked,
            linked_macros=macros.of_notes(tx, [note.key for note in linked]),
            media=media.files(media.folder_of(self._collection)),
            progress=lambda done, total: _go_on(progress, done, total),
        )
        return _told(report, target)


def _notes(tx: Transaction, below: list[Deck], places: list[Place]) -> list[ExportNote]:
    """The notes of cards, in the order in which new cards are learned."""
    names = {deck.id: deck.name for deck in below}
    macros_of = macros.in_decks(tx, list(names))
    first_deck: dict[int, int] = {}
    cards_of: defaultdict[int, list[ExportCard]] = defaultdict(list)
    for place in places:
        card = place.card
        first_deck.setdefault(card.note_id, card.deck_id)
        cards_of[card.note_id].append(
            ExportCard(
                card.ordinal, names[card.deck_id], place.position, place.suspended, place.flag
            )
        )
    return [
        ExportNote(
            stored.note,
            stored.created_at,
            stored.changed_at,
            tuple(cards_of[stored.id]),
            macros_of.get(first_deck.get(stored.id, 0), NO_MACROS),
        )
        for stored in notes.with_ids(tx, list(first_deck))
    ]


def _linked(tx: Transaction, exported: list[ExportNote]) -> list[Note]:
    """The notes outside that those inside link to."""
    inside = {each.note.key for each in exported}
    targets = {key for each in exported for key in each.note.links} - inside
    ids = notes.ids_by_key(tx, sorted(targets)).values()
    return [notes.get(tx, note_id).note for note_id in ids]


def _go_on(progress: Progress, done: int, total: int) -> None:
    if not progress(done, total):
        raise Cancelled("The export was cancelled; no file was written.")


def _told(report: ExportReport, target: Path) -> str:
    """What the user should know, a sentence or two a line."""
    lines = [f"Exported {report.notes} notes with {report.cards} cards to {target}.", NEXT_STEPS]
    if report.problems:
        lines.append(
            f"{len(report.problems)} formulas cannot be drawn here; they are in the package as "
            "they were written."
        )
    if report.missing_media:
        names = ", ".join(report.missing_media[:5])
        lines.append(f"{len(report.missing_media)} pictures or sounds are missing: {names}.")
    if report.left_out:
        lines.append(f"{len(report.left_out)} notes without a card were left out.")
    return "\n".join(lines)
