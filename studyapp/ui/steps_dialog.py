"""A dialog that looks, lets the user decide, does it, tells what was done, and takes it back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedLayout, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID, Theme
from studyapp.services.progress import Progress
from studyapp.ui.button import Button
from studyapp.ui.facts_text import Fact, Section
from studyapp.ui.outcome_page import OutcomePage
from studyapp.ui.work_page import WorkPage

_SIZE: Final = QSize(980, 660)
_LOW: Final = 560
"""Below this height of the window there is no room for what can be done without."""
_FAILED = "This did not work"
_NOTHING_CHANGED = "Nothing was changed."
_TAKES_IT_BACK = "Undo takes it back, now and later."

Work = Callable[[Progress], object]
Then = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class Rewinds:
    """Take the last step back, and do it again; each returns its name."""

    undo: Callable[[Progress], str | None]
    redo: Callable[[Progress], str | None]


@dataclass(frozen=True, slots=True)
class _Job:
    """What is done with the outcome of some work, and instead of it if it failed."""

    then: Then
    again: Callable[[], None]


class DecidingPage(QWidget):
    """Where the user decides; it may be shown several times."""

    def take_keyboard(self) -> None:
        """It is shown: the keyboard goes where one begins."""

    def save_room(self) -> None:
        """The window is low: leave out what can be done without."""

    def dress(self, theme: Theme) -> None:
        """Follow a change of the theme."""


class StepsDialog(QDialog):
    """Esc cancels what is being done, else closes; nothing is changed by looking."""

    changed = Signal()
    """The collection is not as it was."""
    shown = Signal()
    """Something else is to be seen: what was found, what was done, or what went wrong."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        page: DecidingPage,
        rewinds: Rewinds,
        more: Sequence[Button] = (),
    ) -> None:
        """`more`: buttons of one's own below what is told."""
        super().__init__(parent)
        self._rewinds = rewinds
        self._deciding = page
        self._job: _Job | None = None
        self._before: QWidget | None = None
        """What was shown before the work that is under way; None: nothing."""
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.work = WorkPage()
        self.undo_button, self.redo_button = plain_button("Undo"), plain_button("Do it again")
        self.again_button, self.close_button = plain_button("Try again"), plain_button("Close")
        self.close_button.setObjectName("primary")
        self.outcome = OutcomePage(
            [self.undo_button, self.redo_button, self.again_button, *more, self.close_button]
        )
        self._put_together()
        self._listen()
        if parent.height() < _LOW:
            page.save_room()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))

    def _put_together(self) -> None:
        holder = QWidget()
        self._pages = QStackedLayout(holder)
        for page in (self.work, self._deciding, self.outcome):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.addWidget(holder)

    def _listen(self) -> None:
        self.work.done.connect(self._on_done)
        self.work.failed.connect(self._on_failed)
        self.work.cancelled.connect(self._on_cancelled)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.again_button.clicked.connect(self._try_again)
        self.close_button.clicked.connect(self.accept)
        for key, button in (("Ctrl+Z", self.undo_button), ("Ctrl+Y", self.redo_button)):
            QShortcut(QKeySequence(key), self, partial(_click, button))

    @abstractmethod
    def look(self) -> None:
        """See what there is to be decided."""

    def undo(self) -> None:
        """Take back what was done."""
        self.begin("Undoing", self._rewinds.undo, self._on_undone, self.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.begin("Doing it again", self._rewinds.redo, self._on_redone, self.redo)

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
        self._deciding.dress(theme)

    def begin(self, title: str, work: Work, then: Then, again: Callable[[], None]) -> None:
        """Do some work, unless other work is under way; `again` is offered if it fails."""
        if not self.work.is_busy:
            if self._pages.currentWidget() is not self.work:
                self._before = self._pages.currentWidget()
            self._job = _Job(then, again)
            self._pages.setCurrentWidget(self.work)
            self.work.begin(title, work)

    def decide(self) -> None:
        """Show where the user decides."""
        self._show(self._deciding)

    def tell(
        self, heading: str, text: str, sections: Iterable[Section], offered: Sequence[Button]
    ) -> None:
        """Show what came of it; beside what is `offered` the dialog can be closed."""
        self._pages.setCurrentWidget(self.outcome)
        self.outcome.tell(heading, text, sections, [*offered, self.close_button])
        self.shown.emit()

    def on_return(self) -> None:
        """Work was cancelled, and what was shown before is shown again."""

    def _on_done(self, outcome: object) -> None:
        if self._job is not None:
            self._job.then(outcome)

    def _try_again(self) -> None:
        if self._job is not None:
            self._job.again()

    def _on_undone(self, name: object) -> None:
        self.tell(f"Undone: {name}", "The collection is as it was before.", (), [self.redo_button])
        self.changed.emit()

    def _on_redone(self, name: object) -> None:
        self.tell(f"Done again: {name}", _TAKES_IT_BACK, (), [self.undo_button])
        self.changed.emit()

    def _on_failed(self, message: str) -> None:
        facts = [Fact(line) for line in message.splitlines()]
        self.tell(_FAILED, _NOTHING_CHANGED, [Section("", facts)], [self.again_button])

    def _on_cancelled(self) -> None:
        if self._before is None:
            super().reject()
        else:
            self.on_return()
            self._show(self._before)

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        (self._deciding if page is self._deciding else self.outcome).take_keyboard()
        self.shown.emit()


def _click(button: Button) -> None:
    if button.isVisible():
        button.click()


def plain_button(text: str) -> Button:
    """One that Enter presses only if it has the keyboard, or is made the default."""
    made = Button(text)
    made.setAutoDefault(False)
    return made
