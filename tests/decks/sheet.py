"""All cards of the shipped decks on one page, for a person to look at and for a test to measure.

`python -m tests.decks.sheet FOLDER [DECK …]` draws them in both themes; a deck is called by its
file's name without the ending.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from studyapp.app import prepare_web_engine
from studyapp.deckfile.parse import read_deck
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import DeckText
from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.rendering.media import asset_url, media_url
from studyapp.rendering.page import card_faces
from studyapp.rendering.plain import title
from studyapp.rendering.style import card_css

ROOT: Final = Path(__file__).parents[2]
FILES: Final = tuple(
    file for file in sorted((ROOT / "decks").glob("*.md")) if read_deck(file).notes
)
FONTS: Final = ROOT / "studyapp" / "rendering" / "assets" / "fonts"
CARD_WIDTH: Final = 720
"""Of the column that a card is read in, in pixels."""
PER_SHEET: Final = 18
_COLUMNS: Final = 3
_STYLE: Final = f"""
.sheet {{
  display: grid; grid-template-columns: repeat({_COLUMNS}, {CARD_WIDTH}px); gap: 12px;
  padding: 12px;
}}
.sheet > article {{
  box-sizing: border-box; padding: 12px 24px; border: 1px solid var(--line); min-width: 0;
}}
.sheet > article > h6 {{ margin: 0 0 8px; color: var(--muted); font: 12px var(--code-face); }}
"""


def cards(deck: DeckText, titles: Mapping[str, str]) -> Iterator[str]:
    """Each card's answer, which shows the question too, under the note's id."""
    for note in deck.notes:
        for ordinal in ordinals(note):
            html = card_faces(note, ordinal, titles, deck.macros).answer_html
            yield f'<article data-id="{note.key} {ordinal + 1}"><h6>{note.key}</h6>{html}</article>'


def titles() -> dict[str, str]:
    """What the notes of all decks are called by."""
    decks = [read_deck(file) for file in FILES]
    return {note.key: title(note, deck.macros) for deck in decks for note in deck.notes}


def page(articles: Sequence[str], theme: Theme) -> str:
    """A document that reads fonts and pictures from the project's own folders."""
    fonts = QUrl.fromLocalFile(f"{FONTS}/").toString()
    media = QUrl.fromLocalFile(f"{ROOT / 'decks' / 'media'}/").toString()
    content = "".join(articles).replace(media_url(""), media)
    style = card_css().replace(asset_url(""), fonts)
    return (
        f'<!DOCTYPE html><html data-theme="{theme.name}"><meta charset="utf-8">'
        f"<style>{style}:root {{ --scale: 1; }}{_STYLE}</style>"
        f'<body><main class="sheet">{content}</main></body></html>'
    )


def load(view: QWebEngineView, html: str, scratch: Path) -> None:
    """Show a document and wait until its fonts and pictures are there."""
    file = scratch / "sheet.html"
    file.write_text(html, encoding="utf-8")
    loop = QEventLoop()
    view.loadFinished.connect(loop.quit)
    view.load(QUrl.fromLocalFile(str(file)))
    loop.exec()
    settle()


def settle() -> None:
    """Fonts load and paint happens when the page finds the time."""
    loop = QEventLoop()
    QTimer.singleShot(600, loop.quit)
    loop.exec()


def _draw(folder: Path, files: Sequence[Path]) -> Iterator[Path]:
    names = titles()
    for file in files:
        articles = list(cards(read_deck(file), names))
        for theme in (LIGHT, DARK):
            for number, start in enumerate(range(0, len(articles), PER_SHEET), 1):
                target = folder / f"{file.stem}-{theme.name}-{number:02}.png"
                _take(page(articles[start : start + PER_SHEET], theme), target)
                yield target


def _take(html: str, picture: Path) -> None:
    view = QWebEngineView()
    width = _COLUMNS * (CARD_WIDTH + 12) + 12
    view.resize(width, 800)
    view.show()
    load(view, html, picture.parent)
    for _ in range(2):
        view.resize(width, int(view.page().contentsSize().height()))
        settle()
    view.grab().save(str(picture))
    # Qt complains if the profile goes first.
    shiboken6.delete(view)


def main(arguments: Sequence[str]) -> None:
    """Draw the sheets."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("decks", nargs="*")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_web_engine()
    application = QApplication(["sheets"])
    wanted = [file for file in FILES if not asked.decks or file.stem in asked.decks]
    for path in _draw(asked.folder, wanted):
        print(path)
    (asked.folder / "sheet.html").unlink(missing_ok=True)
    application.quit()


if __name__ == "__main__":
    main(sys.argv[1:])
