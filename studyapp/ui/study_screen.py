"""Studying: a card, its answer, its grade, and so on until nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from studyapp.domain.decks import Deck
from studyapp.domain.reviews import Grade
from studyapp.errors import StudyAppError
from studyapp.services.clock import Clock
from studyapp.services.sessions import Sessions
from studyapp.services.study_values import Finished, Graded, Pause, Prompt, Summary
from studyapp.ui.banner import strip
from studyapp.ui.card_keys import CardKeys
from studyapp.ui.card_place import PAGE_STOPPED, CardPlace
from studyapp.ui.faces import PreparedFaces
from studyapp.ui.grade_bar import GradeBar
from studyapp.ui.latest import Latest
from studyapp.ui.pause_view import PauseView
from studyapp.ui.rewinding import Rewinding, Rewound
from studyapp.ui.screen import Screen, add_action, keys_of, tell_keys
from studyapp.ui.shown_card import ShownCard
from studyapp.ui.study_progress import StudyProgress
from studyapp.ui.visit import Visit

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

Monotonic = Callable[[], float]
"""Seconds of a clock that nobody sets."""


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
    begun = Signal()
    """Another session than before is studied from now on."""
    edit_wanted = Signal(int)
    """The note of the present card, by its id, is to be edited."""

    def __init__(
        self,
        study: Sessions,
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
        self._beside = Latest()
        self._shown: ShownCard | None = None
        self._deck_id: int | None = None
        self._token = 0
        self._done = 0
        self._spent_s = 0.0
        self.progress = StudyProgress()
        self.card = CardPlace(make_view)
        self.bar = GradeBar()
        self._visit = Visit(self.card, self.bar, self._prepared)
        self.rewinding = Rewinding(study)
        self.pause = PauseView(clock, lambda: f"{keys_of(self._back)}: back to the decks")
        self._back = self._add_actions()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card.painted.connect(self._on_painted)
        self.card.link_activated.connect(self.link_wanted)
        self.card.note_activated.connect(self._on_note)
        self.card.failed.connect(partial(self.warn, PAGE_STOPPED))
        self.bar.answer_wanted.connect(self._reveal)
        self.bar.graded.connect(self._grade)
        self.pause.tick.connect(self._look_again)
        self.rewinding.told.connect(self.told)
        self.rewinding.failed.connect(self.warn)

    def _add_actions(self) -> QAction:
        self._answer = add_action(
            self, "answer", "Show answer, then Good", ("Space", "Return", "Enter"), self._press
        )
        for grade in Grade:
            name = grade.name.lower()
            action = add_action(
                self, name, f"Grade {name}", (str(int(grade)),), partial(self._grade, grade)
            )
            tell_keys(action, self.bar.buttons[grade].name_keys)
        tell_keys(self._answer, self.bar.name_keys)
        add_action(self, "undo", "Undo", ("U", "Ctrl+Z"), self.undo)
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.redo)
        add_action(self, "edit", "Edit the note", ("E",), self._edit)
        CardKeys(self, self.card).told.connect(self.told)
        return add_action(self, "back", "Back to the decks", ("Esc",), self._leave)

    def _lay_out(self) -> None:
        self._middle = QStackedLayout()
        self._middle.addWidget(self.card)
        self._middle.addWidget(self.pause)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.progress)
        layout.addWidget(strip(self.banner))
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.bar)

    @property
    def card_id(self) -> int | None:
        """Of the card that is asked; None while there is none."""
        return None if self._shown is None else self._shown.prompt.card.id

    @property
    def note_id(self) -> int | None:
        """Of the card that is asked; None while there is none."""
        return None if self._shown is None else self._shown.prompt.card.note_id

    @property
    def deck_id(self) -> int | None:
        """Of the deck that is studied, or was last; None before the first."""
        return self._deck_id

    def start(self, deck: Deck) -> None:
        """Study a deck and those below it from now on; raises StudyAppError."""
        self._deck_id = deck.id
        self.begin(deck.name, partial(self._study.start, deck.id))

    def begin(self, title: str, begin: Callable[[], object]) -> None:
        """Study the session that begins by this call from now on; raises StudyAppError."""
        begin()
        self._prepared.forget()
        self._shown = None
        self._done = 0
        self.banner.clear()
        self.progress.set_deck(title)
        self.begun.emit()
        self.go_on()

    def end(self) -> None:
        """Undo and redo are about the collection from now on."""
        self._study.end()

    def go_on(self) -> None:
        """Show what comes now."""
        try:
            now = self._study.current()
            summary = self._study.summary() if isinstance(now, Finished) else None
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        self._visit.drop()
        match now:
            case Prompt():
                self._ask(now)
            case Pause():
                self._wait(now)
            case Finished():
                self._shown = None
                self.finished.emit(summary)

    def show_again(self) -> None:
        """Notes may have been edited: show the same side of the same card, as it is now."""
        before, self._shown = self._shown, None
        if before is None:
            self.go_on()
            return
        self._prepared.forget()
        try:
            self._study.look_again(before.prompt.card.id)
        except StudyAppError as failure:
            self.warn(str(failure))
        self.go_on()
        shown: ShownCard | None = self._shown
        if shown is not None and shown.prompt.card.id == before.prompt.card.id:
            shown.painted_at = self._monotonic() - self._spent_s
            if before.answer:
                self._turn(shown)

    def undo(self) -> None:
        """Take back the last change and show the card it was about."""
        self._after(self.rewinding.undo(studying=True), -1)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._after(self.rewinding.redo(studying=True), 1)

    def _after(self, rewound: Rewound, done: int) -> None:
        if rewound is Rewound.HERE:
            self._done = max(0, self._done + done)
        if rewound is not Rewound.NOTHING:
            self._prepared.forget()
            self._shown = None
        self._look_again()

    def _ask(self, prompt: Prompt) -> None:
        self._shown = ShownCard(prompt, self._prepared.of(prompt.card))
        self._middle.setCurrentWidget(self.card)
        self.bar.ask()
        self.bar.show()
        self.progress.update_counts(prompt.counts, self._done, prompt.place.kind)
        self.setFocus()
        self._token += 1
        self.card.view.show_card(self._shown.html, self._token)

    def _wait(self, pause: Pause) -> None:
        self._shown = None
        self.bar.hide()
        self.progress.update_counts(pause.counts, self._done, None)
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

    def shut_down(self) -> None:
        self._beside.shut_down()
        self.card.shut_down()

    def _prepare_next(self) -> None:
        if self._shown is not None:
            # Before the answer, whose intervals are fitted to the days to come.
            self._beside.begin(self._shown.prompt.count_loads)
        try:
            self._prepared.prepare_next()
        except StudyAppError as failure:
            self.warn(str(failure))

    def _leave(self) -> None:
        if self._visit.is_on:
            self._come_back()
        else:
            self.left.emit()

    def _press(self) -> None:
        """What the keyboard stands on comes first: a link on the card."""
        if self.card.has_keyboard:
            self.card.view.follow_focused_link(self._go_on)
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self._visit.is_on:
            self._come_back()
        elif self._shown is not None and self._shown.answer:
            self._grade(Grade.GOOD)
        else:
            self._reveal()

    def _reveal(self) -> None:
        shown = self._shown
        if shown is None or shown.answer or not shown.painted:
            return
        self._turn(shown)

    def _turn(self, shown: ShownCard) -> None:
        """Show the answer."""
        shown.answer, shown.painted = True, False
        self.bar.offer(shown.prompt.labels)
        self._token += 1
        self.card.view.show_card(shown.html, self._token, keep_place=True)

    def _grade(self, grade: Grade) -> None:
        shown = self._shown
        if shown is None or self._visit.is_on or not shown.waits_for_grade:
            return
        took_ms = round((self._monotonic() - shown.painted_at) * 1000)
        try:
            graded = self._study.grade(shown.prompt, grade, took_ms)
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        self.banner.clear()
        self._done += 1
        if graded.is_leech:
            self.told.emit(_leech(graded))
        self.go_on()

    def _edit(self) -> None:
        if self._shown is not None and not self._visit.is_on:
            self._spent_s = self._monotonic() - self._shown.painted_at
            self.edit_wanted.emit(self._shown.prompt.card.note_id)

    def _on_note(self, key: str) -> None:
        if self._shown is None or self._visit.is_on:
            return
        try:
            found = self._visit.begin(self._shown.prompt.card, key)
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        back = f"A linked note. {keys_of(self._answer)} or Esc: back to the card"
        self.told.emit(back if found else "The linked note is not here")

    def _come_back(self) -> None:
        """From a linked note to the side of the card that it was linked from."""
        if self._shown is not None:
            self._visit.end(self._shown.html, self._token)


def _leech(graded: Graded) -> str:
    often = f"This card was forgotten {graded.after.lapses} times; it is tagged as a leech"
    return f"{often} and suspended" if graded.is_suspended else often
