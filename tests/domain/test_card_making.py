"""Which cards a note makes."""

from __future__ import annotations

import pytest

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind


@pytest.mark.parametrize(
    ("kind", "front", "expected"),
    [
        pytest.param(NoteKind.BASIC, "Why?", (0,), id="basic"),
        pytest.param(NoteKind.BASIC, "What does {{c2::a}} mean?", (0,), id="basic-with-a-mark"),
        pytest.param(NoteKind.REVERSED, "Hund", (0, 1), id="reversed"),
        pytest.param(NoteKind.CLOZE, "{{c1::a}} {{c2::b}}", (0, 1), id="cloze"),
        pytest.param(NoteKind.CLOZE, "{{c5::a}} {{c2::b}} {{c5::c}}", (1, 4), id="cloze-with-gaps"),
        pytest.param(NoteKind.CLOZE, "{{c1::a {{c3::b}}}}", (0, 2), id="cloze-nested"),
        pytest.param(NoteKind.CLOZE, "{{c500::a}} {{c501::b}}", (499,), id="cloze-highest-number"),
        pytest.param(NoteKind.CLOZE, "plain", (), id="cloze-without-marks"),
    ],
)
def test_ordinals(kind: NoteKind, front: str, expected: tuple[int, ...]) -> None:
    assert ordinals(Note("key", kind, front, back="{{c9::not here}}")) == expected
