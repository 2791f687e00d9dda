"""Colours for Markdown with LaTeX while it is written, from the design tokens."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)

from studyapp.rendering.design import Theme
from studyapp.ui.markdown_spans import Look, Span, spans_of
from studyapp.ui.positions import text_of, unit_of

Line = tuple[tuple[int, int, tuple[Look, ...]], ...]
"""Start in the line and length in units of UTF-16, and all looks of that stretch."""
_Piece = tuple[int, int, Look]
"""Start and end of a part of a span in its line, in characters."""


class MarkdownHighlighter(QSyntaxHighlighter):
    """Looks at the whole text after each change, and draws anew the lines that look different."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats = _formats(theme)
        self._mixtures: dict[tuple[Look, ...], QTextCharFormat] = {}
        self._text: str | None = None
        self._lines: list[Line] = []
        self._drawn: list[Line] = []
        self._is_catching_up = False
        document.contentsChange.connect(self._catch_up)

    def dress(self, theme: Theme) -> None:
        """Other colours from now on."""
        self._formats = _formats(theme)
        self._mixtures.clear()
        self.rehighlight()

    def highlightBlock(self, _text: str) -> None:  # noqa: N802
        lines = self._present()
        number = self.currentBlock().blockNumber()
        if number >= len(lines):
            return
        for start, length, looks in lines[number]:
            self.setFormat(start, length, self._merged(looks))

    def _merged(self, looks: tuple[Look, ...]) -> QTextCharFormat:
        if looks not in self._mixtures:
            mixture = QTextCharFormat()
            for look in looks:
                mixture.merge(self._formats[look])
            self._mixtures[looks] = mixture
        return self._mixtures[looks]

    def _present(self) -> list[Line]:
        text = text_of(self.document())
        if text != self._text:
            self._text = text
            self._lines = lines_of(text)
        return self._lines

    def _catch_up(self) -> None:
        """Draw the lines again that a change elsewhere gave another look."""
        if self._is_catching_up:
            return
        self._is_catching_up = True
        lines, drawn = self._present(), self._drawn
        self._drawn = list(lines)
        for number, line in enumerate(lines):
            if number >= len(drawn) or line != drawn[number]:
                block = self.document().findBlockByNumber(number)
                self.rehighlightBlock(block)
        self._is_catching_up = False


def lines_of(text: str) -> list[Line]:
    """How each line of a text is shown."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    pieces: list[list[_Piece]] = [[] for _ in lines]
    for span in spans_of(text):
        _cut(span, starts, pieces)
    return [_stretches(line, found) for line, found in zip(lines, pieces, strict=True)]


def _cut(span: Span, starts: list[int], into: list[list[_Piece]]) -> None:
    number = bisect_right(starts, span.start) - 1
    while number < len(into) and starts[number] < span.end:
        start = max(span.start, starts[number])
        end = min(span.end, starts[number + 1] - 1)
        if end > start:
            into[number].append((start - starts[number], end - starts[number], span.look))
        number += 1


def _stretches(line: str, pieces: list[_Piece]) -> Line:
    """The parts of a line, none of which overlap; looks stand in the order of their spans."""
    edges = [(at, number) for number, piece in enumerate(pieces) for at in piece[:2]]
    found = []
    on: set[int] = set()
    before = 0
    for at, number in sorted(edges):
        if on and at > before:
            looks = tuple(pieces[each][2] for each in sorted(on))
            start = unit_of(line, before)
            found.append((start, unit_of(line, at) - start, looks))
        before = at
        on ^= {number}
    return tuple(found)


def _formats(theme: Theme) -> dict[Look, QTextCharFormat]:
    colours = {
        Look.LINK: theme.accent,
        Look.MARKER: theme.muted,
        Look.CODE: theme.muted,
        Look.MATH: theme.accent,
        Look.COMMAND: theme.due,
        Look.CLOZE: theme.learning,
        Look.BROKEN: theme.error,
    }
    made = {look: QTextCharFormat() for look in Look}
    for look, colour in colours.items():
        made[look].setForeground(QColor(colour))
    for look in (Look.HEADING, Look.STRONG, Look.CLOZE):
        made[look].setFontWeight(QFont.Weight.Bold)
    made[Look.EMPHASIS].setFontItalic(True)
    made[Look.CODE].setBackground(QColor(theme.window))
    made[Look.BROKEN].setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    made[Look.BROKEN].setUnderlineColor(QColor(theme.error))
    return made
