"""The place beside the table for the chosen note; the editor is made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QStackedWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import Theme
from studyapp.ui.screen import label
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # the editor and the web engine take long to import
    from studyapp.ui.beside_editor import BesideEditor
    from studyapp.ui.card_view import CardView

REST_MS = 150
"""On a row, before its note is shown: who scrolls with the keys does not wait for notes."""


class NoteBeside(QStackedWidget):
    """Shows a note, or says why it shows none."""

    saved = Signal()
    failed = Signal(str)
    refused = Signal(str)
    """Why the note cannot be saved; nothing as soon as something is changed."""
    left = Signal()
    """The user wants to go back to the table."""
    open_wanted = Signal(int)
    """Another note, by its id, is to be edited."""
    link_wanted = Signal(str)
    note_shown = Signal(int)
    editor_made = Signal()

    def __init__(
        self, tools: WritingTools, make_view: Callable[[], CardView], theme: Theme
    ) -> None:
        super().__init__()
        self._tools = tools
        self._make_view = make_view
        self._theme = theme
        self._text_scale = 1.0
        self._next: int | None = None
        self.editor: BesideEditor | None = None
        self.question: QMessageBox | None = None
        """Asked before changes are lost."""
        self.setObjectName("beside")
        self.setAccessibleName("The chosen note")
        self._words = label("", "quiet", wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self._words)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.show_now)

    def show_soon(self, note_id: int) -> None:
        """Show a note when the user rests on it."""
        self._next = note_id
        self._rest.start()

    def show_now(self) -> None:
        """Show the note that is to be shown, unless the present one cannot be saved."""
        self._rest.stop()
        if self.isHidden() or self._next is None or not self.save():
            return
        editor = self._made()
        if editor.note_id != self._next:
            try:
                editor.show_note(self._next)
            except StudyAppError as failure:
                self.say(str(failure))
                return
        self.setCurrentWidget(editor)
        self.note_shown.emit(self._next)

    @property
    def note_id(self) -> int | None:
        """Of the note that the editor has."""
        return None if self.editor is None else self.editor.note_id

    def say(self, words: str) -> None:
        """Show no note but some words, unless there is something to save that cannot be."""
        self._rest.stop()
        self._next = None
        if self.save():
            self._words.setText(words)
            self.setCurrentWidget(self._words)

    def save(self) -> bool:
        """Save what was changed; False if that cannot be."""
        return self.editor is None or self.editor.save()

    def leave(self, then: Callable[[], object]) -> None:
        """Save what is written, then do something; ask first if that cannot be."""
        if self.save():
            then()
        elif self.question is None:
            self.question = self._ask(then)
            self.question.open()

    def discard(self) -> None:
        """Let go of what was changed."""
        if self.editor is not None:
            self.editor.revert()

    def refresh(self) -> None:
        """The collection may be another now."""
        if self.editor is not None:
            self.editor.refresh()

    def take_keyboard(self) -> bool:
        """Whether there is a note to type in."""
        self.show_now()
        editor = self.editor
        if editor is None or self.currentWidget() is not editor:
            return False
        editor.take_keyboard()
        return True

    def dress(self, theme: Theme, text_scale: float) -> None:
        self._theme, self._text_scale = theme, text_scale
        if self.editor is not None:
            self.editor.dress(theme, text_scale)

    def shut_down(self) -> None:
        """Save what can be saved, and let go of threads and the web engine."""
        self._rest.stop()
        if self.editor is not None:
            self.editor.save()
            self.editor.shut_down()

    def _made(self) -> BesideEditor:
        if self.editor is None:
            from studyapp.ui.beside_editor import BesideEditor  # noqa: PLC0415 - see above

            self.editor = BesideEditor(self._tools, self._make_view, self._theme)
            self.editor.saved.connect(self.saved)
            self.editor.failed.connect(self.failed)
            self.editor.refused.connect(self.refused)
            self.editor.left.connect(self.left)
            self.editor.editor.open_wanted.connect(self.open_wanted)
            self.editor.editor.link_wanted.connect(self.link_wanted)
            self.addWidget(self.editor)
            self.editor_made.emit()
        return self.editor

    def _ask(self, then: Callable[[], object]) -> QMessageBox:
        box = QMessageBox(self)
        box.setWindowTitle("A note that cannot be saved")
        box.setText("What you wrote in this note cannot be saved as it is.")
        discard = box.addButton("Discard it", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Keep writing", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)

        def answered() -> None:
            clicked = box.clickedButton()
            self.question = None
            box.deleteLater()
            if clicked is discard:
                self.discard()
                then()

        box.finished.connect(answered)
        return box
