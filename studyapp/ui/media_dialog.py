"""Pictures and sounds that are missing, that no note uses, and that were put away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QTabWidget, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.media_care import MediaCare
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from studyapp.ui.media_page import MediaPage
from studyapp.ui.media_report import MediaReport, size
from studyapp.ui.missing_page import MissingPage, NotesOf
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

_SIZE = QSize(860, 600)
_UNUSED = (
    "No note calls for these files. What you put away waits in the trash; undo brings it back."
)
_NONE_UNUSED = "Every picture and sound is used by a note."
_TRASHED = "These files were put away. They take up room until you empty the trash."
_NONE_TRASHED = "The trash is empty."


class MediaDialog(QDialog):
    """Asks to be shown what is true after each change."""

    changed = Signal()
    """Files are elsewhere now."""

    def __init__(
        self,
        parent: QWidget,
        care: MediaCare,
        report: MediaReport,
        notes_of: NotesOf,
    ) -> None:
        super().__init__(parent)
        self._care = care
        self.question: QMessageBox | None = None
        """Asked before the trash is emptied."""
        self.setWindowTitle("Pictures and sounds")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner()
        self.said = label("", "quiet", wraps=True)
        self.put_away, self.put_all_away = _button("Put away"), _button("Put all away")
        self.restore, self.empty = _button("Restore"), _button("Empty the trash…")
        self.missing = MissingPage(notes_of)
        self.unused = MediaPage(
            "Files that no note uses", _UNUSED, _NONE_UNUSED, [self.put_all_away, self.put_away]
        )
        self.trash = MediaPage(
            "Files in the trash", _TRASHED, _NONE_TRASHED, [self.empty, self.restore]
        )
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.show_report(report)
        self.tabs.setCurrentIndex(self._first_with_something(report))

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName("Kinds of files")
        for page in (self.missing, self.unused, self.trash):
            self.tabs.addTab(page, "")
        close = _button("Close")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs, 1)
        foot = row(self.said, close)
        foot.setStretch(0, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.put_away.clicked.connect(lambda: self._put_away(self.unused.chosen_names))
        self.put_all_away.clicked.connect(
            lambda: self._put_away([each.path.name for each in self.unused.files])
        )
        self.restore.clicked.connect(self._restore)
        self.empty.clicked.connect(self._ask_to_empty)
        self.tabs.currentChanged.connect(lambda _: self._take_keyboard())

    def show_report(self, report: MediaReport) -> None:
        """Show what was found."""
        self.missing.show_missing(report.missing)
        self.unused.show_files(report.unused)
        self.trash.show_files(report.trashed)
        found = (("Missing", report.missing), ("Unused", report.unused), ("Trash", report.trashed))
        for number, (name, files) in enumerate(found):
            self.tabs.setTabText(number, f"{name} ({len(files):,})")
        self._take_keyboard()

    @staticmethod
    def _first_with_something(report: MediaReport) -> int:
        found = (report.missing, report.unused, report.trashed)
        return next((number for number, files in enumerate(found) if files), 0)

    def _put_away(self, names: Sequence[str]) -> None:
        self._do(
            lambda: self._care.put_away(names),
            "Put {} away. Undo brings them back, and so does the trash.",
        )

    def _restore(self) -> None:
        names = self.trash.chosen_names
        self._do(lambda: self._care.restore(names), "Restored {}.")

    def _ask_to_empty(self) -> None:
        files = self.trash.files
        box = QMessageBox(self)
        box.setWindowTitle("Empty the trash")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Delete {counted(len(files), 'file')} for ever?")
        room = size(sum(each.size_bytes for each in files))
        box.setInformativeText(f"This frees {room}. It cannot be undone.")
        delete = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(lambda: self._do(self._care.empty_trash, "Deleted {} for ever."))
        self.question = box
        box.open()

    def _do(self, change: Callable[[], int], told: str) -> None:
        """Change something; `change` tells how many files it was about."""
        self.banner.clear()
        try:
            said = told.format(counted(change(), "file"))
        except (StudyAppError, OSError) as failure:
            self.banner.show_message(str(failure))
        else:
            self.said.setText(said)
            self.said.setAccessibleName(said)
        self.changed.emit()

    def _take_keyboard(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, MissingPage | MediaPage):
            page.take_keyboard()


def _button(text: str) -> Button:
    made = Button(text)
    made.setAutoDefault(False)  # Enter in a list does nothing
    return made
