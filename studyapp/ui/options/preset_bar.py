"""Which preset a deck uses, and making, copying, renaming and deleting presets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMessageBox, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.presets import Presets, Shared
from studyapp.ui.bulk_dialogs import LineDialog
from studyapp.ui.button import Button
from studyapp.ui.chevron import ComboBox
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

DEFAULT_ID = 1
"""Of the preset that cannot be deleted."""


class PresetBar(QWidget):
    """What is done here to presets is done at once, each one step of undo."""

    chosen = Signal(int)
    """The preset with this id is to be shown."""
    failed = Signal(str)

    def __init__(self, presets: Presets) -> None:
        super().__init__()
        self._presets = presets
        self._every: dict[int, Shared] = {}
        self.combo = ComboBox()
        self.combo.setAccessibleName("Preset")
        self.combo.setMinimumWidth(50 * GRID)
        self.used = label("", "quiet", wraps=True)
        self.buttons = {
            "new": self._button("New…", self.ask_new),
            "copy": self._button("Copy…", self.ask_copy),
            "rename": self._button("Rename…", self.ask_rename),
            "delete": self._button("Delete…", self.ask_delete),
        }
        self.question: QMessageBox | None = None
        title = QLabel("Preset")
        title.setBuddy(self.combo)
        head = row(title, self.combo, None, *self.buttons.values())
        head.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.used)
        self.combo.activated.connect(lambda: self.chosen.emit(self.preset_id))

    def _button(self, text: str, do: Callable[[], object]) -> Button:
        button = Button(text)
        button.setObjectName("flat")
        button.setAccessibleName(f"{text.removesuffix('…')} preset")
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    @property
    def preset_id(self) -> int:
        """Of the preset that is chosen."""
        return int(self.combo.currentData())

    @property
    def current(self) -> Shared:
        return self._every[self.preset_id]

    def show_presets(self, every: Sequence[Shared], preset_id: int) -> None:
        """Show all presets, this one chosen."""
        self._every = {each.id: each for each in every}
        self.combo.clear()
        for each in every:
            self.combo.addItem(each.preset.name, each.id)
        self.combo.setCurrentIndex(self.combo.findData(preset_id))

    def hold(self, why: str, deck_id: int) -> None:
        """Let no other preset be chosen, and say why; no reason: let it be chosen again."""
        for widget in (self.combo, *self.buttons.values()):
            widget.setEnabled(not why)
        self.buttons["delete"].setEnabled(not why and self.preset_id != DEFAULT_ID)
        self.used.setText(why or _used(self.current, deck_id))

    def ask_new(self) -> LineDialog:
        """A preset with the standard options."""
        return self._ask("New preset", "It begins with the standard options.", "Make", self._new)

    def ask_copy(self) -> LineDialog:
        """A preset with the options of this one."""
        name = self.current.preset.name
        text = f"It begins with the options of “{name}”."
        return self._ask("Copy the preset", text, "Copy", self._copy, f"{name} copy")

    def ask_rename(self) -> LineDialog:
        """Another name for this one."""
        name = self.current.preset.name
        return self._ask("Rename the preset", "", "Rename", self._rename, name)

    def _ask(
        self, title: str, text: str, do_it: str, use: Callable[[str], None], name: str = ""
    ) -> LineDialog:
        dialog = LineDialog(self.window(), title, text, do_it=do_it, use=use, text=name)
        dialog.open()
        return dialog

    def _new(self, name: str) -> None:
        self.chosen.emit(self._presets.make(name.strip()))

    def _copy(self, name: str) -> None:
        self.chosen.emit(self._presets.copy(self.preset_id, name.strip()))

    def _rename(self, name: str) -> None:
        self._presets.rename(self.preset_id, name.strip())
        self.chosen.emit(self.preset_id)

    def ask_delete(self) -> QMessageBox:
        """Delete this one, after a question that says what becomes of its decks."""
        shared = self.current
        box = QMessageBox(self.window())
        box.setWindowTitle("Delete the preset")
        users = counted(len(shared.deck_ids), "deck")
        box.setText(f"Delete “{shared.preset.name}”? {users} that use it then use the default one.")
        delete = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)

        def answered() -> None:
            self.question = None
            if box.clickedButton() is delete:
                self._delete(shared.id)
            box.deleteLater()

        box.finished.connect(answered)
        box.open()
        self.question = box
        return box

    def _delete(self, preset_id: int) -> None:
        try:
            self._presets.delete(preset_id)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
        else:
            self.chosen.emit(DEFAULT_ID)


def _used(shared: Shared, deck_id: int) -> str:
    others = len([each for each in shared.deck_ids if each != deck_id])
    if deck_id not in shared.deck_ids:
        told = f"Used by {counted(others, 'deck')}" if others else "Used by no deck"
        return f"{told}; with “Save”, by this one too."
    if not others:
        return "Used by this deck only."
    return f"Used by this deck and {counted(others, 'other deck')}: a change counts for all."
