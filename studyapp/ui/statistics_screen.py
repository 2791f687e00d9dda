"""Statistics: figures of all cards or of a part, within a span, as plots and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.hard_cards import HardCard
from studyapp.services.statistics import Scope, Statistics
from studyapp.statistics.page import Page
from studyapp.ui.button import Button
from studyapp.ui.hard_cards import HardCards
from studyapp.ui.latest import Latest
from studyapp.ui.plots.panel import Panel
from studyapp.ui.preferences import Preferences
from studyapp.ui.screen import Screen, add_action, label, row, tell_keys
from studyapp.ui.spans import about, counted
from studyapp.ui.statistics_charts import shown
from studyapp.ui.statistics_shown import Shown

SPANS: tuple[tuple[str, int | None], ...] = (
    ("7 days", 7),
    ("30 days", 30),
    ("90 days", 90),
    ("A year", 365),
    ("All", None),
)
_USUAL_SPAN = 1
_ALL_DECKS, _ALL_TAGS = "All decks", "All tags"
_STREAK = "statistics_streak"
_WIDE = 900
"""From this width on, panels stand in two columns."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read for the screen."""

    page: Page
    week: str
    decks: Sequence[str]
    tags: Sequence[str]


class StatisticsScreen(Screen):
    """Reads in a thread beside the window; what it shows is never older than the last visit."""

    left = Signal()
    edit_wanted = Signal(int)
    shown = Signal()
    """The figures that were asked for are to be seen."""

    def __init__(self, statistics: Statistics, preferences: Preferences) -> None:
        super().__init__("Statistics", "Statistics")
        self._statistics = statistics
        self._preferences = preferences
        self._latest = Latest()
        self._job = 0
        self._hard = Latest()
        self.page: Page | None = None
        self.panels: list[Panel] = []
        self._arranged: tuple[list[Panel], int] = ([], 0)
        self.hard_cards = HardCards()
        self._as_tables = False
        self.week = label("", "", wraps=True)
        self.facts = label("", "quiet", wraps=True)
        self._make_choices()
        self._add_actions()
        self._lay_out()
        self._connect()

    def _make_choices(self) -> None:
        self.decks, self.tags, self.spans = QComboBox(), QComboBox(), QComboBox()
        for box, name, first in (
            (self.decks, "Deck", _ALL_DECKS),
            (self.tags, "Tag", _ALL_TAGS),
        ):
            box.setAccessibleName(name)
            box.addItem(first)
            box.setMaximumWidth(64 * GRID)
        self.spans.setAccessibleName("Span")
        self.spans.addItems([name for name, _ in SPANS])
        self.spans.setCurrentIndex(_USUAL_SPAN)
        self.search = QLineEdit()
        self.search.setAccessibleName("Only cards that a search finds")
        self.search.setPlaceholderText("Search: words, is:…, prop:…")
        self.tables_button = Button("Tables")
        self.tables_button.setCheckable(True)

    def _add_actions(self) -> None:
        add_action(self, "find", "Go to the search", ("Ctrl+F",), self.search.setFocus)
        add_action(self, "deck", "Choose a deck", ("Alt+D",), self.decks.showPopup)
        add_action(self, "tag", "Choose a tag", ("Alt+T",), self.tags.showPopup)
        add_action(self, "span", "Choose a span", ("Alt+S",), self.spans.showPopup)
        tables = add_action(
            self, "tables", "Tables or plots", ("T",), lambda: self.show_tables(not self._as_tables)
        )
        add_action(self, "down", "Further down", ("PgDown",), lambda: self._scroll(1), repeats=True)
        add_action(self, "up", "Further up", ("PgUp",), lambda: self._scroll(-1), repeats=True)
        add_action(self, "streak", "Show or hide days in a row", (), self._turn_streak)
        add_action(self, "refresh", "Read again", ("F5",), self.refresh)
        add_action(self, "back", "Back to the decks", ("Esc",), self.left.emit)
        tell_keys(tables, self.tables_button.setToolTip)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.banner)
        layout.addLayout(row(label("Statistics", "title"), None, self.tables_button))
        layout.addLayout(row(self.decks, self.tags, self.search, self.spans))
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 2 * GRID, 6 * GRID)
        self._column.setSpacing(3 * GRID)
        self._grid = QGridLayout()
        self._grid.setSpacing(3 * GRID)
        self._column.addWidget(self.week)
        self._column.addWidget(self.facts)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.hard_cards)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.area = area
        layout.addWidget(area, 1)

    def _connect(self) -> None:
        self._latest.done.connect(self._on_read)
        self._latest.failed.connect(self._on_failed)
        self._hard.done.connect(self._on_hard_cards)
        for box in (self.decks, self.tags, self.spans):
            box.activated.connect(self.refresh)
        self.search.returnPressed.connect(self.refresh)
        self.tables_button.toggled.connect(self.show_tables)
        self.hard_cards.edit_wanted.connect(self.edit_wanted)

    @property
    def scope(self) -> Scope:
        """Which cards are asked for."""
        deck, tag = self.decks.currentIndex(), self.tags.currentIndex()
        return Scope(
            self.decks.currentText() if deck > 0 else "",
            self.tags.currentText() if tag > 0 else "",
            self.search.text().strip(),
        )

    def enter(self) -> None:
        self.spans.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read what is asked for now."""
        scope, days = self.scope, SPANS[self.spans.currentIndex()][1]
        statistics = self._statistics

        def read() -> _Found:
            page, week = statistics.page_and_week(scope, days)
            return _Found(page, week, statistics.deck_names(), statistics.tags())

        self._job = self._latest.begin(read)

    def show_tables(self, on: bool) -> None:
        """Show all figures as tables, or as plots."""
        self._as_tables = on
        self.tables_button.setChecked(on)
        for panel in self.panels:
            panel.show_table(on)

    def _scroll(self, pages: int) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep() * 9 // 10)

    def shut_down(self) -> None:
        self._latest.shut_down()
        self._hard.shut_down()

    def _on_read(self, number: int, found: object) -> None:
        if number != self._job or not isinstance(found, _Found):
            return
        self.banner.clear()
        _offer(self.decks, found.decks)
        _offer(self.tags, found.tags)
        self.page = found.page
        self.week.setText(found.week)
        self._tell_facts()
        self._show(found.page)
        hardest = found.page.hardest
        self._hard.begin(lambda: self._statistics.hard_cards(hardest))
        self.shown.emit()

    def _on_failed(self, number: int, failure: Exception) -> None:
        if number == self._job and isinstance(failure, StudyAppError):
            self.warn(str(failure))

    def _on_hard_cards(self, _number: int, found: list[HardCard]) -> None:
        self.hard_cards.show_cards(found)

    def _tell_facts(self) -> None:
        page = self.page
        if page is None:
            return
        today, stock = page.today, page.stock
        facts = [
            f"Today {counted(today.reviews, 'review')} in {about(today.took_ms)}",
            f"{stock.new:,} new, {stock.learning + stock.relearning:,} learning,"
            f" {stock.young:,} young, {stock.mature:,} mature",
        ]
        if stock.suspended:
            facts.append(f"{stock.suspended:,} suspended")
        if self._preferences.remembered(_STREAK) == "shown":
            facts.append(f"{counted(page.streak, 'day')} in a row")
        self.facts.setText(" · ".join(facts))

    def _turn_streak(self) -> None:
        is_shown = self._preferences.remembered(_STREAK) == "shown"
        self._preferences.remember(_STREAK, "hidden" if is_shown else "shown")
        self._tell_facts()

    def _show(self, page: Page) -> None:
        """Panels stay while they have something to show, and with them keyboard and place."""
        known = {panel.title: panel for panel in self.panels}
        self.panels = []
        for each in shown(page):
            panel = known.pop(each.title, None)
            if panel is None:
                panel = self._made(each)
            else:
                panel.show_figures(each.picture, each.table, each.note)
            self.panels.append(panel)
        for panel in known.values():
            self._grid.removeWidget(panel)
            panel.deleteLater()
        self._arrange()

    def _made(self, each: Shown) -> Panel:
        panel = Panel(each.title, each.picture, each.table, each.note)
        panel.failed.connect(self.warn)
        panel.told.connect(self.told)
        panel.show_table(self._as_tables)
        return panel

    def _arrange(self) -> None:
        columns = 2 if self.width() >= _WIDE else 1
        if (self.panels, columns) == self._arranged:
            return
        self._arranged = list(self.panels), columns
        place = 0
        for panel in self.panels:
            self._grid.removeWidget(panel)
            wide = columns if panel.is_wide else 1
            place += -place % wide
            self._grid.addWidget(panel, place // columns, place % columns, 1, wide)
            place += wide
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()


def _offer(box: QComboBox, names: Sequence[str]) -> None:
    """These behind the first entry, which means all; what is chosen stays chosen if it is there."""
    if list(names) == [box.itemText(place) for place in range(1, box.count())]:
        return
    chosen = box.currentText() if box.currentIndex() > 0 else ""
    while box.count() > 1:
        box.removeItem(1)
    box.addItems(list(names))
    box.setCurrentIndex(max(box.findText(chosen), 0) if chosen else 0)
