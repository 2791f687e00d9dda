"""Collections with any schedules and any history, to be exported and compared with Anki's."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY, Instant, StudyMoment, study_moment
from studyapp.services.exchange import Everything, Exchange, Form, Report, Request
from studyapp.store import notes, reviews
from studyapp.store.database import Database
from studyapp.store.driver import driver
from tests.services.conftest import MIGRATIONS

HOUR = DayOptions().rollover_hour


def now() -> Instant:
    """Anki asks the system what time it is, so this is the one clock that both sides have."""
    return Instant(int(time.time() * 1000), time.localtime().tm_gmtoff * 1000)


def moment() -> StudyMoment:
    return study_moment(now(), HOUR)


@dataclass(frozen=True, slots=True)
class Row:
    """A basic note with its card."""

    schedule: Schedule = NEW_SCHEDULE
    suspended: bool = False
    buried: bool = False
    flag: int = 0
    deck: int = 0
    """Index in `Ours.presets`."""
    log: tuple[Review, ...] = ()
    """Of which the card is not yet known."""


class Ours:
    """A collection of this app."""

    def __init__(self, folder: Path, presets: Sequence[Preset] = (Preset(),)) -> None:
        self.path = folder / "collection.db"
        self.presets = tuple(presets)
        self.database = Database.open(self.path, MIGRATIONS, "a test")
        with self.database.change("set up", 1) as tx:
            for number, preset in enumerate(self.presets, 2):
                options = asdict(preset)
                name = options.pop("name")
                run = driver(tx).execute
                values = (number, f"{name} {number}", json.dumps(options))
                run("INSERT INTO presets (id, name, options) VALUES (?, ?, ?)", values)
                run(
                    "INSERT INTO decks (id, name, preset_id) VALUES (?, ?, ?)",
                    (number, f"Top::Deck {number}", number),
                )

    def close(self) -> None:
        self.database.close()

    def fill(self, rows: Sequence[Row], first: int = 0) -> None:
        """Card and note `n` have the id and the key `n`, from 1 on."""
        today = moment().day
        with self.database.change("fill", 1) as tx:
            run = driver(tx).execute
            for number, row in enumerate(rows, first + 1):
                note = Note(f"n{number}", NoteKind.BASIC, f"front {number}", "back", ("a::b",))
                note_id = notes.add(tx, note, 1_700_000_000_000 + number)
                place = (number, note_id, 0, row.deck + 2, number)
                marks = (int(row.suspended), today if row.buried else None, row.flag)
                values = (*place, *row.schedule.values(), *marks)
                run(f"INSERT INTO cards VALUES ({', '.join('?' * len(values))})", values)
                for review in row.log:
                    reviews.add(tx, replace(review, card_id=number))

    def export(
        self,
        target: Path,
        form: Form = Form.PACKAGE,
        *,
        with_schedule: bool = True,
        modern: bool = False,
    ) -> Report:
        exchange = Exchange(self.path, now)
        return exchange.write(Request(Everything(), form, with_schedule, modern), target)

    def cards(self) -> dict[str, tuple[Schedule, bool, int]]:
        """Schedule, whether it is suspended, and flag, by the keys of notes."""
        columns = ", ".join(f"c.{field.name}" for field in fields(Schedule))
        with self.database.read() as tx:
            found = driver(tx).execute(
                f"SELECT n.key, c.suspended, c.flag, {columns}"
                " FROM cards AS c JOIN notes AS n ON n.id = c.note_id"
            )
            return {
                key: (Schedule(CardState(state), *rest), bool(suspended), flag)
                for key, suspended, flag, state, *rest in found
            }

    def log(self) -> dict[int, tuple[str, Review]]:
        """By the ids of reviews: the key of the note, and the review."""
        with self.database.read() as tx:
            keys = dict(
                driver(tx).execute(
                    "SELECT c.id, n.key FROM cards AS c JOIN notes AS n ON n.id = c.note_id"
                )
            )
            ids = [row[0] for row in driver(tx).execute("SELECT id FROM decks")]
            found = reviews.in_decks(tx, ids, 0)
        return {review.id: (keys[review.card_id], review) for review in found}


def logged_interval(review: Review) -> int:
    """What Anki's log has of the schedule after a grade: days, or seconds below 0."""
    after = review.after
    if after.state is CardState.REVIEW:
        return after.interval_days
    if after.due_at is not None:
        return -round((after.due_at - review.id) / 1000)
    assert after.due_on is not None
    return after.due_on - study_moment(replace(now(), at=review.id), HOUR).day


def days_ago(days: int, ms: int = 0) -> int:
    """An instant in ms since the epoch."""
    return now().at - days * MS_PER_DAY + ms


def good(before: Schedule, after: Schedule, at: int, grade: Grade = Grade.GOOD) -> Review:
    return Review(at, 0, grade, 3000, before, after)
