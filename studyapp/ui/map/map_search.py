"""The search line of the map: what it finds lights up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.domain.landscape import Region, RegionKind
from studyapp.domain.query import InDeck, Listed, Tagged
from studyapp.domain.query_text import plain
from studyapp.domain.query_writing import written
from studyapp.errors import QueryError, StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.search_completion import Names
from studyapp.ui.search_line import SearchLine, corrected
from studyapp.ui.search_problem import SearchProblem
from studyapp.ui.searching import Searching, Wanted


class MapSearch(QWidget):
    """What cannot be understood leaves what was found before."""

    changed = Signal()
    """Something else is found."""
    left_downwards = Signal()
    failed = Signal(str)

    def __init__(self, tools: BrowseTools, theme: Theme) -> None:
        super().__init__()
        self._tools = tools
        self._names = Names()
        self.found: Sequence[int] | None = None
        """Ids of notes; None if nothing is searched for."""
        self.line = SearchLine(lambda: self._names, theme)
        self.problem = SearchProblem()
        self.searching = Searching(tools.finding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        self.line.searched.connect(self._search)
        self.line.left_downwards.connect(self.left_downwards)
        self.problem.correct_wanted.connect(self.line.correct)
        self.searching.found.connect(self.searching.find_ids)
        self.searching.ids_known.connect(lambda _, ids: self._take(ids))
        self.searching.refused.connect(self._refuse)
        self.searching.failed.connect(self.failed)

    def take_keyboard(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def find_region(self, region: Region) -> None:
        """Search for the notes of a deck or tag."""
        name, is_tag = plain(region.name), region.kind is RegionKind.TAG
        self.line.search_for(written(Tagged(name) if is_tag else InDeck(name)))

    def refresh(self) -> None:
        """Names of decks and tags may be others now."""
        authoring = self._tools.writing.authoring
        try:
            self._names = Names(authoring.deck_names(), authoring.tag_names())
        except StudyAppError as failure:
            self.failed.emit(str(failure))

    def dress(self, theme: Theme) -> None:
        self.line.dress(theme)

    def shut_down(self) -> None:
        self.searching.shut_down()

    def _search(self, query: str) -> None:
        if query.strip():
            self.searching.begin(Wanted(query, listed=Listed.NOTES))
        else:
            self._take(None)

    def _take(self, found: Sequence[int] | None) -> None:
        self.found = found
        self.line.show_error(None)
        self.problem.clear()
        self.changed.emit()

    def _refuse(self, error: QueryError) -> None:
        self.line.show_error(error)
        if self.line.is_finished:
            is_known = corrected(self.line.text(), error) != self.line.text()
            self.problem.tell(str(error), error.meant if is_known else "")
