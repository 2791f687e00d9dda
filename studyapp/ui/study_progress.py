"""How far a study session has come: a thin bar, the deck's name, and what is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.scheduling.queue import Counts, Kind
from studyapp.ui.elided import ElidedLabel
from studyapp.ui.screen import label, row

_HEIGHT = 12 * GRID
_PARTS = ("new", "learning", "due")
_PART_OF = {
    Kind.NEW: "new",
    Kind.LEARNING: "learning",
    Kind.INTERDAY: "due",
    Kind.REVIEW: "due",
}


class StudyProgress(QWidget):
    """Above the card."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of this session")
        self._deck = ElidedLabel("deckName")
        self._counts = {part: label("", part) for part in _PARTS}
        self._counts_row = row(*self._counts.values())
        self._counts_row.setSpacing(4 * GRID)
        head = row(self._deck, None)
        head.setSpacing(4 * GRID)
        head.addLayout(self._counts_row)
        self.setFixedHeight(_HEIGHT)  # so that the card below never moves
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 3 * GRID, 6 * GRID, 0)
        layout.setSpacing(2 * GRID)
        layout.addLayout(head)
        layout.addWidget(self._bar)

    def set_deck(self, name: str) -> None:
        self._deck.show_text(name.replace("::", " › "))

    def update_counts(self, counts: Counts, done: int, kind: Kind | None) -> None:
        """Cards left, grades given in this session, and what the present card counts as."""
        self._bar.setMaximum(max(1, done + counts.total))
        self._bar.setValue(done)
        for part, text in self._counts.items():
            text.setText(f"{getattr(counts, part)} {part}")
            font = text.font()
            font.setUnderline(kind is not None and _PART_OF[kind] == part)
            text.setFont(font)
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @property
    def counts_text(self) -> str:
        return " · ".join(text.text() for text in self._counts.values())

    @property
    def deck_text(self) -> str:
        """As much of the deck's name as there is room for."""
        return self._deck.text()
