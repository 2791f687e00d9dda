"""A plot with its title, the same figures as a table, and a way to save both."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QStackedWidget, QVBoxLayout

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.plots.calendar import Calendar, Year
from studyapp.ui.plots.chart import Chart
from studyapp.ui.plots.figures import Figures
from studyapp.ui.plots.plot import Plot
from studyapp.ui.plots.saving import FILTERS, SUFFIXES, save
from studyapp.ui.plots.table import Table
from studyapp.ui.screen import label, row

_HEIGHT = 76 * GRID
_LOW = 48 * GRID
"""Of a table: some rows."""
_NOT_IN_FILE_NAMES = re.compile(r"[^\w-]+")


class Panel(QFrame):
    """Shows one picture; its keys are those of its buttons and its table."""

    failed = Signal(str)
    told = Signal(str)

    def __init__(self, title: str, picture: Chart | Year, table: Table, note: str = "") -> None:
        """`note`: what there is to know besides, below the plot."""
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self.is_wide = isinstance(picture, Year)
        """Whether it needs all the room from side to side."""
        if not self.is_wide:
            self.setMinimumHeight(_HEIGHT)
        self.title, self.table_of = title, table
        self.plot = Calendar() if isinstance(picture, Year) else Plot()
        self.table = Figures(title, table.headings, numbers=table.numbers)
        if self.is_wide:  # it is as high as its squares need, not as a table would like to be
            self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.toggle = self._button("Table", f"{title} as a table")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self.show_table)
        self.save_button = self._button("Save…", f"Save {title} as a picture or its figures")
        self.save_button.clicked.connect(self.ask_where)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(row(label(title, "heading"), None, self.toggle, self.save_button))
        layout.addWidget(self._stack, 1)
        self._note = label("", "quiet", wraps=True)
        layout.addWidget(self._note)
        self.show_figures(picture, table, note)

    @staticmethod
    def _button(text: str, says: str) -> Button:
        made = Button(text)
        made.setObjectName("flat")
        made.setAccessibleName(says)
        return made

    def show_figures(self, picture: Chart | Year, table: Table, note: str) -> None:
        """Show these from now on; the picture is of the same kind as the first, so are headings."""
        if isinstance(self.plot, Calendar):
            assert isinstance(picture, Year)  # noqa: S101 - for the type checker
            self.plot.show_year(picture)
        else:
            assert isinstance(picture, Chart)  # noqa: S101 - for the type checker
            self.plot.show_chart(picture)
        self.table_of = table
        self.table.show_rows(table.texts() if self.toggle.isChecked() else [])
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_table(self, on: bool) -> None:
        """Show the figures in place of the plot, or the plot."""
        if on and not self.table.row_count:
            self.table.show_rows(self.table_of.texts())
        self.toggle.setChecked(on)
        self.table.setMinimumHeight(_LOW if on else 0)
        self._stack.setCurrentWidget(self.table if on else self.plot)

    def ask_where(self) -> None:
        """Ask for a file, whose suffix says what to write."""
        name = _NOT_IN_FILE_NAMES.sub("-", self.title.lower()).strip("-") + ".png"
        path, chosen = QFileDialog.getSaveFileName(self, f"Save {self.title}", name, FILTERS)
        if path:
            target = Path(path)
            suffix = next(each for each in SUFFIXES if each in chosen)
            self.save(target if target.suffix else target.with_suffix(suffix))

    def save(self, target: Path) -> None:
        """Write a picture or the figures, as the suffix says."""
        try:
            save(self.plot, self.table_of, target)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
        else:
            self.told.emit(f"Saved as {target.name}")
