"""Next schedules and the words on buttons equal those of Anki's own scheduler, without fuzz.

`STUDYAPP_SCHEDULER_CASES=20000` tries more histories than `make test` does; as a module this makes
them by a seed instead, which is several times as fast:

    python -m tests.interop.test_scheduler 1000000
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.labels import interval_label
from studyapp.scheduling.sm2 import answers
from tests.interop.anki_scheduler import AnkiCard, AnkiState
from tests.interop.histories import any_preset, any_start, any_turns, met

CASES = int(os.environ.get("STUDYAPP_SCHEDULER_CASES", "2000"))
DAY_S = 86_400


@pytest.fixture(scope="module")
def anki_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiCard]:
    card = AnkiCard(tmp_path_factory.mktemp("anki") / "collection.anki2")
    yield card
    card.close()


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_histories_equal_ankis(anki_card: AnkiCard, chance: Random) -> None:
    compare_history(anki_card, chance)


def compare_history(anki_card: AnkiCard, chance: Random) -> int:
    """Play one history, comparing all four grades before each turn; how many turns it had."""
    preset = any_preset(chance)
    schedule = any_start(chance, preset)
    turns = any_turns(chance)
    anki_card.use(preset)
    for turn in turns:
        moment = anki_card.moment()
        schedule = met(schedule, turn.lateness, moment)
        anki_card.put(schedule, moment)
        expected, labels = anki_card.next_states()
        if anki_card.moment() != moment:  # A step may have crossed the end of the day just now.
            continue
        after = answers(schedule, preset, moment)
        told = {grade: _as_anki(each, moment) for grade, each in after.items()}
        assert told == {grade: _on_its_day(state, moment) for grade, state in expected.items()}, (
            preset,
            schedule,
        )
        said = {grade: interval_label(each, moment) for grade, each in after.items()}
        assert said == labels, (preset, schedule)
        schedule = after[turn.grade]
    return len(turns)


def _as_anki(schedule: Schedule, moment: StudyMoment) -> tuple[int | None, ...]:
    """State, interval, ease, steps, lapses, and the instant or day of a step."""
    is_learning = schedule.state is CardState.LEARNING
    return (
        schedule.state,
        schedule.interval_days,
        0 if is_learning else schedule.ease_permille,
        schedule.steps_left,
        0 if is_learning else schedule.lapses,
        None if schedule.state is CardState.REVIEW else schedule.due_at,
        None if schedule.state is CardState.REVIEW else schedule.due_on,
    )


def _on_its_day(state: AnkiState, moment: StudyMoment) -> tuple[int | None, ...]:
    """The same of Anki's, which answers with a delay that it makes a day of later."""
    due_at = due_on = None
    left_today_s = (moment.day_ends_at - moment.at) // 1000
    if state.delay_s is not None and state.delay_s >= left_today_s:
        due_on = moment.day + (state.delay_s - left_today_s) // DAY_S + 1
    elif state.delay_s is not None:
        due_at = moment.at + state.delay_s * 1000
    return (
        state.state,
        state.interval_days,
        state.ease_permille,
        state.steps_left,
        state.lapses,
        due_at,
        due_on,
    )


def main(histories: int) -> None:
    """Compare so many histories, of seeds 0, 1, 2 …; tells how far it is."""
    began, turns = monotonic(), 0
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(AnkiCard(Path(folder, "collection.anki2"))) as card,
    ):
        for seed in range(histories):
            turns += compare_history(card, Random(seed))  # noqa: S311
            if (seed + 1) % 10_000 == 0:
                took = monotonic() - began
                print(f"{seed + 1} histories, {turns} turns, {took:.0f} s", flush=True)


if __name__ == "__main__":
    os.environ["ANKI_TEST_MODE"] = "1"
    main(int(sys.argv[1]))
