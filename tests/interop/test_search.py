"""Queries find the same cards here and in the real Anki, but where docs/searching.md says why."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from anki.errors import SearchError

from studyapp.anki.export import ExportCard, ExportNote, write_package
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, Instant, StudyMoment, study_moment
from studyapp.errors import QueryError
from studyapp.services.finding import Finding
from studyapp.store import cards, decks, notes
from studyapp.store.database import Database
from studyapp.store.driver import driver
from tests.interop.anki_profile import AnkiProfile

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
CardName = tuple[str, int]
"""A note's key and an ordinal."""


@dataclass(frozen=True, slots=True)
class State:
    """Of a card; days count from today."""

    type: int = 0
    due_in: int | None = None
    steps_in_ms: int | None = None
    interval: int = 0
    ease: int = 0
    reps: int = 0
    lapses: int = 0
    suspended: bool = False
    buried: bool = False
    flag: int = 0
    reviews: tuple[tuple[int, int], ...] = ()
    """Days ago and grade."""


def basic(key: str, front: str, back: str, *tags: str, source: str = "") -> Note:
    return Note(key, NoteKind.BASIC, front, back, tags, source)


HOUR = 3_600_000
NOTES = (
    (basic("dog", "dog", "An animal, it barks", "animal::pet", source="Smith 2001"), "A", 0),
    (basic("dogs", "hot dogs", "Food", "Food"), "A::B", 1),
    (basic("cat", "cat_like", "dog*star", "animal"), "A::B::C", 2),
    (basic("big", "Big DOG and cat", "a:b", "animalistic", "x-y"), "AB", 3),
    (basic("and", "or and not", "percent 100%", "m"), "Deck two", 10),
    (basic("empty", "no back", "", "l"), "Deck two", 20),
    (basic("untagged", "nothing to see", "dog"), "Deck two::sub", 29),
    (Note("rev", NoteKind.REVERSED, "Paris", "France", ("geo",), "Atlas"), "A", 30),
    (Note("clz", NoteKind.CLOZE, "{{c1::Rome}} in {{c2::Italy}}", "by the sea", ("geo",)), "A", 31),
    (basic("x1", "one", "two three", "geo::europe"), "A", 40),
    (basic("x2", "one two", "three", "geo::asia"), "A", 50),
    (basic("x3", "abc", "d-e", "Geo2"), "B", 60),
    (basic("x4", "abcd", "(round)", "q"), "B", 400),
)  # fmt: skip
"""Each with its deck and how many days ago it was added."""

STATES: dict[CardName, State] = {
    ("dog", 0): State(2, due_in=0, interval=10, ease=2500, reps=4, flag=1, reviews=((10, 3),)),
    ("dogs", 0): State(2, due_in=-3, interval=30, ease=2350, reps=7, lapses=2, flag=7),
    ("cat", 0): State(2, due_in=5, interval=21, ease=1300, reps=9, lapses=9, suspended=True),
    ("big", 0): State(1, steps_in_ms=-60_000, reps=1, reviews=((0, 1),)),
    ("and", 0): State(1, steps_in_ms=10 * 60_000, reps=2, reviews=((0, 2), (3, 3))),
    ("empty", 0): State(3, steps_in_ms=-HOUR, interval=1, ease=2300, reps=5, lapses=1),
    ("untagged", 0): State(1, due_in=0, reps=1, reviews=((1, 4),)),
    ("rev", 0): State(2, due_in=1, interval=100, ease=2650, reps=3, reviews=((29, 4), (400, 3))),
    ("rev", 1): State(suspended=True),
    ("clz", 0): State(2, due_in=-1, interval=3, ease=2500, reps=2, buried=True),
    ("clz", 1): State(flag=3),
    ("x1", 0): State(2, due_in=300, interval=365, ease=2500, reps=12, reviews=((65, 3), (7, 3))),
    ("x2", 0): State(1, steps_in_ms=3 * HOUR, reps=1),
    ("x3", 0): State(buried=True),
}


def now() -> Instant:
    return Instant(int(time.time() * 1000), time.localtime().tm_gmtoff * 1000)


def ago(days: int, moment: StudyMoment) -> int:
    """An instant in the middle of a study day."""
    return moment.day_ends_at - MS_PER_DAY // 2 - days * MS_PER_DAY if days else moment.at - 60_000


def fill(database: Database, moment: StudyMoment) -> None:
    with database.change("fill", moment.at) as tx:
        for note, deck, days in NOTES:
            note_id = notes.add(tx, note, ago(days, moment))
            cards.add(tx, note_id, decks.ensure(tx, deck), ordinals(note))
        tx.exec_driver_sql("UPDATE cards SET position = note_id - 1")
        tx.exec_driver_sql("UPDATE notes SET changed_at = ? WHERE key = 'x4'", (ago(2, moment),))
        for (key, ordinal), state in STATES.items():
            write_state(driver(tx), key, ordinal, state, moment)


