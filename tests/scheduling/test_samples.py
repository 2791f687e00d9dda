"""The intervals of a sequence of grades."""

from __future__ import annotations

from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.scheduling.samples import samples

AGAIN, HARD, GOOD, EASY = Grade


def test_a_card_that_is_answered_on_time() -> None:
    shown = samples(Preset(), [GOOD, GOOD, GOOD, HARD, AGAIN, GOOD])
    assert [each.label for each in shown] == ["10 min", "1 d", "3 d", "4 d", "10 min", "1 d"]
    assert [each.on_day for each in shown] == [0, 0, 1, 4, 8, 8]


def test_options_show() -> None:
    preset = Preset(
        learning_steps_s=(86_400,), easy_interval_days=9, interval_modifier_permille=500
    )
    assert [each.label for each in samples(preset, [AGAIN, EASY, GOOD])] == ["1 d", "9 d", "11 d"]


def test_the_scheduler_is_the_presets() -> None:
    shown = samples(Preset(scheduler="fsrs"), [GOOD, GOOD, GOOD, HARD, AGAIN, GOOD])
    assert [each.label for each in shown] == ["10 min", "2 d", "11 d", "1.1 mo", "10 min", "2 d"]
