"""Whatever is written: never an exception, always balanced HTML of listed elements."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.cloze import cloze_numbers
from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.page import card_faces
from tests.attacks.corpus import read_attacks
from tests.rendering.markup import MARKUP, check_html

_COMMANDS = (
    *(r"\frac", r"\sqrt", r"\left", r"\right", r"\begin", r"\end", r"\text", r"\mathrm", r"\href"),
    *(r"\def", r"\a", r"\newcommand", r"\color", r"\hspace", r"\sum", r"\limits", r"\not", r"\\"),
    *(
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "^",
        "_",
        "&",
        "#1",
        "~",
        "'",
        "%",
        "<",
        ">",
        "|",
        ".",
        "=",
        ",",
    ),
    *(
        "matrix",
        "aligned",
        "array",
        "cc",
        "red",
        "1em",
        "a",
        "x",
        "12",
        " ",
        "\n",
        "$",
        "é",
        "\ue000",
    ),
)
_ELEMENTS = (
    "b",
    "p",
    "div",
    "table",
    "td",
    "math",
    "mi",
    "svg",
    "script",
    "style",
    "a",
    "img",
    "x",
)
_ATTRIBUTES = (
    "href",
    "src",
    "onclick",
    "style",
    "id",
    "class",
    "title",
    "alt",
    "dir",
    "xlink:href",
)
_VALUES = (
    "javascript:a",
    "x.png",
    "//x/y",
    "a b",
    "<b>",
    "&lt;",
    "$x$",
    "{{c1::a}}",
    "\ufdd20\ufdd3",
)


def _element(tag: str, attributes: dict[str, str], quote: str, end: str) -> str:
    inner = "".join(f" {name}={quote}{value}{quote}" for name, value in attributes.items())
    return f"<{tag}{inner}{end}"


LATEX: Final = st.lists(st.sampled_from(_COMMANDS), max_size=30).map(
    lambda parts: f"${''.join(parts)}$"
)
HTML: Final = st.lists(
    st.builds(
        _element,
        st.sampled_from([*_ELEMENTS, *(f"/{each}" for each in _ELEMENTS)]),
        st.dictionaries(st.sampled_from(_ATTRIBUTES), st.sampled_from(_VALUES), max_size=3),
        st.sampled_from(['"', "'", ""]),
        st.sampled_from([">", "/>", "", " >a"]),
    ),
    max_size=12,
).map("".join)
ATTACKS: Final = st.sampled_from([each.text for each in read_attacks() if len(each.text) < 500])
MIXED: Final = st.lists(
    st.one_of(st.text(max_size=40), MARKUP, LATEX, HTML, ATTACKS), max_size=5
).map("".join)
ANYTHING: Final = st.one_of(st.text(max_size=300), LATEX, HTML, MIXED)


@settings(max_examples=150, deadline=None)
@given(ANYTHING, ANYTHING)
def test_a_card_of_anything_is_safe(front: str, back: str) -> None:
    notes = [Note("k", NoteKind.REVERSED, front, back, source=back, links=(front,))]
    hidden = f"{{{{c1::{front}::{back}}}}}"
    notes += [Note("k", NoteKind.CLOZE, text, back) for text in (front, hidden)]
    for note in notes:
        ordinals: tuple[int, ...] = (0, 1)
        if note.kind is NoteKind.CLOZE:
            ordinals = tuple(number - 1 for number in cloze_numbers(note.front))[:2]
        for ordinal in ordinals:
            faces = card_faces(note, ordinal)
            check_html(faces.question_html)
            check_html(faces.answer_html)
