"""The README's table of keys and the actions of the window agree."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QKeySequence

from tests.ui.browsing import open_browse
from tests.ui.running_app import RunningApp

README = Path(__file__).parents[2] / "README.md"


def documented() -> set[str]:
    table = README.read_text(encoding="utf-8").split("## Keys")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    keys = {key for cell in cells for part in cell.split(", ") for key in part.split()}
    # "Ctrl+," was cut at its comma.
    return {"Ctrl+," if key == "Ctrl+" else key for key in keys}


def in_window(app: RunningApp) -> set[str]:
    window, browse = app.window, open_browse(app)
    app.window.open("stats")
    statistics = app.statistics.screen
    assert statistics is not None
    window.open("map")
    landscape = app.mapping.screen
    assert landscape is not None
    screens = (
        window.decks,
        window.study,
        window.summary,
        window.writing.add,
        window.writing.edit,
        window.settings,
        browse,
        statistics,
        landscape,
    )
    actions = [*window.actions(), *(each for screen in screens for each in screen.actions())]
    portable = QKeySequence.SequenceFormat.PortableText
    texts = {key.toString(portable) for action in actions for key in action.shortcuts()}
    return {text.replace("Return", "Enter") for text in texts}


def test_every_key_is_documented_and_every_documented_key_exists(app: RunningApp) -> None:
    assert documented() == in_window(app)
