"""The actions of all screens with the keys that the user chose for them, kept and applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from studyapp.ui import keymap
from studyapp.ui.keymap import EVERYWHERE, Command
from studyapp.ui.preferences import Preferences
from studyapp.ui.screen import is_named, standard_keys


class Shortcuts(QObject):
    """Whatever is changed counts at once, and at the next start."""

    changed = Signal()
    """Some keys are others now."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, list[QAction]] = {}
        self._learning: dict[QObject, Callable[[], None]] = {}
        self._keys: Mapping[str, tuple[str, ...]] = {}

    def take_in_window(self, window: QWidget) -> None:
        """Know the actions that can be done everywhere, also those that come later."""
        self._learn_later(window, partial(self._learn_window, window))

    def _learn_window(self, window: QWidget) -> None:
        for action in window.actions():
            self._take_in(action, EVERYWHERE, EVERYWHERE, "Everywhere", among_text=False)
        self._apply()

    def take_in(self, name: str, title: str, screen: QWidget) -> None:
        """Know the actions of a screen and of what it consists of, also those that come later."""
        self._learn_later(screen, partial(self._learn, name, title, screen))

    def _learn_later(self, widget: QWidget, learn: Callable[[], None]) -> None:
        learn()
        self._learning[widget] = learn
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ActionAdded and watched in self._learning:
            self._learning[watched]()
        return False

    def _learn(self, name: str, title: str, screen: QWidget) -> None:
        for action in screen.findChildren(QAction):
            owner = action.parent()
            if not isinstance(owner, QWidget) or not is_named(action):
                continue
            section = name if owner is screen else owner.objectName() or name
            heading = title if section == name else owner.accessibleName() or title
            self._take_in(action, section, name, heading, among_text=_has_text(owner))
        self._apply()

    def _take_in(
        self, action: QAction, section: str, screen: str, heading: str, *, among_text: bool
    ) -> None:
        command_id = f"{section}.{action.objectName()}"
        known = self._commands.get(command_id)
        screens = frozenset({screen}) | (known.screens if known else frozenset())
        standard = keymap.portable(standard_keys(action))
        self._commands[command_id] = Command(
            command_id, action.text(), heading, screens, standard, among_text
        )
        actions = self._actions.setdefault(command_id, [])
        if action not in actions:
            actions.append(action)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Of all screens that are there."""
        return tuple(self._commands.values())

    def keys_of(self, command_id: str) -> tuple[str, ...]:
        """The keys that a command has now."""
        return self._keys[command_id]

    def is_changed(self, command_id: str) -> bool:
        """Whether it has other keys than the standard ones."""
        return self._keys[command_id] != self._commands[command_id].standard

    def clashes(self, command_id: str, wanted: Iterable[str]) -> list[Command]:
        """Who would have to give a key away for a command to have those that are wanted."""
        command = self._commands[command_id]
        return keymap.all_clashes(self.commands, self._keys, command, wanted)

    def give(self, command_id: str, wanted: Sequence[str]) -> None:
        """Give keys to a command, and take them from whoever has them on the same screen."""
        losers = [each.id for each in self.clashes(command_id, wanted)]
        left = {
            each: tuple(key for key in self._keys[each] if key not in wanted) for each in losers
        }
        self._keep({**self._keys, **left, command_id: tuple(wanted)})

    def reset_all(self) -> None:
        """Back to the standard keys."""
        self._preferences.keys = {}
        self._apply()

    def _keep(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        unknown = {each: k for each, k in self._chosen().items() if each not in self._commands}
        changed = {each: k for each, k in keys.items() if k != self._commands[each].standard}
        both = {**unknown, **changed}
        self._preferences.keys = {each: keymap.written(k) for each, k in both.items()}
        self._apply()

    def _chosen(self) -> dict[str, tuple[str, ...]]:
        """What was chosen, as far as it can be read and may be."""
        read = {each: keymap.read(text) for each, text in self._preferences.keys.items()}
        return {
            each: keys for each, keys in read.items() if keys is not None and self._may(each, keys)
        }

    def _may(self, command_id: str, keys: Iterable[str]) -> bool:
        command = self._commands.get(command_id)
        return command is None or not any(keymap.refusal(command, key) for key in keys)

    def _apply(self) -> None:
        self._keys = keymap.resolved(self.commands, self._chosen())
        for command_id, keys in self._keys.items():
            for action in filter(shiboken6.isValid, self._actions[command_id]):
                if keymap.portable(action.shortcuts()) != keys:
                    action.setShortcuts([QKeySequence(each) for each in keys])
        self.changed.emit()


def _has_text(owner: QWidget) -> bool:
    return bool(owner.findChildren(QLineEdit) or owner.findChildren(QPlainTextEdit))
