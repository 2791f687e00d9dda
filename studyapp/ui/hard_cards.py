"""The cards that were forgotten most often, and what the advice says of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from studyapp.rendering import plain
from studyapp.rendering.design import GRID
from studyapp.services.hard_cards import HardCard
from studyapp.ui.plots.figures import Figures
from studyapp.ui.screen import label

_HEADINGS = ("Card", "Deck", "Lapses", "Ease", "Leech", "Advice")
_HEIGHT = 70 * GRID
_TITLE = "Hardest cards"


class HardCards(QFrame):
    """A table; Enter edits the note of the current row."""

    edit_wanted = Signal(int)
    """Id of a note."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(_TITLE)
        self.cards: Sequence[HardCard] = ()
        self.table = Figures(_TITLE, _HEADINGS, numbers=(2, 3))
        self.table.setMinimumHeight(_HEIGHT)
        self.table.activated.connect(lambda index: self._edit(index.row()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(_TITLE, "heading"))
        layout.addWidget(self.table)
        layout.addWidget(label("Enter edits the note.", "quiet"))
        self.hide()

    def show_cards(self, cards: Sequence[HardCard]) -> None:
        """Show these from now on; nothing of it where there are none."""
        self.cards = cards
        self.table.show_rows([_row(card) for card in cards])
        self.setVisible(bool(cards))

    def _edit(self, line: int) -> None:
        self.edit_wanted.emit(self.cards[line].note_id)


def _row(card: HardCard) -> tuple[str, ...]:
    return (
        plain.title(card.note),
        card.deck_name.replace("::", " › "),
        f"{card.lapses:,}",
        f"{card.ease_permille / 10:.0f} %",
        "leech" if card.is_leech else "",
        " ".join(card.advice) or "The advice finds nothing.",
    )
