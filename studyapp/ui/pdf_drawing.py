"""Draws a document of cards in the window's thread and saves it; the window stays alive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

from studyapp.errors import StudyAppError
from studyapp.services.printing import Printed, save_pdf

if TYPE_CHECKING:  # the web engine takes a while to import
    from studyapp.ui.sheet_printer import SheetPrinter


class PdfDrawing(QObject):
    """One document at a time."""

    written = Signal(object)
    """The path of the file."""
    failed = Signal(str)

    def __init__(self, media_folder: Path) -> None:
        super().__init__()
        self._media_folder = media_folder
        self._printer: SheetPrinter | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being drawn."""
        return self._printer is not None

    def begin(self, printed: Printed, target: Path) -> None:
        """Draw a document and save it; one of the signals tells what came of it."""
        from studyapp.ui.sheet_printer import SheetPrinter  # noqa: PLC0415 - see above

        printer = self._printer = SheetPrinter(printed, self._media_folder)
        printer.printed.connect(lambda pdf: self._save(pdf, target))
        printer.failed.connect(self._on_failed)
        printer.start()

    def cancel(self) -> None:
        """Draw no more; nothing is written."""
        printer, self._printer = self._printer, None
        if printer is not None:
            # Not within the engine's own call, which tells that something was drawn.
            QTimer.singleShot(0, printer.shut_down)

    def _save(self, pdf: QByteArray, target: Path) -> None:
        if self._printer is None:  # cancelled
            return
        self.cancel()
        try:
            self.written.emit(save_pdf(target, bytes(pdf.data())))
        except StudyAppError as failure:
            self.failed.emit(str(failure))

    def _on_failed(self, message: str) -> None:
        if self._printer is not None:
            self.cancel()
            self.failed.emit(message)
