"""Where a search is typed: completed while one types, and what is wrong is underlined."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit

from studyapp.domain.narrowing import narrowed, widened
from studyapp.domain.query import Everything, Query, Term
from studyapp.domain.query_parser import parse
from studyapp.domain.query_writing import written
from studyapp.errors import QueryError
from studyapp.rendering.design import GRID, Theme
from studyapp.ui.search_completion import Names, begun_term, completions
from studyapp.ui.suggestions import Suggestions

CALM_MS = 250
"""Without a key, before what is typed is searched for."""
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE_WIDTH = 2.0


class SearchLine(QLineEdit):
    """Searches by itself after a pause, and at once on Enter."""

    searched = Signal(str)
    """Search for this now."""
    left_downwards = Signal()
    """The user wants to go on to what was found."""

    def __init__(self, names: Callable[[], Names], theme: Theme) -> None:
        super().__init__()
        self._names = names
        self._theme = theme
        self._error: QueryError | None = None
        self.is_finished = True
        """Whether the user said so by Enter, or is perhaps still writing."""
        self.setObjectName("search")
        self.setAccessibleName("Search")
        self.setPlaceholderText("Search: words, deck:…, tag:…, is:due, -is:suspended …")
        self.suggestions = _Unchosen(self, "How the search can go on")
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._search_meanwhile)
        self.textEdited.connect(self._on_edited)
        self.suggestions.taken.connect(self._take)

    @property
    def error(self) -> QueryError | None:
        """What is wrong with the text."""
        return self._error

    def show_error(self, error: QueryError | None) -> None:
        """Underline what is wrong; None: nothing is."""
        self._error = error
        self.setAccessibleDescription("" if error is None else str(error))
        self.update()

    def search_for(self, query: str) -> None:
        """Put a search in place of the present one and begin it."""
        self.setText(query)
        self.search()

    def narrow(self, term: Term) -> None:
        """Search for a term, too."""
        self.search_for(written(narrowed(self._query(), term)))

    def widen(self, term: Term) -> None:
        """Find what a term asks for besides what is asked of the same sort."""
        self.search_for(written(widened(self._query(), term)))

    def search(self) -> None:
        """Search for what stands here, now."""
        self.is_finished = True
        self._calm.stop()
        self.searched.emit(self.text())

    def correct(self) -> None:
        """Put what was probably meant in place of what is wrong."""
        if self._error is not None:
            self.search_for(corrected(self.text(), self._error))

    def dress(self, theme: Theme) -> None:
        self._theme = theme

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER_KEYS:
            self.suggestions.hide()
            self.search()
        elif event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)
            if not event.text():
                self.suggestions.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self._error is None:
            return
        error, below = self._error, self.cursorRect().bottom() + 0.5
        ends = (self._x(error.position), self._x(error.position + max(error.length, 1)))
        left = max(min(ends[0], self.width() - 3.0 * GRID), 2.0 * GRID)
        right = min(max(ends[1], left + GRID), self.width() - 2.0 * GRID)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._theme.error), _LINE_WIDTH))
        painter.drawLine(QPointF(left, below), QPointF(right, below))
        painter.end()

    def _query(self) -> Query:
        """What stands here; what cannot be understood cannot be narrowed, and counts as nothing."""
        try:
            return parse(self.text())
        except QueryError:
            return Everything()

    def _x(self, position: int) -> float:
        """Where a letter stands, which is not told of others than the one at the cursor."""
        measure, text = self.fontMetrics().horizontalAdvance, self.text()
        at_cursor = self.cursorRect().center().x()
        return at_cursor + measure(text[:position]) - measure(text[: self.cursorPosition()])

    def _search_meanwhile(self) -> None:
        self.is_finished = False
        self.searched.emit(self.text())

    def _on_edited(self) -> None:
        self.show_error(None)
        self._calm.start()
        begun = begun_term(self.text(), self.cursorPosition())
        self.suggestions.offer_unchosen(completions(begun.text, self._names()), self)

    def _take(self, term: str) -> None:
        cursor, text = self.cursorPosition(), self.text()
        start, rest = begun_term(text, cursor).start, text[cursor:].removeprefix('"')
        goes_on = term.endswith(":")
        before = f"{text[:start]}{term}{'' if goes_on else ' '}"
        self.setText(before + (rest if goes_on else rest.lstrip()))
        self.setCursorPosition(len(before))
        if goes_on:
            self._on_edited()
        else:
            self.search()


class _Unchosen(Suggestions):
    """No line is chosen at first: Enter then searches; Tab takes the first line."""

    def offer_unchosen(self, lines: list, line: QLineEdit) -> None:  # type: ignore[type-arg]
        """Show the list below a line."""
        self.offer(lines, line.rect())
        self.setCurrentRow(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self.isVisible() and self.currentRow() < 0 and isinstance(event, QKeyEvent):
            if event.key() in _ENTER_KEYS:
                return False
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Down):
                self.setCurrentRow(0)
                if event.key() == Qt.Key.Key_Down and event.type() == QEvent.Type.KeyPress:
                    return True
        return super().eventFilter(watched, event)


def corrected(text: str, error: QueryError) -> str:
    """The text with what was probably meant; the same text if nothing better is known."""
    if not error.meant:
        return text
    key, _, value = error.meant.partition(":")
    start, end = error.position, error.position + error.length
    if text[:start].casefold().endswith(f"{key}:".casefold()):
        start -= len(key) + 1  # the value is wrong, and the whole term was meant
    elif text[end:].startswith(value):
        end += len(value)
    better = text[:start] + error.meant + text[end:]
    return better if _is_better(better, error) else text


def _is_better(text: str, error: QueryError) -> bool:
    try:
        parse(text)
    except QueryError as another:
        return another.position > error.position
    return True
