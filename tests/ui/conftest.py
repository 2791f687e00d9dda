"""The window under test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from studyapp.domain.notes import DeckText
from studyapp.domain.presets import DayOptions
from tests.ui.running_app import CAPITALS, RunningApp, SetClock

if hasattr(os, "getuid") and os.getuid() == 0:
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # the web engine refuses root otherwise
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)

StartApp = Callable[..., RunningApp]

OFFSCREEN_SAYS = r"^This plugin does not support (propagateSizeHints\(\)|raise\(\)|grabbing)"
"""What the platform without a screen says of sizes, stacking and pop-ups."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parents[1]):
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def start_app(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Iterator[StartApp]:
    """Start the app in this test's folder, as often as needed; the one before is quit."""
    running: list[RunningApp] = []

    def start(
        texts: Sequence[DeckText] = (),
        options: DayOptions | None = None,
        messages: Sequence[str] = (),
    ) -> RunningApp:
        while running:
            running.pop().quit()
        running.append(
            RunningApp(qtbot, tmp_path, clock, texts, options=options, messages=messages)
        )
        return running[-1]

    yield start
    while running:
        running.pop().quit()


@pytest.fixture
def app(start_app: StartApp) -> RunningApp:
    """The app with three cards in `Geography::Capitals`."""
    return start_app([CAPITALS])
