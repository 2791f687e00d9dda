"""A plot as a file: PNG and SVG as it is on the screen, CSV with its figures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from studyapp.errors import StorageError
from studyapp.ui.plots.table import Table

FILTERS = "PNG picture (*.png);;SVG picture (*.svg);;Table of figures, CSV (*.csv)"
SUFFIXES = (".png", ".svg", ".csv")
_SCALE = 2
"""Pixels of a PNG for each of the screen's at 100 %."""
_UNSHOWN = QSize(720, 360)
"""Of a picture whose plot is not on the screen."""


def save(plot: QWidget, table: Table, target: Path) -> None:
    """Write what the suffix says; raises StorageError, also for any other suffix."""
    suffix = target.suffix.lower()
    try:
        if suffix == ".png":
            _save_png(plot, target)
        elif suffix == ".svg":
            _save_svg(plot, target)
        elif suffix == ".csv":
            target.write_text(table.as_csv(), encoding="utf-8", newline="")
        else:
            raise StorageError(f"{target.name} must end in .png, .svg or .csv.")
    except OSError as failure:
        raise StorageError(f"{target} cannot be written ({failure.strerror}).") from failure


def _size(plot: QWidget) -> QSize:
    return plot.size() if plot.isVisible() else _UNSHOWN


def _save_png(plot: QWidget, target: Path) -> None:
    image = QImage(_size(plot) * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    painter = QPainter(image)
    _paint(plot, painter)
    painter.end()
    if not image.save(str(target)):
        raise StorageError(f"{target} cannot be written. Choose another folder.")


def _save_svg(plot: QWidget, target: Path) -> None:
    target.write_bytes(b"")  # else Qt would say on the console only that it cannot
    picture = QSvgGenerator()
    picture.setFileName(str(target))
    picture.setSize(_size(plot))
    picture.setViewBox(plot.rect() if plot.isVisible() else _square())
    picture.setTitle(plot.accessibleName())
    picture.setDescription(plot.accessibleDescription())
    painter = QPainter(picture)
    _paint(plot, painter)
    painter.end()


def _square() -> QRect:
    return QRect(QPoint(), _UNSHOWN)


def _paint(plot: QWidget, painter: QPainter) -> None:
    size = _size(plot)
    if not plot.isVisible():
        plot.resize(size)
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Base)
    painter.fillRect(0, 0, size.width(), size.height(), ground)
    plot.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.IgnoreMask)
