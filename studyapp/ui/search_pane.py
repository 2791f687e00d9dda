"""The search line, what is told of the search, and the table of what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from studyapp.domain.query import Listed
from studyapp.errors import QueryError
from studyapp.rendering.design import GRID, Theme
from studyapp.ui.browse_preferences import BrowsePreferences
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.button import Button
from studyapp.ui.chevron import ComboBox
from studyapp.ui.elided import ElidedLabel
from studyapp.ui.results import Results
from studyapp.ui.screen import row
from studyapp.ui.search_completion import Names
from studyapp.ui.search_line import SearchLine, corrected
from studyapp.ui.search_problem import SearchProblem

_LISTED = {Listed.CARDS: "Cards", Listed.NOTES: "Notes"}


class SearchPane(QWidget):
    """What cannot be understood leaves what was found before."""

    searched = Signal()
    """What was found is shown, or why nothing is."""
    chosen_changed = Signal()
    """Other rows are chosen or shown."""
    failed = Signal(str)

    def __init__(
        self,
        tools: BrowseTools,
        preferences: BrowsePreferences,
        names: Callable[[], Names],
        theme: Theme,
    ) -> None:
        super().__init__()
        self.line = SearchLine(names, theme)
        self.problem = SearchProblem()
        self.status = ElidedLabel("quiet")
        self.listed = ComboBox()
        self.columns_button, self.change_button = Button("Columns"), Button("Change…")
        self.results = Results(self, tools, preferences, theme)
        self.table = self.results.table
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for listed, name in _LISTED.items():
            self.listed.addItem(name, str(listed))
        self.listed.setAccessibleName("List cards or notes")
        self.listed.setCurrentIndex(self.listed.findData(str(self.results.wanted.listed)))
        under = row(self.status, self.listed, self.columns_button, self.change_button)
        under.setStretch(0, 1)
        under.setSpacing(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        column.addLayout(under)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        results, table = self.results, self.table
        self.line.searched.connect(results.search)
        self.line.left_downwards.connect(table.setFocus)
        results.shown.connect(self._on_shown)
        results.refused.connect(self._on_refused)
        results.failed.connect(self.failed)
        table.went_up.connect(self.take_line)
        table.chosen_changed.connect(self._on_chosen)
        table.columns_menu_wanted.connect(results.columns_menu.popup)
        self.listed.activated.connect(self._on_listed)
        self.columns_button.clicked.connect(self.pop_up_columns)
        self.problem.correct_wanted.connect(self.line.correct)

    def take_line(self) -> None:
        """Give the keyboard to the search line."""
        self.line.setFocus()
        self.line.selectAll()

    def take_keyboard(self) -> None:
        """To the table if something was found, unless the user is at the search line."""
        if self.results.model.rowCount() and not self.line.hasFocus():
            self.table.setFocus()
        else:
            self.take_line()

    def turn_listed(self) -> None:
        """Notes instead of cards, or the other way round."""
        self.listed.setCurrentIndex(1 - self.listed.currentIndex())
        self._on_listed()

    def pop_up_sorting(self) -> None:
        """Let the user choose by what to sort."""
        self.pop_up(self.results.sort_menu)

    def pop_up_columns(self) -> None:
        """Let the user choose which columns there are."""
        self.pop_up(self.results.columns_menu)

    def pop_up(self, menu: QMenu) -> None:
        """At the upper edge of the table, with the first line chosen, for who has no mouse."""
        menu.popup(self.table.mapToGlobal(QPoint(8 * GRID, 8 * GRID)))
        menu.setActiveAction(menu.actions()[0])

    def dress(self, theme: Theme) -> None:
        self.line.dress(theme)
        self.results.dress(theme)

    def _on_shown(self) -> None:
        self.line.show_error(None)
        self.problem.clear()
        self._on_chosen()
        self.searched.emit()

    def _on_refused(self, error: QueryError) -> None:
        self.line.show_error(error)
        if self.line.is_finished:
            is_known = corrected(self.line.text(), error) != self.line.text()
            self.problem.tell(str(error), error.meant if is_known else "")
        self.searched.emit()

    def _on_chosen(self) -> None:
        self.status.show_text(self.results.total_text)
        self.chosen_changed.emit()

    def _on_listed(self) -> None:
        self.results.list_as(Listed(self.listed.currentData()))
