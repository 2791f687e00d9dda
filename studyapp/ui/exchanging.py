"""Import and export in the window: their actions, and what is dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from studyapp.errors import StudyAppError
from studyapp.ui.dropping import Dropping
from studyapp.ui.exchange_tools import ExchangeTools
from studyapp.ui.export_offer import Offer
from studyapp.ui.screen import add_action
from studyapp.ui.steps_dialog import Rewinds, StepsDialog
from studyapp.ui.theming import Theming

if TYPE_CHECKING:  # the dialogs take a while to import
    from studyapp.ui.export_dialog import ExportDialog
    from studyapp.ui.import_dialog import ImportDialog
    from studyapp.ui.linked_dialog import LinkedDialog
    from studyapp.ui.main_window import MainWindow


_WHAT_LINKING_IS = (
    "Its deck files and the decks here are kept equal from then on. Nothing is brought over before "
    "you have seen it."
)


class Exchanging(QObject):
    """One dialog at a time; its actions can be done on every screen."""

    failed = Signal(str)

    def __init__(self, window: MainWindow, tools: ExchangeTools, theming: Theming) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._theming = theming
        self.importing: ImportDialog | None = None
        self.exporting: ExportDialog | None = None
        self.linked: LinkedDialog | None = None
        """All three as long as they are open."""
        self.place: QFileDialog | None = None
        """Asks which file to import; the one that was opened last."""
        self.question: QMessageBox | None = None
        """Asks whether to link a folder; the one that was opened last."""
        add_action(window, "import", "Import…", ("Ctrl+Shift+I",), self.ask_for_file)
        add_action(window, "export", "Export…", ("Ctrl+Shift+E",), self.export)
        add_action(window, "linked_folders", "Linked folders…", (), self.open_linked)
        window.decks.import_wanted.connect(self.ask_for_file)
        window.export_wanted.connect(self.export_this)
        Dropping(window, is_importable).dropped.connect(self.take_in)

    def ask_for_file(self) -> None:
        """Ask which file to import."""
        if self._is_busy:
            return
        from studyapp.services.import_files import ENDINGS  # noqa: PLC0415 - see above
        from studyapp.ui.export_place import usual_folder  # noqa: PLC0415

        taken = f"What can be imported ({' '.join(f'*{each}' for each in ENDINGS)})"
        self.place = QFileDialog(self._window, "Import", str(usual_folder()), taken)
        self.place.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.place.fileSelected.connect(lambda path: self.take_in(Path(path)))
        self.place.finished.connect(self.place.deleteLater)
        self.place.open()

    def take_in(self, path: Path) -> None:
        """Show what a file would bring, and let the user decide; a folder can be linked."""
        if self._is_busy:
            return
        if path.is_dir():
            self.question = self._ask_to_link(path)
        else:
            self._window.put_aside(lambda: self._open_import(path))

    def export(self) -> None:
        """Export what the present screen is about, or everything."""
        self.export_this(self._window.to_export())

    def export_this(self, offer: Offer) -> None:
        """Let the user choose how to export something, or something else."""
        if self._is_busy:
            return
        from studyapp.ui.export_dialog import ExportDialog  # noqa: PLC0415 - see above
        from studyapp.ui.export_form import ExportForm  # noqa: PLC0415
        from studyapp.ui.pdf_drawing import PdfDrawing  # noqa: PLC0415

        tools = self._tools
        try:
            form = ExportForm(offer, tools.deck_names(), tools.tag_names())
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return
        drawing = PdfDrawing(tools.media_folder)
        self.exporting = ExportDialog(self._window, tools.exchange, tools.printing(), drawing, form)
        self.exporting.finished.connect(self._on_closed)
        self.exporting.open()

    def open_linked(self, folder: Path | None = None) -> None:
        """Show the linked folders, with one more if it is given, and how they differ from here."""
        if not self._is_busy:
            self._window.put_aside(lambda: self._open_linked(folder))

    def stop(self) -> None:
        """The app ends: cancel what is being done and wait for it."""
        for dialog in (self.importing, self.exporting, self.linked):
            if dialog is not None:
                dialog.stop()

    @property
    def _is_busy(self) -> bool:
        return any((self.importing, self.exporting, self.linked))

    def _open_import(self, path: Path) -> None:
        from studyapp.ui.import_dialog import ImportDialog  # noqa: PLC0415 - see above

        importing, theme = self._tools.importing(), self._theming.theme
        self.importing = ImportDialog(self._window, path, importing, self._rewinds, theme)
        self._show(self.importing)

    def _ask_to_link(self, folder: Path) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle("Link a folder")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Link the folder “{folder.name}”?")
        box.setInformativeText(_WHAT_LINKING_IS)
        link = box.addButton("Link", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(link)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        link.clicked.connect(lambda: self.open_linked(folder))
        box.open()
        return box

    def _open_linked(self, folder: Path | None) -> None:
        from studyapp.ui.linked_dialog import LinkedDialog  # noqa: PLC0415 - see above

        linking, theme = self._tools.linking(), self._theming.theme
        self.linked = LinkedDialog(self._window, linking, self._rewinds, theme, folder)
        self._show(self.linked)

    @property
    def _rewinds(self) -> Rewinds:
        return Rewinds(self._tools.study.undo, self._tools.study.redo)

    def _show(self, dialog: StepsDialog) -> None:
        self._theming.changed.connect(dialog.dress)
        dialog.changed.connect(self._window.look_again)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self.importing = self.exporting = self.linked = None
        self._window.activateWindow()


def is_importable(path: Path) -> bool:
    """Whether the name of a file tells so; a folder must have deck files."""
    from studyapp.services.import_files import ENDINGS  # noqa: PLC0415 - see above

    if path.is_dir():
        return any(path.glob("*.md"))
    return path.suffix.lower() in ENDINGS
