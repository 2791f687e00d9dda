"""A list of files, a look at the one that is selected, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.media_report import StoredFile
from studyapp.ui.screen import label, row

_LOWEST = 20 * GRID
_NO_PICTURE = "No picture to show"


class MediaPage(QWidget):
    """Keeps its place in the list when files leave it."""

    chosen = Signal()
    """Other files are selected now."""

    def __init__(self, name: str, explained: str, empty: str, buttons: Sequence[Button]) -> None:
        super().__init__()
        self._files: tuple[StoredFile, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.preview = Preview()
        self._empty = label(empty, "quiet", wraps=True)
        self._buttons = buttons
        self._body = QWidget()
        body = row(self.list, self.preview)
        body.setSpacing(3 * GRID)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self._body.setLayout(body)
        foot = row(None, *buttons)
        foot.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(explained, "quiet", wraps=True))
        layout.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._body, 1)
        layout.addLayout(foot)
        self.list.itemSelectionChanged.connect(self._on_chosen)
        self.list.currentRowChanged.connect(self._on_chosen)

    @property
    def files(self) -> tuple[StoredFile, ...]:
        return self._files

    @property
    def chosen_names(self) -> tuple[str, ...]:
        """Of the files that are selected, in the list's order."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return tuple(self._files[each].path.name for each in rows)

    def show_files(self, files: Sequence[StoredFile]) -> None:
        """Show other files."""
        place = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self._files = tuple(files)
        self.list.clear()
        self.list.addItems([each.line for each in files])
        self.list.setCurrentRow(min(place, len(files) - 1))
        self.list.blockSignals(False)
        self._body.setVisible(bool(files))
        self._empty.setVisible(not files)
        for button in self._buttons:
            button.setEnabled(bool(files))
        self._on_chosen()

    def take_keyboard(self) -> None:
        if self._files:
            self.list.setFocus()

    def _on_chosen(self) -> None:
        place = self.list.currentRow()
        self.preview.show_file(self._files[place] if 0 <= place < len(self._files) else None)
        self.chosen.emit()


class Preview(QLabel):
    """A picture as large as there is room; of anything else its name is enough."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(_LOWEST, _LOWEST)
        self._file: StoredFile | None = None

    def show_file(self, file: StoredFile | None) -> None:
        """Show another file, or none."""
        self._file = file
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        picture = None if self._file is None else picture_of(self._file, self.size())
        name = "" if self._file is None else self._file.path.name
        if picture is None:
            self.setText(_NO_PICTURE if self._file else "")
            self.setAccessibleName(_NO_PICTURE)
        else:
            self.setPixmap(picture)
            self.setAccessibleName(f"Picture {name}")


def picture_of(file: StoredFile, room: QSize) -> QPixmap | None:
    """A file as a picture that fits into a room; None if it is no picture that can be read."""
    reader = QImageReader(str(file.path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid():
        return None
    if whole.boundedTo(room) != whole:
        # A huge picture is read small, which takes less memory.
        reader.setScaledSize(whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)
