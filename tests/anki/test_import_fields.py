"""Fields of Anki's become Markdown that is shown as they are."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.anki.field_markdown import raw
from studyapp.anki.field_tree import TooDeep, parse
from studyapp.anki.fields import anki_fields
from studyapp.anki.from_html import _normal, to_markdown
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.markdown import to_html
from studyapp.rendering.marks import clean
from studyapp.rendering.sanitize import sanitize
from tests.fixtures.cases import read_cases

FIXTURES = str(Path(__file__).with_name("import_fields.md"))
SIGNS = (
    *("*", "**", "_", "`", "```", "~~", "# ", "- ", "1. ", "1) ", "> ", "---", "+ ", "===", "|"),
    *("[", "]", "](", "]: ", ")", "![", "[^1]", "[^1]: ", "https://a.b", "http://x_y_z*", "<", ">"),
    *(
        "&",
        "&lt;",
        "&amp;",
        "$",
        "$$",
        "\\",
        "\\\\",
        ":--",
        "::",
        "{{",
        "}}",
        "\n",
        "\n\n",
        " ",
        "  ",
    ),
    *("a", "b c", "1", "é", "\xa0", "\t", "!", '"', "'", "=", "~", "c1", "^", "%", "    "),
)
TAGS = (
    *("<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<br>", "<div>", "</div>", "<p>", "</p>"),
    *("<ul>", "<li>", "</li>", "</ul>", "<ol>", "</ol>", "<code>", "</code>", "<pre>", "</pre>"),
    *(
        "<h2>",
        "</h2>",
        "<hr>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        '<a href="http://x">',
    ),
    *(
        "</a>",
        '<img src="a b.png">',
        '<img src="c.png" width="3">',
        '<span style="x:y">',
        "</span>",
    ),
    *(
        "<div class='q'>",
        "<sub>",
        "</sub>",
        "<script>",
        "</script>",
        "<odd>",
        "</odd>",
        "<!--",
        "-->",
    ),
    *("text", " ", "*", "_", "&lt;", "&nbsp;", "1. ", "# ", "\n", "$", "`", "[x]", "|"),
)
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=25).map("".join)
FIELDS = st.lists(st.sampled_from(TAGS), max_size=25).map("".join)


def draw(latex: str, _display: bool) -> str:
    return f"FORMULA {escape(latex)}"


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).replace("\xa0", " ").split())


@pytest.mark.parametrize(("field", "expected"), read_cases(FIXTURES))
def test_fields(field: str, expected: str) -> None:
    is_cloze = field.startswith("!")
    assert to_markdown(field.removeprefix("!"), cloze=is_cloze) == expected


@given(TEXTS)
def test_text_is_shown_as_it_is(text: str) -> None:
    markdown = to_markdown(escape(text, quote=False).replace("\n", "<br>"))
    shown = to_html(markdown, draw)
    assert words(shown).replace(" ", "") == words(escape(clean(text))).replace(" ", "")
    assert "<em>" not in shown
    assert "<li>" not in shown
    assert "<h1" not in shown
    assert "<table" not in shown
    assert "<hr" not in shown
    assert "<code" not in shown
    assert "FORMULA" not in shown


@given(FIELDS)
def test_html_is_shown_as_it_is(html: str) -> None:
    try:
        root = parse(re.sub("<!--.*?-->", "", clean(html), flags=re.DOTALL))
    except TooDeep:
        return
    shown = to_html(to_markdown(html), draw)
    wanted = _normal(sanitize(raw(root.children)))
    assert re.sub(r"\s", "", _normal(shown)) in (
        re.sub(r"\s", "", wanted),
        # All of it stays HTML, within an element that keeps it together.
        re.sub(r"\s", "", _normal(sanitize(f"<div>{raw(root.children)}</div>"))),
    )


@given(TEXTS)
def test_clozes_stay_clozes(text: str) -> None:
    hidden = re.sub(r"[{}:$`~\\]", "", text).strip() or "x"
    field = f"{escape(text, quote=False)}<br>{{{{c2::{escape(hidden, quote=False)}}}}} end"
    if "$" in text or "`" in text or "{{c" in text or "~" in text or "\\" in text:
        return
    note = Note("key", NoteKind.CLOZE, to_markdown(field, cloze=True))
    assert ordinals(note) == (1,)


@given(TEXTS)
def test_what_we_exported_comes_back(text: str) -> None:
    """Our own export, read back, is shown as the note was; formulas have a test of their own."""
    if "$" in text and ("\\" in text or "%" in text):
        return
    note = Note("key", NoteKind.BASIC, f"a {text}", "b")
    field = anki_fields(note, {}).values[0]
    again = Note("key", NoteKind.BASIC, to_markdown(field), "b")
    assert words(to_html(again.front, draw)).replace(" ", "") == words(
        to_html(note.front, draw)
    ).replace(" ", "")


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<a " * 100_000, id="tags-that-do-not-end"),
        pytest.param('<a "' * 100_000, id="quotes-that-do-not-end"),
        pytest.param("<!--" * 100_000, id="comments-that-do-not-end"),
        pytest.param("<div>" * 100_000, id="nesting"),
        pytest.param("<b>" * 50 + "x" + "<i>" * 40_000, id="unclosed"),
        pytest.param(r"\(" * 200_000, id="formulas-that-do-not-end"),
        pytest.param(r"\(" * 20_000 + r"\)", id="formulas-with-one-end"),
        pytest.param("[sound:" * 60_000, id="sounds-that-do-not-end"),
        pytest.param("[latex]" * 60_000, id="latex-that-does-not-end"),
        pytest.param("{{c1::" * 60_000 + "}}" * 60_000, id="clozes-in-clozes"),
        pytest.param("<script>" * 60_000, id="scripts-that-do-not-end"),
        pytest.param("&" * 400_000, id="ampersands"),
        pytest.param("*_`~[]$\\" * 50_000, id="signs"),
        pytest.param("<img src=" * 50_000, id="pictures-that-do-not-end"),
        pytest.param("<ul><li>" * 30 + "a" * 300_000, id="lists"),
        pytest.param("http://" * 60_000, id="addresses"),
    ],
)
@pytest.mark.timeout(20)
def test_hostile_fields_take_no_long_time(hostile: str) -> None:
    assert isinstance(to_markdown(hostile, cloze=True), str)
    assert media_is_bounded(to_markdown(hostile))


def media_is_bounded(markdown: str) -> bool:
    return len(markdown) < 12_000_000


def test_bytes_that_are_no_text() -> None:
    assert to_markdown("a\udcffb") == "a\ufffdb"


def test_names_of_media_can_change() -> None:
    names = {"a.png": "b.png", "é.mp3": "f.mp3"}
    field = '<img src="a.png"> <img src="%61.png"> [sound:é.mp3] <img src="https://x/a.png">'
    assert to_markdown(field, names.get) == (
        "![](b.png) ![](b.png) [sound:f.mp3] ![](https://x/a.png)"
    )
