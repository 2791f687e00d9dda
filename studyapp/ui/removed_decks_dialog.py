"""The decks that come with the app and were removed: any of them can be had again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.shelf import PassedOver
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row

_SIZE = QSize(560, 380)
_EXPLAINED = (
    "These decks come with the app, and you removed them. A deck that is brought back begins anew; "
    "if you have just removed it, undo brings its progress back, too."
)


class RemovedDecksDialog(QDialog):
    """Closes by itself when no deck is left to bring back."""

    def __init__(
        self,
        parent: QWidget,
        passed_over: Callable[[], Sequence[PassedOver]],
        bring_back: Callable[[PassedOver], None],
    ) -> None:
        super().__init__(parent)
        self._passed_over = passed_over
        self._bring_back = bring_back
        self._removed: tuple[PassedOver, ...] = ()
        self.setWindowTitle("Bring back a removed deck")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner()
        self.list = QListWidget()
        self.list.setAccessibleName("Removed decks")
        self.list.itemDoubleClicked.connect(self.bring_back)
        self.button = Button("Bring back")
        self.button.setObjectName("primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self.bring_back)
        self._lay_out()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.refresh()
        self.list.setFocus()

    def _lay_out(self) -> None:
        close = Button("Close")
        close.setToolTip("Esc")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        layout.addWidget(self.banner)
        layout.addWidget(self.list, 1)
        buttons = row(None, close, self.button)
        buttons.setSpacing(2 * GRID)
        layout.addLayout(buttons)

    def refresh(self) -> None:
        """Show which decks are removed now; the next one is selected."""
        try:
            self._removed = tuple(self._passed_over())
        except StudyAppError as failure:
            self._warn(str(failure))
            return
        index = max(self.list.currentRow(), 0)
        self.list.clear()
        self.list.addItems([each.name.replace("::", " › ") for each in self._removed])
        self.list.setCurrentRow(min(index, len(self._removed) - 1))
        self.button.setEnabled(bool(self._removed))

    def bring_back(self) -> None:
        """Install the selected deck."""
        index = self.list.currentRow()
        if not 0 <= index < len(self._removed):
            return
        self.banner.clear()
        try:
            self._bring_back(self._removed[index])
        except StudyAppError as failure:
            self._warn(str(failure))
        self.refresh()
        if not self._removed and not self.banner.text:
            self.accept()

    def _warn(self, message: str) -> None:
        self.banner.clear()
        self.banner.show_message(message)