def write_state(
    connection: sqlite3.Connection, key: str, ordinal: int, state: State, moment: StudyMoment
) -> None:
    due_on = None if state.due_in is None else moment.day + state.due_in
    due_at = None if state.steps_in_ms is None else moment.at + state.steps_in_ms
    where = "WHERE note_id = (SELECT id FROM notes WHERE key = ?) AND ordinal = ?"
    connection.execute(
        "UPDATE cards SET state = ?, due_on = ?, due_at = ?, interval_days = ?, ease_permille = ?,"
        f" reps = ?, lapses = ?, suspended = ?, buried_on = ?, flag = ? {where}",
        (state.type, due_on, due_at, state.interval, state.ease, state.reps, state.lapses,
         state.suspended, moment.day if state.buried else None, state.flag, key, ordinal),
    )  # fmt: skip
    for days, grade in state.reviews:
        zeros = ", ".join("0" * 16)
        connection.execute(
            f"INSERT INTO reviews SELECT ? + id, id, ?, 1, {zeros} FROM cards {where}",
            (ago(days, moment), grade, key, ordinal),
        )


def fill_anki(profile: AnkiProfile, package: Path, moment: StudyMoment) -> None:
    exported = [
        ExportNote(
            note,
            ago(days, moment),
            ago(2 if note.key == "x4" else days, moment),
            tuple(ExportCard(ordinal, deck, 0) for ordinal in ordinals(note)),
        )
        for note, deck, days in NOTES
    ]
    write_package(package, exported, at=moment.at)
    profile.import_package(package)
    numbers = {name: number for number, name in enumerate(STATES)}
    for position, (note, _, _) in enumerate(NOTES):
        for ordinal, card in profile.cards(note.key).items():
            name = (note.key, ordinal)
            state, number = STATES.get(name, State()), numbers.get(name, 0)
            write_anki_state(profile, card.id, state, moment, number)
            run(profile, "UPDATE cards SET due = ? WHERE id = ? AND type = 0", position, card.id)


def run(profile: AnkiProfile, sql: str, *values: int) -> None:
    assert profile.collection.db is not None
    profile.collection.db.execute(sql, *values)


def write_anki_state(
    profile: AnkiProfile, card_id: int, state: State, moment: StudyMoment, number: int
) -> None:
    due, queue = 0, state.type
    if state.due_in is not None:
        due = profile.collection.sched.today + state.due_in
        queue = 2 if state.type == 2 else 3
    elif state.steps_in_ms is not None:
        due, queue = (moment.at + state.steps_in_ms) // 1000, 1
    queue = -1 if state.suspended else -2 if state.buried else queue
    run(
        profile,
        "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?,"
        " flags = ? WHERE id = ?",
        *(state.type, queue, due, state.interval, state.ease, state.reps, state.lapses),
        *(state.flag, card_id),
    )
    for days, grade in state.reviews:
        at = ago(days, moment) + number
        run(
            profile, "INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 1, 2500, 1, 1)", at, card_id, grade
        )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, AnkiProfile]]:
    """One collection, here and in Anki."""
    moment = study_moment(now(), DayOptions().rollover_hour)
    folder = tmp_path_factory.mktemp("both")
    profile = AnkiProfile(folder)
    with closing(Database.open(folder / "collection.db", MIGRATIONS, "a test")) as database:
        fill(database, moment)
        fill_anki(profile, folder / "package.apkg", moment)
        yield database, profile
    profile.close()


def found_here(database: Database, query: str) -> set[CardName]:
    ids = Finding(database, now, DayOptions()).find(query).all_ids()
    with database.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT c.id, n.key, c.ordinal FROM cards AS c JOIN notes AS n ON n.id = c.note_id"
        )
        names = {row[0]: (row[1], row[2]) for row in rows}
    return {names[each] for each in ids}


def found_in_anki(profile: AnkiProfile, query: str) -> set[CardName]:
    ids = profile.collection.find_cards(query)
    found = [profile.collection.get_card(each) for each in ids]
    return {(card.note().guid, card.ord) for card in found}


def queries(table: str) -> list[str]:
    return [query for line in table.strip().splitlines() for query in line.split("|")]


