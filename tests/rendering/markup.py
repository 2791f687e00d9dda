"""Texts to try rendering on, and what all HTML of the app must be like."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from hypothesis import strategies as st

from studyapp.rendering.html_tree import VOID
from studyapp.rendering.mathml_writer import ELEMENTS
from studyapp.rendering.sanitize import TEXT_ELEMENTS

_OWN: Final = frozenset(("section", "footer", "nav"))
_MARKDOWN = ("*", "**", "_", "`", "```", "~~", "# ", "- ", "1. ", "> ", "---", "    ", "\\")
_LINKS = ("[", "]", "](", ")", "![", "[^1]", "[^1]: ", "[x]: ", "https://a.b", "javascript:x")
_HTML = (
    *("<", ">", "</", "/>", '"', "'", "=", "&", "&lt;", "&#27;", "&#xfdd2;", "<!--", "-->"),
    *("<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>"),
    *("<script>", "</script>", "<style>", "<svg>", "<math>", "<mi>", "</math>", "<details>"),
    *("<img src=x onerror=y>", "<img src=//x alt=y>", "<audio src=/x>", "</audio>", "<a href=x>"),
)
_CARDS = ("$", "$$", r"\(", r"\)", "{{c1::", "::", "}}", "[sound:a.mp3]", "| a |\n|---|\n")
_LATEX = (r"\frac", "{", "}", "^", r"\begin{aligned}", r"\end{aligned}", "&", r"\\", r"\foo")
_CHARACTERS = ("\n", "\n\n", " ", "a", "b", "1", "é", "𝔸", "\t", "\r\n")
_FORBIDDEN = ("\x00", "\x02", "\x1b[0m", "\ud800", "\u202e", "\ufdd0", "\ufdd1", "\ufdd20\ufdd3")

MARKUP: Final = st.lists(
    st.sampled_from(
        [*_MARKDOWN, *_LINKS, *_HTML, *_CARDS, *_LATEX, *_CHARACTERS, *_FORBIDDEN],
    ),
    max_size=40,
).map("".join)
TEXTS: Final = MARKUP | st.text(max_size=200)


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TEXT_ELEMENTS | ELEMENTS | _OWN, tag
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name != "style", (tag, value)
            if name in ("href", "src"):
                assert is_safe(tag, value or ""), (tag, value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> has no beginning"
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")


def is_safe(tag: str, address: str) -> bool:
    """Whether an element may have this address."""
    if tag in ("img", "audio"):
        return address.startswith("studyapp://media/")
    allowed = ("https://", "http://", "mailto:", "#fn", "studyapp://note/")
    return tag == "a" and address.lower().startswith(allowed)


def check_html(html: str) -> None:
    """Asserts that HTML is balanced, and that nothing in it acts or loads."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    assert not checker.open
