"""Next schedules equal those of Anki's own scheduler, its fuzz switched off.

`STUDYAPP_SCHEDULER_CASES=20000` tries more of them than `make test` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.sm2 import answers
from tests.interop.anki_scheduler import AnkiCard

DAY_S = 86_400
CASES = int(os.environ.get("STUDYAPP_SCHEDULER_CASES", "300"))


@pytest.fixture(scope="module")
def anki_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiCard]:
    card = AnkiCard(tmp_path_factory.mktemp("anki") / "collection.anki2")
    yield card
    card.close()


steps = st.lists(st.integers(1, 3 * DAY_S), max_size=4).map(tuple)
presets = st.builds(
    Preset,
    learning_steps_s=steps,
    relearning_steps_s=steps,
    graduating_interval_days=st.integers(1, 60),
    easy_interval_days=st.integers(1, 60),
    starting_ease_permille=st.integers(1310, 5000),
    hard_multiplier_permille=st.integers(500, 1300),
    easy_bonus_permille=st.integers(1000, 5000),
    interval_modifier_permille=st.integers(500, 2000),
    maximum_interval_days=st.integers(1, 36_500),
    lapse_multiplier_permille=st.integers(0, 1000),
    minimum_lapse_interval_days=st.integers(1, 50),
)


@st.composite
def schedules(draw: st.DrawFn, moment: StudyMoment, preset: Preset) -> Schedule:
    """A schedule that a card can really have under this preset."""
    state = draw(st.sampled_from(CardState))
    interval = draw(st.integers(1, 20_000))
    ease = draw(st.integers(1300, 6000))
    lapses = draw(st.integers(0, 20))
    match state:
        case CardState.NEW:
            return NEW_SCHEDULE
        case CardState.REVIEW:
            # Reviews before their day come from filtered decks in Anki, which this does not make.
            late = draw(st.integers(0, 2000))
            return Schedule(state, None, moment.day - late, interval, ease, 0, 9, lapses)
        case CardState.LEARNING:
            left = draw(st.integers(1, max(len(preset.learning_steps_s), 1)))
            return Schedule(state, moment.at, None, 0, 0, left, 3, 0)
        case _:
            left = draw(st.integers(1, max(len(preset.relearning_steps_s), 1)))
            return Schedule(state, moment.at, None, interval, ease, left, 9, lapses + 1)


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(preset=presets, data=st.data())
def test_next_schedules_equal_ankis(
    anki_card: AnkiCard, preset: Preset, data: st.DataObject
) -> None:
    moment = anki_card.moment()
    schedule = data.draw(schedules(moment, preset))
    anki_card.put(schedule, preset, moment)
    expected = anki_card.next_states()
    after = answers(schedule, preset, moment)
    for grade in Grade:
        told, state = after[grade], expected[grade]
        assert told.state is state.state, (grade, told, state)
        assert told.ease_permille == state.ease_permille or told.state is CardState.LEARNING
        assert told.interval_days == state.interval_days, (grade, told, state)
        assert told.steps_left == state.steps_left, (grade, told, state)
        assert told.lapses == state.lapses
        if state.delay_s is not None:
            assert _delay_s(told, moment) == pytest.approx(state.delay_s, abs=DAY_S)
            assert (told.due_on is None) == (state.delay_s < state.left_today_s), (told, state)


def _delay_s(schedule: Schedule, moment: StudyMoment) -> int:
    if schedule.due_at is not None:
        return (schedule.due_at - moment.at) // 1000
    assert schedule.due_on is not None
    return (schedule.due_on - moment.day) * DAY_S
