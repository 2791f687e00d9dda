"""What was found: the table, how it is sorted, which columns it has, and what is chosen in it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studyapp.domain.query import Column, Listed
from studyapp.errors import QueryError
from studyapp.rendering.design import Theme
from studyapp.services.chosen import Chosen
from studyapp.services.finding import Found, Row
from studyapp.ui.browse_preferences import BrowsePreferences
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.bulk_work import Choice
from studyapp.ui.result_cells import HEADINGS, Seen, seen_at
from studyapp.ui.results_model import ResultsModel
from studyapp.ui.results_table import ResultsTable, Span, row_count
from studyapp.ui.searching import Searching, Wanted
from studyapp.ui.spans import counted


class Results(QObject):
    """Keeps the user's place when the same is searched for again."""

    shown = Signal()
    """What a search found is shown."""
    refused = Signal(QueryError)
    failed = Signal(str)
    wanted_changed = Signal()

    def __init__(
        self, parent: QWidget, tools: BrowseTools, preferences: BrowsePreferences, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._preferences = preferences
        self._wanted = preferences.wanted
        self._shown: Wanted | None = None
        self._spans: list[Span] = []
        self.searching = Searching(tools.finding)
        self.model = ResultsModel(theme, preferences.columns, self._seen())
        self.table = ResultsTable(self.model, preferences.widths)
        self.columns_menu = QMenu("Columns", parent)
        self.sort_menu = QMenu("Sort by", parent)
        self._fill_menus()
        self._connect()
        self._mark_sorted()

    def _fill_menus(self) -> None:
        for column, heading in HEADINGS.items():
            shown = self.columns_menu.addAction(heading)
            shown.setCheckable(True)
            shown.setChecked(column in self.model.columns)
            shown.toggled.connect(partial(self.show_column, column))
            sorted_by = self.sort_menu.addAction(heading)
            sorted_by.triggered.connect(partial(self._sort, column))

    def _connect(self) -> None:
        self.searching.found.connect(self._on_found)
        self.searching.ids_known.connect(self.model.take_ids)
        self.searching.refused.connect(self.refused)
        self.searching.failed.connect(self.failed)
        self.model.ids_wanted.connect(self._find_ids)
        self.model.failed.connect(self.failed)
        self.table.sort_wanted.connect(self.sort)

    @property
    def wanted(self) -> Wanted:
        """What was searched for last."""
        return self._wanted

    def search(self, query: str) -> None:
        """Search beside the window; `shown`, `refused` or `failed` tell what came of it."""
        self._begin(replace(self._wanted, query=query))

    def search_again(self) -> None:
        """The collection is another now."""
        self._begin(self._wanted)

    def sort(self, column: Column) -> None:
        """Sort by a column; by the same again: in the other direction."""
        turned = column is self._wanted.column and not self._wanted.descending
        self._begin(replace(self._wanted, column=column, descending=turned))

    def list_as(self, listed: Listed) -> None:
        """List cards, or notes."""
        if listed is not self._wanted.listed:
            self._begin(replace(self._wanted, listed=listed))

    def show_column(self, column: Column, wanted: bool) -> None:
        """Show a column or hide it; the last one stays."""
        shown = {*self.model.columns, column} if wanted else {*self.model.columns} - {column}
        if shown:
            row, spans = self.table.current, self.table.chosen()
            self.model.show_columns([each for each in Column if each in shown])
            self.table.choose_spans(spans, row)
            self._mark_sorted()

    def refresh(self) -> None:
        """Rows may show something else now."""
        self.model.forget(self._seen())

    @property
    def choice(self) -> Choice | None:
        """What is chosen; None if nothing is."""
        spans, found = self.table.chosen(), self.model.found
        if not spans or found is None:
            return None
        return partial(_chosen, found, spans)

    @property
    def chosen_count(self) -> int:
        return row_count(self.table.chosen())

    @property
    def chosen_text(self) -> str:
        """What is chosen, in words."""
        return counted(self.chosen_count, self._unit)

    @property
    def total_text(self) -> str:
        """How much was found, and how much of it is chosen if that is more than a row."""
        chosen = self.chosen_count
        total = counted(self.model.rowCount(), self._unit)
        return f"{total} · {chosen:,} chosen" if chosen > 1 else total

    @property
    def current_row(self) -> Row | None:
        """What the current row shows."""
        return self.model.row(self.table.current)

    def keep_preferences(self) -> None:
        """Write down how the user likes the table."""
        self._preferences.columns = self.model.columns
        self._preferences.widths = self.table.widths
        self._preferences.wanted = self._shown or self._wanted

    def dress(self, theme: Theme) -> None:
        self.model.dress(theme)

    @property
    def _unit(self) -> str:
        found = self.model.found
        is_notes = found is not None and found.question.listed is Listed.NOTES
        return "note" if is_notes else "card"

    def _begin(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.searching.begin(wanted)
        self.wanted_changed.emit()

    def _sort(self, column: Column, *_checked: bool) -> None:
        self.sort(column)

    def _find_ids(self) -> None:
        if self.model.found is not None:
            self.searching.find_ids(self.model.found)

    def _on_found(self, found: Found) -> None:
        is_again = self._shown == self._wanted
        current = self.table.current
        note, top = self.model.id_at(current), self.table.verticalScrollBar().value()
        self._shown = self._wanted
        self.model.show_found(found, self._seen())
        self._mark_sorted()
        if is_again and current >= 0:
            place = None if note is None else self.model.place_of(note)
            self.table.choose(min(current if place is None else place, found.total - 1))
            self.table.verticalScrollBar().setValue(top)
        else:
            self.table.choose(0)
        self.shown.emit()

    def _mark_sorted(self) -> None:
        self.table.mark_sorted(self._wanted.column, self._wanted.descending)

    def _seen(self) -> Seen:
        rollover = self._tools.options.rollover_hour
        return seen_at(self._tools.clock(), rollover, self._wanted.listed)


def _chosen(found: Found, spans: list[Span]) -> Chosen:
    """Finds ids that are not known yet, so it may take a while."""
    every, ids = found.ids(0, spans[-1][1]), array("q")
    for first, end in spans:
        ids.extend(every[first:end])
    return Chosen(ids, found.question.listed)
