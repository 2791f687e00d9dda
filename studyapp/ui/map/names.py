"""Names of regions over the map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPixmap

from studyapp.domain.landscape import Label, Region, RegionKind
from studyapp.landscape.labels import labels
from studyapp.rendering.design import Theme
from studyapp.ui.map.camera import Camera

_LEADING = 1.45
"""Height of a line, in heights of its letters."""
_SIDE = 6.0
"""Pixels free on each side of a name, within its box."""
_VEIL = 0.82
"""Opacity of what is between a name and the notes."""


def draw_names(
    painter: QPainter, regions: Sequence[Region], camera: Camera, theme: Theme
) -> list[Label]:
    """Draw the names that can be read at this closeness; returns them."""
    seen = [region for region in regions if _is_seen(region, camera)]
    placed = labels(seen, camera.view, width_of)
    ratio = painter.device().devicePixelRatio()
    for label in placed:
        at = QPointF(label.left, label.top)
        painter.drawPixmap(at, _picture(label.region, label.height, theme, ratio))
    return placed


def label_at(placed: Sequence[Label], point: QPointF) -> Label | None:
    """The name that is drawn at a point."""
    boxes = ((QRectF(each.left, each.top, each.width, each.height), each) for each in placed)
    return next((each for box, each in boxes if box.contains(point)), None)


def _is_seen(region: Region, camera: Camera) -> bool:
    x, y = camera.on_screen(region.x, region.y)
    reach = region.radius * camera.scale
    return -reach <= x <= camera.width + reach and -reach <= y <= camera.height + reach


@lru_cache(maxsize=4096)
def width_of(text: str, height: float) -> float:
    """Of a name with what is free at its sides, in a line of this height."""
    return QFontMetricsF(_font(height)).horizontalAdvance(text) + 2 * _SIDE


@lru_cache(maxsize=16)
def _font(height: float) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(round(height / _LEADING))
    font.setWeight(QFont.Weight.DemiBold)
    return font


@lru_cache(maxsize=512)
def _picture(region: Region, height: float, theme: Theme, pixel_ratio: float) -> QPixmap:
    size = QSizeF(width_of(region.title, height), height)
    picture = QPixmap((size * pixel_ratio).toSize() + QSize(1, 1))
    picture.setDevicePixelRatio(pixel_ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw(painter, QRectF(QPointF(0, 0), size), region, theme)
    painter.end()
    return picture


def _draw(painter: QPainter, box: QRectF, region: Region, theme: Theme) -> None:
    veil = QColor(theme.window)
    veil.setAlphaF(_VEIL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(box, box.height() / 3, box.height() / 3)
    painter.setFont(_font(box.height()))
    painter.setPen(QColor(theme.muted if region.kind is RegionKind.TAG else theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, region.title)
