"""Steps that tests of import and export have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studyapp.store import notes
from studyapp.ui.export_dialog import ExportDialog
from studyapp.ui.import_dialog import ImportDialog
from studyapp.ui.steps_dialog import StepsDialog
from tests.services.importing_files import CREATED_S, Package, Row
from tests.ui.running_app import RunningApp

LOG = (1_700_000_100_000, 3, 4, 0, 2500, 4000, 1)
STUDIED = {"type": 2, "queue": 2, "due": 10, "ivl": 4, "factor": 2500, "reps": 1}


def package(path: Path, words: str = "first", count: int = 3, changed_s: int = CREATED_S) -> Path:
    """Basic notes of which the first was studied once."""
    rows = [
        Row(f"guid-{n}", (f"Question {n}?", f"{words} {n}"), changed_s=changed_s)
        for n in range(count)
    ]
    rows[0] = replace(rows[0], cards=[STUDIED], log=[LOG])
    return Package(rows).write(path)


def look(app: RunningApp, path: Path) -> ImportDialog:
    """Drop a file, so to say, and wait for what is told of it."""
    app.exchanging.take_in(path)
    dialog = app.exchanging.importing
    assert dialog is not None
    with app.qtbot.waitSignal(dialog.shown, timeout=20_000):
        pass
    app.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def until_shown(
    app: RunningApp, dialog: StepsDialog | ExportDialog, do: Callable[[], object]
) -> None:
    """Do something and wait for what comes of it."""
    with app.qtbot.waitSignal(dialog.shown, timeout=20_000):
        do()


def imported(app: RunningApp, path: Path) -> None:
    """Import a file and close the dialog."""
    dialog = look(app, path)
    until_shown(app, dialog, dialog.take_in)
    close(app, dialog)


def close(app: RunningApp, dialog: StepsDialog | ExportDialog) -> None:
    """Close a dialog, which a window manager tells the window."""
    dialog.accept()
    app.qtbot.waitUntil(app.window.isActiveWindow)


def edit(app: RunningApp, key: str, back: str) -> None:
    """Give a note another answer."""
    with app.database.change("edit", app.clock.at) as tx:
        stored = notes.get(tx, notes.ids_by_key(tx, [key])[key])
        notes.change(tx, stored, replace(stored.note, back=back), app.clock.at)


def press(
    dialog: StepsDialog | ExportDialog,
    keys: Sequence[Qt.Key],
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        QTest.keyClick(dialog.focusWidget() or dialog, key, modifier)


def backs(app: RunningApp) -> list[str]:
    """The answers of the notes that were imported, in their order."""
    return [
        str(row[0])
        for row in app.rows("SELECT back FROM notes WHERE front LIKE 'Question%' ORDER BY id")
    ]
