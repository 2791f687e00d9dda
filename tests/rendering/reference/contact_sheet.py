"""Pictures of our formulas beside KaTeX's, for a person to look at.

`python -m tests.rendering.reference.contact_sheet FOLDER` draws the whole table in both themes;
with names of functions behind the folder only those, with `--different` those that the comparison
finds different, with `--inline` in a line of text. Wants `npm install` in this folder first.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import shiboken6
from PySide6.QtCore import QEventLoop, Qt, QTimer, QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from studyapp.app import prepare_web_engine
from studyapp.errors import MathError
from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.rendering.formulas import FormulaDrawer
from studyapp.rendering.media import asset_url
from studyapp.rendering.style import card_css
from tests.rendering.reference.compare import HERE, differences, rows

FONTS: Final = HERE.parents[2] / "studyapp" / "rendering" / "assets" / "fonts"
KATEX_CSS: Final = HERE / "node_modules" / "katex" / "dist" / "katex.min.css"
PER_SHEET: Final = 88
COLUMNS: Final = 4
WIDTH: Final = 1720
"""Of a sheet, in pixels."""
SETTLE_MS: Final = 600
_STYLE: Final = f"""
.sheet {{ display: grid; grid-template-columns: repeat({COLUMNS}, 1fr); gap: 1px; padding: 8px; }}
.cell {{
  border: 1px solid var(--line); display: grid; grid-template-columns: 1fr 1fr;
  align-content: start;
}}
.cell h2 {{
  grid-column: 1 / 3; margin: 0; padding: 1px 6px; background: var(--rail); color: var(--muted);
  font: 12px/1.4 var(--code-face); white-space: nowrap; overflow: hidden;
}}
.cell div {{ padding: 3px 8px; overflow: hidden; min-height: 34px; font-size: 21px; }}
.cell .math-display, .cell .katex-display {{ margin: 0.2em 0; }}
.theirs {{ background: var(--surface); }}
.theirs .katex {{ font-size: 1.05em; }}
"""


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands in one cell."""

    function: str
    latex: str
    display: bool


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("functions", nargs="*")
    parser.add_argument("--different", action="store_true")
    parser.add_argument("--inline", action="store_true")
    asked = parser.parse_args(arguments)
    if not KATEX_CSS.exists():
        parser.error(f"KaTeX is not here: run `npm install` in {HERE}")
    names = set(asked.functions)
    if asked.different:
        names |= {each.example.function for each in differences()}
    asked.folder.mkdir(parents=True, exist_ok=True)
    formulas = _formulas(names, display=not asked.inline)
    for path in draw(formulas, asked.folder):
        print(path)


def _formulas(names: set[str], *, display: bool) -> list[Formula]:
    examples = [*rows("functions.tsv"), *rows("corrections.tsv")]
    return [
        Formula(row["function"], row["example"], display)
        for row in examples
        if not names or row["function"] in names
    ]


def draw(formulas: Sequence[Formula], folder: Path) -> list[Path]:
    """The sheets' files, the light ones first."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_web_engine()
    application = QApplication(["contact sheet"])
    cells = [
        _cell(formula, html) for formula, html in zip(formulas, _by_katex(formulas), strict=True)
    ]
    paths = []
    with TemporaryDirectory() as scratch:
        for theme in (LIGHT, DARK):
            for number, some in enumerate(_sheets(cells), 1):
                page = Path(scratch) / "sheet.html"
                page.write_text(_page(some, theme), encoding="utf-8")
                paths.append(folder / f"{theme.name}-{number:02}.png")
                _take(page, paths[-1])
    application.quit()
    return paths


def _sheets(cells: Sequence[str]) -> list[Sequence[str]]:
    return [cells[start : start + PER_SHEET] for start in range(0, len(cells), PER_SHEET)]


def _by_katex(formulas: Sequence[Formula]) -> list[str]:
    asked = "".join(
        json.dumps({"latex": formula.latex, "display": formula.display}) + "\n"
        for formula in formulas
    )
    done = subprocess.run(
        ["node", str(HERE / "katex_html.mjs")],
        input=asked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _cell(formula: Formula, theirs: str) -> str:
    try:
        ours = FormulaDrawer()(formula.latex, formula.display)
    except MathError as error:
        ours = f'<small class="math-error">{escape(str(error))}</small>'
    title = escape(f"{formula.function}   {formula.latex}")
    formulas = f'<div>{ours}</div><div class="theirs">{theirs}</div>'
    return f'<section class="cell"><h2>{title}</h2>{formulas}</section>'


def _page(cells: Sequence[str], theme: Theme) -> str:
    fonts = QUrl.fromLocalFile(f"{FONTS}/").toString()
    style = card_css().replace(asset_url(""), fonts)
    return (
        f'<!DOCTYPE html><html data-theme="{theme.name}"><meta charset="utf-8">'
        f'<link rel="stylesheet" href="{QUrl.fromLocalFile(str(KATEX_CSS)).toString()}">'
        f"<style>{style}:root {{ --scale: 1; }}{_STYLE}</style>"
        f'<body><main class="sheet">{"".join(cells)}</main></body></html>'
    )


def _take(page: Path, picture: Path) -> None:
    view = QWebEngineView()
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(WIDTH, 100)
    view.show()
    loop = QEventLoop()
    view.loadFinished.connect(loop.quit)
    view.load(QUrl.fromLocalFile(str(page)))
    loop.exec()
    _settle()
    # A page that was higher than the view got a scroll bar, and had less width.
    for _ in range(2):
        view.resize(WIDTH, int(view.page().contentsSize().height()))
        _settle()
    view.grab().save(str(picture))
    # Qt complains if the profile goes first.
    shiboken6.delete(view)


def _settle() -> None:
    """Fonts load and paint happens when the page finds the time."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(sys.argv[1:])
