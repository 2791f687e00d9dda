"""What the selected deck is: its description and its sources, read-only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout

from studyapp.domain.decks import Deck
from studyapp.domain.notes import Source
from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

_LINE_PERCENT = 125
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class DeckPanel(QFrame):
    """Beside the tree in a wide window, below it in a narrow one."""

    link_wanted = Signal(str)

    def __init__(self, study: Button, menu: Button) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._name = label("", "heading", wraps=True)
        self._description = _Text()
        self._description.setOpenLinks(False)
        self._description.setAccessibleName("About the selected deck")
        self._description.document().setDocumentMargin(0)
        self._description.anchorClicked.connect(lambda url: self.link_wanted.emit(url.toString()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self._name)
        layout.addWidget(self._description, 1)
        layout.addLayout(row(study, None, menu))

    def show_only_buttons(self, only: bool) -> None:
        """Leave the room to the tree."""
        self._name.setHidden(only)
        self._description.setHidden(only)

    @property
    def text(self) -> str:
        return self._description.toPlainText()

    def describe(self, deck: Deck, decks_below: int) -> None:
        """Show what a deck says of itself, or how many lie below it."""
        self._name.setText(deck.short_name)
        markdown = _markdown(deck, decks_below)
        if markdown != self._description.shown:
            self._description.shown = markdown
            self._description.setMarkdown(markdown)
            self._description.space_out()


class _Text(QTextBrowser):
    """Markdown that loads nothing from anywhere."""

    shown = ""

    def space_out(self) -> None:
        """Give the text the air between its lines and paragraphs that Qt's Markdown lacks."""
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            form.setLineHeight(_LINE_PERCENT, _PROPORTIONAL)
            form.setBottomMargin(0 if block.textList() else 2 * GRID)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def event(self, event: QEvent) -> bool:
        # Enter follows the link that Tab led to, whatever else it means on this screen.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.textCursor().charFormat().isAnchor()
        ):
            event.accept()
            return True
        return super().event(event)

    def loadResource(self, kind: int, name: QUrl | str) -> None:  # noqa: N802
        return None


def _markdown(deck: Deck, decks_below: int) -> str:
    description = deck.description.strip() or _unnamed(decks_below)
    if not deck.sources:
        return description
    lines = "\n".join(f"- {_cited(source)}" for source in deck.sources)
    return f"{description}\n\n**Distilled from**\n\n{lines}"


def _unnamed(decks_below: int) -> str:
    if not decks_below:
        return "This deck has no description."
    return f"Holds {counted(decks_below, 'deck')}. Studying here takes cards from all of them."


def _cited(source: Source) -> str:
    return ", ".join(part for part in (source.author, source.title, source.date) if part)
