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
from studyapp.ui.screen import add_action, tell_keys
from studyapp.ui.steps_dialog import Rewinds, StepsDialog
from studyapp.ui.theming import Theming

if TYPE_CHECKING:  # the dialogs take a while to import
    from studyapp.ui.export_dialog import ExportDialog
    from studyapp.ui.import_dialog import ImportDialog
    from studyapp.ui.linked_dialog import LinkedDialog
    from studyapp.ui.main_window import MainWindow


_IMPORT_OR_LINK = (
    "Importing takes its deck files in once. Linking keeps them and the decks here equal from then "
    "on. Either way, you see first what would change."
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
        action = add_action(window, "import", "Import…", ("Ctrl+Shift+I",), self.ask_for_file)
        tell_keys(action, window.decks.import_button.setToolTip)
        add_action(window, "import_folder", "Import a folder…", (), self.ask_for_folder)
        add_action(window, "export", "Export…", ("Ctrl+Shift+E",), self.export)
        add_action(window, "linked_folders", "Linked folders…", (), self.open_linked)
        window.decks.import_wanted.connect(self.ask_for_file)
        window.export_wanted.connect(self.export_this)
        Dropping(window, is_importable).dropped.connect(self.take)

    def ask_for_file(self) -> None:
        """Ask which file to import."""
        from studyapp.services.import_files import ENDINGS  # noqa: PLC0415 - see above

        taken = f"What can be imported ({' '.join(f'*{each}' for each in ENDINGS)})"
        self._ask_for(QFileDialog.FileMode.ExistingFile, taken)

    def ask_for_folder(self) -> None:
        """Ask which folder of deck files to import."""
        self._ask_for(QFileDialog.FileMode.Directory)

    def _ask_for(self, mode: QFileDialog.FileMode, taken: str = "") -> None:
        from studyapp.ui.export_place import usual_folder  # noqa: PLC0415 - see above

        if self._is_busy:
            return
        self.place = QFileDialog(self._window, "Import", str(usual_folder()), taken)
        self.place.setFileMode(mode)
        self.place.setOption(
            QFileDialog.Option.ShowDirsOnly, mode is QFileDialog.FileMode.Directory
        )
        self.place.fileSelected.connect(lambda path: self.take_in(Path(path)))
        self.place.finished.connect(self.place.deleteLater)
        self.place.open()

    def take_in(self, path: Path) -> None:
        """Show what a file, or a folder of deck files, would bring, and let the user decide."""
        if not self._is_busy:
            self._window.put_aside(lambda: self._open_import(path))

    def take(self, path: Path) -> None:
        """Import what was dropped; a folder may be linked instead."""
        if path.is_dir() and not self._is_busy:
            self.question = self._ask_what_with(path)
        else:
            self.take_in(path)

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

    def _ask_what_with(self, folder: Path) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle("A folder of deck files")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Import the folder “{folder.name}”, or link it?")
        box.setInformativeText(_IMPORT_OR_LINK)
        take_in = box.addButton("Import", QMessageBox.ButtonRole.AcceptRole)
        link = box.addButton("Link", QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(take_in)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        take_in.clicked.connect(lambda: self.take_in(folder))
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
