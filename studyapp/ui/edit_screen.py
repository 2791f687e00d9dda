"""Editing a note in place of the screen that it was called from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QVBoxLayout

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.authoring import Written
from studyapp.ui.button import Button
from studyapp.ui.edit_keeper import RESTORED, EditKeeper, differs
from studyapp.ui.note_editor import NoteEditor
from studyapp.ui.notice import Notice
from studyapp.ui.screen import Screen, add_action, label, row, tell_keys
from studyapp.ui.spans import counted
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView


class EditScreen(Screen):
    """Nothing is changed before the user saves."""

    finished = Signal(bool)
    """Back to where the user came from; whether the note was changed."""

    def __init__(
        self, tools: WritingTools, make_view: Callable[[], CardView], theme: Theme
    ) -> None:
        super().__init__("Edit", "Edit a note")
        self._authoring = tools.authoring
        self._note_id = 0
        self._opened: Written | None = None
        self._has_saved = False
        self._complaint = ""
        self.question: QMessageBox | None = None
        """Asked before changes are lost."""
        self.editor = NoteEditor(tools, make_view, theme)
        self.editor.form.hide_pins()
        self.keeper = EditKeeper(tools.edits, self._unsaved)
        self.restored = Notice("Discard")
        self.effect = label("", "quiet")
        self._save_button = Button("Save")
        self._add_actions()
        self._lay_out()
        self.editor.edited.connect(self._on_edited)
        self.editor.failed.connect(self.warn)
        self.keeper.failed.connect(self.warn)
        self.restored.followed.connect(self.revert)

    def _add_actions(self) -> None:
        save = add_action(
            self, "save", "Save and go back", ("Ctrl+Return", "Ctrl+Enter"), self.save
        )
        add_action(self, "back", "Go back", ("Esc",), lambda: self.leave(self._go_back))
        self.addActions(self.editor.actions())
        self._save_button.setObjectName("primary")
        tell_keys(save, self._save_button.setToolTip)
        self._save_button.clicked.connect(self.save)

    def _lay_out(self) -> None:
        cancel = Button("Go back")
        cancel.clicked.connect(lambda: self.leave(self._go_back))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.banner)
        layout.addWidget(self.restored)
        layout.addWidget(self.editor, 1)
        self.effect.setAccessibleName("What saving changes")
        layout.addLayout(row(self.effect, None, cancel, self._save_button))

    def begin(self, note_id: int) -> None:
        """Edit a note from now on; raises StudyAppError."""
        self._opened = self._authoring.open(note_id)
        self._note_id = note_id
        self.banner.clear()
        kept = self.keeper.begin(note_id, self._opened)
        self.editor.show_note(kept or self._opened)
        self.restored.tell(RESTORED if kept else "")

    def revert(self) -> None:
        """Show the note as it is in the collection."""
        if self._opened is not None:
            self._forget()
            self.editor.show_note(self._opened)

    def enter(self) -> None:
        self.editor.preview.card.warm_up()
        self.editor.form.front.setFocus()

    @property
    def is_changed(self) -> bool:
        """Whether something is written that was not saved."""
        return self._opened is not None and differs(self.editor.written, self._opened)

    def save(self) -> None:
        """Change the note and go back."""
        if self._keep():
            self._go_back()

    def leave(self, then: Callable[[], object]) -> None:
        """Do something that ends the editing, after asking if anything would be lost."""
        if not self.is_changed:
            self._close()
            then()
            return
        if self.question is not None:
            return
        self.question = self._ask(then)
        self.question.open()

    def dress_card(self, theme: Theme, text_scale: float) -> None:
        self.editor.dress(theme, text_scale)

    def shut_down(self) -> None:
        self.keeper.shut_down()
        self.editor.shut_down()

    def _ask(self, then: Callable[[], object]) -> QMessageBox:
        box = QMessageBox(self)
        box.setWindowTitle("Changes that are not saved")
        box.setText("You changed this note. Save it?")
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Keep writing", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)

        def answered() -> None:
            clicked = box.clickedButton()
            self.question = None
            box.deleteLater()
            if clicked is discard or (clicked is save and self._keep()):
                self._close()
                then()

        box.finished.connect(answered)
        return box

    def _keep(self) -> bool:
        """Save; False if that failed, and the user was told."""
        if not self.is_changed:
            return True
        try:
            self._authoring.change(self._note_id, self.editor.written)
        except StudyAppError as failure:
            self._complain(str(failure))
            return False
        self._has_saved = True
        self.told.emit("Saved")
        return True

    def _go_back(self) -> None:
        self._close()
        has_saved, self._has_saved = self._has_saved, False
        self.finished.emit(has_saved)

    def _close(self) -> None:
        """Nothing is edited any more."""
        if self._opened is not None:
            self._opened = None
            self._forget()

    def _forget(self) -> None:
        """What is written was saved, or is not wanted."""
        self.keeper.keeper.forget()
        self.restored.tell("")

    def _unsaved(self) -> Written | None:
        return self.editor.written if self.is_changed else None

    def _complain(self, message: str) -> None:
        """Tell why the note was not saved, until something is changed."""
        self.banner.withdraw(self._complaint)
        self._complaint = message
        self.warn(message)

    def _on_edited(self) -> None:
        self.banner.withdraw(self._complaint)
        if self._opened is not None:
            self.keeper.keeper.note_change()
            self.effect.setText(effect(self._opened.note, self.editor.written.note))


def effect(before: Note, after: Note) -> str:
    """What saving does to the note's cards, in a sentence; empty: nothing."""
    old, new = set(ordinals(before)), set(ordinals(after))
    parts = []
    if new - old:
        parts.append(f"adds {counted(len(new - old), 'card')}")
    if old - new:
        parts.append(f"suspends {counted(len(old - new), 'card')}, with its progress kept")
    return f"Saving {' and '.join(parts)}." if parts else ""
