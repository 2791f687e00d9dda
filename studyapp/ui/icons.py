"""Icons: own line drawings on a 24 × 24 grid, painted in a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZE = 20
_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)

_DRAWINGS = {
    "decks": '<rect x="7.5" y="3.5" width="13" height="14" rx="2.5"/>'
    '<path d="M16.5 20.5h-10a3 3 0 0 1-3-3v-11"/>',
    "add": '<path d="M12 5v14M5 12h14"/>',
    "browse": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.3 15.3l5.2 5.2"/>',
    "map": '<circle cx="6.5" cy="16.5" r="3"/><circle cx="17.5" cy="17" r="2"/>'
    '<circle cx="14.5" cy="7" r="3.5"/><path d="M8 13.9l4.4-4M9.5 16.6h6M16 10.2l1.2 4.8"/>',
    "stats": '<path d="M4 20.5h16.5M6.5 17v-5M11 17V5.5M15.5 17v-8M19.5 17v-3"/>',
    "pin": '<path d="M9 3.5h6l-.8 6 3.3 3.5H6.5L9.8 9.5zM12 13v7.5"/>',
    "settings": '<circle cx="12" cy="12" r="3.2"/>'
    '<path d="M12 2.8v2.9M12 18.3v2.9M2.8 12h2.9M18.3 12h2.9M5.5 5.5l2.05 2.05'
    'M16.45 16.45l2.05 2.05M5.5 18.5l2.05-2.05M16.45 7.55l2.05-2.05"/>',
    "more": '<g fill="COLOUR" stroke="none"><circle cx="5" cy="12" r="1.7"/>'
    '<circle cx="12" cy="12" r="1.7"/><circle cx="19" cy="12" r="1.7"/></g>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "back": '<path d="M14.5 5l-7 7 7 7"/>',
    "undo": '<path d="M8 5L4 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-4"/>',
    "done": '<path d="M4.5 12.5l5 5 10-11"/>',
    "app": '<rect x="6" y="3" width="14" height="15" rx="3"/>'
    '<path d="M15 21H7a4 4 0 0 1-4-4V7M10 13l3-6 3 6M11.2 11h3.6"/>',
}


def icon(name: str, colour: str) -> QIcon:
    """The drawing in `colour` (`#rrggbb`), crisp at 100 to 300 %."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(_pixmap(name, colour, scale))
    return made


def _pixmap(name: str, colour: str, scale: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(SIZE * scale), round(SIZE * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = _DRAWINGS[name].replace("COLOUR", colour)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour}" stroke-width="1.7" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawing}</svg>'
    )
    return QSvgRenderer(QByteArray(svg.encode()))
