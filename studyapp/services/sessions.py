"""Sessions of any sort behind one face: the day's cards, cards ahead, forgotten ones, cramming.

The study screen and the review in a terminal know a `Session` only. Each start says what is
studied from then on; the day's cards go the same way as without this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from studyapp.domain.cards import Card
from studyapp.domain.query import And, InDeck, Is, Not, Query, Rated, State
from studyapp.domain.query_parser import parse
from studyapp.domain.query_text import plain
from studyapp.domain.query_writing import written
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError
from studyapp.services.cramming import Cram, CramOrder
from studyapp.services.finding import Finding
from studyapp.services.progress import Progress, silent
from studyapp.services.study import Study
from studyapp.services.study_values import Content, Finished, Graded, Pause, Prompt, Summary

MOST_DAYS_AHEAD = 365


class Session(Protocol):
    """What asks cards and takes grades."""

    def current(self) -> Prompt | Pause | Finished:
        """What to show now."""

    def content(self, card: Card) -> Content:
        """What a card's page is made from; raises NotFound."""

    def upcoming(self) -> Card | None:
        """The card that most likely comes after the current one, to prepare its page."""

    def grade(self, prompt: Prompt, grade: Grade, took_ms: int) -> Graded:
        """Take a grade; raises StorageError, or NotFound if the prompt was graded already."""

    def undo(self, progress: Progress = silent) -> str | None:
        """Take back the last change; returns its name, None if there is none."""

    def redo(self, progress: Progress = silent) -> str | None:
        """Do again what was undone last; returns its name, None if there is nothing."""

    def look_again(self, *card_ids: int) -> None:
        """Cards were changed elsewhere; the first of these that waits for its grade comes first."""

    def summary(self) -> Summary:
        """What was done; raises NotFound."""


class Sessions:
    """A session of the sort that was started last; nothing is to be asked before a start."""

    def __init__(self, study: Study, cram: Cram, finding: Finding) -> None:
        self._study = study
        self._cram = cram
        self._finding = finding
        self._is_cram = False

    @property
    def changes_schedules(self) -> bool:
        """Whether grades are logged and give intervals."""
        return not self._is_cram

    @property
    def is_walk(self) -> bool:
        """Whether the cards come in the order of a walk over the map."""
        return not self._is_cram and self._study.is_walk

    def waiting_notes(self) -> frozenset[int]:
        """The notes whose cards are left today, or in a session without a trace, by their ids."""
        return self._cram.waiting_notes() if self._is_cram else self._study.waiting_notes()

    def start(self, deck_id: int, ahead_days: int = 0) -> None:
        """The day's cards of a deck and those below it; raises NotFound.

        `ahead_days`: instead what comes due in so many days after today, graded early.
        """
        if not 0 <= ahead_days <= MOST_DAYS_AHEAD:
            raise ContentError(f"Study 1 to {MOST_DAYS_AHEAD} days ahead, not {ahead_days}.")
        self._study.start(deck_id, ahead_days)
        self._is_cram = False

    def start_forgotten(self, deck_name: str | None = None) -> int:
        """What was graded "again" today, in a deck or in all, without changing schedules.

        As in Anki. Returns how many cards that are.
        """
        forgotten = Rated(1, int(Grade.AGAIN))
        query = And((InDeck(plain(deck_name)), forgotten)) if deck_name else forgotten
        return self._go_through("Forgotten today", query, CramOrder.RANDOM)

    def start_cram(self, query: str, order: CramOrder = CramOrder.DUE) -> int:
        """What a search finds, a deck or tag among others, without changing schedules.

        Suspended cards are left out. Returns how many cards that are; raises QueryError.
        """
        return self._go_through(query.strip() or "All cards", parse(query), order)

    def start_notes(self, note_ids: Sequence[int]) -> int:
        """The cards of notes, without changing schedules; returns how many that are."""
        found = self._cram.start_notes("Chosen on the map", note_ids, CramOrder.DUE)
        self._is_cram = True
        return found

    def end(self) -> None:
        """Leave a session that changes nothing; undo is about the collection again."""
        self._is_cram = False

    def current(self) -> Prompt | Pause | Finished:
        return self._cram.current() if self._is_cram else self._study.current()

    def content(self, card: Card) -> Content:
        return self._study.content(card)

    def upcoming(self) -> Card | None:
        return self._cram.upcoming() if self._is_cram else self._study.upcoming()

    def grade(self, prompt: Prompt, grade: Grade, took_ms: int) -> Graded:
        session = self._cram if self._is_cram else self._study
        return session.grade(prompt, grade, took_ms)

    def undo(self, progress: Progress = silent) -> str | None:
        """Of a session that changes nothing: takes back a grade within it, and no more."""
        return self._cram.undo() if self._is_cram else self._study.undo(progress)

    def redo(self, progress: Progress = silent) -> str | None:
        return self._cram.redo() if self._is_cram else self._study.redo(progress)

    def look_again(self, *card_ids: int) -> None:
        session = self._cram if self._is_cram else self._study
        session.look_again(*card_ids)

    def summary(self) -> Summary:
        return self._cram.summary() if self._is_cram else self._study.summary()

    def _go_through(self, title: str, query: Query, order: CramOrder) -> int:
        asked = written(And((query, Not(Is(State.SUSPENDED)))))
        found = self._finding.find(asked).all_ids()
        self._cram.start(title, found, order)
        self._is_cram = True
        return len(found)
