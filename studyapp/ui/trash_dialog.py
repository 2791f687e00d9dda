"""What was deleted in the last 30 days, to be had back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.trash import KEPT_DAYS, Batch, Restored, Trash
from studyapp.ui.banner import Banner
from studyapp.ui.bulk_work import BulkWork, sentence
from studyapp.ui.button import Button
from studyapp.ui.deleted_notes import DeletedNotes, table_of
from studyapp.ui.screen import label, row
from studyapp.ui.spans import MS_PER_SECOND, counted

_SIZE = QSize(860, 560)
_EXPLAINED = (
    f"What was deleted stays here for {KEPT_DAYS} days. Cards come back with their progress and "
    "their decks."
)


class TrashDialog(QDialog):
    """On the left what was done, on the right the notes that it deleted."""

    restored = Signal()
    """Notes are back, or may be."""

    def __init__(self, parent: QWidget, trash: Trash) -> None:
        super().__init__(parent)
        self._trash = trash
        self._batches: tuple[Batch, ...] = ()
        self.setWindowTitle("Deleted notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner()
        self.said = label("", "quiet", wraps=True)
        self.work = BulkWork(self, lambda: "")
        self.batches = QListWidget()
        self.batches.setAccessibleName("What was deleted")
        self.model = DeletedNotes(trash)
        self.notes = table_of(self.model)
        self.all_button = Button("Bring back all of it")
        self.all_button.setObjectName("primary")
        self.some_button = Button("Bring back the chosen")
        self.empty_button = Button("Empty the trash…")
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.refresh()
        self.batches.setFocus()

    def _lay_out(self) -> None:
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(3 * GRID)
        splitter.addWidget(self.batches)
        splitter.addWidget(self.notes)
        splitter.setSizes([280, 540])
        close = Button("Close")
        close.setToolTip("Esc")
        close.clicked.connect(self.reject)
        for button in (close, self.some_button, self.empty_button, self.all_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        layout.addWidget(self.banner)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.said)
        buttons = row(self.empty_button, None, close, self.some_button, self.all_button)
        buttons.setSpacing(2 * GRID)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.batches.currentRowChanged.connect(lambda _: self._show_batch())
        self.notes.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.model.modelReset.connect(self._enable)
        self.all_button.clicked.connect(self.bring_back_all)
        self.some_button.clicked.connect(self.bring_back_some)
        self.empty_button.clicked.connect(self.ask_to_empty)
        self.model.failed.connect(self._warn)
        self.work.told.connect(self.said.setText)
        self.work.failed.connect(self._warn)
        self.work.changed.connect(lambda _: self._on_restored())
        self.finished.connect(lambda _: self.work.stop())

    def refresh(self) -> None:
        """Show what is in the trash now; as far as it is there, the same deletion."""
        present = self.batch
        try:
            self._batches = self._trash.batches()
        except StudyAppError as failure:
            self._warn(str(failure))
            return
        ids = [each.id for each in self._batches]
        self.batches.clear()
        self.batches.addItems([told(each) for each in self._batches])
        place = ids.index(present.id) if present is not None and present.id in ids else 0
        self.batches.setCurrentRow(place if ids else -1)
        if not ids:
            self._show_batch()
            self.said.setText(self.said.text() or "Nothing is here.")

    @property
    def batch(self) -> Batch | None:
        """The deletion that is chosen."""
        place = self.batches.currentRow()
        return self._batches[place] if 0 <= place < len(self._batches) else None

    def bring_back_all(self) -> None:
        """Bring back what the chosen action deleted, with its decks."""
        self._bring_back(None)

    def bring_back_some(self) -> None:
        """Bring back the chosen notes."""
        rows = self.notes.selectionModel().selectedRows()
        self._bring_back([self.model.ids[each.row()] for each in rows])

    def ask_to_empty(self) -> QMessageBox:
        """Ask whether all of this shall be deleted for ever."""
        box = QMessageBox(self)
        box.setWindowTitle("Empty the trash")
        box.setText("Delete all of this for ever?")
        empty = box.addButton("Empty the trash", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        empty.clicked.connect(self._empty)
        box.open()
        return box

    def _bring_back(self, ids: Sequence[int] | None) -> None:
        batch = self.batch
        if batch is not None and ids != []:
            self.work.begin(
                "Bringing notes back",
                lambda progress: outcome(self._trash.restore(batch.id, ids, progress)),
                moves_rows=True,
            )

    def _empty(self) -> None:
        try:
            self._trash.empty()
        except StudyAppError as failure:
            self._warn(str(failure))
        self.refresh()

    def _on_restored(self) -> None:
        self.refresh()
        self.restored.emit()

    def _show_batch(self) -> None:
        self.model.show_batch(self.batch)
        if self.model.rowCount():
            self.notes.setCurrentIndex(self.model.index(0, 0))

    def _enable(self) -> None:
        self.all_button.setEnabled(self.batch is not None)
        self.empty_button.setEnabled(bool(self._batches))
        self.some_button.setEnabled(self.notes.selectionModel().hasSelection())

    def _warn(self, message: str) -> None:
        self.banner.show_message(message)


def told(batch: Batch) -> str:
    """A deletion in two lines."""
    at = datetime.fromtimestamp(batch.deleted_at / MS_PER_SECOND).astimezone()
    parts = [counted(batch.notes, "note")] + [counted(batch.decks, "deck")] * bool(batch.decks)
    return f"{sentence(batch.name)}\n{at:%Y-%m-%d %H:%M} · {', '.join(parts)}"


def outcome(restored: Restored) -> str:
    """What came of bringing notes back."""
    left = (
        f" {counted(restored.left, 'note')} stayed here: others like that are in the collection."
        if restored.left
        else ""
    )
    return f"{sentence(restored.name)}.{left}"
