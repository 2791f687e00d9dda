"""The rows that can be written, in the real Anki: what it reads out of each column."""

from __future__ import annotations

import time
from pathlib import Path

from studyapp.anki import note_types
from studyapp.anki.collection import Head, write_collection
from studyapp.anki.package import package_for
from studyapp.anki.rows import CardRow, DeckRow, NoteRow
from studyapp.anki.schedule_export import DAY_ZERO
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, Instant, study_day
from tests.anki.building import NOON
from tests.interop.anki_profile import AnkiProfile

REVIEW = 2


def study_day_now(rollover_hour: int) -> int:
    now = int(time.time() * 1000)
    return study_day(Instant(now, time.localtime().tm_gmtoff * 1000), rollover_hour)


def test_schedules_arrive_exactly(anki: AnkiProfile, package: Path) -> None:
    """A review card's due day counts from `DAY_ZERO`."""
    hour = DayOptions().rollover_hour
    today = study_day_now(hour)
    cards = [
        CardRow(
            id=NOON + late,
            deck_id=77,
            ordinal=0,
            due=today - late - DAY_ZERO,
            type=REVIEW,
            queue=REVIEW,
            interval_days=30 + late,
            ease_permille=2350,
            reps=9,
            lapses=2,
            flag=4,
        )
        for late in (-3, 0, 5)
    ]
    notes = [
        NoteRow(card.id, f"n{card.id}", note_types.BASIC.id, 1, (), ("F", "B", "", "", ""), (card,))
        for card in cards
    ]
    with package_for(package) as contents:
        head = Head([DeckRow(77, "Deck", "")], [], NOON, DayOptions())
        write_collection(contents.database, head, iter(notes))

    anki.import_package(package, progress=True)
    anki_today = anki.collection.sched.today
    for late, card in zip((-3, 0, 5), cards, strict=True):
        arrived = anki.cards(f"n{card.id}")[0]
        assert arrived.due == anki_today - late
        assert (arrived.type, arrived.queue, arrived.ivl) == (REVIEW, REVIEW, 30 + late)
        assert (arrived.factor, arrived.reps, arrived.lapses) == (2350, 9, 2)
        assert arrived.user_flag() == 4
    assert anki.due_counts("Deck") == (0, 0, 2)
    assert anki.sound()


def test_day_zero_is_the_day_of_creation() -> None:
    assert DAY_ZERO * MS_PER_DAY == 1_262_304_000_000, "2010-01-01 00:00 UTC"
