r"""Formulas as Anki has them: LaTeX between `\(` and `\)` or `\[` and `\]`, for MathJax to draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from studyapp.anki import marks
from studyapp.anki.mathjax import UNCHANGED, braced, commands_of, for_mathjax
from studyapp.anki.plain_formulas import is_surely_drawn
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.errors import MathError
from studyapp.rendering.latex_commands import DEFINITIONS
from studyapp.rendering.latex_expand import without_macros
from studyapp.rendering.mathml import to_mathml

_COMMENT_OR_SPACE = re.compile(r"\\.|%[^\n]*(?:\n\s*)?|\s+", re.DOTALL)
_WANTS_ARGUMENT = re.compile(r"(?:[\^_]|\\[A-Za-z]+)\s*\Z")
_TAKES_OPTION = re.compile(r"(?:\\\\\*?|\\begin\{[A-Za-z*]+\}(?:\{[^{}]*\})?)\s*\Z")
_LONGEST_COMMAND = 60
_LONE_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_CELL_OR_ROW = re.compile(r"\\\\|(?<!\\)&")


@dataclass(frozen=True, slots=True)
class FormulaProblem:
    """A formula that this app cannot draw; Anki may."""

    key: str
    """Of the note that it stands in."""
    latex: str
    reason: str
    """As a sentence without a full stop."""


class Formulas:
    """Writes the formulas of one note, and remembers what is wrong with them."""

    def __init__(self, key: str, macros: Macros = NO_MACROS) -> None:
        self.problems: list[FormulaProblem] = []
        """Those that this app cannot draw."""
        self.unknown: dict[str, None] = {}
        """Commands that Anki does not know."""
        self.is_rewritten = False
        """Whether one of them had to be put into other words for Anki."""
        self._key = key
        self._macros = macros
        self._defined = _names(macros)

    def draw(self, latex: str, display: bool) -> str:
        """The formula as HTML with our marks around it and in it."""
        start, end = marks.DISPLAY_MATH if display else marks.INLINE_MATH
        return start + escape(self._written(latex, display), quote=False) + end

    def _written(self, latex: str, display: bool) -> str:
        commands = commands_of(latex)
        is_as_it_means = commands.isdisjoint(self._defined)
        expanded = _one_line(latex if is_as_it_means else self._expanded(latex))
        if is_as_it_means and commands <= UNCHANGED and is_surely_drawn(expanded):
            return expanded
        self._check(marks.revealed(_grouped(expanded)), display)
        return _grouped(self._for_anki(expanded))

    def _expanded(self, latex: str) -> str:
        """The formula without the macros of its author, which Anki does not know."""
        names = [macro.name for macro in self._macros.entries if not macro.arguments]
        try:
            return without_macros(braced(latex, names), self._macros)
        except MathError:
            return latex  # which `_check` finds a mistake in

    def _for_anki(self, latex: str) -> str:
        rewritten = for_mathjax(latex)
        self.is_rewritten |= rewritten.latex != latex
        self.unknown.update(dict.fromkeys(rewritten.unknown))
        return rewritten.latex

    def _check(self, latex: str, display: bool) -> None:
        try:
            to_mathml(latex, display, self._macros)
        except MathError as error:
            self.problems.append(FormulaProblem(self._key, latex, str(error)))


@lru_cache
def _names(macros: Macros) -> frozenset[str]:
    """Commands that mean something else, or make others do so."""
    return DEFINITIONS | {macro.name for macro in macros.entries}


def _one_line(latex: str) -> str:
    """The formula without comments and line ends, since HTML knows no line ends."""
    line = latex.strip()
    if line.isprintable() and "%" not in line and "  " not in line and line[-1:] != "\\":
        return line
    line = _COMMENT_OR_SPACE.sub(_kept, latex).strip()
    # A backslash at the end would be the first half of `\\`, and the delimiter be lost.
    return f"{line} " if _LONE_BACKSLASH.search(line) else line


def _kept(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "\\":
        return "\\ " if found[1].isspace() else found
    return "" if found[0] == "%" else " "


def _grouped(latex: str) -> str:
    r"""The formula with braces that keep its marks apart from what stands before them.

    Anki puts in the bare content, which would make `x^12` of `x^{{c1::12}}`, or `[...]`, which
    `\sqrt`, `\\` and `\begin{aligned}` would take for an option of theirs.
    """
    if marks.OPEN not in latex:
        return latex
    added: dict[int, str] = {}
    for pair in marks.pairs(latex):
        before = latex[max(0, pair.start - _LONGEST_COMMAND) : pair.start]
        # A group may not reach over cells and rows.
        in_cells = _CELL_OR_ROW.search(latex, pair.start, pair.end)
        if _WANTS_ARGUMENT.search(before):
            added[pair.start] = " " if in_cells else "{"
            added[pair.end + 1] = "" if in_cells else "}"
        elif _TAKES_OPTION.search(before):
            added[pair.start] = "{}"
    return "".join(added.get(at, "") + latex[at : at + 1] for at in range(len(latex) + 1))
