"""Facts under headings, as text that can be read by the keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QTextBrowser

from studyapp.rendering.design import GRID


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is told."""

    text: str
    details: tuple[str, ...] = ()
    """What belongs to it, each on a line of its own."""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together."""

    heading: str
    """May be empty."""
    facts: Sequence[Fact]


class FactsText(QTextBrowser):
    """Loads nothing from anywhere, and has no links."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(3 * GRID)

    def show_sections(self, sections: Iterable[Section]) -> None:
        """Show those that say something, from their beginning."""
        told = [each for each in sections if each.facts]
        self.setHtml("".join(map(_html, told)))
        self.setAccessibleDescription(self.toPlainText())

    def loadResource(self, kind: int, name: QUrl | str) -> None:  # noqa: N802
        return None


def _html(section: Section) -> str:
    heading = f"<p><b>{escape(section.heading)}</b></p>" if section.heading else ""
    return heading + "".join(map(_told, section.facts))


def _told(fact: Fact) -> str:
    lines = "".join(
        f'<p style="margin: 0 0 0 {5 * GRID}px;">{_lines(each)}</p>' for each in fact.details
    )
    below = GRID if fact.details else 2 * GRID
    return f'<p style="margin: 0 0 {below}px 0;">{_lines(fact.text)}</p>{lines}'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
