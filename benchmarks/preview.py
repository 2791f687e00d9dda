"""How soon the preview follows the keys: `python -m benchmarks.preview`.

The real window with notes in its collection: a key is pressed in the Add screen, and the time is
taken when the web engine has drawn the card with it. Also how long the key itself keeps the window,
and what looking for duplicates and notes to link takes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import machine
from benchmarks.data import ROOT
from benchmarks.ours import build
from benchmarks.table import row, timed
from studyapp import app
from studyapp.domain.notes import Note, NoteKind
from studyapp.environment import care_of
from studyapp.services.authoring import Written
from studyapp.services.looking_over import LookingOver
from studyapp.ui.main_window import MainWindow
from studyapp.wiring.assembly import Assembly
from studyapp.wiring.world import World

_PATIENCE_MS = 20_000
_REST_MS = 30
_TYPED = "Why is it so? Because x grows."
_FORMULA = r"$$\sigma(x)_i = \frac{e^{x_i}}{\sum_{j=1}^{n} e^{x_j}}$$ where $x \in \mathbb{R}^n$. "
_TYPICAL = "The softmax of logits is\n\n" + _FORMULA + "It keeps their **order**, see `torch`.\n\n"
_LONG = (_TYPICAL * 100)[:10_000]
_HEAD = "| | median | 95 % within | at most |\n|---|--:|--:|--:|\n"


def report(folder: Path, notes: int) -> str:
    """A Markdown table."""
    load = machine.load()
    with TemporaryDirectory(dir=folder) as made:
        build(Path(made), notes)
        care = care_of(Path(made))
        with closing(care.open("benchmark")) as database:
            rows = _rows(_opened(app.world_of(care, database)))
    about = f"{notes:,} notes; load {load} before, {machine.load()} after."
    return f"### The preview\n\n{about}\n\n{_HEAD}{''.join(rows)}"


def _rows(assembly: Assembly) -> list[str]:
    rows = []
    window = assembly.window
    editor = window.writing.add.editor
    typed = {"typical card, while all fronts are read": _typed(window, _TYPICAL)}
    _until(editor.looked_through, lambda: None)
    typed["typical card"] = _typed(window, _TYPICAL)
    typed["text of 10 kB"] = _typed(window, _LONG)
    for name, (handled, painted) in typed.items():
        rows.append(row(f"{name}: key → preview painted", painted))
        rows.append(row(f"{name}: key → window ready for the next", handled))
    assembly.stop()
    window.close()
    looking_over = LookingOver(assembly.world.database.path)
    twin = Note("", NoteKind.BASIC, "What does lemma 7 say of reward?", "Little")
    looking_over.remarks(twin, ROOT)
    begun = replace(twin, front="What does the lemma 7 say of rewards", back="")
    for name, do in (
        ("likely duplicates", lambda: looking_over.likely_duplicates(twin)),
        ("nearly the same or duplicates", lambda: looking_over.remarks(begun, ROOT)),
        ("notes behind [[", lambda: looking_over.notes_called("lemma 99999", 30)),
        ("advice and duplicates", lambda: looking_over.remarks(twin, ROOT)),
    ):
        rows.append(row(f"beside the window: {name}", timed(do, 20)))
    return rows


def _opened(world: World) -> Assembly:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assembly = Assembly(application, world)
    assembly.window.show()
    assembly.window.open("add")
    return assembly


def _typed(window: MainWindow, text: str) -> tuple[list[int], list[int]]:
    """Nanoseconds that each key kept the window, and until its preview was painted."""
    editor = window.writing.add.editor
    _until_painted(window, lambda: editor.show_note(Written(_note(text), "Benchmark")))
    field = editor.form.front
    field.setFocus()
    handled, painted = [], []
    for letter in _TYPED:
        QTest.qWait(_REST_MS)
        start = perf_counter_ns()
        took: list[int] = []

        def press(key: str = letter, start: int = start, took: list[int] = took) -> None:
            QTest.keyClicks(field, key)
            took.append(perf_counter_ns() - start)

        _until_painted(window, press)
        painted.append(perf_counter_ns() - start)
        handled.extend(took)
    return handled, painted


def _note(text: str) -> Note:
    return Note("", NoteKind.BASIC, text, "An answer, $x$.")


def _until_painted(window: MainWindow, do: Callable[[], object]) -> None:
    _until(window.writing.add.editor.preview.painted, do)


def _until(signal: SignalInstance, do: Callable[[], object]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    timer = QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start(_PATIENCE_MS)
    do()
    if loop.exec():
        raise SystemExit("Nothing came of it.")
    signal.disconnect(loop.quit)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.preview", description=__doc__)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    app.prepare_web_engine()
    application = QApplication(["benchmark"])
    print(report(asked.folder, asked.notes))
    application.quit()


if __name__ == "__main__":
    main()
