"""Every card of the shipped decks fits its column, and its pictures are there, in a real page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from studyapp.deckfile.parse import read_deck
from studyapp.rendering.design import LIGHT
from tests.decks import sheet

_WIDER = """
JSON.stringify(Array.from(document.querySelectorAll("article")).flatMap(card =>
    Array.from(card.querySelectorAll("section, .math-display, pre, table"))
        .filter(part => part.scrollWidth > part.clientWidth + 1)
        .map(part => `${card.dataset.id}: ${part.scrollWidth} > ${part.clientWidth} pixels`)
))
"""
_PICTURES = """
JSON.stringify(Array.from(document.images, each =>
    [decodeURI(each.src.split("/").pop()), each.naturalWidth > 0, each.alt]))
"""


def asked(view: QWebEngineView, qtbot: QtBot, script: str) -> list[object]:
    with qtbot.waitCallback() as callback:
        view.page().runJavaScript(script, callback)
    answer = callback.args[0]
    assert isinstance(answer, str)
    found = json.loads(answer)
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    return sheet.titles()


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in sheet.FILES])
def test_cards_fit_and_show_their_pictures(
    file: Path, titles: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    view = QWebEngineView()
    qtbot.addWidget(view)
    view.resize(3 * sheet.CARD_WIDTH + 100, 800)
    view.show()
    articles = list(sheet.cards(read_deck(file), titles))
    sheet.load(view, sheet.page(articles, LIGHT), tmp_path)
    assert asked(view, qtbot, "JSON.stringify([document.querySelectorAll('article').length])") == [
        len(articles)
    ]
    assert asked(view, qtbot, _WIDER) == []
    pictures = asked(view, qtbot, _PICTURES)
    assert [each for each in pictures if not each[1] or not each[2]] == []  # type: ignore[index]
