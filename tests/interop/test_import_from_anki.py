"""What comes here from the real Anki: each state of a card, its log, and every kind of note."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from studyapp.domain.cards import CardState
from studyapp.domain.notes import NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import Instant, study_day
from studyapp.services.importing import Importing
from studyapp.services.study import Study
from studyapp.services.study_values import Prompt
from studyapp.store import notes
from studyapp.store.database import Database
from tests.interop.anki_profile import AnkiProfile
from tests.interop.rich_collection import PICTURE, Expected, RichCollection
from tests.services.conftest import MIGRATIONS

FORMATS = [
    pytest.param(("package.apkg", True), id="legacy-apkg"),
    pytest.param(("package.apkg", False), id="modern-apkg"),
    pytest.param(("package.colpkg", True), id="legacy-colpkg"),
    pytest.param(("package.colpkg", False), id="modern-colpkg"),
]
CARDS = """
    SELECT n.key, c.ordinal, d.name, c.state, c.due_at, c.due_on, c.interval_days, c.ease_permille,
        c.steps_left, c.reps, c.lapses, c.suspended, c.buried_on, c.flag
    FROM cards AS c JOIN notes AS n ON n.id = c.note_id JOIN decks AS d ON d.id = c.deck_id
"""


def now() -> Instant:
    at = int(time.time() * 1000)
    return Instant(at, time.localtime().tm_gmtoff * 1000)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(tmp_path / "ours" / "collection.db", MIGRATIONS, "test")) as opened:
        yield opened


@pytest.fixture
def rich(anki: AnkiProfile) -> RichCollection:
    made = RichCollection(anki)
    made.fill()
    return made


@pytest.fixture(params=FORMATS)
def exported(request: pytest.FixtureRequest, rich: RichCollection, tmp_path: Path) -> Path:
    """The rich collection in each of Anki's formats."""
    name, legacy = request.param
    return rich.export(tmp_path / name, legacy=legacy)


@pytest.fixture
def importing(database: Database) -> Importing:
    return Importing(database, now, DayOptions(), lambda: "key")


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.read() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(sql)]


def ours(database: Database) -> dict[tuple[str, int], Expected]:
    today = study_day(now(), DayOptions().rollover_hour)
    found = {}
    for key, ordinal, deck, state, due_at, due_on, *middle, suspended, buried, flag in rows(
        database, CARDS
    ):
        due_in = None if due_on is None else due_on - today
        interval, ease, steps, reps, lapses = middle
        found[key, ordinal] = Expected(
            guid=key,
            ordinal=ordinal,
            deck=deck,
            state=CardState(state),
            due_at=due_at,
            due_in=due_in,
            interval_days=interval,
            ease_permille=ease,
            steps_left=steps,
            reps=reps,
            lapses=lapses,
            suspended=bool(suspended),
            buried=buried == today,
            flag=flag,
        )
    return found


def test_cards_arrive_in_all_states(
    rich: RichCollection,
    importing: Importing,
    database: Database,
    exported: Path,
) -> None:
    expected = rich.expected()
    log = rich.log()
    plan = importing.preview(exported)
    report = importing.apply(plan)

    odd = {key: card for key, card in expected.items() if key[0] == "odd"}
    arrived = ours(database)
    for key, card in expected.items():
        if key not in odd:
            assert arrived[key] == card
    assert {key[0] for key in arrived} - {key[0] for key in expected} == {"odd:2"}
    assert {card.state for card in arrived.values()} == set(CardState)
    assert report.numbers == plan.numbers
    assert report.numbers.skipped == 0
    logged = rows(
        database,
        "SELECT r.id, n.key, r.grade, r.took_ms FROM reviews AS r JOIN cards AS c ON c.id ="
        " r.card_id JOIN notes AS n ON n.id = c.note_id ORDER BY r.id",
    )
    assert logged == log
    assert len(log) == report.numbers.reviews


