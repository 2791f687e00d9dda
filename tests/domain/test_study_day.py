"""Study days: rollover, daylight saving, a clock that is set."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.study_day import Instant, day_ends_at, day_to_date, study_day, study_moment

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo = BERLIN, fold: int = 0) -> Instant:
    local = datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)
    offset = local.utcoffset()
    assert offset is not None
    return Instant(int(local.timestamp() * 1000), int(offset.total_seconds() * 1000))


@pytest.mark.parametrize(
    ("local", "date"),
    [
        pytest.param("2026-03-10T12:00", "2026-03-10", id="noon"),
        pytest.param("2026-03-10T03:59:59", "2026-03-09", id="before-the-rollover"),
        pytest.param("2026-03-10T04:00", "2026-03-10", id="at-the-rollover"),
        pytest.param("2026-03-29T03:30", "2026-03-28", id="clocks-went-forward"),
        pytest.param("2026-03-29T04:00", "2026-03-29", id="rollover-after-clocks-went-forward"),
        pytest.param("2026-10-25T03:59", "2026-10-24", id="clocks-went-back"),
        pytest.param("2026-10-25T04:00", "2026-10-25", id="rollover-after-clocks-went-back"),
    ],
)
def test_study_day(local: str, date: str) -> None:
    assert day_to_date(study_day(at(local), 4)).isoformat() == date


def test_a_journey_over_time_zones_counts_each_instant_in_its_own() -> None:
    tokyo = at("2026-06-02T09:00", ZoneInfo("Asia/Tokyo"))
    hours_later_in_hawaii = at("2026-06-01T20:00", ZoneInfo("Pacific/Honolulu"))
    assert hours_later_in_hawaii.at > tokyo.at
    assert study_day(hours_later_in_hawaii, 4) == study_day(tokyo, 4) - 1


@given(st.integers(0, 4_000_000_000_000), st.integers(-14 * 4, 14 * 4), st.integers(0, 23))
def test_the_day_ends_at_the_next_rollover(ms: int, quarters: int, rollover: int) -> None:
    instant = Instant(ms, quarters * 900_000)
    end = day_ends_at(instant, rollover)
    assert 0 < end - ms <= 86_400_000
    just_before = Instant(end - 1, instant.utc_offset_ms)
    assert study_day(just_before, rollover) == study_day(instant, rollover)
    assert (
        study_day(Instant(end, instant.utc_offset_ms), rollover)
        == study_moment(instant, rollover).day + 1
    )
