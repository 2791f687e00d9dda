"""A plan for a backlog: so many a day, or so many days, with each day before and after it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QSpinBox, QSplitter, QVBoxLayout, QWidget

from studyapp.domain.decks import Deck
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.backlog import Backlog, Outlook, Running
from studyapp.ui.button import Button
from studyapp.ui.chevron import ComboBox
from studyapp.ui.latest import Latest
from studyapp.ui.plots.chart import Axis, Chart, Series, Style
from studyapp.ui.plots.figures import Figures
from studyapp.ui.plots.plot import Plot
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

_SIZE = QSize(900, 640)
_EXPLAINED = (
    "A plan asks first what loses most by waiting, and holds the rest back until its day. Cards "
    "that come due meanwhile are counted in. Schedules stay as they are; undo takes a plan back."
)


class BacklogDialog(QDialog):
    """Plans are made beside the window; only the newest wish counts."""

    def __init__(self, parent: QWidget, backlog: Backlog, deck: Deck | None) -> None:
        super().__init__(parent)
        self._backlog = backlog
        self.outlook: Outlook | None = None
        """What is shown; None while it is reckoned or cannot be."""
        self._number = 0
        self._asked: tuple[int | None, dict[str, int]] = (None, {})
        self._latest = Latest()
        self.setWindowTitle("Plan for the backlog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.scope = ComboBox()
        self.scope.setAccessibleName("Decks that the plan is for")
        self.scope.addItem("All decks", None)
        if deck is not None:
            self.scope.addItem(deck.name.replace("::", " › "), deck.id)
        self.measure = ComboBox()
        self.measure.setAccessibleName("What is chosen")
        self.measure.addItem("Reviews a day", "per_day")
        self.measure.addItem("Days until it is done", "days")
        self.number = QSpinBox()
        self.number.setRange(1, 99_999)
        self.number.setAccessibleName("Reviews a day, or days")
        self.said = label("", wraps=True)
        self.running = label("", "quiet", wraps=True)
        self.plot = Plot()
        self.table = Figures(
            "Reviews of each day", ("Day", "All at once", "With the plan"), numbers=(1, 2)
        )
        self.accept_button = Button("Accept the plan")
        self.accept_button.setObjectName("primary")
        self.drop_button = Button("End the present plan")
        self._lay_out()
        self._connect()
        self._show_running()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self._look()
        self.number.setFocus()

    def _lay_out(self) -> None:
        wish = row(self.scope, self.measure, self.number, None)
        wish.setSpacing(2 * GRID)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(3 * GRID)
        body.addWidget(self.plot)
        body.addWidget(self.table)
        body.setSizes([110 * GRID, 92 * GRID])
        close = Button("Close")
        close.setToolTip("Esc")
        close.clicked.connect(self.reject)
        for button in (close, self.drop_button):
            button.setAutoDefault(False)
        buttons = row(self.drop_button, None, close, self.accept_button)
        buttons.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        layout.addWidget(self.running)
        layout.addLayout(wish)
        layout.addWidget(self.said)
        layout.addWidget(body, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._latest.done.connect(self._on_outlook)
        self._latest.failed.connect(self._on_failed)
        self.scope.activated.connect(self._look)
        self.measure.activated.connect(self._take_measure)
        self.number.valueChanged.connect(self._look_for_number)
        self.accept_button.clicked.connect(self._accept)
        self.drop_button.clicked.connect(self._drop)
        self.finished.connect(self._latest.shut_down)

    def _look(self) -> None:
        """The plan that fits the scope."""
        self._begin({})

    def _look_for_number(self) -> None:
        self._begin({str(self.measure.currentData()): self.number.value()})

    def _begin(self, wanted: dict[str, int]) -> None:
        deck_id: int | None = self.scope.currentData()
        self._asked = (deck_id, wanted)
        self.accept_button.setEnabled(False)
        self._number = self._latest.begin(lambda: self._backlog.look(deck_id, **wanted))

    def _on_outlook(self, number: int, found: object) -> None:
        if number != self._number or not isinstance(found, Outlook):
            return
        self.outlook = found
        self.said.setText(found.told)
        self._show_number(found)
        self.plot.show_chart(chart(found))
        days = zip(found.before, found.after, strict=False)  # nothing due: no day
        self.table.show_rows(
            [
                (_day(ahead), f"{before:,}", f"{after:,}")
                for ahead, (before, after) in enumerate(days)
            ]
        )
        self.accept_button.setEnabled(found.due > 0)

    def _on_failed(self, number: int, failure: Exception) -> None:
        if number == self._number and isinstance(failure, StudyAppError):
            self.outlook = None
            self.said.setText(str(failure))

    def _show_number(self, found: Outlook) -> None:
        """In the box, unless the user has just written there."""
        if not self._asked[1]:
            self._take_measure()

    def _take_measure(self) -> None:
        """Show the number of the other measure that the present plan has."""
        if self.outlook is None:
            return
        plan = self.outlook.plan
        is_days = self.measure.currentData() == "days"
        self.number.blockSignals(True)
        self.number.setValue(len(plan.days) if is_days else plan.per_day)
        self.number.blockSignals(False)

    def _accept(self) -> None:
        deck_id, wanted = self._asked
        if self.outlook is not None and not wanted:
            wanted = {"per_day": self.outlook.plan.per_day}
        try:
            self._backlog.accept(deck_id, **wanted)
        except StudyAppError as failure:
            self.said.setText(str(failure))
        else:
            self.accept()

    def _drop(self) -> None:
        try:
            self._backlog.drop()
        except StudyAppError as failure:
            self.said.setText(str(failure))
        else:
            self.accept()

    def _show_running(self) -> None:
        try:
            running = self._backlog.running()
        except StudyAppError as failure:
            running = None
            self.said.setText(str(failure))
        self.running.setText("" if running is None else told_running(running))
        self.running.setVisible(running is not None)
        self.drop_button.setVisible(running is not None)


def told_running(running: Running) -> str:
    """A plan that is under way."""
    return (
        f"A plan holds {counted(running.held_back, 'card')} back: {running.per_day:,} a day, done "
        f"in {counted(running.days_left, 'day')}."
    )


def chart(outlook: Outlook) -> Chart:
    """Reviews of each day, all at once and with the plan."""
    last = max(len(outlook.after), 1)
    before = tuple((ahead + 1.0, float(n)) for ahead, n in enumerate(outlook.before))
    after = tuple((ahead + 1.0, float(n)) for ahead, n in enumerate(outlook.after))
    return Chart(
        "Reviews of each day",
        Axis("Day of the plan", is_whole=True, low=0.5, high=last + 0.5),
        Axis("Reviews", "{:,.0f}".format, is_whole=True, low=0),
        (
            Series("With the plan", after, Style.BARS),
            Series("All at once", before, Style.OPEN_BARS),
        ),
    )


def _day(ahead: int) -> str:
    return "Today" if not ahead else f"Day {ahead + 1}"
