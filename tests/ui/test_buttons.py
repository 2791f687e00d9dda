"""A focused button is pressed by Space and Enter, whatever these keys mean on its screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton, QTextBrowser

from studyapp.domain.notes import DeckText
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from tests.ui.running_app import CAPITALS, RunningApp

StartApp = Callable[..., RunningApp]

PRESSING = [
    pytest.param(Qt.Key.Key_Space, id="space"),
    pytest.param(Qt.Key.Key_Return, id="return"),
    pytest.param(Qt.Key.Key_Enter, id="enter"),
]


def dismiss_button(banner: Banner) -> QPushButton:
    (button,) = banner.findChildren(QPushButton)
    return button


def test_the_window_has_no_other_buttons(app: RunningApp) -> None:
    buttons = app.window.findChildren(QPushButton)
    assert buttons
    assert {type(each) for each in buttons if not isinstance(each, Button)} == set()


@pytest.mark.parametrize("key", PRESSING)
def test_dismissing_a_message_over_an_answer_grades_nothing(app: RunningApp, key: Qt.Key) -> None:
    app.start_first_deck()
    app.reveal()
    banner = app.window.study.banner
    banner.show_message("Something to know.")
    dismiss_button(banner).setFocus()
    app.press(key)
    assert not banner.isVisible()
    assert app.grades() == []


@pytest.mark.parametrize("key", PRESSING)
def test_dismissing_a_message_among_the_decks_starts_nothing(app: RunningApp, key: Qt.Key) -> None:
    banner = app.window.decks.banner
    banner.show_message("Something to know.")
    dismiss_button(banner).setFocus()
    app.press(key)
    assert not banner.isVisible()
    assert app.window.screen_name == "decks"


@pytest.mark.parametrize("key", PRESSING)
def test_the_button_of_the_menu_opens_the_menu(app: RunningApp, key: Qt.Key) -> None:
    decks = app.window.decks
    (button,) = (b for b in decks.findChildren(Button) if b.accessibleName().startswith("Menu"))
    button.setFocus()
    app.press(key)
    (menu,) = (each for each in decks.findChildren(QMenu) if not each.title())
    assert menu.isVisible()
    assert app.window.screen_name == "decks"
    menu.close()


def test_enter_on_a_link_of_the_description_asks_to_open_it(start_app: StartApp) -> None:
    text = DeckText(
        name="Capitals",
        key="capitals",
        description="From [a list](https://example.org/list).",
        notes=CAPITALS.notes,
    )
    app = start_app([text])
    (description,) = app.window.decks.panel.findChildren(QTextBrowser)
    description.setFocus()
    cursor = description.document().find("a list", 0)
    assert isinstance(cursor, QTextCursor)
    description.setTextCursor(cursor)
    app.press(Qt.Key.Key_Return)
    assert app.window.screen_name == "decks"
    (box,) = app.window.findChildren(QMessageBox)
    assert box.informativeText() == "https://example.org/list"
    box.reject()
