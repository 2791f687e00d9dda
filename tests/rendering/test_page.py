"""The card's page: its shell, both faces of a card, and the files that it loads."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given

from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import NotFound
from studyapp.rendering.design import THEMES
from studyapp.rendering.page import asset, card_faces, shell
from tests.rendering.markup import TEXTS, check_html

BASIC = Note("k", NoteKind.BASIC, "front $x$", "back $y$")


def test_the_question_stays_where_it_is_when_the_answer_appears() -> None:
    faces = card_faces(BASIC, 0)
    assert faces.answer_html.startswith(faces.question_html)
    assert faces.question_html.startswith('<section class="question" dir="auto"><p>front <math>')
    rest = faces.answer_html.removeprefix(faces.question_html)
    assert rest.startswith('<hr class="divide"><section class="answer" dir="auto"><p>back <math>')
    assert "back" not in faces.question_html


def test_the_second_card_of_a_reversed_note_asks_back() -> None:
    note = Note("k", NoteKind.REVERSED, "front", "back")
    asked = [card_faces(note, ordinal).question_html for ordinal in (0, 1)]
    assert ["front" in html for html in asked] == [True, False]
    assert ["back" in html for html in asked] == [False, True]


def test_a_cloze_card_shows_its_text_and_then_what_is_below() -> None:
    faces = card_faces(Note("k", NoteKind.CLOZE, "a {{c2::b}} {{c1::c}}", "extra"), 1)
    assert "<p>a <mark" in faces.question_html
    assert "extra" not in faces.question_html
    shown = re.sub("<[^>]*>", "|", faces.answer_html)
    assert re.sub(r"\|+", "|", shown) == "|a |b| c|extra|"


def test_a_cloze_card_without_extra_has_no_rule() -> None:
    assert "<hr" not in card_faces(Note("k", NoteKind.CLOZE, "{{c1::c}}"), 0).answer_html


@pytest.mark.parametrize(
    ("kind", "front", "ordinal"),
    [
        pytest.param(NoteKind.BASIC, "a", 1, id="basic"),
        pytest.param(NoteKind.REVERSED, "a", 2, id="reversed"),
        pytest.param(NoteKind.CLOZE, "{{c2::a}}", 0, id="cloze"),
        pytest.param(NoteKind.BASIC, "a", -1, id="negative"),
    ],
)
def test_a_card_that_the_note_does_not_have(kind: NoteKind, front: str, ordinal: int) -> None:
    with pytest.raises(NotFound, match=f"no card {ordinal + 1}"):
        card_faces(Note("k", kind, front, "b"), ordinal)


def test_source_and_links_stand_below_the_answer() -> None:
    note = Note("k", NoteKind.BASIC, "a", "b", source="*Text*, “x $y$”", links=("n/ü?", "other"))
    faces = card_faces(note, 0, {"other": "What is x²? Bold < all"})
    assert "Text" not in faces.question_html
    about = faces.answer_html[faces.answer_html.index("<footer") :]
    assert "<p><em>Text</em>, “x <math>" in about
    assert '<a href="studyapp://note/n%2F%C3%BC%3F">n/ü?</a>' in about
    assert '<a href="studyapp://note/other">What is x²? Bold &lt; all</a>' in about
    check_html(faces.answer_html)


def test_there_is_nothing_below_the_answer_without_source_and_links() -> None:
    assert "footer" not in card_faces(BASIC, 0).answer_html


def test_footnotes_of_both_sides_lead_to_their_own() -> None:
    note = Note("k", NoteKind.BASIC, "a[^1]\n\n[^1]: b", "c[^1]\n\n[^1]: d")
    html = card_faces(note, 0).answer_html
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == ["fn:a1", "fn:q1", "fnref:a1", "fnref:q1"]


@given(TEXTS, TEXTS)
def test_any_note_has_two_safe_faces(front: str, back: str) -> None:
    note = Note("k", NoteKind.REVERSED, front, back, source=back, links=(front or "x",))
    for ordinal in (0, 1):
        faces = card_faces(note, ordinal)
        check_html(faces.question_html)
        check_html(faces.answer_html)


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_the_policy_of_the_shell_allows_its_own_style_and_nothing_else(theme: str) -> None:
    document = shell(theme, 1.25)
    style = re.search("<style>(.*)</style>", document, re.DOTALL)
    policy = re.search('content="(default-src [^"]*)"', document)
    assert style is not None
    assert policy is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy[1].split("; ") == [
        "default-src 'none'",
        "script-src 'none'",
        f"style-src 'sha256-{digest}'",
        "font-src studyapp:",
        "img-src studyapp:",
        "media-src studyapp:",
        "form-action 'none'",
        "base-uri 'none'",
    ]
    assert f'<html lang="en" data-theme="{theme}">' in document
    assert "--scale: 1.250" in style[1]
    assert '<main id="card"></main>' in document
    assert "style=" not in document.replace(style[0], "")


def test_there_is_no_third_theme() -> None:
    with pytest.raises(KeyError):
        shell('x" onload="y', 1)


def test_every_address_in_the_style_sheet_is_that_of_a_packaged_font() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", shell("light", 1))
    assert len(addresses) == 6
    for address in addresses:
        content, mime = asset(address.strip('"').removeprefix("studyapp://assets/"))
        assert content.startswith(b"wOF2")
        assert mime == "font/woff2"


@pytest.mark.parametrize("name", ["", "card.css", "../card.css", "STIXTwo-LICENSE-OFL.txt", "x"])
def test_other_files_are_not_served(name: str) -> None:
    with pytest.raises(NotFound):
        asset(name)


def test_no_line_ends_between_a_formula_and_the_comma_behind_it() -> None:
    html = card_faces(Note("k", NoteKind.BASIC, "($x$, $y$ z)", "b"), 0).question_html
    assert "(\u2060<math>" in html
    assert "</math>\u2060, <math>" in html
    assert "</math> z)" in html