def test_notes_become_our_kinds(
    importing: Importing,
    database: Database,
    exported: Path,
) -> None:
    report = importing.apply(importing.preview(exported))
    keys = ("new", "both", "opt", "opt0", "typed", "cloze", "odd", "odd:2", "media")
    with database.read() as tx:
        stored = {key: each.note for key, each in notes.by_keys(tx, keys).items()}
    assert {key: (note.kind, note.front, note.back) for key, note in stored.items()} == {
        "new": (NoteKind.BASIC, "new", "x"),
        "both": (NoteKind.REVERSED, "Term", "Meaning"),
        "opt": (NoteKind.REVERSED, "T", "M"),
        "opt0": (NoteKind.BASIC, "T2", "M2"),
        "typed": (NoteKind.BASIC, "q", "typed"),
        "cloze": (NoteKind.CLOZE, "{{c1::a}} {{c3::$x<y$}}", "more"),
        "odd": (NoteKind.BASIC, '<div class="q">der Hund</div>', "dog"),
        "odd:2": (NoteKind.BASIC, "Say: dog", "der Hund\\\nEin **Hund**."),
        "media": (NoteKind.BASIC, "![](cat%20%26%20dog.png)", "[sound:cat & dog.png]"),
    }
    assert [(each.note_type, each.notes) for each in report.flattened] == [("Odd", 1)]
    assert report.flattened[0].losses == ("Its style sheet is left out",)
    assert (database.path.parent / "media" / "cat & dog.png").read_bytes() == PICTURE


def test_the_same_file_again_changes_nothing(
    importing: Importing,
    database: Database,
    exported: Path,
) -> None:
    importing.apply(importing.preview(exported))
    tables = ("notes", "cards", "reviews", "decks", "presets", "tags", "note_tags", "media")
    before = {table: rows(database, f"SELECT * FROM {table}") for table in tables}
    again = importing.preview(exported)
    assert again.numbers.is_nothing
    assert importing.apply(again).name == ""
    assert {table: rows(database, f"SELECT * FROM {table}") for table in tables} == before


def test_history_is_joined(
    rich: RichCollection, importing: Importing, database: Database, tmp_path: Path
) -> None:
    """What a card is after a grade is what it is before the next, and after the last what it is."""
    importing.apply(importing.preview(rich.export(tmp_path / "p.apkg", legacy=True)))
    halves = ("before", "after")
    names = ("state", "due_at", "due_on", "interval_days", "ease_permille", "steps_left")
    columns = ", ".join(f"{name}_{half}" for half in halves for name in (*names, "reps", "lapses"))
    log = rows(database, f"SELECT card_id, {columns} FROM reviews ORDER BY card_id, id")
    by_card: dict[int, list[tuple[Any, ...]]] = {}
    for card_id, *values in log:
        by_card.setdefault(card_id, []).append(tuple(values))
    for card_id, history in by_card.items():
        assert history[0][:8] == (0, None, None, 0, 0, 0, history[0][6], history[0][7])
        for one, other in pairwise(history):
            assert one[8:] == other[:8]
        now_is = rows(
            database,
            f"SELECT {', '.join((*names, 'reps', 'lapses'))} FROM cards WHERE id = {card_id}",
        )
        assert history[-1][8:] == now_is[0]


def test_further_study_in_anki_comes_along(
    rich: RichCollection, importing: Importing, database: Database, tmp_path: Path
) -> None:
    importing.apply(importing.preview(rich.export(tmp_path / "1.apkg", legacy=True)))
    rich.answer(rich.profile.cards("new")[0], 4)
    rich.answer(rich.profile.cards("learn")[0], 3)
    plan = importing.preview(rich.export(tmp_path / "2.apkg", legacy=True))
    assert (plan.numbers.progress, plan.numbers.reviews, plan.numbers.unchanged) == (2, 2, 17)
    importing.apply(plan)
    expected = rich.expected()
    for key in (("new", 0), ("learn", 0)):
        assert ours(database)[key] == expected[key]
    assert importing.preview(tmp_path / "2.apkg").numbers.is_nothing


def test_study_here_is_not_lost(
    rich: RichCollection, importing: Importing, database: Database, tmp_path: Path
) -> None:
    importing.apply(importing.preview(rich.export(tmp_path / "1.apkg", legacy=True)))
    study = Study(database, now, DayOptions())
    (deck_id,) = rows(database, "SELECT id FROM decks WHERE name = 'A'")[0]
    study.start(deck_id)
    prompt = study.current()
    assert isinstance(prompt, Prompt)
    study.grade(prompt, Grade.GOOD, 1000)
    before = rows(database, "SELECT * FROM cards")
    assert importing.preview(tmp_path / "1.apkg").numbers.is_nothing
    importing.apply(importing.preview(tmp_path / "1.apkg"))
    assert rows(database, "SELECT * FROM cards") == before
