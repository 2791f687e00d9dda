"""The fields that are made of a note's Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.anki.fields import anki_fields, title
from studyapp.anki.note_types import note_type
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from tests.anki.building import basic, cloze
from tests.fixtures.cases import read_cases

FIXTURES = str(Path(__file__).with_name("fields.md"))

NONCHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ufdd0-\ufdef]")


def note_of(text: str) -> Note:
    """The note whose front, back and source follow `Q:`, `R:` or `C:`, `A:` and `source:`."""
    front, _, rest = text.partition("\nA: ")
    back, _, source = rest.partition("\nsource: ")
    kinds = {"Q: ": NoteKind.BASIC, "R: ": NoteKind.REVERSED, "C: ": NoteKind.CLOZE}
    return Note("key", kinds[front[:3]], front[3:], back, source=source)


@pytest.mark.parametrize(("text", "expected"), read_cases(FIXTURES))
def test_fields(text: str, expected: str) -> None:
    note = note_of(text)
    names = (field.name for field in note_type(note.kind).fields)
    values = anki_fields(note, {}).values
    told = [f"{name}: {value}" for name, value in zip(names, values, strict=True) if value]
    assert "\n".join(told) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        pytest.param(basic("n", "Why *so*?\n\nMore."), "Why so?", id="first-paragraph"),
        pytest.param(
            cloze("n", "The {{c1::a {{c2::b}}::hint}} of {{c3::c}}"),
            "The [hint] of [...]",
            id="cloze",
        ),
        pytest.param(basic("n", "```\nx < 1\n```\nWhat?"), "x &lt; 1 What?", id="code"),
        pytest.param(basic("n", "- a\n- b"), "a b", id="list"),
        pytest.param(basic("n", "What [sound:a.mp3] is it?"), "What is it?", id="sound"),
        pytest.param(basic("n", "word " * 100), "word " * 25 + "…", id="long"),
    ],
)
def test_title(note: Note, expected: str) -> None:
    assert title(note) == expected


def test_a_title_is_not_cut_within_a_formula() -> None:
    note = basic("n", f"{'word ' * 20}$a{' + b' * 20}$ end and more")
    assert title(note).endswith("+ b\ufdee …")


def test_a_formula_that_ends_with_a_backslash_stays_closed() -> None:
    assert anki_fields(basic("n", r"\(x\ \)"), {}).values[0] == r"\(x\ \)"


def test_footnotes_of_two_fields_keep_apart() -> None:
    front, back, *_ = anki_fields(basic("n", "a[^1]\n\n[^1]: b", "c[^1]\n\n[^1]: d"), {}).values
    ids = [re.findall(r'id="([^"]*)"', field) for field in (front, back)]
    assert all(ids)
    assert not set(ids[0]) & set(ids[1])


@given(st.sampled_from(NoteKind), st.text(), st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_fields(kind: NoteKind, front: str, back: str, source: str) -> None:
    note = Note("key", kind, front, back, source=source, links=("linked",))
    fields = anki_fields(note, {"linked": title(note)})
    assert len(fields.values) == len(note_type(kind).fields)
    assert not NONCHARACTER.search("".join(fields.values))
    assert set(fields.ordinals) <= set(ordinals(note))
