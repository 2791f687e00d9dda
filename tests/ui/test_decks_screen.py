"""The deck tree, the day's load, and messages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from studyapp.domain.notes import DeckText
from studyapp.domain.presets import Preset
from studyapp.scheduling.queue import Counts
from studyapp.services.installing import Installer
from studyapp.services.library import Day
from studyapp.ui.decks_screen import load
from tests.ui.running_app import CAPITALS, DAY, HOUR, NOON, RunningApp, SetClock, basic

StartApp = Callable[..., RunningApp]

RIVERS = DeckText(
    name="Geography::Rivers", key="rivers", notes=(basic("po", "Longest in Italy?", "Po"),)
)
ZOO = DeckText(name="Zoo", key="zoo", notes=(basic("ape", "An ape?", "Gorilla"),))


def lines(app: RunningApp) -> list[list[str]]:
    """The tree as it is shown: name, new, learning, due."""
    tree = app.window.decks.tree
    found = []
    item = tree.topLevelItem(0)
    while item is not None:
        found.append([item.text(column) for column in range(4)])
        item = tree.itemBelow(item)
    return found


def test_each_deck_counts_those_below_it(start_app: StartApp) -> None:
    app = start_app([CAPITALS, RIVERS, ZOO])
    assert lines(app) == [
        ["Geography", "4", "0", "0"],
        ["Capitals", "3", "0", "0"],
        ["Rivers", "1", "0", "0"],
        ["Zoo", "1", "0", "0"],
    ]
    assert app.window.decks.load_text.startswith("5 new · ")


@pytest.mark.parametrize(
    ("left", "done", "expected_ms", "text"),
    [
        pytest.param(
            Counts(12, 3, 1040),
            25,
            540_000,
            "12 new · 3 learning · 1,040 due · about 9 min · 25 done today",
            id="all",
        ),
        pytest.param(Counts(1, 0, 0), 0, 9_000, "1 new · less than a minute", id="one"),
        pytest.param(Counts(), 7, 0, "Nothing left for today · 7 done today", id="done"),
        pytest.param(Counts(), 0, 0, "Nothing left for today", id="nothing"),
    ],
)
def test_the_load_of_the_day(left: Counts, done: int, expected_ms: int, text: str) -> None:
    assert load(Day((), left, done, 0, expected_ms, 0)) == text


def test_letters_search_for_a_deck_even_if_they_are_shortcuts(start_app: StartApp) -> None:
    app = start_app([CAPITALS, DeckText(name="Dogs", key="dogs", notes=ZOO.notes)])
    tree = app.window.decks.tree
    tree.select(max(line.deck.id for line in tree._lines if "Geography" in line.deck.name))
    app.press("d")
    assert tree.selected is not None
    assert tree.selected.deck.name == "Dogs"


def test_the_keyboard_moves_and_folds(start_app: StartApp) -> None:
    app = start_app([CAPITALS, ZOO])
    tree = app.window.decks.tree
    app.press(Qt.Key.Key_End)
    assert tree.selected is not None
    assert tree.selected.deck.name == "Zoo"
    app.press(Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert len(tree.folded) == 1


def test_folded_decks_stay_folded(start_app: StartApp) -> None:
    app = start_app([CAPITALS, ZOO])
    app.press(Qt.Key.Key_Home, Qt.Key.Key_Left)
    app.window.decks.refresh()
    assert [line[0] for line in lines(app)] == ["Geography", "Zoo"]
    again = start_app([RIVERS])
    assert [line[0] for line in lines(again)] == ["Geography", "Zoo"]


def test_the_selection_stays_while_decks_are_added(start_app: StartApp) -> None:
    app = start_app([ZOO])
    Installer(app.database, app.clock).install_text(CAPITALS, "capitals")
    app.window.decks.refresh()
    assert app.window.decks.tree.selected is not None
    assert app.window.decks.tree.selected.deck.name == "Zoo"


def test_the_panel_tells_what_a_deck_is(app: RunningApp) -> None:
    panel = app.window.decks.panel
    assert panel.text == "Holds 1 deck. Studying here takes cards from all of them."
    app.press(Qt.Key.Key_Down)
    assert panel.text == "Three capitals."


def test_without_decks_it_says_what_to_do(start_app: StartApp) -> None:
    app = start_app()
    shown = [each.text() for each in app.window.decks.findChildren(QLabel) if each.isVisible()]
    assert "No decks yet" in shown


def test_a_clock_that_is_behind_is_told_and_can_be_dismissed(
    app: RunningApp, start_app: StartApp, clock: SetClock
) -> None:
    app.start_first_deck()
    app.grade("4")
    clock.advance(-3 * DAY)
    behind = start_app()
    banner = behind.window.decks.banner
    assert "3 days before your last review" in banner.text
    banner.clear()
    assert not banner.isVisible()


def test_messages_of_the_start_are_shown(start_app: StartApp) -> None:
    app = start_app([ZOO], messages=["zoo.md:3: An answer is missing. Add one."])
    assert app.window.decks.banner.isVisible()
    assert app.window.decks.banner.text == "zoo.md:3: An answer is missing. Add one."


def test_the_preset_of_a_deck_limits_its_new_cards(start_app: StartApp) -> None:
    many = tuple(basic(f"n{i}", f"{i}?", "yes") for i in range(Preset().new_per_day + 5))
    app = start_app([DeckText(name="Many", key="many", notes=many)])
    assert lines(app) == [["Many", str(Preset().new_per_day), "0", "0"]]


def test_a_window_left_open_shows_the_new_day_by_itself(
    app: RunningApp, start_app: StartApp, clock: SetClock
) -> None:
    app.start_first_deck()
    app.grade("4")
    clock.at = NOON + 16 * HOUR - 20
    again = start_app()
    assert again.window.decks.load_text.endswith("1 done today")
    clock.advance(20)
    again.qtbot.waitUntil(lambda: "done today" not in again.window.decks.load_text)


def test_a_window_that_becomes_active_shows_what_is_true(app: RunningApp, clock: SetClock) -> None:
    app.start_first_deck()
    app.grade("4")
    app.press(Qt.Key.Key_Escape)
    assert app.window.decks.load_text.endswith("1 done today")
    clock.advance(DAY)
    with app.qtbot.waitExposed(other := QWidget()):
        other.show()
    other.activateWindow()
    app.qtbot.waitUntil(other.isActiveWindow)
    other.close()
    app.window.activateWindow()
    app.qtbot.waitUntil(lambda: "done today" not in app.window.decks.load_text)


def whole_lines(app: RunningApp) -> int:
    """How many decks are to be seen as a whole."""
    tree = app.window.decks.tree
    seen = tree.viewport().rect()
    item, count = tree.topLevelItem(0), 0
    while item is not None:
        box = tree.visualItemRect(item)
        count += seen.contains(box.topLeft()) and seen.contains(box.bottomLeft())
        item = tree.itemBelow(item)
    return count


def test_in_a_low_window_the_tree_goes_before_the_description(start_app: StartApp) -> None:
    app = start_app([CAPITALS, RIVERS, ZOO])
    (description,) = app.window.decks.panel.findChildren(QTextBrowser)
    app.window.resize(700, 700)
    app.qtbot.waitUntil(description.isVisible)
    app.window.resize(700, 500)
    app.qtbot.waitUntil(lambda: whole_lines(app) == 4)
    assert not description.isVisible()
    app.window.resize(700, 700)
    app.qtbot.waitUntil(description.isVisible)


def test_a_wide_low_window_has_room_for_both(start_app: StartApp) -> None:
    app = start_app([CAPITALS])
    screen = app.window.decks
    app.window.setMaximumSize(2000, 2000)
    app.window.resize(1400, 400)
    (description,) = screen.panel.findChildren(QTextBrowser)
    app.qtbot.waitUntil(lambda: screen.width() > 1080)
    assert description.isVisible()
