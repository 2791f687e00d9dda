"""The last resort: a bug of ours becomes a calm message with a report that can be copied."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

from studyapp import __version__
from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row


class BugDialog(QDialog):
    """Says that the data is safe, and shows the report."""

    def __init__(self, report: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.report = report
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setAccessibleName("Report")
        self.copy_button = Button("Copy report")
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close = Button("Continue")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label("Something went wrong", "title"))
        layout.addWidget(
            label(
                "This is a mistake in the app, not yours. Everything that you graded is saved. "
                "You can go on; if the app behaves strangely, start it again. The report below "
                "holds no text of your cards unless a line of the error quotes it.",
                wraps=True,
            )
        )
        layout.addWidget(text, 1)
        layout.addLayout(row(self.copy_button, None, close))
        self.resize(640, 420)


class BugReporter:
    """Stands in for `sys.excepthook`; one message at a time, more would bury the window."""

    def __init__(self) -> None:
        self._open: BugDialog | None = None

    def install(self) -> None:
        sys.excepthook = self

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = _report(kind, error, trace)
        sys.stderr.write(report)
        if self._open is None and QApplication.instance() is not None:
            self._open = BugDialog(report)
            self._open.finished.connect(self._on_finished)
            self._open.open()

    @property
    def dialog(self) -> BugDialog | None:
        """The message that is shown now."""
        return self._open

    def _on_finished(self) -> None:
        self._open = None


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    lines = "".join(traceback.format_exception(kind, error, trace))
    return f"studyapp {__version__}, Qt {qVersion()}, {system}\n\n{lines}"
