"""What the fixes make of a note."""

from __future__ import annotations

import pytest

from studyapp.advice.catalogue import advise
from studyapp.advice.context import Context
from studyapp.deckfile.parse import parse
from studyapp.domain.notes import Note, NoteKind
from tests.fixtures.cases import read_cases

HEAD = '+++\ndeck = "D"\nkey = "d"\n+++\n\n'
NONE = "none"


def written(note: Note) -> str:
    word = "C" if note.kind is NoteKind.CLOZE else "Q"
    return f"{word}: {note.front}" + (f"\nA: {note.back}" if note.back else "")


@pytest.mark.parametrize(("given", "expected"), read_cases("advice_fixes.md"))
def test_first_fix(given: str, expected: str) -> None:
    (note,) = parse(HEAD + given, "case.md").notes
    fixes = [each.fix for each in advise(note, Context(), {"island"}) if each.fix]
    told = f"{fixes[0].label}\n{written(fixes[0].note)}" if fixes else NONE
    assert told == expected