SAME = r"""
dog|DOG|dog cat|dog or paris|-dog|-(dog or cat)|(dog or cat) food|dog (cat or food)|d*g|do_
"hot dogs"|"dog*star"|dog\*star|cat\_like|cat_like|c*e|a\:b|"a\:b"|100%|(dog)|dog AND cat|--dog
dog OR food|"and"|"or and"|x*y|*|_og|bark*|*barks|-dog -cat|-(dog cat)|d-e|"(round)"|\(round\)
front:dog|front:*dog*|front:dog*|front:*dog|Front:DOG|back:dog|back:|source:Smith*|source:
source:_*|"front:hot dogs"|front:"hot dogs"|front:re:^hot|front:nc:dog|-front:dog
deck:A|deck:a|deck:A::B|deck:A::*|deck:*B|deck:A*|deck:"Deck two"|deck:Deck*|deck:*::C|deck:zzz
"deck:Deck two"|-deck:A|deck:_|deck:*
tag:animal|tag:ANIMAL|tag:animal::pet|tag:animal*|tag:*pet|tag:none|-tag:none|tag:geo|tag:geo::*
tag:_*|tag:*|tag:x-y|tag:re:^geo|tag:zzz|tag:an_mal|-tag:geo|tag:re:pet$
card:1|card:2|card:3|card:Backward|card:backward|card:Back*|card:0
is:new|is:learn|is:review|is:due|is:suspended|is:buried|-is:new|is:learn is:review
is:learn -is:review|is:new or is:due|-is:suspended -is:buried
flag:0|flag:1|flag:3|flag:7|flag:2|-flag:0
prop:ivl=10|prop:ivl>=30|prop:ivl<10|prop:ivl!=0|prop:ivl<=3|prop:ivl>100
prop:due=0|prop:due=1|prop:due<0|prop:due>0|prop:due<=1|prop:due>=-1|prop:due=-3|prop:due!=0|prop:due=5
prop:reps=1|prop:reps>3|prop:reps<2|prop:lapses>0|prop:lapses=2|prop:lapses<=1
prop:ease=2.5|prop:ease<2.5|prop:ease>=2.35|prop:ease!=2.5|prop:ease<=1.3|prop:pos<3|prop:pos=12
added:1|added:2|added:3|added:4|added:30|added:31|added:365|added:0|edited:1|edited:3|edited:30
rated:1|rated:2|rated:7|rated:8|rated:30|rated:1:1|rated:1:2|rated:2:4|rated:365|rated:500|rated:0
introduced:1|introduced:2|introduced:5|introduced:30|introduced:66|introduced:500
re:d.g|re:Smith|re:[0-9]{3}|re:o[gt]|re:\bdog\b|w:dog|w:DOG|w:an*l|w:d_g|nc:dog
deck:A is:due -tag:animal|(deck:B or tag:geo) -is:new|dog or is:new tag:q
"""


@pytest.mark.parametrize("query", queries(SAME))
def test_a_query_finds_what_anki_finds(both: tuple[Database, AnkiProfile], query: str) -> None:
    database, profile = both
    assert found_here(database, query) == found_in_anki(profile, query)


DIFFERENT = [
    pytest.param("back:*sea", {("clz", 0), ("clz", 1)}, set(), id="the-back-of-a-cloze-is-Extra"),
    pytest.param("card:cloze", {("clz", 0), ("clz", 1)}, {("clz", 0)}, id="all-cards-of-a-cloze"),
    pytest.param("re:dogs$", {("dogs", 0)}, set(), id="anchors-are-those-of-a-field"),
    pytest.param("note:cloze", {("clz", 0), ("clz", 1)}, set(), id="names-of-note-types"),
    pytest.param("“", set(), set(), id="typographic-quotes-are-text"),
]


@pytest.mark.parametrize(("query", "here", "in_anki"), DIFFERENT)
def test_differences_are_meant(
    both: tuple[Database, AnkiProfile], query: str, here: set[CardName], in_anki: set[CardName]
) -> None:
    database, profile = both
    assert found_here(database, query) == here
    assert found_in_anki(profile, query) == in_anki


WRONG = r"""
(|dog)|()|"dog|a"b|dog or|or dog|and|dog and or cat|""|is:foo|is:|flag:8|flag:x|prop:ivl|prop:ivl>x
prop:reps=-1|prop:ivl==1|prop:zzz=1|added:x|added:-1|rated:1:5|rated:1:0|edited:99999999999
"""


@pytest.mark.parametrize("query", queries(WRONG))
def test_what_anki_refuses_is_refused(both: tuple[Database, AnkiProfile], query: str) -> None:
    database, profile = both
    with pytest.raises(SearchError):
        found_in_anki(profile, query)
    with pytest.raises(QueryError):
        found_here(database, query)
