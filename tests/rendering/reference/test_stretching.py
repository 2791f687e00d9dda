"""What the comparison takes for a sign that stretches does stretch in the browser, in our fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from studyapp.app import prepare_web_engine
from studyapp.rendering.media import asset_url
from studyapp.rendering.style import card_css
from tests.rendering.reference.scripts import GROWING, IN_MANY_LENGTHS

prepare_web_engine()

FONTS = Path(__file__).parents[3] / "studyapp" / "rendering" / "assets" / "fonts"
EM = 40
ROW = 60
"""Height of a formula, in pixels as the em."""
WIDE = 4
"""In em, of what the signs stand over."""


def _page(signs: list[str], name: str) -> str:
    style = card_css().replace(asset_url(""), QUrl.fromLocalFile(f"{FONTS}/").toString())
    own = f"body {{ background: white }} p {{ margin: 0; height: {ROW}px; font-size: {EM}px }}"
    formulas = "".join(
        f'<p>&emsp;<math><mover accent="true"><mspace width="{WIDE}em"></mspace>'
        f'<mo stretchy="true" class="{name}">{sign}</mo></mover></math></p>'
        for sign in signs
    )
    return f'<!DOCTYPE html><meta charset="utf-8"><style>{style}{own}</style>{formulas}'


def _widths(image: QImage, rows: int) -> list[float]:
    """Of what is dark in each row, in em."""
    dark = [
        [
            x
            for x in range(image.width())
            if any(image.pixelColor(x, y).lightness() < 128 for y in range(top, top + ROW))
        ]
        for top in range(0, rows * ROW, ROW)
    ]
    return [(max(row) - min(row)) / EM if row else 0 for row in dark]


@pytest.mark.parametrize(
    ("signs", "name", "least"),
    [
        # That font has few lengths of some signs.
        pytest.param(sorted(GROWING - {"_", "‾"}), "", 0.55, id="math-font"),
        pytest.param(sorted(IN_MANY_LENGTHS), "stretched", 0.8, id="font-for-stretching"),
    ],
)
def test_signs_are_as_wide_as_what_they_stand_over(
    qtbot: QtBot, tmp_path: Path, signs: list[str], name: str, least: float
) -> None:
    page = tmp_path / "page.html"
    page.write_text(_page(signs, name), encoding="utf-8")
    view = QWebEngineView()
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize((WIDE + 4) * EM, len(signs) * ROW)
    view.show()
    with qtbot.waitSignal(view.loadFinished, timeout=20_000):
        view.load(QUrl.fromLocalFile(str(page)))

    def are_wide() -> None:
        widths = dict(zip(signs, _widths(view.grab().toImage(), len(signs)), strict=True))
        narrow = {sign: width for sign, width in widths.items() if not least < width / WIDE < 1.25}
        assert narrow == {}

    qtbot.waitUntil(are_wide, timeout=20_000)
    shiboken6.delete(view)
