"""The chosen note, beside the table that it was chosen in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.authoring import Written
from studyapp.ui.button import Button
from studyapp.ui.edit_keeper import RESTORED, EditKeeper, differs
from studyapp.ui.edit_screen import effect
from studyapp.ui.note_editor import NoteEditor
from studyapp.ui.notice import Notice
from studyapp.ui.screen import add_action, keys_of, label, row
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

_WIDE, _HIGH = 640, 420
"""From this width or height on there is room for the cards beside or below the fields."""


class BesideEditor(QWidget):
    """What was changed is saved when another note is chosen; one step of undo."""

    saved = Signal()
    failed = Signal(str)
    refused = Signal(str)
    """Why the note cannot be saved; nothing as soon as something is changed."""
    left = Signal()
    """The user wants to go back to the table."""

    def __init__(
        self, tools: WritingTools, make_view: Callable[[], CardView], theme: Theme
    ) -> None:
        super().__init__()
        self._authoring = tools.authoring
        self._opened: Written | None = None
        self.note_id: int | None = None
        """Of the note that is shown; None: none is."""
        self.editor = NoteEditor(tools, make_view, theme)
        self.editor.form.hide_pins()
        self.keeper = EditKeeper(tools.edits, self._unsaved)
        self.restored = Notice("Discard")
        self.effect = label("", "quiet", wraps=True)
        self.effect.setAccessibleName("What saving changes")
        self.save_button, self.revert_button = Button("Save"), Button("Revert")
        save = add_action(
            self, "save", "Save the note", ("Ctrl+Return", "Ctrl+Enter"), self.save_and_leave
        )
        self.save_button.setToolTip(keys_of(save))
        self.save_button.clicked.connect(self.save_and_leave)
        self.revert_button.setToolTip("Show the note as it is in the collection")
        self.revert_button.clicked.connect(self.revert)
        buttons = row(self.effect, self.revert_button, self.save_button)
        buttons.setStretch(0, 1)
        buttons.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.restored)
        layout.addWidget(self.editor, 1)
        layout.addLayout(buttons)
        self.editor.edited.connect(self._on_edited)
        self.editor.edited.connect(self._keep)
        self.editor.failed.connect(self.failed)
        self.keeper.failed.connect(self.failed)
        self.restored.followed.connect(self.revert)

    def show_note(self, note_id: int) -> None:
        """Show another note, or the same as it is now; raises NotFound, StorageError."""
        self._opened = None
        opened = self._authoring.open(note_id)
        self.note_id = note_id
        self.editor.preview.card.warm_up()
        kept = self.keeper.begin(note_id, opened)
        self.editor.show_note(kept or opened)
        self.restored.tell(RESTORED if kept else "")
        self._opened = opened
        self._on_edited()

    def refresh(self) -> None:
        """The note may be another now: show it, unless there is something in it to save."""
        if self.note_id is None or self.is_changed:
            return
        try:
            if self._authoring.open(self.note_id) != self._opened:
                self.show_note(self.note_id)
        except StudyAppError:  # it is gone
            self.note_id = self._opened = None

    @property
    def is_changed(self) -> bool:
        """Whether something is written that was not saved."""
        return self._opened is not None and differs(self.editor.written, self._opened)

    def save(self) -> bool:
        """Save what was changed; False if that cannot be, and the user was told."""
        if self.note_id is None or not self.is_changed:
            return True
        written = self.editor.written
        try:
            self._authoring.change(self.note_id, written)
            self._opened = self._authoring.open(self.note_id)
        except StudyAppError as failure:
            self.refused.emit(str(failure))
            return False
        self._forget()
        self._on_edited()
        self.saved.emit()
        return True

    def save_and_leave(self) -> None:
        """Save, and give the keyboard back to the table."""
        if self.save():
            self.left.emit()

    def revert(self) -> None:
        """Show the note as it is in the collection."""
        self._forget()
        if self.note_id is not None:
            try:
                self.show_note(self.note_id)
            except StudyAppError as failure:
                self.failed.emit(str(failure))

    def take_keyboard(self) -> None:
        self.editor.form.front.setFocus()

    def dress(self, theme: Theme, text_scale: float) -> None:
        self.editor.dress(theme, text_scale)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        size = event.size()
        # Where there is no room for both, one can write; how cards look is shown when there is.
        has_room = size.width() >= _WIDE or size.height() >= _HIGH
        preview = self.editor.splitter.widget(1)
        assert preview is not None  # noqa: S101 - the editor has two parts
        preview.setVisible(has_room)

    def shut_down(self) -> None:
        self.keeper.shut_down()
        self.editor.shut_down()

    def _forget(self) -> None:
        """What is written was saved, or is not wanted."""
        self.keeper.keeper.forget()
        self.restored.tell("")

    def _keep(self) -> None:
        if self._opened is not None:
            self.keeper.keeper.note_change()

    def _unsaved(self) -> Written | None:
        return self.editor.written if self.is_changed else None

    def _on_edited(self) -> None:
        self.refused.emit("")
        changed = self.is_changed
        self.save_button.setEnabled(changed)
        self.revert_button.setEnabled(changed)
        opened = self._opened
        self.effect.setText(effect(opened.note, self.editor.written.note) if opened else "")
