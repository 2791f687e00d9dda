"""After the clock was set back, the study day, the cards and the intervals are those of Anki."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_HOUR, Instant, study_moment
from studyapp.environment import system_clock
from studyapp.scheduling.sm2 import answers
from studyapp.services.study_values import Pause, Prompt
from tests.interop.anki_clock import anki_now
from tests.interop.anki_queue import AnkiQueue
from tests.interop.any_collection import AnyCollection, any_collection, without_burying
from tests.interop.our_queue import Desk

SEEDS = range(12)
GRADES = 4
BACK = [
    pytest.param(0, id="not-at-all"),
    pytest.param(1, id="an-hour-over-the-rollover"),
    pytest.param(24, id="a-day"),
    pytest.param(7 * 24, id="a-week"),
    pytest.param(8 * 24, id="eight-days"),
    pytest.param(10 * 24, id="ten-days"),
]


class Clock:
    """The system's, and how far it was set back."""

    def __init__(self) -> None:
        self.hours_back = 0

    def __call__(self) -> Instant:
        return replace(system_clock(), at=anki_now() * 1000 - self.hours_back * MS_PER_HOUR)


class Both:
    """Ours and Anki's, whose study days begin with the present hour."""

    def __init__(self, folder: Path) -> None:
        self.anki = AnkiQueue(folder / "collection.anki2")
        self._clock = Clock()
        self._options = DayOptions(rollover_hour=self.anki.begin_day())
        self.ours = Desk(folder / "collection.db", self._clock, self._options)

    def close(self) -> None:
        self.anki.close()
        self.ours.database.close()

    def study(self, made: AnyCollection) -> None:
        """Fill both and grade some cards."""
        self.anki.fill(made)
        self.ours.fill(made)
        for _ in range(GRADES):
            prompt = self.ours.study.current()
            card_id = prompt.card.id if isinstance(prompt, Prompt) else None
            assert card_id == self.anki.answer_easy()
            if isinstance(prompt, Prompt):
                self.ours.study.grade(prompt, Grade.EASY, took_ms=1)

    def set_clock_back(self, hours: int) -> None:
        """Negative: forward."""
        self.anki.set_clock_back(hours)
        self._clock.hours_back += hours

    def days(self) -> tuple[int, int]:
        """The study day, ours and Anki's; they count from different days."""
        return study_moment(self._clock(), self._options.rollover_hour).day, self.anki.day


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    with closing(Both(tmp_path)) as opened:
        yield opened


@pytest.mark.parametrize("hours", BACK)
def test_between_sessions(both: Both, hours: int) -> None:
    for made in map(made_by, SEEDS):
        both.study(made)
        both.set_clock_back(hours)
        both.anki.study(made)
        both.ours.study.start(made.studied + 1)
        compare(both)
        both.set_clock_back(-hours)


@pytest.mark.parametrize("hours", BACK)
def test_within_a_session(both: Both, hours: int) -> None:
    for made in map(made_by, SEEDS):
        both.study(made)
        both.set_clock_back(hours)
        both.anki.study(made)
        compare(both)
        both.set_clock_back(-hours)


@pytest.mark.parametrize("hours", BACK)
def test_the_study_day_and_what_the_deck_tree_counts(both: Both, hours: int) -> None:
    days = both.days()
    for made in map(made_by, SEEDS):
        both.study(_counted_alike(made))
        both.set_clock_back(hours)
        assert both.ours.tree() == both.anki.tree(), made
        passed = {now - before for now, before in zip(both.days(), days, strict=True)}
        assert passed == {-((hours + 23) // 24)}
        both.set_clock_back(-hours)


def test_a_step_that_ends_on_another_day_is_nothing_to_wait_for(both: Both) -> None:
    both.study(made_by(0))
    assert any(learning for _, learning, _ in both.ours.tree())
    both.set_clock_back(25)
    while isinstance(prompt := both.ours.study.current(), Prompt):
        both.ours.study.grade(prompt, Grade.EASY, took_ms=1)
    assert not isinstance(prompt, Pause)


def made_by(seed: int) -> AnyCollection:
    return any_collection(Random(seed), by_chance=False)  # noqa: S311 - the same every time


def _counted_alike(made: AnyCollection) -> AnyCollection:
    """Anki's tree buries nothing, and counts no step before it ends; ours counts all of the day."""
    cards = tuple(card for card in made.cards if card.schedule.due_at is None)
    return replace(without_burying(made), cards=cards)


def compare(both: Both) -> None:
    """The card that comes now, what each grade would give, and all cards that come after it."""
    now = both.ours.study.current()
    queue = both.anki.queue()
    assert (now.card.id if isinstance(now, Prompt) else None) == next(iter(queue), None)
    if isinstance(now, Prompt):
        after = answers(now.card.schedule, now.preset, now.moment)
        told = {grade: schedule.interval_days for grade, schedule in after.items()}
        assert told == both.anki.next_days(now.card.id)
    assert both.ours.queue() == queue
