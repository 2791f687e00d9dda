"""The index finds what a slow look at every note finds, whatever was done to the notes before."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.query import Column, Listed, Query
from studyapp.domain.query_parser import parse
from studyapp.domain.study_day import MS_PER_DAY, Instant, study_moment
from studyapp.errors import QueryError
from studyapp.store import (
    cards,
    decks,
    history,
    notes,
    schema,
    search_check,
    search_postings,
    search_upkeep,
    search_words,
)
from studyapp.store import search as store_search
from studyapp.store.database import Database, Transaction
from studyapp.store.search import Search, Sorting
from studyapp.store.search_cards import Today
from studyapp.store.search_words import Index
from studyapp.store.snapshot import Snapshot
from tests.store.conftest import MIGRATIONS
from tests.store.search_reference import LEARN_AHEAD_MS, Subject, found

MOMENT = study_moment(Instant(20_000 * MS_PER_DAY + MS_PER_DAY // 2), 4)
TODAY = Today(MOMENT, LEARN_AHEAD_MS)
WORDS = [
    "ab",
    "abc",
    "café",
    "CAFE",
    "straße",
    "dog",
    "Dogs",
    "x_1",
    "$x_{12}$",
    "\\frac{a}{b}",
    "中文字",
    "ｆｕｌｌ",
    "a*b",
    "100%",
    "it's",
    "a::b",
    "\\(y\\)",
    "İstanbul",
    "ﬁne",
    "ét",
    "c1",
    "{{c1::Rome}}",
    "42",
    "421",
    "4",
    "-",
    "(no)",
    "~~",
    "\\_",
]
TAGS = ("a", "a::b", "A::b::c", "Straße", "x_y", "none-such")
DECK_NAMES = ("A", "A::B", "a::B::Ç", "AB", "Deck two")


Collection: TypeAlias = tuple[Database, list[Subject]]
"""With its cards."""


def some_text(choose: random.Random) -> str:
    return choose.choice(" \n").join(choose.choices(WORDS, k=choose.randrange(5)))


def some_note(choose: random.Random, key: str) -> Note:
    kind = choose.choice(tuple(NoteKind))
    front = some_text(choose)
    if kind is NoteKind.CLOZE:
        front += " {{c2::Paris}} {{c1::x}}"
    tags = tuple(choose.sample(TAGS, choose.randrange(3)))
    links = tuple(choose.sample(("k1", "k2", "Key*"), choose.randrange(3)))
    return Note(key, kind, front, some_text(choose), tags, some_text(choose), links)


def add(tx: Transaction, choose: random.Random) -> None:
    note = some_note(choose, f"key-{choose.getrandbits(60)}")
    note_id = notes.add(tx, note, MOMENT.at - choose.randrange(5 * MS_PER_DAY))
    cards.add(tx, note_id, decks.ensure(tx, choose.choice(DECK_NAMES)), ordinals(note))


SCHEDULES = (
    "state = 2, due_on = 20000, interval_days = 10, ease_permille = 2500, reps = 3",
    "state = 2, due_on = 20003, interval_days = 4, ease_permille = 1300, reps = 9, lapses = 2",
    f"state = 1, due_at = {MOMENT.at + 60_000}, reps = 1",
    f"state = 3, due_at = {MOMENT.at + 9_000_000}, lapses = 1, interval_days = 1",
    "state = 1, due_on = 19999, reps = 1",
    "suspended = 1",
    "buried_on = 20000",
    "buried_on = 19999, flag = 3",
)
CHANGES = (
    "DELETE FROM notes WHERE id = :id",
    "UPDATE notes SET front = front || ' hot dogs' WHERE id >= :id",
    "UPDATE notes SET back = 'abc', changed_at = 1700000000000 WHERE id = :id",
    "UPDATE OR REPLACE notes SET source = '' WHERE id < :id",
    "INSERT OR REPLACE INTO notes (id, key, kind, front, back, created_at, changed_at)"
    " VALUES (:id, 'k' || :id, 'basic', 'replaced dog', '', 1, 1)",
    "DELETE FROM note_tags WHERE note_id = :id",
    "UPDATE tags SET name = name || 'x' WHERE id = 1",
    "UPDATE cards SET flag = (flag + 1) % 8 WHERE note_id = :id",
)


REPLACING = tuple(sql for sql in CHANGES if "REPLACE" in sql)
"""What the journal of undo does not see: SQLite tells no trigger of rows that are replaced."""


def some_change(tx: Transaction, choose: random.Random, changes: Sequence[str] = CHANGES) -> None:
    """One change of any kind, also such as no service makes."""
    ids = [row.id for row in tx.exec_driver_sql("SELECT id FROM notes").all()]
    if not ids or choose.random() < 0.5:
        for _ in range(choose.randrange(1, 4)):
            add(tx, choose)
        return
    note_id = choose.choice(ids)
    tx.exec_driver_sql(choose.choice(changes), {"id": note_id})
    card_ids = [row.id for row in tx.exec_driver_sql("SELECT id FROM cards WHERE state = 0").all()]
    if card_ids:
        card_id = choose.choice(card_ids)
        tx.exec_driver_sql(f"UPDATE cards SET {choose.choice(SCHEDULES)} WHERE id = {card_id}")
        at = MOMENT.at - choose.randrange(4 * MS_PER_DAY)
        zeros = ", ".join("0" * 17)
        grade = choose.randrange(1, 5)
        tx.exec_driver_sql(f"INSERT INTO reviews VALUES ({at}, {card_id}, {grade}, {zeros})")


def subjects(tx: Transaction) -> list[Subject]:
    fronts = tuple((row.kind, row.front) for row in tx.exec_driver_sql("SELECT * FROM notes"))
    names = {deck.id: deck.name for deck in decks.every(tx)}
    rows = tx.exec_driver_sql("SELECT * FROM cards").all()
    return [
        Subject(
            row.id,
            row.note_id,
            (stored := notes.get(tx, row.note_id)).note,
            row.ordinal,
            names[row.deck_id],
            cards.get(tx, row.id).schedule,
            row.position,
            bool(row.suspended),
            row.buried_on,
            row.flag,
            stored.created_at,
            stored.changed_at,
            tuple(
                (review.id, review.grade)
                for review in tx.exec_driver_sql(
                    f"SELECT id, grade FROM reviews WHERE card_id = {row.id}"
                )
            ),
            fronts,
        )
        for row in rows
    ]


def ids(tx: Transaction, query: Query, listed: Listed = Listed.CARDS) -> list[int]:
    search = Search(tx, Index(), query, TODAY, listed)
    every = list(search.ids(Sorting(), search.count()))
    assert len(every) == len(set(every)) == search.count()
    return every


def refresh(database: Database) -> None:
    with database.derive() as tx:
        search_upkeep.refresh(tx)


def index_contents(tx: Transaction) -> tuple[object, ...]:
    """What the index says, however it came to say it: texts, and the notes of each word."""
    texts = tx.exec_driver_sql("SELECT * FROM search_texts ORDER BY id").all()
    rows = tx.exec_driver_sql("SELECT word, dense, notes FROM search_words ORDER BY word")
    found_words = [
        (word, search_postings.ids_of(search_postings.union([(dense, packed)])))
        for word, dense, packed in rows
    ]
    return tuple(map(tuple, texts)), tuple(each for each in found_words if each[1])


TERMS = st.sampled_from(
    """dog ab abc cafe CAFÉ strasse x_1 x\\_1 *b* a_c 4 42 \\frac "hot dogs" "fine 42" 中文 -
    \\(y "a*b" e\\_ ROME istanbul full w:dog w:ab w:c* front: front:*dog* *o*g* d_g e e* a_
    back:abc source:_* re:d.gs "re:^ab" re:4.?2 "re:(ab|cd)" front:re:g$ deck:a deck:A::* deck:_B
    "deck:deck two" tag:a tag:a::b tag:*b tag:none tag:strasse tag:re:^A tag:x_y note:basic note:*e*
    card:1 card:2 card:forward card:*ward card:cloze is:new is:learn is:review is:due is:suspended
    is:buried flag:0 flag:3 prop:ivl>3 prop:due<=0 prop:due=3 prop:reps!=0 prop:lapses>=1
    prop:ease=2.5 prop:ease<2 prop:pos<4 added:1 added:3 edited:2 rated:1 rated:3:2 introduced:2
    link:k1 link:K* link:none dupe: dupe:dog
    dupe:basic, "dupe:basic,replaced dog" nc:café *""".replace("\n", " ").split(" ")
)
"""Quoted ones fall apart at their spaces, which makes mistakes; those are passed over."""


def parsed(text: str) -> Query | None:
    try:
        return parse(text)
    except QueryError:
        return None


QUERIES = st.recursive(
    TERMS.filter(bool),
    lambda inner: st.one_of(
        inner.map(lambda part: f"-({part})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) ({two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})"),
    ),
    max_leaves=5,
).map(parsed).filter(lambda query: query is not None)  # fmt: skip


@pytest.fixture(scope="module", params=[3, 400], ids=["words-entered", "words-loose"])
def collections(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Collection]]:
    """Random collections, with the words of most notes entered or with those of none."""
    folder = tmp_path_factory.mktemp("collections")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_upkeep, "_LOOSE", request.param)
        opened = [made(folder / f"{seed}.db", seed) for seed in range(3)]
        yield [(database, looked_at(database)) for database in opened]
    for database in opened:
        database.close()


def looked_at(database: Database) -> list[Subject]:
    with database.read() as tx:
        return subjects(tx)


def made(path: Path, seed: int) -> Database:
    choose = random.Random(seed)  # noqa: S311
    database = Database.open(path, MIGRATIONS, "a test")
    for number in range(60):
        with database.change(str(number), number) as tx:
            some_change(tx, choose)
        if choose.random() < 0.3:
            refresh(database)
    refresh(database)
    return database


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(query=QUERIES, which=st.integers(0, 2))
def test_a_query_finds_what_a_slow_look_finds(
    collections: list[Collection], query: Query, which: int
) -> None:
    database, every = collections[which]
    expected = [each for each in every if found(query, each, MOMENT)]
    with database.read() as tx:
        assert set(ids(tx, query)) == {each.card_id for each in expected}
        assert set(ids(tx, query, Listed.NOTES)) == {each.note_id for each in expected}


@pytest.mark.parametrize("query", ["dog", "front:*dog*", "re:d.g", "w:dog", '"hot dogs"', "dupe:"])
def test_readers_find_what_waits_for_the_index(database: Database, path: Path, query: str) -> None:
    choose = random.Random(5)  # noqa: S311
    for number in range(20):
        with database.change(str(number), number) as tx:
            some_change(tx, choose)
        if number == 10:
            refresh(database)
    with closing(Snapshot(path)) as snapshot, snapshot.read() as tx:
        assert search_upkeep.waiting(tx) > 0
        expected = {e.card_id for e in subjects(tx) if found(parse(query), e, MOMENT)}
        assert expected
        assert set(ids(tx, parse(query))) == expected


@pytest.mark.parametrize("loose", [0, 400], ids=["words-entered", "words-loose"])
def test_undo_and_redo_keep_the_index_equal_to_a_new_one(
    database: Database, monkeypatch: pytest.MonkeyPatch, loose: int
) -> None:
    monkeypatch.setattr(search_upkeep, "_LOOSE", loose)
    choose = random.Random(20261121)  # noqa: S311
    for number in range(80):
        turn = choose.random()
        if turn < 0.5:
            with database.change(str(number), number) as tx:
                some_change(tx, choose, [sql for sql in CHANGES if sql not in REPLACING])
        else:
            with database.rewind() as tx:
                (history.undo if turn < 0.8 else history.redo)(tx)
        if choose.random() < 0.6:
            refresh(database)
            with database.read() as tx:
                assert search_check.problems(tx) == ()
    monkeypatch.setattr(search_upkeep, "_LOOSE", 0)
    with database.change("touch all", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = front || ' touched'")
    refresh(database)
    with database.derive() as tx:
        kept = index_contents(tx)
        search_upkeep.rebuild(tx)
        assert index_contents(tx) == kept


def edit_and_fail(database: Database) -> None:
    with database.change("fail", 2) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'unseen'")
        search_upkeep.refresh(tx)
        raise ZeroDivisionError


def test_a_change_that_fails_leaves_the_index_as_it_was(database: Database) -> None:
    with database.change("add", 1) as tx:
        add(tx, random.Random(1))  # noqa: S311
    refresh(database)
    with pytest.raises(ZeroDivisionError):
        edit_and_fail(database)
    with database.read() as tx:
        assert search_upkeep.is_current(tx)
        assert search_check.problems(tx) == ()
        assert ids(tx, parse("unseen")) == []


KILLED = """
import os, random, sys
from pathlib import Path
from studyapp.store import search_upkeep
from studyapp.store.database import Database
from tests.store.test_search import MIGRATIONS, add
search_upkeep._LOOSE = 5
database = Database.open(Path(sys.argv[1]), MIGRATIONS, "a test")
choose = random.Random(7)
enter = search_upkeep._enter
calls = 0
def die(*arguments):
    global calls
    calls += 1
    enter(*arguments)
    if calls == 4:
        os._exit(9)
search_upkeep._enter = die
while True:
    with database.change("add", 1) as tx:
        for _ in range(4):
            add(tx, choose)
    with database.derive() as tx:
        search_upkeep.refresh(tx)
"""


def test_a_process_that_is_killed_leaves_an_index_that_is_true(path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], cwd=root, env=environment, check=False
    )
    assert done.returncode == 9
    with closing(Database.open(path, MIGRATIONS, "a test")) as database:
        with database.read() as tx:
            assert search_upkeep.waiting(tx) > 0
            assert search_check.problems(tx) == ()
        refresh(database)
        with database.read() as tx:
            assert search_check.problems(tx) == ()
            expected = {e.card_id for e in subjects(tx) if found(parse("dog"), e, MOMENT)}
            assert set(ids(tx, parse("dog"))) == expected


def test_notes_from_before_the_index_are_found_after_the_upgrade(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        with connection.begin():
            command.upgrade(config, "0003")
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            add(connection, random.Random(3))  # noqa: S311
            notes.add(connection, Note("old", NoteKind.BASIC, "dog", ""), 1)
    engine.dispose()
    with closing(Database.open(path, MIGRATIONS, "a test")) as database:
        with database.read() as tx:
            assert search_upkeep.waiting(tx) == 2
        refresh(database)
        with database.read() as tx:
            assert search_upkeep.waiting(tx) == 0
            assert search_check.problems(tx) == ()
            texts = tx.exec_driver_sql("SELECT front FROM search_texts ORDER BY id").scalars()
            assert list(texts)[-1] == "dog"


def test_other_folding_makes_the_index_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.change("add", 1) as tx:
        add(tx, random.Random(1))  # noqa: S311
    refresh(database)
    monkeypatch.setattr(search_upkeep, "FOLDING", "another")
    with database.read() as tx:
        assert not search_upkeep.is_current(tx)
        assert len(ids(tx, parse("*"))) > 0
    refresh(database)
    with database.read() as tx:
        assert search_upkeep.is_current(tx)
        assert search_check.problems(tx) == ()


def test_damage_to_the_index_is_told(database: Database) -> None:
    with database.change("add", 1) as tx:
        notes.add(tx, Note("k", NoteKind.BASIC, "dog", "cat"), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_upkeep, "_LOOSE", 0)
        refresh(database)
    with database.derive() as tx:
        tx.exec_driver_sql("UPDATE search_texts SET back = 'cow'")
        tx.exec_driver_sql("DELETE FROM search_words WHERE word = 'dog'")
        assert len(search_check.problems(tx)) == 4
        search_upkeep.rebuild(tx)
        assert search_check.problems(tx) == ()


def test_notes_with_far_ids_are_found(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_upkeep, "_LOOSE", 0)
    with database.change("add", 1) as tx:
        add(tx, random.Random(2))  # noqa: S311
        far = {"id": 1_700_000_000_000}
        tx.exec_driver_sql(
            "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
            " VALUES (:id, 'far', 'basic', 'dog', 'b', 1, 1)",
            far,
        )
        cards.add(tx, far["id"], decks.ensure(tx, "Far"), [0])
    refresh(database)
    with database.read() as tx:
        for query in ("dog", "-dog", "w:dog", "front:d_g", "re:o", "dog deck:far"):
            expected = {e.card_id for e in subjects(tx) if found(parse(query), e, MOMENT)}
            assert set(ids(tx, parse(query))) == expected


@pytest.fixture(params=[0, 10_000], ids=["found-again", "found-once"])
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether what was found is kept for the first page."""
    monkeypatch.setattr(store_search, "_FEW", request.param)


@pytest.mark.parametrize("listed", Listed)
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", Column)
def test_the_first_page_is_the_start_of_all_rows(
    collections: list[Collection], column: Column, descending: bool, listed: Listed
) -> None:
    with collections[0][0].read() as tx:
        for query in ("*", "dog", "-is:new"):
            search = Search(tx, Index(), parse(query), TODAY, listed)
            total = search.count()
            afresh = Search(tx, Index(), parse(query), TODAY, listed)
            every = afresh.ids(Sorting(column, descending), total)
            assert len(every) == len(set(every)) == total > 0
            assert search.ids(Sorting(column, descending), total, 5) == every[:5]


def test_cards_are_sorted_along_an_index_and_without_it(collections: list[Collection]) -> None:
    with collections[0][0].read() as tx:
        search = Search(tx, Index(), parse("*"), TODAY, Listed.CARDS)
        deck_of = {each.card_id: each.deck.lower() for each in subjects(tx)}
        dense = [deck_of[each] for each in search.ids(Sorting(Column.DECK), search.count())]
        sparse = [deck_of[each] for each in search.ids(Sorting(Column.DECK), 0)]
        assert dense == sparse == sorted(dense)


@pytest.mark.parametrize("query", ["x", "x*", "x_", "*1*", "x*e", "x2", "1_"])
def test_a_part_of_very_many_words_is_found_by_the_frequent_ones(
    database: Database, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(search_upkeep, "_LOOSE", 0)
    monkeypatch.setattr(search_words, "MANY_WORDS", 10)
    with database.change("add", 1) as tx:
        for number in range(200):
            text = f"x{number} {'xe' if number % 3 else 'e'}"
            note_id = notes.add(tx, Note(f"k{number}", NoteKind.BASIC, text, ""), 1)
            cards.add(tx, note_id, decks.ensure(tx, "A"), [0])
    refresh(database)
    with database.change("edit", 2) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'nothing' WHERE id % 10 = 0")
    monkeypatch.setattr(search_upkeep, "_LOOSE", 400)
    refresh(database)
    with database.read() as tx:
        expected = {e.card_id for e in subjects(tx) if found(parse(query), e, MOMENT)}
        assert set(ids(tx, parse(query))) == expected


def test_a_part_of_very_many_words_is_found_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_upkeep, "_LOOSE", 0)
    monkeypatch.setattr(search_words, "MANY_WORDS", 10)
    with database.change("add", 1) as tx:
        for number in range(30):
            note_id = notes.add(tx, Note(f"k{number}", NoteKind.BASIC, f"x{number}", ""), 1)
            cards.add(tx, note_id, decks.ensure(tx, "A"), [0])
    refresh(database)
    with database.read() as tx:
        assert len(ids(tx, parse("x"))) == 30
        assert len(ids(tx, parse("x2"))) == 11
