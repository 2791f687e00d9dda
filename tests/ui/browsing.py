"""Steps that tests of the Browse screen have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.ui.beside_editor import BesideEditor
from studyapp.ui.browse_screen import BrowseScreen
from studyapp.ui.results_table import ResultsTable
from tests.ui.running_app import RunningApp, basic

ZOO = DeckText(
    "Zoo",
    "zoo",
    notes=(
        Note("ape", NoteKind.REVERSED, "An *ape*?", "Gorilla", ("animal::mammal",)),
        Note("ant", NoteKind.CLOZE, "An {{c1::ant}} has {{c2::six}} legs", "", ("animal::insect",)),
        basic("sum", r"What is $\sum_{i=1}^n i$?", r"$n(n+1)/2$"),
    ),
)


def open_browse(app: RunningApp) -> BrowseScreen:
    """The Browse screen by its key, with everything found."""
    app.press("b")
    screen = app.browsing.screen
    assert screen is not None
    until_found(app, screen, lambda: None)
    return screen


def until_found(app: RunningApp, screen: BrowseScreen, do: Callable[[], object]) -> None:
    """Do something and wait until what is searched for then is shown."""
    do()
    app.qtbot.waitUntil(lambda: not screen.results.searching.is_busy)


def search(app: RunningApp, screen: BrowseScreen, query: str) -> None:
    """Type a search and press Enter."""
    screen.line.setFocus()
    screen.line.selectAll()
    QTest.keyClicks(screen.line, query)
    until_found(app, screen, lambda: QTest.keyClick(screen.line, Qt.Key.Key_Return))


def cells(table: ResultsTable, column: int = 0) -> list[str]:
    """The texts of a column."""
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def until_done(app: RunningApp, screen: BrowseScreen, do: Callable[[], object]) -> str:
    """Do something that changes cards, wait until it is done, and return what is told of it."""
    with app.qtbot.waitSignal(screen.work.ended, timeout=20_000):
        do()
    app.qtbot.waitUntil(lambda: not screen.results.searching.is_busy)
    return app.window.toast.text()


def chosen_note(app: RunningApp, screen: BrowseScreen) -> BesideEditor:
    """The editor once it shows the note of the only row that is chosen."""
    row = screen.current_row
    assert row is not None
    app.qtbot.waitUntil(
        lambda: screen.note.editor is not None and screen.note.editor.note_id == row.note_id
    )
    screen.note.show_now()
    editor = screen.note.editor
    assert editor is not None
    return editor


def counts(screen: BrowseScreen) -> str:
    """What is told of how much was found, also where there is no room for all of it."""
    return screen.pane.status.toolTip()
