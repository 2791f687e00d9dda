"""The map in the window: moved, searched, linked and changed, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QToolTip, QWidget

from studyapp.domain.landscape import Landscape
from studyapp.domain.notes import DeckText, NoteKind
from studyapp.domain.reviews import Grade
from studyapp.errors import Cancelled
from studyapp.rendering.design import DARK, LIGHT
from studyapp.services.study_values import Prompt
from studyapp.ui.map.screen import MapScreen
from studyapp.ui.map.texts import shortened, title_of
from studyapp.ui.preferences import ThemeChoice
from tests.ui.conftest import StartApp
from tests.ui.running_app import CAPITALS, DAY, RunningApp, SetClock, basic

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
ROADS = DeckText(
    "Roads",
    "roads",
    notes=(
        basic("rome", "Where do *all* roads lead?", "Rome", links=("it",)),
        basic("less", "Is $1 < 2$?", "Yes"),
    ),
)


@pytest.fixture
def app(start_app: StartApp) -> RunningApp:
    return start_app([CAPITALS, ROADS])


@pytest.fixture
def screen(app: RunningApp) -> MapScreen:
    return open_map(app)


def open_map(app: RunningApp) -> MapScreen:
    app.press("m")
    screen = app.mapping.screen
    assert screen is not None
    app.qtbot.waitUntil(lambda: bool(screen.landscape.places))
    return screen


def until_shown(app: RunningApp, screen: MapScreen, do: Callable[[], object]) -> None:
    """Do something and wait until the map shows it."""
    with app.qtbot.waitSignal(screen.shown):
        do()


def until_done(app: RunningApp, screen: MapScreen, do: Callable[[], object]) -> None:
    """Change notes and wait until the map shows what came of it."""
    with app.qtbot.waitSignals([screen.work.ended, screen.shown]):
        do()


def index_of(screen: MapScreen, title: str) -> int:
    return next(n for n, place in enumerate(screen.landscape.places) if title in title_of(place))


def titles(screen: MapScreen, indexes: list[int] | None = None) -> list[str]:
    chosen = screen.chosen if indexes is None else indexes
    return sorted(title_of(screen.landscape.places[each]) for each in chosen)


def pixel(screen: MapScreen, title: str) -> QPoint:
    """Where a note is drawn."""
    view = screen.view
    at = view.camera.on_screen(*view.point_of(index_of(screen, title)))
    return QPoint(round(at[0]), round(at[1]))


def click(screen: MapScreen, title: str) -> None:
    QTest.mouseClick(screen.view, LEFT, pos=pixel(screen, title))


def drag(view: QWidget, path: list[QPoint], button: Qt.MouseButton, keys: object = None) -> None:
    modifiers = keys if isinstance(keys, Qt.KeyboardModifier) else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view, button, modifiers, path[0])
    for point in path[1:]:
        QTest.mouseMove(view, point)
    QTest.mouseRelease(view, button, modifiers, path[-1])


def search(app: RunningApp, screen: MapScreen, query: str) -> None:
    app.press(Qt.Key.Key_F, modifier=CONTROL)
    QTest.keyClicks(screen.search.line, query)
    with app.qtbot.waitSignal(screen.search.changed):
        QTest.keyClick(screen.search.line, Qt.Key.Key_Return)


def listed(screen: MapScreen) -> list[str]:
    """The names of the notes in the list, without what is told of them."""
    model = screen.list.model()
    rows = range(model.rowCount())
    return [str(model.index(row, 0).data()).split("\n")[0] for row in rows]


def linked(app: RunningApp, screen: MapScreen, source: str) -> list[str]:
    note_id = screen.landscape.places[index_of(screen, source)].note_id
    return list(app.authoring.open(note_id).note.links)


def test_every_note_has_a_place_and_a_line(app: RunningApp, screen: MapScreen) -> None:
    assert app.window.screen_name == "map"
    assert sorted(listed(screen)) == [
        "Capital of France?",
        "Capital of Italy?",
        "Capital of Spain?",
        "Is 1 < 2?",
        "Where do all roads lead?",
    ]
    assert screen.status.toolTip() == "5 notes, 0 due today"
    assert titles(screen) == []


def test_a_click_chooses_a_note_and_tells_of_it(screen: MapScreen) -> None:
    click(screen, "Italy")
    assert titles(screen) == ["Capital of Italy?"]
    assert screen.panel.heading.text() == "Capital of Italy?"
    told = {label.accessibleName() for label in screen.panel.findChildren(QWidget)}
    assert {"Deck: Geography › Capitals", "Linked from: Where do all roads lead?"} <= told
    assert screen.view.accessibleDescription() == "Capital of Italy?"


def test_what_is_chosen_on_the_map_is_chosen_in_the_list_and_back(screen: MapScreen) -> None:
    click(screen, "Italy")
    assert screen.list.current == index_of(screen, "Italy")
    QTest.keyClick(screen.list, Qt.Key.Key_Home)
    QTest.keyClick(screen.list, Qt.Key.Key_Down)
    assert screen.view.current == screen.list.current
    assert titles(screen) == [listed(screen)[1]]
    QTest.keyClick(screen.list, Qt.Key.Key_A, CONTROL)
    assert len(screen.chosen) == 5
    assert screen.panel.heading.text().startswith("5 notes are chosen")


def test_shift_and_arrows_go_from_note_to_note(app: RunningApp, screen: MapScreen) -> None:
    screen.view.setFocus()
    seen: set[int] = set()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up) * 5:
        app.press(key, modifier=SHIFT)
        seen.update(screen.chosen)
    assert len(seen) > 1
    assert screen.view.current == screen.list.current


def test_the_map_is_moved_and_zoomed_by_keys(app: RunningApp, screen: MapScreen) -> None:
    view, whole = screen.view, screen.view.camera
    view.setFocus()
    app.press("+", "+", "+")
    assert view.camera.scale > whole.scale
    close = view.camera
    app.press(Qt.Key.Key_Right)
    assert view.camera.x > close.x
    app.press(Qt.Key.Key_Left, "0")
    assert view.camera == whole


def test_the_whole_map_stays_in_sight_until_the_user_moves_it(
    app: RunningApp, screen: MapScreen
) -> None:
    def scale_in(width: int, height: int) -> float:
        app.window.resize(width, height)
        app.qtbot.waitUntil(lambda: app.window.width() == width)
        QApplication.processEvents()
        return screen.view.camera.scale

    app.press("0")
    small, large = scale_in(760, 560), scale_in(1400, 1000)
    assert small < large
    app.press("-")
    assert scale_in(760, 560) == scale_in(1400, 1000) < large


def test_dragging_moves_the_map(screen: MapScreen) -> None:
    view = screen.view
    before, start = view.camera, QPoint(20, 20)
    drag(view, [start, QPoint(40, 30), QPoint(60, 45)], LEFT)
    assert view.camera.x == pytest.approx(before.x - 40 / before.scale)
    assert view.camera.y == pytest.approx(before.y - 25 / before.scale)
    assert titles(screen) == []


def test_a_note_under_the_mouse_tells_its_front_as_plain_text(screen: MapScreen) -> None:
    at = pixel(screen, "Is 1")
    place = screen.view.mapToGlobal(at)
    QApplication.sendEvent(screen.view, QHelpEvent(QHelpEvent.Type.ToolTip, at, place))
    assert QToolTip.text() == "<p>Is 1 &lt; 2?</p>"


def test_what_is_found_lights_up(app: RunningApp, screen: MapScreen) -> None:
    before = screen.view.grab().toImage()
    camera = screen.view.camera
    QTest.keyClicks(screen.search.line, "-+=0")
    assert screen.search.line.text() == "-+=0"
    assert screen.view.camera == camera, "here these are no keys of the map"
    search(app, screen, "deck:Roads")
    assert sorted(listed(screen)) == ["Is 1 < 2?", "Where do all roads lead?"]
    assert screen.status.toolTip() == "2 found of 5 notes, 0 due today"
    assert screen.view.grab().toImage() != before
    screen.search.line.clear()
    with app.qtbot.waitSignal(screen.search.changed):
        screen.search.line.search()
    assert len(listed(screen)) == 5


def test_what_is_wrong_with_a_search_is_told(app: RunningApp, screen: MapScreen) -> None:
    app.press(Qt.Key.Key_F, modifier=CONTROL)
    QTest.keyClicks(screen.search.line, "is:reveiw")
    with app.qtbot.waitSignal(screen.search.searching.refused):
        QTest.keyClick(screen.search.line, Qt.Key.Key_Return)
    assert screen.search.problem.text.startswith("At character 4")
    assert len(listed(screen)) == 5


def test_a_link_is_drawn_with_the_right_button(app: RunningApp, screen: MapScreen) -> None:
    path = [pixel(screen, "Spain"), QPoint(5, 5), pixel(screen, "France")]
    until_shown(app, screen, lambda: drag(screen.view, path, RIGHT))
    assert linked(app, screen, "Spain") == ["fr"]
    assert len(screen.landscape.links) == 2
    until_done(app, screen, app.undo_key)
    assert linked(app, screen, "Spain") == []
    assert len(screen.landscape.links) == 1


def test_a_link_is_drawn_with_keys(app: RunningApp, screen: MapScreen) -> None:
    click(screen, "Italy")
    app.press(Qt.Key.Key_L, modifier=CONTROL)
    target = screen.list.places.order.tolist().index(index_of(screen, "Spain"))
    screen.list.setFocus()
    QTest.keyClick(screen.list, Qt.Key.Key_Home)
    for _ in range(target):
        app.press(Qt.Key.Key_Down)
    until_shown(app, screen, lambda: app.press(Qt.Key.Key_Return))
    assert linked(app, screen, "Italy") == ["es"]
    assert app.window.screen_name == "map"


def test_escape_draws_no_link(app: RunningApp, screen: MapScreen) -> None:
    click(screen, "Italy")
    app.press(Qt.Key.Key_L, modifier=CONTROL)
    app.press(Qt.Key.Key_Escape)
    click(screen, "Spain")
    assert titles(screen) == ["Capital of Spain?"]
    assert linked(app, screen, "Italy") == []


def test_notes_inside_a_line_are_changed_at_once(app: RunningApp, screen: MapScreen) -> None:
    size = screen.view.size()
    right, low = size.width() - 2, size.height() - 2
    corners = [QPoint(2, 2), QPoint(right, 2), QPoint(right, low), QPoint(2, low)]
    drag(screen.view, corners, LEFT, SHIFT)
    assert len(screen.chosen) == 5
    until_done(app, screen, lambda: app.press(Qt.Key.Key_J, modifier=CONTROL))
    assert app.rows("SELECT count(*) FROM cards WHERE suspended")[0][0] == 5
    assert all(place.is_suspended for place in screen.landscape.places)
    assert len(screen.chosen) == 5, "they stay chosen"
    app.press(Qt.Key.Key_Escape)
    assert titles(screen) == []


def test_enter_edits_and_the_map_is_as_it_was(app: RunningApp, screen: MapScreen) -> None:
    click(screen, "Italy")
    camera = screen.view.camera
    app.press(Qt.Key.Key_Return)
    assert app.window.screen_name == "edit"
    until_shown(app, screen, lambda: app.press(Qt.Key.Key_Escape))
    assert app.window.screen_name == "map"
    assert screen.view.camera == camera
    assert titles(screen) == ["Capital of Italy?"]


def test_a_new_note_moves_no_other(app: RunningApp, screen: MapScreen) -> None:
    before = {place.note_id: (place.x, place.y) for place in screen.landscape.places}
    app.installer.install_text(
        DeckText("More", "more", notes=(basic("de", "Capital of Germany?", "Berlin"),)), "more"
    )
    until_shown(app, screen, lambda: app.press(Qt.Key.Key_F5))
    after = {place.note_id: (place.x, place.y) for place in screen.landscape.places}
    assert len(after) == 6
    assert {note_id: after[note_id] for note_id in before} == before


def test_due_notes_are_counted(app: RunningApp, screen: MapScreen, clock: SetClock) -> None:
    app.study.start(app.rows("SELECT id FROM decks WHERE name = 'Roads'")[0][0])
    prompt = app.study.current()
    assert isinstance(prompt, Prompt)
    app.study.grade(prompt, Grade.EASY, 1000)
    clock.advance(9 * DAY)
    until_shown(app, screen, lambda: app.press(Qt.Key.Key_F5))
    assert screen.status.toolTip() == "5 notes, 1 due today"
    told = [str(screen.list.places.index(row).data()) for row in range(5)]
    assert sum("% likely recalled, due today" in each for each in told) == 1


def test_the_history_of_a_card(app: RunningApp, screen: MapScreen) -> None:
    click(screen, "Italy")
    app.press(Qt.Key.Key_I, modifier=CONTROL)
    assert screen.history is not None
    assert screen.history.isVisible()
    assert len(screen.history.pages) == 1
    screen.history.close()


def test_all_cards_of_a_note_are_told_and_have_their_histories(start_app: StartApp) -> None:
    both = replace(basic("both", "House?", "Haus"), kind=NoteKind.REVERSED)
    app = start_app([DeckText("Words", "words", notes=(both,))])
    app.study.start(app.rows("SELECT id FROM decks WHERE name = 'Words'")[0][0])
    prompt = app.study.current()
    assert isinstance(prompt, Prompt)
    app.study.grade(prompt, Grade.EASY, 1000)
    screen = open_map(app)
    click(screen, "House")
    told = [each.accessibleName() for each in screen.panel.findChildren(QLabel)]
    forward, backward = (f"{name}: " for name in ("Forward", "Backward"))
    assert any(each.startswith(f"{forward}Review, due ") for each in told)
    assert any(each.startswith(f"{forward}") and each.endswith(", 1 review") for each in told)
    assert f"{backward}New" in [each.partition(", ")[0] for each in told]
    screen.show_history()
    assert screen.history is not None
    tabs = screen.history.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    assert [tabs.tabText(number) for number in range(tabs.count())] == ["Forward", "Backward"]
    assert [page.table.row_count for page in screen.history.pages] == [1, 0]
    screen.history.close()


def test_the_map_is_dark_in_the_dark(app: RunningApp, screen: MapScreen) -> None:
    def ground() -> QColor:
        return screen.view.grab().toImage().pixelColor(3, 3)

    assert ground() == QColor(LIGHT.window)
    app.preferences.theme = ThemeChoice.DARK
    assert ground() == QColor(DARK.window)
    app.preferences.theme = ThemeChoice.LIGHT


def points(screen: MapScreen) -> list[tuple[int, int]]:
    return [(place.x, place.y) for place in screen.landscape.places]


def test_the_map_is_laid_out_anew_once_the_user_agrees(app: RunningApp, screen: MapScreen) -> None:
    with app.database.derive() as tx:
        tx.exec_driver_sql("UPDATE places SET x = 3 * x + id * 700")
    until_shown(app, screen, screen.refresh)
    before = points(screen)
    anew = next(each for each in screen.actions() if each.objectName() == "anew")
    anew.trigger()
    question = screen.laying_out.question
    assert question is not None
    assert "Ctrl+Z" in question.informativeText()
    question.reject()
    assert not screen.work.is_busy
    anew.trigger()
    question = screen.laying_out.question
    assert question is not None
    lay_out = next(each for each in question.buttons() if each.text() == "Lay out")
    until_done(app, screen, lambda: QTest.mouseClick(lay_out, LEFT))
    assert points(screen) != before
    assert all(
        screen.view.rect().contains(pixel(screen, title_of(place)))
        for place in screen.landscape.places
    )
    app.window.activateWindow()  # the question was that
    app.qtbot.waitUntil(app.window.isActiveWindow)
    screen.view.setFocus()
    until_done(app, screen, app.undo_key)
    assert points(screen) == before


def test_an_empty_map_says_so(screen: MapScreen) -> None:
    full = screen.view.grab().toImage()
    screen.show_map(Landscape())
    assert listed(screen) == []
    assert screen.status.toolTip() == "0 notes, 0 due today"
    assert screen.view.grab().toImage() != full
    screen.view.show_all()


def test_the_map_is_open_again_after_a_restart(
    app: RunningApp, screen: MapScreen, start_app: StartApp
) -> None:
    del app, screen
    again = start_app()
    assert again.window.screen_name == "map"


def test_a_click_on_a_name_finds_its_region(app: RunningApp, screen: MapScreen) -> None:
    label = next(each for each in screen.view.names if each.region.name == "Geography")
    at = next(
        QPoint(x, round(label.top + label.height / 2))
        for x in range(round(label.left) + 2, round(label.left + label.width) - 2)
        if is_free(screen, x, label.top + label.height / 2)
    )
    with app.qtbot.waitSignal(screen.search.changed):
        QTest.mouseClick(screen.view, LEFT, pos=at)
    assert screen.search.line.text() == "deck:Geography"
    assert len(listed(screen)) == 3


def is_free(screen: MapScreen, x: float, y: float) -> bool:
    """Whether no note lies at a pixel."""
    camera = screen.view.camera
    return screen.view.survey.nearest(*camera.on_map(x, y), within=8 / camera.scale) is None


def test_the_list_begins_with_what_was_clicked(screen: MapScreen) -> None:
    click(screen, "Spain")
    assert listed(screen)[0] == "Capital of Spain?"
    click(screen, "Italy")
    survey, chosen = screen.view.survey, index_of(screen, "Italy")
    nearest = survey.by_nearness(*screen.view.point_of(chosen)).tolist()
    assert screen.list.places.order.tolist() == nearest


def test_long_names_of_linked_notes_are_cut() -> None:
    assert shortened("short") == "short"
    assert shortened("word " * 30) == "word " * 10 + "word…"


def test_a_link_is_drawn_once(app: RunningApp, screen: MapScreen) -> None:
    path = [pixel(screen, "Where do"), QPoint(5, 5), pixel(screen, "Italy")]
    drag(screen.view, path, RIGHT)
    assert app.window.toast.text() == "This link is there already"
    assert linked(app, screen, "Where do") == ["it"]


def test_what_is_chosen_is_studied_without_a_trace(app: RunningApp) -> None:
    screen = open_map(app)
    screen.choose([0, 1])
    app.press(Qt.Key.Key_Return, modifier=CONTROL)
    assert app.window.screen_name == "study"
    app.qtbot.waitUntil(lambda: app.window.study.card_id is not None)
    assert not app.sessions.changes_schedules
    assert app.grades() == []


def test_a_window_closed_while_the_map_is_made_is_told_nothing(
    start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start_app([CAPITALS])
    screen, stopped = open_map(app), Event()
    landscapes = screen._tools.landscapes

    def unfinished() -> Landscape:
        stopped.wait()
        raise Cancelled("The map was not finished.")

    monkeypatch.setattr(landscapes, "map", unfinished)
    monkeypatch.setattr(landscapes, "stop", stopped.set)
    screen.refresh()
    start_app()
    QApplication.processEvents()
