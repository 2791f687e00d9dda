"""A line in the list of keys: a command, and the field that takes a key for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit

from studyapp.rendering.design import GRID
from studyapp.ui import keymap
from studyapp.ui.button import Button
from studyapp.ui.keymap import Command
from studyapp.ui.screen import label

_FIELD_WIDTH = 40 * GRID


class KeyField(QKeySequenceEdit):
    """Takes one key; Backspace takes it away."""

    focused = Signal()
    pressed = Signal(str)
    """A key as a portable text; none if it was taken away."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shown = ""
        self.setMaximumSequenceLength(1)
        self.setFixedWidth(_FIELD_WIDTH)
        self.setAccessibleName(name)
        self.editingFinished.connect(self._recall)
        for each in self.findChildren(QLineEdit):
            each.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Backspace and plain:
            self.show_key("")
            self.pressed.emit("")
            return
        super().keyPressEvent(event)
        (key,) = keymap.portable([self.keySequence()])
        if key and key != self._shown:  # none as long as only Ctrl is down
            self._shown = key
            self.pressed.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self._recall()

    def _recall(self) -> None:
        """A key that was begun and not finished is none."""
        self.show_key(self._shown)

    def show_key(self, key: str) -> None:
        """Show a key that nobody pressed."""
        self._shown = key
        self.setKeySequence(QKeySequence(key))
        for each in self.findChildren(QLineEdit):
            each.setPlaceholderText("No key")  # Qt would write something else


class KeyLine:
    """A command, the keys that it has besides, the field for its first one, and its reset."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.field = KeyField(f"Key of {command.text}, {command.section}")
        self.more = label("", "quiet")
        self.reset = Button("Reset")
        self.reset.setObjectName("flat")
        self.reset.setAutoDefault(False)
        self.reset.setAccessibleName(f"Reset the keys of {command.text}, {command.section}")
        self.reset.setToolTip(keymap.native(*command.standard) or "No key")
        self.widgets = (label(command.text, wraps=True), self.more, self.field, self.reset)
        self.said = ""
        self.is_visible = True
        self._is_changed = False

    def show_keys(self, keys: Sequence[str], *, is_changed: bool) -> None:
        self.field.show_key(keys[0] if keys else "")
        more = keymap.native(*keys[1:])
        self.more.setText(f"also {more}" if more else "")
        self.field.setAccessibleDescription(self.more.text())
        self._is_changed = is_changed
        self.set_visible(self.is_visible)
        self.said = " ".join([self.command.text, keymap.native(*keys)]).casefold()

    def set_visible(self, visible: bool) -> None:
        self.is_visible = visible
        for each in self.widgets:
            each.setVisible(visible)
        self.reset.setVisible(visible and self._is_changed)
