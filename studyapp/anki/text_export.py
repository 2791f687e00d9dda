"""Notes as a text with a note on each line, which Anki imports: CSV or TSV with header lines.

The header lines are described at https://docs.ankiweb.net/importing/text-files.html.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

from studyapp.anki import note_types
from studyapp.anki.decks import deck_rows
from studyapp.anki.export import check_keys
from studyapp.anki.export_media import ExportMedia
from studyapp.anki.export_run import ExportRun
from studyapp.anki.export_values import ExportNote, ExportReport, Progress, Scope, unwatched
from studyapp.anki.losses import Losses, LossKind
from studyapp.anki.rows import NoteRow
from studyapp.anki.schedule_export import DayCount
from studyapp.domain.macros import Macros
from studyapp.domain.notes import Note
from studyapp.errors import ExportError

SEPARATORS: Final = {",": "Comma", "\t": "Tab"}
"""Anki's names for what stands between two columns."""
_FIELDS: Final = max(len(each.fields) for each in note_types.ALL)
_NAMES: Final = {each.id: each.name for each in note_types.ALL}
_BEFORE: Final = 3
"""Columns before the fields."""


def write_text(
    file: TextIO | None,
    separator: str,
    notes: Sequence[ExportNote],
    *,
    linked: Iterable[Note] = (),
    linked_macros: Mapping[str, Macros],
    media: Mapping[str, Path],
    progress: Progress = unwatched,
) -> ExportReport:
    """Write notes to a text; None only looks. The arguments are those of `write_package`.

    Each line has guid, note type, deck, the fields as HTML, and tags; line ends within a field are
    kept in quotes. Raises ExportError if there is no card to export or two notes have one key.
    """
    check_keys(notes)
    rows = deck_rows((card.deck_name for each in notes for card in each.cards), (), {})
    if not rows:
        raise ExportError("Nothing was written: there is no card to export.")
    names = {row.id: row.name for row in rows.values()}
    files = ExportMedia(media)
    run = ExportRun(
        notes,
        linked=linked,
        linked_macros=linked_macros,
        decks=rows,
        media=files,
        scope=Scope(schedule=False),
        days=DayCount(),
    )
    lines = _lines(run.note_rows(progress), names, run.losses)
    _put(lines, file, separator)
    for name in files.present():
        run.losses.add(LossKind.LEFT_OUT_MEDIA, name)
    return run.report(presets=0)


def _put(lines: Iterable[tuple[str, ...]], file: TextIO | None, separator: str) -> None:
    if file is None:
        for _ in lines:
            pass
        return
    file.write(_header(separator))
    writer = csv.writer(file, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(lines)


def _header(separator: str) -> str:
    return (
        f"#separator:{SEPARATORS[separator]}\n"
        "#html:true\n"
        "#guid column:1\n"
        "#notetype column:2\n"
        "#deck column:3\n"
        f"#tags column:{_BEFORE + _FIELDS + 1}\n"
    )


def _lines(
    rows: Iterable[NoteRow], decks: Mapping[int, str], losses: Losses
) -> Iterator[tuple[str, ...]]:
    for row in rows:
        fields = (*row.fields, *[""] * (_FIELDS - len(row.fields)))
        if len({card.deck_id for card in row.cards}) > 1:
            losses.add(LossKind.OTHER_DECKS, row.guid)
        deck = decks[row.cards[0].deck_id]
        yield (row.guid, _NAMES[row.note_type_id], deck, *fields, " ".join(row.tags))
