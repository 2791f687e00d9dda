"""Checking the collection: beside the window, then a dialog with what is wrong, to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.services.checking import Checking, Finding
from studyapp.services.progress import Progress
from studyapp.ui.background import BackgroundWork, Work
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from studyapp.ui.screen import add_action, label, row
from studyapp.ui.spans import counted

_SIZE = QSize(680, 480)
_CHECKING = "Checking the collection"
_MENDING = "Mending the collection"
_SOUND = "Nothing is wrong with the collection."
_UNDOABLE = "Undo takes a repair back; before what it cannot take back, a backup is made."


class FindingsDialog(QDialog):
    """A line for each kind of fault, with what mending does."""

    mend_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check of the collection")
        self.banner = Banner()
        self.said = label("", wraps=True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName("What was found")
        self.mend_button = Button("Mend")
        self.mend_button.setObjectName("primary")
        self.mend_button.setAutoDefault(False)
        self.mend_button.clicked.connect(self.mend_wanted)
        close = Button("Close")
        close.setToolTip("Esc")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        buttons = row(None, self.mend_button, close)
        buttons.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.said)
        layout.addWidget(self.banner)
        layout.addWidget(self.list, 1)
        layout.addWidget(label(_UNDOABLE, "quiet", wraps=True))
        layout.addLayout(buttons)
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))

    def show_found(self, findings: Sequence[Finding], *, mended: bool) -> None:
        """Show what is wrong, or what was wrong and is mended."""
        self.said.setText(_told(findings, mended=mended))
        self.said.setAccessibleName(self.said.text())
        self.list.clear()
        self.list.addItems([each.message for each in findings])
        self.list.setCurrentRow(0 if findings else -1)
        can_mend = not mended and any(each.can_be_mended for each in findings)
        self.mend_button.setEnabled(can_mend)
        if findings:
            self.list.setFocus()


class CollectionChecking(QObject):
    """Its action can be done everywhere."""

    looked = Signal()
    """The dialog shows what was found, or mended."""
    mended = Signal()
    failed = Signal(str)

    def __init__(self, window: QWidget, checking: Checking) -> None:
        super().__init__(window)
        self._window = window
        self._checking = checking
        self._found: tuple[Finding, ...] = ()
        self._work: BackgroundWork | None = None
        self.dialog: FindingsDialog | None = None
        """As long as it is open."""
        self.action: QAction = add_action(
            window, "check_collection", "Check the collection…", (), self.begin
        )

    def begin(self) -> None:
        """Look for faults, then show them; nothing is changed."""
        self._do(_CHECKING, self._find, mended=False)

    def mend(self) -> None:
        """Mend what can be, and show what that was."""
        self._do(_MENDING, self._mend, mended=True)

    def stop(self) -> None:
        """The window closes."""
        if self._work is not None:
            self._work.stop()

    def _do(self, title: str, work: Work, *, mended: bool) -> None:
        if self._work is not None:
            return
        self._work = BackgroundWork(self.dialog or self._window, title, work)
        self._work.done.connect(lambda: self._show(mended=mended))
        self._work.failed.connect(self._on_failed)
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def _find(self, progress: Progress) -> str:
        self._found = self._checking.find(progress)
        return ""

    def _mend(self, progress: Progress) -> str:
        self._found = self._checking.mend(progress)
        return ""

    def _on_ended(self) -> None:
        self._work = None

    def _show(self, *, mended: bool) -> None:
        if self.dialog is None:
            self.dialog = FindingsDialog(self._window)
            self.dialog.mend_wanted.connect(self.mend)
            self.dialog.finished.connect(self._on_closed)
            self.dialog.open()
        self.dialog.show_found(self._found, mended=mended)
        if mended:
            self.mended.emit()
        self.looked.emit()

    def _on_failed(self, message: str) -> None:
        if self.dialog is None:
            self.failed.emit(message)
        else:
            self.dialog.banner.show_message(message)

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None


def _told(findings: Sequence[Finding], *, mended: bool) -> str:
    if not findings:
        return _SOUND
    kinds = counted(len(findings), "kind of fault was", "kinds of faults were")
    return f"{kinds} mended:" if mended else f"{kinds} found:"
