"""Writes decks to a package that Anki imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from studyapp.anki.collection import Head, write_collection
from studyapp.anki.decks import ExportDeck, deck_rows
from studyapp.anki.export_media import ExportMedia
from studyapp.anki.export_run import ExportRun
from studyapp.anki.export_values import (
    ExportCard,
    ExportNote,
    ExportReport,
    Progress,
    Scope,
    part,
    unwatched,
)
from studyapp.anki.notice import write_notice
from studyapp.anki.package import package_for
from studyapp.anki.preset_export import preset_rows
from studyapp.anki.rows import DeckRow, PresetRow
from studyapp.anki.schedule_export import DayCount
from studyapp.domain.macros import Macros
from studyapp.domain.notes import Note
from studyapp.domain.presets import DayOptions
from studyapp.errors import ExportError

__all__ = ["ExportCard", "ExportNote", "ExportReport", "Progress", "Scope", "write_package"]

_DAY_OPTIONS: Final = DayOptions()
_ALL_OF_THE_NOTES: Final = Scope()
_NOTES_DONE, _LOG_DONE = 65, 90
"""Percent of the time that an export takes with a long log and few media."""


def write_package(
    target: Path | None,
    notes: Sequence[ExportNote],
    *,
    at: int,
    decks: Iterable[ExportDeck] = (),
    linked: Iterable[Note] = (),
    linked_macros: Mapping[str, Macros] | None = None,
    media: Mapping[str, Path] | None = None,
    options: DayOptions = _DAY_OPTIONS,
    scope: Scope = _ALL_OF_THE_NOTES,
    progress: Progress = unwatched,
) -> ExportReport:
    """Write notes with their decks to the file `target`; equal notes make equal files.

    None for `target` only looks: the report is the same, and nothing is written.

    `at` is now, in ms since the epoch. `decks` describe decks and their parents; a deck of a card
    need not be among them. `linked` are notes that are not exported themselves but linked to; only
    their titles are used, and `linked_macros` has the macros of their formulas by their keys.
    `media` has files by the names that notes give them; those that exported
    notes call for are put into the package.

    A file that exists is replaced once the package is complete; it stays as it is if anything goes
    wrong or `progress` raises. Raises ExportError if there is no card to export or two notes have
    one key, StorageError if the folder or the disk refuses to be written.
    """
    check_keys(notes)
    described = tuple(decks)
    presets = _rows_of_presets(described, scope)
    rows = _rows_of_decks(notes, described, presets, scope)
    if not rows:
        raise ExportError(f"{target or 'Nothing'} was not written: there is no card to export.")
    files = ExportMedia(media or {}, every=scope.is_whole)
    run = ExportRun(
        notes,
        linked=linked,
        linked_macros=linked_macros or {},
        decks=rows,
        media=files,
        scope=scope,
        days=DayCount(scope.utc_offset_ms, options.rollover_hour),
    )
    if target is None:
        run.look(progress)
    else:
        head = Head(tuple(rows.values()), tuple(presets.values()), at, options)
        _write(target, head, run, files, scope=scope, progress=progress)
    return run.report(len(presets))


def _write(
    target: Path,
    head: Head,
    run: ExportRun,
    files: ExportMedia,
    *,
    scope: Scope,
    progress: Progress,
) -> None:
    """Notes and cards, then the log, then all into one file; each takes its part of the time."""
    packed = part(progress, _LOG_DONE, 100)
    with package_for(target, packed, modern=scope.modern) as contents:
        rows = run.note_rows(part(progress, 0, _NOTES_DONE))
        write_collection(
            contents.database,
            head,
            rows,
            log=scope.log,
            card_ids=run.card_ids,
            progress=part(progress, _NOTES_DONE, _LOG_DONE),
        )
        if contents.older is not None:
            write_notice(contents.older, head.at, head.options)
        contents.media.update(files.present())


def _rows_of_presets(decks: Iterable[ExportDeck], scope: Scope) -> dict[str, PresetRow]:
    if not scope.schedule:
        return {}
    return preset_rows(deck.preset for deck in decks if deck.preset is not None)


def _rows_of_decks(
    notes: Iterable[ExportNote],
    decks: Sequence[ExportDeck],
    presets: Mapping[str, PresetRow],
    scope: Scope,
) -> dict[str, DeckRow]:
    if not presets:
        decks = [replace(deck, preset=None) for deck in decks]
    names = [deck.name for deck in decks] if scope.every_deck else []
    names += dict.fromkeys(card.deck_name for each in notes for card in each.cards)
    return deck_rows(names, decks, presets)


def check_keys(notes: Sequence[ExportNote]) -> None:
    """Raises ExportError if two notes have one key."""
    counts = Counter(each.note.key for each in notes)
    twins = sorted(key for key, count in counts.items() if count > 1)
    if twins:
        raise ExportError(
            f"Two notes have the key {twins[0]}, so Anki could not tell them apart. Give one of "
            "them another key, then export again."
        )
