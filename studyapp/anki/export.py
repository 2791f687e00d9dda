"""Writes decks to a package that Anki imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from studyapp.anki.collection import write_collection
from studyapp.anki.decks import ExportDeck, deck_rows, row_of
from studyapp.anki.fields import AnkiFields, anki_fields, title
from studyapp.anki.formulas import FormulaProblem
from studyapp.anki.note_types import note_type
from studyapp.anki.package import package_for
from studyapp.anki.rows import CardRow, DeckRow, NoteRow, UniqueIds
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note
from studyapp.domain.presets import DayOptions
from studyapp.errors import ExportError

NEXT_STEPS: Final = (
    "In Anki choose File → Import and open the package. Importing it again later updates the notes "
    "that were changed here since; a note that was changed in Anki later than here stays as it is, "
    "and cards keep their progress. Suspended cards and flags come along if “Import any learning "
    "progress” is ticked."
)
"""What to tell the user after an export."""

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many notes of how many are done; cancels by raising an exception of its own."""

_DAY_OPTIONS: Final = DayOptions()
_NEW, _SUSPENDED = 0, -1


@dataclass(frozen=True, slots=True)
class ExportCard:
    """A card of a note that is exported."""

    ordinal: int
    deck_name: str
    """Full name; `A::B` is a sub-deck of `A`."""
    position: int
    """0 or more; Anki shows new cards in this order."""
    suspended: bool = False
    flag: int = 0
    """0 none, 1 to 7 the colours."""


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A note and what its collection knows of it."""

    note: Note
    created_at: int
    """Milliseconds since the epoch."""
    changed_at: int
    """Of its content, in ms since the epoch; Anki keeps what is newer."""
    cards: tuple[ExportCard, ...]
    macros: Macros = NO_MACROS
    """Those that its formulas may use; Anki does not know them, so they are expanded."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a package holds."""

    notes: int
    cards: int
    decks: int
    """Decks with cards, and all decks above them."""
    problems: tuple[FormulaProblem, ...]
    """Formulas that this app cannot draw; they are in the package as their authors wrote them."""
    left_out: tuple[str, ...]
    """Keys of notes without a card; Anki would delete them."""
    missing_media: tuple[str, ...]
    """Names of files that notes call for and nobody has."""


def write_package(
    target: Path,
    notes: Sequence[ExportNote],
    *,
    at: int,
    decks: Iterable[ExportDeck] = (),
    linked: Iterable[Note] = (),
    linked_macros: Mapping[str, Macros] | None = None,
    media: Mapping[str, Path] | None = None,
    options: DayOptions = _DAY_OPTIONS,
    progress: Progress | None = None,
) -> ExportReport:
    """Write notes with their decks to the file `target`; equal notes make equal files.

    `at` is now, in ms since the epoch. `decks` describe decks and their parents; a deck of a card
    need not be among them. `linked` are notes that are not exported themselves but linked to; only
    their titles are used, and `linked_macros` has the macros of their formulas by their keys.
    `media` has files by the names that notes give them; those that exported
    notes call for are put into the package.

    A file that exists is replaced once the package is complete; it stays as it is if anything goes
    wrong or `progress` raises. Raises ExportError if there is no card to export or two notes have
    one key, StorageError if the folder or the disk refuses to be written.
    """
    _check_keys(notes)
    rows = deck_rows((card.deck_name for each in notes for card in each.cards), decks)
    if not rows:
        raise ExportError(f"{target} was not written: there is no card to export.")
    export = _Export(notes, linked, linked_macros or {}, rows)
    with package_for(target) as contents:
        note_rows = export.note_rows(progress)
        write_collection(contents.database, rows.values(), note_rows, at, options.rollover_hour)
        contents.media.update(export.files(media or {}))
    return export.report()


def _check_keys(notes: Sequence[ExportNote]) -> None:
    counts = Counter(each.note.key for each in notes)
    twins = sorted(key for key, count in counts.items() if count > 1)
    if twins:
        raise ExportError(
            f"Two notes have the key {twins[0]}, so Anki could not tell them apart. Give one of "
            "them another key, then export again."
        )


class _Export:
    """One run: makes the rows and counts them."""

    def __init__(
        self,
        notes: Sequence[ExportNote],
        linked: Iterable[Note],
        linked_macros: Mapping[str, Macros],
        decks: Mapping[str, DeckRow],
    ) -> None:
        self._notes = notes
        self._decks = decks
        self._by_key = {note.key: note for note in (*linked, *(each.note for each in notes))}
        self._macros = {**linked_macros, **{each.note.key: each.macros for each in notes}}
        self._titles: dict[str, str] = {}
        self._note_ids = UniqueIds()
        self._card_ids = UniqueIds()
        self._counts = Counter[str]()
        self._problems: list[FormulaProblem] = []
        self._left_out: list[str] = []
        self._media: dict[str, None] = {}
        self._missing_media: list[str] = []

    def note_rows(self, progress: Progress | None) -> Iterator[NoteRow]:
        """The rows of the notes that have a card."""
        for done, each in enumerate(self._notes, 1):
            fields = anki_fields(each.note, self._titles_of(each.note.links), each.macros)
            row = self._row(each, fields)
            if row.cards:
                self._counts.update(notes=1, cards=len(row.cards))
                self._problems += fields.problems
                self._media.update(dict.fromkeys(fields.media))
                yield row
            else:
                self._left_out.append(each.note.key)
            if progress is not None:
                progress(done, len(self._notes))

    def files(self, media: Mapping[str, Path]) -> dict[str, Path]:
        """Those of the files that the notes call for."""
        found = {name: media[name] for name in self._media if name in media}
        present = {name: path for name, path in found.items() if path.is_file()}
        self._missing_media = [name for name in self._media if name not in present]
        return present

    def report(self) -> ExportReport:
        return ExportReport(
            notes=self._counts["notes"],
            cards=self._counts["cards"],
            decks=len(self._decks),
            problems=tuple(self._problems),
            left_out=tuple(self._left_out),
            missing_media=tuple(self._missing_media),
        )

    def _titles_of(self, keys: Iterable[str]) -> dict[str, str]:
        known = [key for key in keys if key in self._by_key]
        for key in known:
            if key not in self._titles:
                self._titles[key] = title(self._by_key[key], self._macros.get(key, NO_MACROS))
        return {key: self._titles[key] for key in known}

    def _row(self, each: ExportNote, fields: AnkiFields) -> NoteRow:
        return NoteRow(
            id=self._note_ids.take(each.created_at),
            guid=each.note.key,
            note_type_id=note_type(each.note.kind).id,
            changed_at=each.changed_at // 1000,
            tags=each.note.tags,
            fields=fields.values,
            cards=tuple(
                self._card(card, each.created_at)
                for card in each.cards
                if card.ordinal in fields.ordinals
            ),
        )

    def _card(self, card: ExportCard, created_at: int) -> CardRow:
        return CardRow(
            id=self._card_ids.take(created_at),
            deck_id=row_of(card.deck_name, self._decks).id,
            ordinal=card.ordinal,
            due=card.position,
            queue=_SUSPENDED if card.suspended else _NEW,
            flag=card.flag,
        )
