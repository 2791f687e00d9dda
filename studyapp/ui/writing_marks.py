"""What keys put into a Markdown text: cloze marks, formulas, snippets, links to notes."""

from __future__ import annotations

import re

from studyapp.domain.cloze import MAX_NUMBER, cloze_numbers
from studyapp.domain.markup import find_code
from studyapp.domain.math_spans import find_math
from studyapp.ui.latex_entries import CURSOR

_CALL = re.compile(r"\[\[(?P<words>[^\[\]\n]{0,80})$")
_DOLLARS = re.compile(r"\\.|\$+", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def cloze_number(text: str, *, following: bool) -> int:
    """The number of the next mark: the one after the highest, or the highest again."""
    highest = max(cloze_numbers(text), default=0)
    return min(highest + 1 if following else max(highest, 1), MAX_NUMBER)


def link_words(text: str, index: int) -> str | None:
    """What was typed behind `[[` before a place; None if there is no such call for a link."""
    called = _CALL.search(text[:index])
    if called is None or is_in_formula(text, index):
        return None
    in_code = any(span.start <= called.start() < span.end for span in find_code(text))
    return None if in_code else called["words"]


def is_in_formula(text: str, index: int) -> bool:
    """Whether a place is inside a formula, also one that is not closed yet."""
    closed_until = 0
    for span in find_math(text):
        if span.start < index < span.end:
            return True
        if span.end <= index:
            closed_until = span.end
    paragraph = _BLANK_LINE.split(text[closed_until:index])[-1]
    if paragraph.rfind("\\(") > paragraph.rfind("\\)"):
        return True
    dollars = [each for each in _DOLLARS.findall(paragraph) if each[0] == "$"]
    return len(dollars) % 2 == 1


def filled(snippet: str, selected: str) -> tuple[str, int]:
    """What a snippet inserts in place of a selection, and where in it the cursor goes.

    The selection stands where the snippet has its `$0`; the cursor goes behind it, or to the first
    empty braces if something was selected.
    """
    before, mark, after = snippet.partition(CURSOR)
    text = before + selected + after
    if not mark:
        return text, len(text)
    empty = text.find("{}", len(before) + len(selected)) if selected else -1
    return text, empty + 1 if empty >= 0 else len(before) + len(selected)
