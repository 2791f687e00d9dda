"""What a version of Anki that is too old for a package shows instead of it: a note that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from studyapp.anki.collection import Head, write_collection
from studyapp.anki.decks import deck_rows, row_of
from studyapp.anki.note_types import BASIC
from studyapp.anki.rows import CardRow, NoteRow
from studyapp.domain.presets import DayOptions

_DECK: Final = "Please update Anki"
_GUID: Final = "studyapp-needs-newer-anki"
_FRONT: Final = "This package needs Anki 2.1.50 or newer."
_BACK: Final = (
    "Update Anki, then import the package again. Or export it once more from studyapp, for older "
    "versions of Anki."
)


def write_notice(path: Path, at: int, options: DayOptions) -> None:
    """Make a collection with that note; `at` is now, in ms since the epoch."""
    rows = deck_rows([_DECK], [], {})
    fields = (_FRONT, _BACK, *[""] * (len(BASIC.fields) - 2))
    card = CardRow(id=1, deck_id=row_of(_DECK, rows).id, ordinal=0, due=1)
    note = NoteRow(1, _GUID, BASIC.id, 1, (), fields, (card,))
    write_collection(path, Head(tuple(rows.values()), (), at, options), iter([note]))
