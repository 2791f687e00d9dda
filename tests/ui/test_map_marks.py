"""A note's drawing tells its state by shape and filling as well as by colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from studyapp.domain.landscape import UNIT, Landscape, Place
from studyapp.rendering.design import DARK, LIGHT, RECALL, Theme
from studyapp.ui.map.camera import Camera
from studyapp.ui.map.marks import Fill, Light, Mark, draw_mark, level_of, mark_of
from studyapp.ui.map.survey import Survey
from studyapp.ui.map.texts import state_of
from studyapp.ui.map.tiles import Tiles
from tests.rendering.test_style import contrast

KNOWN = Place(1, 0, 0, "Front", 1, 0.95, 0.0, False, False, False, True)
BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
SIDE = 48


def picture(mark: Mark, theme: Theme = LIGHT) -> QImage:
    """Without any colour."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_mark(painter, QPointF(SIDE / 2, SIDE / 2), mark, theme, 40)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(first: QImage, second: QImage) -> int:
    """How many pixels are clearly not the same."""
    return sum(
        abs(first.pixelColor(x, y).red() - second.pixelColor(x, y).red()) > 48
        for x in range(SIDE)
        for y in range(SIDE)
    )


@pytest.mark.parametrize(
    ("changes", "fill"),
    [
        pytest.param({"recall": 0.2}, Fill.RECALL_0, id="forgotten"),
        pytest.param({"recall": 0.5}, Fill.RECALL_1, id="half"),
        pytest.param({"recall": 0.899}, Fill.RECALL_3, id="almost"),
        pytest.param({"recall": 0.9}, Fill.RECALL_4, id="known"),
        pytest.param({"recall": None}, Fill.UNKNOWN, id="steps"),
        pytest.param({"recall": None, "is_new": True}, Fill.NEW, id="new"),
        pytest.param({"is_suspended": True}, Fill.SUSPENDED, id="suspended"),
    ],
)
def test_what_is_inside(changes: dict[str, float | bool | None], fill: Fill) -> None:
    assert mark_of(replace(KNOWN, **changes)).fill is fill  # type: ignore[arg-type]


@BOTH
def test_states_differ_without_colour(theme: Theme, qapp: QApplication) -> None:
    assert qapp
    usual = mark_of(KNOWN)
    looks = {
        **{fill.name: replace(usual, fill=fill) for fill in Fill},
        "due": replace(usual, is_due=True),
        "found": replace(usual, light=Light.FOUND),
        "large": replace(usual, size=3),
    }
    pictures = {name: picture(mark, theme) for name, mark in looks.items()}
    alike = [
        pair
        for pair in combinations(pictures, 2)
        if difference(pictures[pair[0]], pictures[pair[1]]) < 8
    ]
    assert alike == []


@BOTH
def test_colours_are_seen_on_the_ground(theme: Theme) -> None:
    used = (*RECALL[theme.name], theme.new, theme.learning, theme.muted, theme.due)
    assert [colour for colour in used if contrast(colour, theme.window) < 3] == []


def test_levels_go_up() -> None:
    assert [level_of(recall) for recall in (0.0, 0.49, 0.5, 0.7, 0.8, 0.9, 1.0)] == [
        0, 0, 1, 2, 3, 4, 4,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, "95 % likely recalled", id="known"),
        pytest.param({"is_due": True}, "95 % likely recalled, due today", id="due"),
        pytest.param({"recall": None}, "in its first steps", id="steps"),
        pytest.param({"is_new": True, "is_linked": False}, "new, no links", id="new"),
        pytest.param({"is_suspended": True}, "suspended", id="suspended"),
    ],
)
def test_the_same_in_words(changes: dict[str, float | bool | None], words: str) -> None:
    assert state_of(replace(KNOWN, **changes)) == words  # type: ignore[arg-type]


def test_what_is_kept_looks_like_what_is_painted_anew(qapp: QApplication) -> None:
    """Moving the map there and back, and moving it there at once, give the same picture."""
    assert qapp
    places = [
        replace(KNOWN, note_id=n, x=n % 12 * UNIT, y=n // 12 * UNIT, is_due=n % 5 == 0)
        for n in range(120)
    ]
    landscape = Landscape(places)
    camera = Camera(5 * UNIT, 5 * UNIT, 40 / UNIT, 500, 400)
    moved, fresh = (Tiles(landscape, Survey(landscape), LIGHT) for _ in range(2))
    for step in (0, 90, -300, 700, 0):
        painted(moved, camera.moved(step, step / 2))
    assert painted(moved, camera) == painted(fresh, camera)
    fresh.light_up(None, [3])
    assert painted(moved, camera) != painted(fresh, camera)


def painted(tiles: Tiles, camera: Camera) -> QImage:
    """What is seen once everything is painted."""
    image = QImage(camera.width, camera.height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    while not tiles.draw(painter, camera, 1.0):
        pass
    painter.end()
    return image
