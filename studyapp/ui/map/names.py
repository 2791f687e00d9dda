"""Names of regions over the map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

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
    placed = labels(regions, camera.view, width_of)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for label in placed:
        _draw(painter, label, theme)
    return placed


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


def _draw(painter: QPainter, label: Label, theme: Theme) -> None:
    box = QRectF(label.left, label.top, label.width, label.height)
    veil = QColor(theme.window)
    veil.setAlphaF(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(box, label.height / 3, label.height / 3)
    painter.setFont(_font(label.height))
    is_tag = label.region.kind is RegionKind.TAG
    painter.setPen(QColor(theme.muted if is_tag else theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label.region.title)
