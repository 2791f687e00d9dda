"""Exporting: what and as what, what that loses, where to, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.services.exchange import Exchange, Preview, Report
from studyapp.services.printing import Printed, Printing
from studyapp.ui.button import Button
from studyapp.ui.export_form import PDF, ExportForm
from studyapp.ui.export_place import ask_for_place
from studyapp.ui.export_preview import ExportPreview
from studyapp.ui.export_words import done, printed_sections, sections
from studyapp.ui.facts_text import Fact, FactsText, Section
from studyapp.ui.outcome_page import OutcomePage
from studyapp.ui.pdf_drawing import PdfDrawing
from studyapp.ui.screen import row
from studyapp.ui.steps_dialog import plain_button
from studyapp.ui.work_page import WorkPage

_SIZE: Final = QSize(860, 600)
_MISSING = "Say which one."
_FAILED = "This could not be exported"
_LOOKING = "Looking what comes along …"


class ExportDialog(QDialog):
    """Esc cancels what is being done, else closes; nothing is written before a place is chosen."""

    shown = Signal()
    """Something else is to be seen: what would be exported, what was done, or what went wrong."""

    def __init__(
        self,
        parent: QWidget,
        exchange: Exchange,
        printing: Printing,
        drawing: PdfDrawing,
        form: ExportForm,
    ) -> None:
        super().__init__(parent)
        self._exchange = exchange
        self._printing = printing
        self.drawing = drawing
        self._target = Path()
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = form
        self.facts = FactsText("What would be exported")
        self.place: QFileDialog | None = None
        """Asks where to, as long as it is open."""
        self._preview = ExportPreview(exchange)
        self.work = WorkPage()
        self.button, self.cancel = plain_button("Export…"), plain_button("Cancel")
        self.button.setObjectName("primary")
        self.back_button, self.folder_button = plain_button("Back"), plain_button("Show in folder")
        self.close_button = plain_button("Close")
        self.close_button.setObjectName("primary")
        self.outcome = OutcomePage([self.back_button, self.folder_button, self.close_button])
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self._look()
        self._take_keyboard()

    def _lay_out(self) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(3 * GRID)
        inner.addWidget(self.form)
        inner.addWidget(self.facts, 1)
        foot = row(None, self.cancel, self.button)
        foot.setSpacing(2 * GRID)
        inner.addLayout(foot)
        holder = QWidget()
        self._pages = QStackedLayout(holder)
        self._asking = page
        for each in (page, self.work, self.outcome):
            self._pages.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.addWidget(holder)

    def _connect(self) -> None:
        self.form.changed.connect(self._look)
        self._preview.found.connect(self._on_found)
        self._preview.failed.connect(self._on_refused)
        self.button.clicked.connect(self.ask_for_place)
        self.cancel.clicked.connect(self.reject)
        self.work.done.connect(self._on_done)
        self.drawing.written.connect(self._on_printed)
        self.drawing.failed.connect(self._on_not_drawn)
        self.work.failed.connect(self._on_failed)
        self.work.cancelled.connect(self.go_back)
        self.back_button.clicked.connect(self.go_back)
        self.folder_button.clicked.connect(self.show_in_folder)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._preview.shut_down())

    def ask_for_place(self) -> None:
        """Ask where to, then export."""
        self.place = ask_for_place(self, self.form.ending, self.form.name)
        self.place.fileSelected.connect(lambda path: self.export_to(Path(path)))

    def export_to(self, target: Path) -> None:
        """Write what was chosen to a file, or to a folder of deck files."""
        make, selection = self.form.request(), self.form.selection()
        if make is None or selection is None or self.work.is_busy:
            return
        self._preview.forget()
        self._target = target
        self._pages.setCurrentWidget(self.work)
        title, paper = f"Writing {target.name}", self.form.chosen_paper
        if self.form.ending == PDF:
            self.work.begin(title, lambda p: self._printing.document(selection(), paper, p))
        else:
            self.work.begin(title, lambda p: self._exchange.write(make(), target, p))

    def go_back(self) -> None:
        """To what shall be exported."""
        self._pages.setCurrentWidget(self._asking)
        self._take_keyboard()
        self._look()

    def show_in_folder(self) -> None:
        """Open the folder with what was written in the system's own window."""
        folder = self._target if self._target.is_dir() else self._target.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def reject(self) -> None:
        """Cancel what is being done, or close."""
        if self.work.is_busy:
            self.work.cancel()
        else:
            super().reject()

    def stop(self) -> None:
        """The app ends: cancel and wait."""
        self.work.stop()
        self.drawing.cancel()
        self._preview.shut_down()

    def _look(self) -> None:
        """See what would be exported as soon as the user pauses."""
        make = self.form.request()
        self.button.setEnabled(make is not None)
        if make is None:
            self._preview.forget()
            self._say(_MISSING)
        else:
            self._say(_LOOKING)
            self._preview.look(make)

    def _on_found(self, preview: Preview) -> None:
        told = printed_sections if self.form.ending == PDF else sections
        self.facts.show_sections(told(preview))
        self.shown.emit()

    def _on_refused(self, message: str) -> None:
        self.button.setEnabled(False)
        self._say(message)
        self.shown.emit()

    def _say(self, message: str) -> None:
        self.facts.show_sections([Section("", [Fact(message)])])

    def _on_done(self, outcome: object) -> None:
        if isinstance(outcome, Report):
            self._target = outcome.target
            self._tell("Exported", done(outcome), [self.folder_button, self.close_button])
        elif isinstance(outcome, Printed):
            self.work.wait_for("Drawing the pages", self.drawing.cancel)
            self.drawing.begin(outcome, self._target)

    def _on_printed(self, path: object) -> None:
        self.work.end_waiting()
        if isinstance(path, Path):
            self._target = path
        told = [Section("Written", [Fact(f"{self._target}, to be printed.")])]
        self._tell("Exported", told, [self.folder_button, self.close_button])

    def _on_not_drawn(self, message: str) -> None:
        self.work.end_waiting()
        self._on_failed(message)

    def _on_failed(self, message: str) -> None:
        facts = [Fact(line) for line in message.splitlines()]
        self._tell(_FAILED, [Section("", facts)], [self.close_button, self.back_button])

    def _tell(self, heading: str, told: Sequence[Section], offered: Sequence[Button]) -> None:
        self._pages.setCurrentWidget(self.outcome)
        self.outcome.tell(heading, "", told, offered)
        self.shown.emit()

    def _take_keyboard(self) -> None:
        self.button.setDefault(True)
        self.form.what.setFocus()
