"""Studying: a card, its answer, its grade, and so on until nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from studyapp.domain.decks import Deck
from studyapp.domain.reviews import Grade
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.rendering.page import CardFaces
from studyapp.scheduling.queue import Counts
from studyapp.services.clock import Clock
from studyapp.services.study import Finished, Pause, Prompt, Study, Summary
from studyapp.ui.card_place import CardPlace
from studyapp.ui.faces import PreparedFaces
from studyapp.ui.grade_bar import GradeBar
from studyapp.ui.pause_view import PauseView
from studyapp.ui.screen import Screen, add_action, keys_of
from studyapp.ui.study_progress import StudyProgress

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

_VISIT = 0
"""The token of a linked note's page: none of the cards', which count from 1."""

Monotonic = Callable[[], float]
"""Seconds of a clock that nobody sets."""


@dataclass(slots=True)
class _Shown:
    """The card before the user; keys act on it only when it is painted."""

    prompt: Prompt
    faces: CardFaces
    answer: bool = False
    painted: bool = False
    painted_at: float = field(default=0.0)
    """When the question was first to be seen, by the monotonic clock."""


class StudyScreen(Screen):
    """A session in one deck."""

    left = Signal()
    """The user goes back to the decks."""
    finished = Signal(Summary)
    """Nothing is left for today."""
    painted = Signal(str)
    """A "question" or an "answer" is on the screen and takes keys."""
    link_wanted = Signal(str)
    """The user clicked a link to the web."""

    def __init__(
        self,
        study: Study,
        clock: Clock,
        learn_ahead_ms: int,
        monotonic: Monotonic,
        make_view: Callable[[], CardView],
    ) -> None:
        super().__init__("Study", "Study")
        self._study = study
        self._learn_ahead_ms = learn_ahead_ms
        self._monotonic = monotonic
        self._prepared = PreparedFaces(study)
        self._shown: _Shown | None = None
        self._token = 0
        self._is_visiting = False
        self._done = 0
        self.progress = StudyProgress()
        self.card = CardPlace(make_view)
        self.bar = GradeBar()
        self.pause = PauseView(clock, lambda: f"{keys_of(self._back)}: back to the decks")
        self._back = self._add_actions()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card.painted.connect(self._on_painted)
        self.card.link_activated.connect(self.link_wanted)
        self.card.note_activated.connect(self._visit)
        self.card.failed.connect(self._on_view_failed)
        self.bar.answer_wanted.connect(self._reveal)
        self.bar.graded.connect(self._grade)
        self.pause.tick.connect(self._look_again)

    def _add_actions(self) -> QAction:
        self._answer = add_action(
            self, "answer", "Show answer, then Good", ("Space", "Return", "Enter"), self._go_on
        )
        for grade in Grade:
            name = grade.name.lower()
            add_action(self, name, f"Grade {name}", (str(int(grade)),), partial(self._grade, grade))
        add_action(self, "copy", "Copy what is selected", ("Ctrl+C",), self._copy)
        add_action(self, "undo", "Undo", ("U", "Ctrl+Z"), self.undo)
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.redo)
        for name, text, keys, pages in (
            ("scroll_down", "Scroll down", ("Down",), 0.15),
            ("scroll_up", "Scroll up", ("Up",), -0.15),
            ("page_down", "A page down", ("PgDown",), 0.9),
            ("page_up", "A page up", ("PgUp",), -0.9),
        ):
            add_action(self, name, text, keys, partial(self._scroll, pages), repeats=True)
        return add_action(self, "back", "Back to the decks", ("Esc",), self._leave)

    def _lay_out(self) -> None:
        self._middle = QStackedLayout()
        self._middle.addWidget(self.card)
        self._middle.addWidget(self.pause)
        # A widget with a background of its own: where the web view makes room, what is behind it is
        # not painted again and would be black.
        strip = QWidget()
        strip.setObjectName("screen")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        holder = QVBoxLayout(strip)
        holder.setContentsMargins(6 * GRID, 0, 6 * GRID, 0)
        holder.addWidget(self.banner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.progress)
        layout.addWidget(strip)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.bar)

    def start(self, deck: Deck) -> None:
        """Study a deck and those below it from now on; raises StudyAppError."""
        self._study.start(deck.id)
        self._prepared.forget()
        self._done = 0
        self.banner.clear()
        self.progress.set_deck(deck.name)
        self.go_on()

    def go_on(self) -> None:
        """Show what comes now."""
        try:
            now = self._study.current()
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        match now:
            case Prompt():
                self._ask(now)
            case Pause():
                self._wait(now)
            case Finished():
                self._shown = None
                self.finished.emit(self._study.summary())

    def undo(self) -> None:
        """Take back the last change and show the card it was about."""
        if self.undo_quietly():
            self._done = max(0, self._done - 1)
            self._shown = None
        self._look_again()

    def redo(self) -> None:
        """Do again what was undone last."""
        if self.redo_quietly():
            self._done += 1
            self._shown = None
        self._look_again()

    def undo_quietly(self) -> bool:
        """Take back the last change, whatever is shown; whether there was one."""
        return self._rewind(self._study.undo, "Undone", "Nothing to undo")

    def redo_quietly(self) -> bool:
        """Do again what was undone last, whatever is shown; whether there was something."""
        return self._rewind(self._study.redo, "Done again", "Nothing to redo")

    def _rewind(self, rewind: Callable[[], str | None], done: str, nothing: str) -> bool:
        try:
            name = rewind()
        except StudyAppError as failure:
            self.warn(str(failure))
            return False
        self.told.emit(nothing if name is None else f"{done}: {name}")
        self._prepared.forget()
        return name is not None

    def _ask(self, prompt: Prompt) -> None:
        self._shown = _Shown(prompt, self._prepared.of(prompt.card))
        self._is_visiting = False
        self._middle.setCurrentWidget(self.card)
        self.bar.ask()
        self.bar.show()
        self.progress.update_counts(prompt.counts, self._done, prompt.place.kind)
        self.setFocus()
        self._token += 1
        self.card.view.show_card(self._shown.faces.question_html, self._token)

    def _wait(self, pause: Pause) -> None:
        self._shown = None
        self.bar.hide()
        self.progress.update_counts(
            Counts(pause.counts.new, pause.counts.learning, pause.counts.due), self._done, None
        )
        self.pause.wait_until(pause.until - self._learn_ahead_ms)
        self._middle.setCurrentWidget(self.pause)

    def _look_again(self) -> None:
        if self._shown is None:
            self.go_on()

    def _on_painted(self, token: int) -> None:
        shown = self._shown
        if shown is None or token != self._token or shown.painted:
            return
        shown.painted = True
        if not shown.answer:
            shown.painted_at = self._monotonic()
            QTimer.singleShot(0, self, self._prepare_next)
        self.painted.emit("answer" if shown.answer else "question")

    def _prepare_next(self) -> None:
        try:
            self._prepared.prepare_next()
        except StudyAppError as failure:
            self.warn(str(failure))

    def _leave(self) -> None:
        if self._is_visiting:
            self._come_back()
        else:
            self.left.emit()

    def _go_on(self) -> None:
        if self._is_visiting:
            self._come_back()
        elif self._shown is not None and self._shown.answer:
            self._grade(Grade.GOOD)
        else:
            self._reveal()

    def _reveal(self) -> None:
        shown = self._shown
        if shown is None or shown.answer or not shown.painted:
            return
        shown.answer, shown.painted = True, False
        self.bar.offer(shown.prompt.labels)
        self._token += 1
        self.card.view.show_card(shown.faces.answer_html, self._token, keep_place=True)

    def _grade(self, grade: Grade) -> None:
        shown = self._shown
        if shown is None or self._is_visiting or not (shown.answer and shown.painted):
            return
        took_ms = round((self._monotonic() - shown.painted_at) * 1000)
        try:
            self._study.grade(shown.prompt, grade, took_ms)
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        self.banner.clear()
        self._done += 1
        self.go_on()

    def _copy(self) -> None:
        if self._shown is not None:
            self.card.view.copy_selection()

    def _scroll(self, pages: float) -> None:
        if self._shown is not None:
            self.card.view.scroll_pages(pages)

    def _visit(self, key: str) -> None:
        """Show a linked note in the card's place; links lead on only from the card itself."""
        if self._shown is None or self._is_visiting:
            return
        try:
            faces = self._prepared.of_linked(self._shown.prompt.card, key)
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        if faces is None:
            self.told.emit("The linked note is not here")
            return
        self._is_visiting = True
        self.bar.hide()
        self.card.view.show_card(faces.answer_html, _VISIT)
        self.told.emit(f"A linked note. {keys_of(self._answer)} or Esc: back to the card")

    def _come_back(self) -> None:
        """From a linked note to the answer that it was linked from."""
        shown = self._shown
        self._is_visiting = False
        self.bar.show()
        if shown is not None:
            self.card.view.show_card(shown.faces.answer_html, self._token)

    def _on_view_failed(self) -> None:
        self.warn(
            "The page that shows cards stopped twice. Your grades are safe. Go back to the decks "
            "and start again; if it happens with the same card again, that card is the cause."
        )
