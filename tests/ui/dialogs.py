"""Dialogs that a key has opened."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QDialog

from tests.ui.running_app import RunningApp

Shown = TypeVar("Shown", bound=QDialog)


def shown(app: RunningApp, kind: type[Shown]) -> Shown:
    """The only open dialog of a kind, once it has the keyboard."""
    (dialog,) = (each for each in app.window.findChildren(kind) if each.isVisible())
    app.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def close(app: RunningApp, dialog: QDialog) -> None:
    """Close a dialog and go back to the window, as a window manager does."""
    with app.qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
