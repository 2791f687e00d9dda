"""Taking a file in: it is read, shown before anything is changed, imported, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedLayout, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID, Theme
from studyapp.services.import_values import Plan, Report
from studyapp.services.importing import Importing
from studyapp.services.progress import Progress
from studyapp.ui.button import Button
from studyapp.ui.facts_text import Fact, Section
from studyapp.ui.import_page import ImportPage
from studyapp.ui.import_words import done, sections
from studyapp.ui.outcome_page import OutcomePage
from studyapp.ui.work_page import WorkPage

_SIZE = QSize(980, 660)
_LOW = 560
"""Below this height of the window there is no room for large counts."""
_FAILED = "This did not work"
_TAKES_IT_BACK = "Undo takes it back, now and later."

Rewind = Callable[[Progress], str | None]
"""Takes the last step back, or does it again; returns its name."""
Work = Callable[[Progress], object]
Then = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done with the outcome of some work, and instead of it if it failed."""

    then: Then
    again: Callable[[], None]


class ImportDialog(QDialog):
    """Esc cancels what is being done, else closes; nothing is changed by looking."""

    changed = Signal()
    """The collection is not as it was."""
    shown = Signal()
    """Something else is to be seen: a preview, what was done, or what went wrong."""

    def __init__(
        self,
        parent: QWidget,
        path: Path,
        importing: Importing,
        rewind: tuple[Rewind, Rewind],
        theme: Theme,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._importing = importing
        self._undo, self._redo = rewind
        self._plan: Plan | None = None
        self._job: _Job | None = None
        self._before: QWidget | None = None
        """What was shown before the work that is under way; None: nothing."""
        self.setWindowTitle(f"Import {path.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.work = WorkPage()
        self.page = ImportPage(theme)
        self.undo_button, self.redo_button = _button("Undo"), _button("Do it again")
        self.again_button, self.close_button = _button("Try again"), _button("Close")
        self.close_button.setObjectName("primary")
        self.outcome = OutcomePage(
            [self.undo_button, self.redo_button, self.again_button, self.close_button]
        )
        self._lay_out()
        self._connect()
        if parent.height() < _LOW:
            self.page.save_room()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.look()

    def _lay_out(self) -> None:
        holder = QWidget()
        self._pages = QStackedLayout(holder)
        for page in (self.work, self.page, self.outcome):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.addWidget(holder)

    def _connect(self) -> None:
        self.work.done.connect(self._on_done)
        self.work.failed.connect(self._on_failed)
        self.work.cancelled.connect(self._on_cancelled)
        self.page.import_wanted.connect(self.take_in)
        self.page.looking_wanted.connect(self.look)
        self.page.cancel.clicked.connect(self.reject)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.again_button.clicked.connect(self._try_again)
        self.close_button.clicked.connect(self.accept)
        for key, button in (("Ctrl+Z", self.undo_button), ("Ctrl+Y", self.redo_button)):
            QShortcut(QKeySequence(key), self, partial(_click, button))

    def look(self) -> None:
        """Read the file and show what it would bring."""
        path, with_progress = self._path, self.page.with_progress.isChecked()
        self._begin(
            f"Reading {path.name}",
            lambda progress: self._importing.preview(path, progress, with_progress=with_progress),
            self._on_looked,
            self.look,
        )

    def take_in(self) -> None:
        """Import what was looked at."""
        plan, choices = self._plan, self.page.choices
        if plan is not None:
            self._begin(
                f"Importing {self._path.name}",
                lambda progress: self._importing.apply(plan, choices, progress),
                self._on_imported,
                self.look,  # the file may be another one by now
            )

    def undo(self) -> None:
        """Take the import back."""
        self._begin("Undoing", self._undo, self._on_undone, self.undo)

    def redo(self) -> None:
        """Import again what was taken back."""
        self._begin("Doing it again", self._redo, self._on_redone, self.redo)

    def reject(self) -> None:
        """Cancel what is being done, or close."""
        if self.work.is_busy:
            self.work.cancel()
        else:
            super().reject()

    def stop(self) -> None:
        """The app ends: cancel and wait."""
        self.work.stop()

    def dress(self, theme: Theme) -> None:
        """Follow a change of the theme."""
        self.page.dress(theme)

    def _begin(self, title: str, work: Work, then: Then, again: Callable[[], None]) -> None:
        if not self.work.is_busy:
            self._before = self._pages.currentWidget() if self._job else None
            self._job = _Job(then, again)
            self._pages.setCurrentWidget(self.work)
            self.work.begin(title, work)

    def _on_done(self, outcome: object) -> None:
        if self._job is not None:
            self._job.then(outcome)

    def _try_again(self) -> None:
        if self._job is not None:
            self._job.again()

    def _on_looked(self, plan: object) -> None:
        if isinstance(plan, Plan):
            self._plan = plan
            self.page.show_plan(plan)
            self._show(self.page)

    def _on_imported(self, report: object) -> None:
        if isinstance(report, Report):
            heading = "Imported" if report.name else "All of it was here already"
            offered = [self.undo_button] if report.name else []
            self._tell(heading, done(report), sections(report), offered)
            self.changed.emit()

    def _on_undone(self, name: object) -> None:
        self._tell(f"Undone: {name}", "The collection is as it was before.", (), [self.redo_button])
        self.changed.emit()

    def _on_redone(self, name: object) -> None:
        self._tell(f"Done again: {name}", _TAKES_IT_BACK, (), [self.undo_button])
        self.changed.emit()

    def _on_failed(self, message: str) -> None:
        facts = [Fact(line) for line in message.splitlines()]
        self._tell(_FAILED, "Nothing was changed.", [Section("", facts)], [self.again_button])

    def _on_cancelled(self) -> None:
        if self._before is None:
            super().reject()
            return
        if self._plan is not None:
            self.page.tick(self._plan)
        self._show(self._before)

    def _tell(
        self, heading: str, text: str, sections: Iterable[Section], offered: Sequence[Button]
    ) -> None:
        self._pages.setCurrentWidget(self.outcome)
        self.outcome.tell(heading, text, sections, [*offered, self.close_button])
        self.shown.emit()

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        (self.page if page is self.page else self.outcome).take_keyboard()
        self.shown.emit()


def _click(button: Button) -> None:
    if button.isVisible():
        button.click()


def _button(text: str) -> Button:
    made = Button(text)
    made.setAutoDefault(False)  # Enter presses the one that is offered first
    return made
