"""The window as a whole: what it remembers, its palette, its shortcuts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from studyapp.rendering.design import DARK, LIGHT
from studyapp.ui.palette import Palette
from studyapp.ui.preferences import ThemeChoice
from studyapp.ui.screen import keys_of
from studyapp.ui.window_place import smallest_size
from tests.ui.running_app import RunningApp

StartApp = Callable[..., RunningApp]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("name", ["decks", "add", "browse", "map", "stats", "settings"])
def test_size_and_screen_are_remembered(app: RunningApp, start_app: StartApp, name: str) -> None:
    app.window.resize(QSize(700, 511))
    app.window.open(name)
    again = start_app()
    assert again.window.size() == QSize(700, 511)
    assert again.window.screen_name == name


def test_a_window_closed_while_studying_opens_with_the_decks(
    app: RunningApp, start_app: StartApp
) -> None:
    app.start_first_deck()
    assert start_app().window.screen_name == "decks"


def test_text_size_is_remembered_and_has_limits(app: RunningApp, start_app: StartApp) -> None:
    for _ in range(20):
        app.press(Qt.Key.Key_Plus, modifier=CONTROL)
    assert app.preferences.text_percent == 250
    assert start_app().preferences.text_percent == 250


def test_the_theme_changes_at_once(app: RunningApp) -> None:
    window = app.window
    app.preferences.theme = ThemeChoice.LIGHT
    light = window.palette().window().color().name()
    app.preferences.theme = ThemeChoice.DARK
    assert (light, window.palette().window().color().name()) == (LIGHT.window, DARK.window)


def test_a_theme_changed_while_studying_reaches_the_card(app: RunningApp) -> None:
    app.preferences.theme = ThemeChoice.LIGHT
    app.start_first_deck()
    app.preferences.theme = ThemeChoice.DARK
    assert app.window.study.card.view.page.backgroundColor().name() == DARK.window
    assert "Capital of France?" in app.page_text()


def open_palette(app: RunningApp) -> Palette:
    app.press(Qt.Key.Key_K, modifier=CONTROL)
    (palette,) = app.window.findChildren(Palette)
    app.qtbot.waitUntil(palette.field.hasFocus)
    return palette


def test_the_palette_finds_a_deck_by_typing(app: RunningApp) -> None:
    palette = open_palette(app)
    QTest.keyClicks(palette.field, "capitals")
    assert [palette.found.item(row).text() for row in range(palette.found.count())] == [
        "Study Geography › Capitals"
    ]
    app.until_painted("question", lambda: QTest.keyClick(palette.field, Qt.Key.Key_Return))
    assert "Capital of France?" in app.page_text()


def test_the_palette_finds_an_action_and_does_it(app: RunningApp) -> None:
    palette = open_palette(app)
    QTest.keyClicks(palette.field, "settings")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert app.window.screen_name == "settings"


def test_the_palette_says_when_nothing_is_found(app: RunningApp) -> None:
    palette = open_palette(app)
    QTest.keyClicks(palette.field, "no such thing")
    assert palette.found.count() == 0
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert app.window.screen_name == "decks"
    palette.reject()


def test_f1_lists_the_keys_that_the_screen_has(app: RunningApp) -> None:
    app.start_first_deck()
    dialog = app.window.show_shortcuts()
    actions = [*app.window.study.actions(), *app.window.actions()]
    assert dialog.lines == [(a.text(), keys_of(a)) for a in actions if a.shortcuts()]
    assert ("Grade good", "3") in dialog.lines
    dialog.accept()


def test_no_two_actions_of_a_screen_share_a_key(app: RunningApp) -> None:
    everywhere = [key.toString() for a in app.window.actions() for key in a.shortcuts()]
    for screen in app.window._screens.values():
        here = [key.toString() for a in screen.actions() for key in a.shortcuts()]
        assert len(set(here + everywhere)) == len(here + everywhere), screen.title


def test_every_action_has_a_name_and_a_text(app: RunningApp) -> None:
    actions = [a for a in app.window.findChildren(QAction) if a.shortcuts()]
    assert actions
    assert all(a.objectName() and a.text() for a in actions)


def test_whatever_takes_the_focus_has_an_accessible_name(app: RunningApp) -> None:
    app.start_first_deck()
    takers = [
        each
        for each in app.window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and type(each).__module__.startswith("studyapp")
    ]
    assert takers
    assert [type(each).__name__ for each in takers if not each.accessibleName()] == []


def test_it_comes_to_the_front_when_started_once_more(app: RunningApp) -> None:
    app.window.showMinimized()
    app.window.come_to_front()
    assert not app.window.isMinimized()


def test_the_web_engine_is_warmed_up_after_the_decks_are_painted(app: RunningApp) -> None:
    app.qtbot.waitUntil(lambda: app.window.study.card.has_view)
    assert app.window.screen_name == "decks"


def test_the_web_engine_is_not_imported_with_the_window() -> None:
    code = "import sys, studyapp.ui.main_window; print([m for m in sys.modules if 'WebE' in m])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert found.stdout == "[]\n"


def test_escape_leads_from_the_settings_to_the_decks(app: RunningApp) -> None:
    app.press(Qt.Key.Key_Comma, modifier=CONTROL)
    assert app.window.screen_name == "settings"
    app.press(Qt.Key.Key_Escape)
    assert app.window.screen_name == "decks"


@pytest.mark.parametrize(
    ("available", "smallest"),
    [
        pytest.param(QSize(1920, 1080), QSize(560, 320), id="100-percent"),
        pytest.param(QSize(640, 330), QSize(560, 297), id="300-percent"),
    ],
)
def test_the_smallest_window_fits_the_screen(available: QSize, smallest: QSize) -> None:
    assert smallest_size(available) == smallest


def test_a_window_remembered_from_a_larger_screen_fits_this_one(
    app: RunningApp, start_app: StartApp
) -> None:
    available = app.window.screen().availableSize()
    app.window.resize(available * 2)
    again = start_app().window
    assert again.size() == again.size().boundedTo(available)


def test_in_the_smallest_window_all_grades_are_to_be_seen(app: RunningApp) -> None:
    app.window.resize(QSize(640, 324))
    assert app.window.size() == QSize(640, 324)
    app.start_first_deck()
    app.reveal()
    app.qtbot.waitUntil(lambda: app.window.study.bar.offers_grades)
    for button in app.window.study.bar.buttons.values():
        corner = button.mapTo(app.window, button.rect().bottomRight())
        assert app.window.rect().contains(corner)
    assert app.window.study.card.height() > 100


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(QSize(1000, 700), id="wide"),
        pytest.param(QSize(1000, 400), id="wide-and-low"),
        pytest.param(QSize(700, 500), id="low"),
        pytest.param(QSize(560, 320), id="smallest"),
    ],
)
def test_the_shortcuts_need_no_scrolling_sideways(app: RunningApp, size: QSize) -> None:
    app.window.resize(size)
    app.start_first_deck()
    dialog = app.window.show_shortcuts()
    (area,) = dialog.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    app.qtbot.waitUntil(lambda: bar.isVisible() is (size.height() < 600))
    QCoreApplication.processEvents()
    assert area.horizontalScrollBar().maximum() == 0
    assert dialog.size() == dialog.size().boundedTo(app.window.size())
    dialog.accept()
