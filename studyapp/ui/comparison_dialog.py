"""SM-2 and FSRS on the user's own reviews: accuracy, calibration, and the work they ask for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QTabWidget, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.services.comparing import Comparison
from studyapp.ui import comparison_charts as charts
from studyapp.ui.button import Button
from studyapp.ui.plots.chart import Chart
from studyapp.ui.plots.figures import Figures
from studyapp.ui.plots.plot import Plot
from studyapp.ui.screen import label, row

_SIZE = QSize(980, 680)
_WORK = (
    "Simulated for 100 cards and a year, with how you grade and how long you take, as FSRS foresees"
    " it. “Remembered” is the part that would be recalled on the last day."
)
_CALIBRATED = (
    "A scheduler that is right lies on the dotted line: of what it thinks is recalled with 90 %, "
    "90 % are."
)


class ComparisonDialog(QDialog):
    """Read-only."""

    all_wanted = Signal()
    """The user wants to compare on all decks."""

    def __init__(self, parent: QWidget, comparison: Comparison, deck: str | None) -> None:
        super().__init__(parent)
        self.comparison = comparison
        self.plots: list[Plot] = []
        """Of calibration and of workload."""
        self.setWindowTitle("Compare schedulers")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.said = label(charts.verdict(comparison), wraps=True)
        self.accuracy = Figures("Accuracy", charts.ACCURACY_HEADINGS, numbers=(1, 2))
        self.accuracy.show_rows(charts.accuracy_rows(comparison))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName("Views of the comparison")
        self.tabs.addTab(self.accuracy, "Accuracy")
        self.tabs.addTab(self._calibration(), "Calibration")
        self.tabs.addTab(self._workload(), "Workload")
        self._lay_out(deck)
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.tabs.setFocus()

    def _calibration(self) -> QWidget:
        self.points = Figures("Calibration", charts.CALIBRATION_HEADINGS, numbers=(1, 2, 3))
        self.points.show_rows(charts.calibration_rows(self.comparison))
        return self._page(_CALIBRATED, charts.calibration(self.comparison), self.points)

    def _workload(self) -> QWidget:
        self.work = Figures("Workload", charts.WORKLOAD_HEADINGS, numbers=(0, 1, 2, 3, 4))
        self.work.show_rows(charts.workload_rows(self.comparison))
        return self._page(_WORK, charts.workload(self.comparison), self.work)

    def _lay_out(self, deck: str | None) -> None:
        close = Button("Close")
        close.setToolTip("Esc")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.all_button = Button("Compare on all decks")
        self.all_button.setAutoDefault(False)
        self.all_button.setVisible(deck is not None)
        self.all_button.clicked.connect(self._want_all)
        scope = "All decks" if deck is None else deck.replace("::", " › ")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(scope, "heading", wraps=True))
        layout.addWidget(self.said)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(self.all_button, None, close))

    def _want_all(self) -> None:
        self.accept()
        self.all_wanted.emit()

    def _page(self, explained: str, chart: Chart, table: Figures) -> QWidget:
        plot = Plot()
        self.plots.append(plot)
        plot.show_chart(chart)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(3 * GRID)
        body.addWidget(plot)
        body.addWidget(table)
        body.setSizes([100 * GRID, 112 * GRID])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(explained, "quiet", wraps=True))
        layout.addWidget(body, 1)
        return page
