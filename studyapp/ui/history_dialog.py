"""The history of a card: facts, its intervals as a plot, and each of its reviews."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from studyapp.rendering import plain
from studyapp.rendering.design import GRID
from studyapp.services.card_history import CardHistory
from studyapp.ui import history_texts as texts
from studyapp.ui.button import Button
from studyapp.ui.elided import ElidedLabel
from studyapp.ui.plots.figures import Figures
from studyapp.ui.plots.plot import Plot
from studyapp.ui.result_cells import card_name
from studyapp.ui.screen import label, row

_SIZE = QSize(1080, 720)
_PAIRS = 3
"""Facts side by side."""


class HistoryPage(QWidget):
    """Of one card; read-only."""

    def __init__(self, history: CardHistory) -> None:
        super().__init__()
        self.facts = texts.facts(history)
        self.plot = Plot()
        self.plot.show_chart(texts.chart(history))
        self.plot.setVisible(bool(history.logged))
        self.table = Figures("Reviews of the card", texts.headings(history), numbers=(2,))
        self.table.show_rows(texts.rows(history))
        self.table.setVisible(bool(history.logged))
        self.said = label(texts.summary(history), "quiet", wraps=True)
        body = QSplitter(Qt.Orientation.Vertical)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(3 * GRID)
        body.addWidget(self.plot)
        body.addWidget(self.table)
        body.setSizes([50 * GRID, 60 * GRID])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addLayout(self._grid())
        layout.addWidget(self.said)
        layout.addWidget(body, 1)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        lines = -(-len(self.facts) // _PAIRS)
        for number, (name, value) in enumerate(self.facts):
            column, line = divmod(number, lines)
            shown = ElidedLabel("")
            shown.show_text(value)
            shown.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label(name, "quiet"), line, 2 * column)
            grid.addWidget(shown, line, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        return grid


class HistoryDialog(QDialog):
    """A page, or for several cards of a note a tab for each."""

    def __init__(self, parent: QWidget, *histories: CardHistory) -> None:
        """Of one card at least."""
        super().__init__(parent)
        self.setWindowTitle("Card history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = [HistoryPage(history) for history in histories]
        self._lay_out(histories)
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.pages[0].table.setFocus()

    def _lay_out(self, histories: Sequence[CardHistory]) -> None:
        title = plain.title(histories[0].note)
        close = Button("Close")
        close.setToolTip("Esc")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        heading = label(title, "heading", wraps=True)
        heading.setAccessibleName(f"Card: {title}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(heading)
        layout.addWidget(self._body(histories), 1)
        layout.addLayout(row(None, close))

    def _body(self, histories: Sequence[CardHistory]) -> QWidget:
        if len(self.pages) == 1:
            return self.pages[0]
        tabs = QTabWidget()
        tabs.setAccessibleName("Cards of the note")
        for page, history in zip(self.pages, histories, strict=True):
            page.setContentsMargins(0, 3 * GRID, 0, 0)
            tabs.addTab(page, card_name(history.note.kind, history.card.ordinal))
        return tabs
