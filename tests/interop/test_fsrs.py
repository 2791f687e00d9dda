"""With FSRS too, next schedules and memories equal those of Anki, its fuzz switched off.

Where they differ on purpose: without steps, Anki brings a card back on the same day if its interval
is below half a day; here it comes back after a day. Its library reckons in 32-bit floats.

`STUDYAPP_SCHEDULER_CASES=20000` tries more of them than `make test` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fsrs import Fsrs
from studyapp.scheduling.fsrs_memory import Past, replay
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS, parameters_of
from studyapp.scheduling.fuzz import fuzz_range
from studyapp.scheduling.recall import days_at
from tests.interop.anki_fsrs import AnkiFsrs

DAY_S = 86_400
CASES = int(os.environ.get("STUDYAPP_SCHEDULER_CASES", "200"))

steps = st.lists(st.integers(1, 3 * DAY_S), min_size=1, max_size=4).map(tuple)
parameters = st.tuples(*(st.floats(each, 1.2 * each) for each in DEFAULT_PARAMETERS))
presets = st.builds(
    Preset,
    learning_steps_s=steps,
    relearning_steps_s=steps,
    scheduler=st.just("fsrs"),
    desired_retention_permille=st.integers(700, 990),
    fsrs_parameters=st.just(()) | parameters,
)


@pytest.fixture(scope="module")
def anki_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiFsrs]:
    card = AnkiFsrs(tmp_path_factory.mktemp("anki") / "collection.anki2")
    yield card
    card.close()


@st.composite
def cards(draw: st.DrawFn, moment: StudyMoment, preset: Preset) -> tuple[Schedule, Memory | None]:
    """A schedule that a card can really have under this preset, and its memory."""
    state = draw(st.sampled_from(CardState))
    if state is CardState.NEW:
        return NEW_SCHEDULE, None
    stability = draw(st.integers(1, 10_000)) / 100
    difficulty = draw(st.integers(100, 1000)) / 100
    ease = draw(st.integers(1300, 4000))
    if state is CardState.REVIEW:
        interval = draw(st.integers(1, 3000) | st.just(max(round(stability), 1)))
        elapsed = draw(st.integers(0, 3000))
        schedule = Schedule(state, None, moment.day + interval - elapsed, interval, ease, 0, 9, 1)
        return schedule, Memory(stability, difficulty, moment.day - elapsed)
    memory = Memory(stability, difficulty, moment.day - draw(st.integers(0, 3)))
    learning = state is CardState.LEARNING
    most = len(preset.learning_steps_s if learning else preset.relearning_steps_s)
    left = draw(st.integers(1, most))
    interval, ease = (0, 0) if learning else (draw(st.integers(1, 300)), ease)
    return Schedule(state, moment.at, None, interval, ease, left, 3, 1), memory


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(preset=presets, data=st.data())
def test_next_schedules_and_memories_equal_ankis(
    anki_card: AnkiFsrs, preset: Preset, data: st.DataObject
) -> None:
    moment = anki_card.moment()
    schedule, memory = data.draw(cards(moment, preset))
    anki_card.put(schedule, memory, preset, moment)
    expected = anki_card.next_states()
    scheduler = Fsrs(memory)
    told = {grade: scheduler.answer(schedule, grade, preset, moment) for grade in Grade}
    remembered = {grade: scheduler.remembered(grade, preset, moment) for grade in Grade}
    off = max(_off(each, preset) for each in remembered.values())
    for grade in Grade:
        ours, memory_of_ours, state = told[grade], remembered[grade], expected[grade]
        stability = pytest.approx(state.stability_days, rel=1e-4, abs=1e-3)
        assert memory_of_ours.stability_days == stability, (grade, memory_of_ours, state)
        assert memory_of_ours.difficulty == pytest.approx(state.difficulty, abs=1e-3)
        assert ours.state is state.state, (grade, ours, state)
        assert ours.steps_left == state.steps_left, (grade, ours, state)
        assert ours.ease_permille == state.ease_permille or ours.state is CardState.LEARNING
        assert abs(ours.interval_days - state.interval_days) <= off, (grade, ours, state)


def _off(memory: Memory, preset: Preset) -> int:
    """By how many days floats of 32 bits could change the interval, at a border of rounding."""
    retention = preset.desired_retention_permille / 1000
    days = days_at(retention, memory.stability_days, parameters_of(preset))
    less, more = (days * part for part in (0.9999, 1.0001))
    ranges = [fuzz_range(each, 1, 36_500) for each in (less, more)]
    if round(less) == round(more) and ranges[0] == ranges[1]:
        return 0
    return ranges[1][1] - ranges[0][0] + 1


@st.composite
def logs(draw: st.DrawFn, moment: StudyMoment) -> list[Past]:
    """The log of a card that was new: grades in steps on the first day, then reviews."""
    gaps = draw(st.lists(st.integers(0, 40), max_size=12))
    days_ago = sum(gaps)
    past = []
    for index, gap in enumerate([0, *gaps]):
        days_ago -= gap
        at = moment.day_ends_at - 1 - days_ago * MS_PER_DAY - (len(gaps) - index + 1) * 60_000
        state = CardState.NEW if index == 0 else CardState.REVIEW
        past.append(Past(at, draw(st.sampled_from(Grade)), state, None, 1, 2500))
    return past


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_replayed_log_leaves_ankis_memory(anki_card: AnkiFsrs, data: st.DataObject) -> None:
    moment = anki_card.moment()
    past = data.draw(logs(moment))
    known = Schedule(CardState.REVIEW, None, moment.day + 1, 1, 2500, 0, len(past), 0)
    anki_card.put(known, None, Preset(scheduler="fsrs"), moment)
    anki_card.put_log(past)
    stability, difficulty = anki_card.computed_memory()
    memory = replay(past, DEFAULT_PARAMETERS, moment)
    assert memory is not None
    assert memory.stability_days == pytest.approx(stability, rel=1e-3, abs=1e-3)
    assert memory.difficulty == pytest.approx(difficulty, abs=2e-3)
