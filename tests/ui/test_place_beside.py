"""The place of a card on the map, beside the card while it is studied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor

from studyapp.domain.notes import DeckText, Note
from studyapp.domain.presets import DEFAULT_PRESET
from studyapp.errors import StorageError
from studyapp.rendering.design import CARD_WIDTH, DARK, LIGHT, Theme
from studyapp.ui.card_script import WORLD
from studyapp.ui.map.small_map import LEAST, MOST, SmallMap, side_of
from studyapp.ui.preferences import ThemeChoice
from tests.ui.conftest import StartApp
from tests.ui.running_app import CAPITALS, RunningApp, basic

DEFAULT_PRESET_ID = 1
WIDE, NARROW = (1400, 800), (700, 600)


def tagged(key: str, *tags: str) -> Note:
    return replace(basic(key, f"Question {key}?", "Answer"), tags=tags)


RIVERS = DeckText(
    "Geography::Rivers",
    "rivers",
    notes=tuple(tagged(str(number), "europe") for number in range(5)),
)


def started(
    start_app: StartApp, *, walk: bool, texts: Sequence[DeckText] = (CAPITALS,)
) -> RunningApp:
    """A first question on the screen, in a window that has room beside it."""
    app = start_app(texts)
    app.presets.change(DEFAULT_PRESET_ID, replace(DEFAULT_PRESET, walk=walk))
    app.window.resize(*WIDE)
    app.start_first_deck()
    return app


def is_shown(app: RunningApp) -> bool:
    return app.beside.map is not None and app.beside.map.isVisible()


def shown(app: RunningApp) -> SmallMap:
    """The map, as soon as it is there."""
    app.qtbot.waitUntil(lambda: is_shown(app))
    assert app.beside.map is not None
    return app.beside.map


def settled(app: RunningApp) -> None:
    """What was begun beside the window is done and told."""
    QCoreApplication.processEvents()
    app.beside._latest.finish()
    QCoreApplication.processEvents()


def test_a_walk_shows_the_place_in_words_too(start_app: StartApp) -> None:
    small = shown(started(start_app, walk=True))
    assert small.region == "Capitals"
    told = "Place on the map: Geography › Capitals; 2 more notes of this session near it"
    assert small.accessibleName() == told


def test_the_region_is_that_of_a_tag_where_its_notes_lie_together(start_app: StartApp) -> None:
    assert shown(started(start_app, walk=True, texts=[RIVERS])).region == "europe"


def test_what_was_graded_is_no_longer_of_the_session(start_app: StartApp) -> None:
    app = started(start_app, walk=True)
    small = shown(app)
    app.grade("4")
    app.qtbot.waitUntil(lambda: "; 1 more note of" in small.accessibleName())


def test_other_sessions_show_it_when_it_is_wanted_and_remember_that(start_app: StartApp) -> None:
    app = started(start_app, walk=False)
    settled(app)
    assert not is_shown(app)
    app.press("p")
    assert app.window.toast.text() == "The place on the map is shown"
    shown(app)
    app = started(start_app, walk=False)
    small = shown(app)
    app.press("p")
    assert app.window.toast.text() == "The place on the map is hidden"
    assert not small.isVisible()


def test_a_walk_without_it_is_remembered_apart(start_app: StartApp) -> None:
    app = started(start_app, walk=True)
    small = shown(app)
    app.press("p")
    assert not small.isVisible()
    app = started(start_app, walk=False)
    app.press("p")
    shown(app)
    app = started(start_app, walk=True)
    settled(app)
    assert not is_shown(app)


def test_a_session_without_a_trace_shows_its_own_notes_when_it_is_wanted(
    start_app: StartApp,
) -> None:
    app = started(start_app, walk=True)
    shown(app)
    app.press(Qt.Key.Key_Escape)
    title, begin = "All", lambda: app.sessions.start_cram("deck:Geography")
    app.window.open("study")
    app.until_painted("question", lambda: app.window.study.begin(title, begin))
    assert not is_shown(app)
    app.press("p")
    small = shown(app)
    assert "; 2 more notes of this session" in small.accessibleName()
    app.grade("3")
    app.qtbot.waitUntil(lambda: "; 1 more note of" in small.accessibleName())


def test_it_covers_neither_text_nor_buttons(start_app: StartApp) -> None:
    app = started(start_app, walk=True)
    small, study = shown(app), app.window.study
    app.reveal()
    place = QRect(small.mapTo(study, small.rect().topLeft()), small.size())
    bar = QRect(study.bar.mapTo(study, study.bar.rect().topLeft()), study.bar.size())
    assert not place.intersects(bar)
    with app.qtbot.waitCallback() as callback:
        study.card.view.page.runJavaScript(
            "document.querySelector('#card section').getBoundingClientRect().right",
            WORLD,
            callback,
        )
    assert small.x() > float(callback.args[0])


def test_a_narrow_window_shows_it_once_it_is_larger(start_app: StartApp) -> None:
    app = started(start_app, walk=False)
    app.window.resize(*NARROW)
    app.press("p")
    assert app.window.toast.text() == "The place on the map is shown once the window is larger"
    settled(app)
    assert not is_shown(app)
    app.window.resize(*WIDE)
    small = shown(app)
    app.window.resize(*NARROW)
    app.qtbot.waitUntil(lambda: not small.isVisible())


@pytest.mark.parametrize(
    ("width", "side"),
    [
        pytest.param(CARD_WIDTH, 0, id="no-margin"),
        pytest.param(CARD_WIDTH + 16 + 2 * (LEAST + 16) - 1, 0, id="a-pixel-too-few"),
        pytest.param(CARD_WIDTH + 16 + 2 * (LEAST + 16), LEAST, id="least"),
        pytest.param(4000, MOST, id="wide"),
    ],
)
def test_its_size_follows_from_the_margin(width: int, side: int) -> None:
    assert side_of(width) == side


@pytest.mark.parametrize(
    ("choice", "theme"),
    [
        pytest.param(ThemeChoice.LIGHT, LIGHT, id="light"),
        pytest.param(ThemeChoice.DARK, DARK, id="dark"),
    ],
)
def test_the_note_is_marked_in_its_middle_in_either_theme(
    start_app: StartApp, choice: ThemeChoice, theme: Theme
) -> None:
    app = started(start_app, walk=True)
    small = shown(app)
    app.preferences.theme = choice
    picture = small.grab().toImage()
    middle = small.width() // 2
    assert picture.pixelColor(middle, middle) == QColor(theme.accent)


def test_another_session_knows_the_notes_that_came_meanwhile(start_app: StartApp) -> None:
    app = started(start_app, walk=True)
    shown(app)
    app.press(Qt.Key.Key_Escape)
    app.installer.install_text(RIVERS, RIVERS.key)
    (deck,) = [each for each in app.window.decks.decks() if each.name == "Geography"]
    app.until_painted("question", lambda: app.window.start_study(deck))
    small = shown(app)
    assert "; 7 more notes of" in small.accessibleName()


def test_a_note_that_comes_within_a_session_gets_its_place(start_app: StartApp) -> None:
    app = started(start_app, walk=True)
    small, study = shown(app), app.window.study
    app.installer.install_text(RIVERS, RIVERS.key)
    ((card_id,),) = app.rows("SELECT max(id) FROM cards")
    app.study.look_again(card_id)
    app.until_painted("question", study.go_on)
    app.qtbot.waitUntil(lambda: small.isVisible() and small.region == "europe")


def test_a_map_that_cannot_be_read_is_told(
    start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start_app([CAPITALS])

    def unreadable() -> None:
        raise StorageError("The collection cannot be read. Check the disk.")

    monkeypatch.setattr(app.beside._landscapes, "map", unreadable)
    app.window.resize(*WIDE)
    app.start_first_deck()
    app.press("p")
    app.qtbot.waitUntil(lambda: bool(app.window.study.banner.text))
    assert app.window.study.banner.text == (
        "The place on the map cannot be shown: The collection cannot be read. Check the disk."
    )
    app.grade("3")
    assert app.grades() == [3]
