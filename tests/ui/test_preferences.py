"""What is remembered, and what happens to values that make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.ui.preferences import Preferences, ThemeChoice
from studyapp.ui.theming import theme_for


def test_everything_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    first = Preferences(path)
    first.theme = ThemeChoice.DARK
    first.text_percent = 125
    first.screen = "settings"
    first.collapsed = frozenset({3, 11})
    first.save()
    second = Preferences(path)
    assert (second.theme, second.text_percent) == (ThemeChoice.DARK, 125)
    assert (second.screen, second.collapsed) == ("settings", frozenset({3, 11}))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[General]\ntheme=pink\ntext_percent=-5\ncollapsed=x 7y\n", id="nonsense"),
        pytest.param("[General]\ntheme=1, 2\ntext_percent=abc\ngeometry=12\n", id="wrong-types"),
        pytest.param("\x00\x01 no ini", id="no-ini"),
    ],
)
def test_nonsense_counts_as_not_set(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    path = tmp_path / "window.ini"
    path.write_text(text)
    found = Preferences(path)
    assert (found.theme, found.text_percent) == (ThemeChoice.SYSTEM, 100)
    assert (found.screen, found.collapsed) == ("", frozenset())
    assert found.geometry.isEmpty()


@pytest.mark.parametrize(
    ("choice", "system", "theme"),
    [
        pytest.param(ThemeChoice.SYSTEM, Qt.ColorScheme.Dark, DARK, id="dark-system"),
        pytest.param(ThemeChoice.SYSTEM, Qt.ColorScheme.Light, LIGHT, id="light-system"),
        pytest.param(ThemeChoice.SYSTEM, Qt.ColorScheme.Unknown, LIGHT, id="unknown-system"),
        pytest.param(ThemeChoice.LIGHT, Qt.ColorScheme.Dark, LIGHT, id="light-chosen"),
        pytest.param(ThemeChoice.DARK, Qt.ColorScheme.Light, DARK, id="dark-chosen"),
    ],
)
def test_the_theme_of_a_choice(choice: ThemeChoice, system: Qt.ColorScheme, theme: Theme) -> None:
    assert theme_for(choice, system) == theme
