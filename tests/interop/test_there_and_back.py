"""Nothing is lost on the way to Anki and back, nor from Anki here and back to it.

`STUDYAPP_TRIPS=200` in the environment tries that many collections.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from studyapp.domain.card_making import ordinals
from studyapp.domain.cards import CardState
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions, Preset
from studyapp.services.exchange import Everything, Exchange, Form, Request
from studyapp.services.importing import Importing
from studyapp.store import cards, decks, history, notes
from studyapp.store.database import Database
from tests.interop.anki_profile import AnkiProfile
from tests.interop.export_collection import Ours, now
from tests.interop.rich_collection import PICTURE, RichCollection
from tests.interop.test_export_history import PRESETS, collection
from tests.services.conftest import MIGRATIONS

TRIPS = int(os.environ.get("STUDYAPP_TRIPS", "3"))
FORMS = pytest.mark.parametrize("form", [Form.PACKAGE, Form.COLLECTION], ids=["apkg", "colpkg"])
HALVES = ("before", "after")
QUERIES = {
    "notes": "SELECT key, kind, front, back, source, created_at, changed_at / 1000 FROM notes",
    "tags": "SELECT n.key, t.name FROM note_tags AS x JOIN tags AS t ON t.id = x.tag_id"
    " JOIN notes AS n ON n.id = x.note_id",
    "links": "SELECT n.key, l.target_key FROM links AS l JOIN notes AS n ON n.id = l.note_id",
    "decks": "SELECT d.name, p.name FROM decks AS d JOIN presets AS p"
    " ON p.id = d.preset_id WHERE d.id IN (SELECT deck_id FROM cards)",
    "cards": "SELECT n.key, c.ordinal, d.name, c.state, c.due_at / 1000, c.due_on, c.interval_days,"
    " c.ease_permille, c.steps_left, c.reps, c.lapses, c.suspended,"
    " iif(c.suspended, NULL, c.buried_on), c.flag"
    " FROM cards AS c JOIN notes AS n ON n.id = c.note_id JOIN decks AS d ON d.id = c.deck_id",
    "order of new cards": "SELECT group_concat(place, ', ') FROM (SELECT n.key || c.ordinal AS"
    " place FROM cards AS c JOIN notes AS n ON n.id = c.note_id WHERE c.state = 0"
    " ORDER BY c.position, n.key, c.ordinal)",
    "log": "SELECT r.id, n.key, c.ordinal, r.grade, r.took_ms, "
    + ", ".join(
        f"r.{name}_{half}"
        for half in HALVES
        for name in ("state", "ease_permille", "reps", "lapses")
    )
    + ", iif(r.state_after = 2, r.interval_days_after, NULL)"
    ", iif(r.state_after = 2, r.due_on_after, NULL)"
    " FROM reviews AS r JOIN cards AS c ON c.id = r.card_id JOIN notes AS n ON n.id = c.note_id",
}
"""What both sides know of a collection."""
WORDS = ("agent", "reward", "$x_{1} \\le y$", "**bold**", "*thin*", "`code`", "Ünï 統計", "a_b")
PUT_BY_HAND = ("interday", "lapsed", "review")
"""Cards whose log does not tell how they came to where they are."""
LINES = ("{}", "- {}\n- {}", "## {}\n\n{}", "{}\\\n{}", "{}\n\n{}", "$$\\sum_i {{i}}$$\n\n{}")


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.read() as tx:
        found = {name: list(map(tuple, tx.exec_driver_sql(sql))) for name, sql in QUERIES.items()}
        with_cards = {row[0] for row in found["decks"]}
        found["presets"] = [
            (deck.name, in_seconds(deck.preset))
            for deck in decks.every(tx)
            if deck.name in with_cards
        ]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def in_seconds(preset: Preset) -> Preset:
    """As Anki has it, whose longest answer is a number of seconds."""
    return replace(preset, answer_cap_ms=-(-preset.answer_cap_ms // 1000) * 1000)


def text(random: Random) -> str:
    line = random.choice(LINES)
    return line.format(*(" ".join(random.choices(WORDS, k=3)) for _ in range(2)))


def rich_note(random: Random, number: int) -> Note:
    kind = random.choice(list(NoteKind))
    front = text(random)
    if kind is NoteKind.CLOZE:
        front = f"{front}\n\n{{{{c1::{random.choice(WORDS)}}}}} or {{{{c3::so::hint}}}}"
    tags = tuple(sorted({f"t{random.randrange(4)}::ü" for _ in range(random.randrange(3))}))
    links = tuple(dict.fromkeys(f"rich{random.randrange(1, number + 1)}" for _ in range(2)))
    own = f"rich{number}"
    return Note(
        own,
        kind,
        front,
        text(random),
        tags,
        random.choice(["", "A text, 2023, “its words”"]),
        tuple(link for link in links if link != own),
    )


def add_rich(database: Database, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - not for secrets
    with database.change("add", 1) as tx:
        for number in range(1, 13):
            note = rich_note(random, number)
            note_id = notes.add(tx, note, 1_700_000_100_000 + number)
            deck = random.choice(["Top::Deck 2", "Top::Rich", "Ünï::a b"])
            cards.add(tx, note_id, decks.ensure(tx, deck), ordinals(note))


_folders = count()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path


def new_folder(folder: Path) -> Path:
    made = folder / str(next(_folders))
    made.mkdir()
    return made


def empty(folder: Path) -> Database:
    return Database.open(new_folder(folder) / "collection.db", MIGRATIONS, "a test")


def take_in(database: Database, package: Path) -> None:
    importing = Importing(database, now, DayOptions(), lambda: "key")
    report = importing.apply(importing.preview(package))
    assert report.skipped == ()
    assert report.conflicts == ()


@FORMS
@settings(
    max_examples=TRIPS,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 25))
def test_from_here_to_anki_and_back(place: Path, form: Form, seed: int, size: int) -> None:
    folder = new_folder(place)
    package = folder / f"package.{form}"
    with closing(Ours(folder, PRESETS)) as ours, closing(empty(folder)) as back:
        ours.fill(collection(seed, size))
        add_rich(ours.database, seed)
        ours.export(package, form)
        take_in(back, package)
        there = contents(ours.database)
        for name, rows in contents(back).items():
            assert rows == there[name], name


def test_deck_files_come_back(tmp_path: Path) -> None:
    """What deck files hold: not the progress, nor when a note was made."""
    with closing(Ours(tmp_path, PRESETS)) as ours, closing(empty(tmp_path)) as back:
        add_rich(ours.database, 7)
        ours.export(tmp_path / "decks", Form.DECKS, with_schedule=False)
        before = contents(back)
        take_in(back, tmp_path / "decks")
        there, here = contents(ours.database), contents(back)
        assert [row[:5] for row in here["notes"]] == [row[:5] for row in there["notes"]]
        assert [row[:3] for row in here["cards"]] == [row[:3] for row in there["cards"]]
        assert (here["tags"], here["links"]) == (there["tags"], there["links"])
        importing = Importing(back, now, DayOptions(), lambda: "key")
        assert importing.preview(tmp_path / "decks").numbers.is_nothing
        with back.rewind() as tx:
            history.undo(tx)
        assert contents(back) == before


def anki_knows(anki: AnkiProfile) -> dict[str, list[tuple[Any, ...]]]:
    """What this app takes of a collection of Anki's."""
    db = anki.collection.db
    assert db is not None
    found: dict[str, list[tuple[Any, ...]]] = {"log": [], "cards": [], "notes": []}
    for card_id in db.list("SELECT id FROM cards"):
        card = anki.collection.get_card(card_id)
        note = card.note()
        place = (note.guid, card.ord)
        due = card.odue if card.odid else card.due
        deck = anki.collection.decks.name(card.odid or card.did)
        is_new = int(card.type) == CardState.NEW
        state = (int(card.type), None if is_new else due, card.ivl, card.factor, card.left % 1000)
        counts = (card.reps, card.lapses, card.user_flag(), int(card.queue) == -1)
        found["cards"].append((*place, deck, *state, *counts))
        seen = (anki.question(note.guid, card.ord), anki.answer(note.guid, card.ord))
        found["notes"].append((*place, *seen, *sorted(note.tags)))
    found["log"] = [
        tuple(row)
        for row in db.execute(
            "SELECT r.id, n.guid, c.ord, r.ease, r.ivl, r.lastIvl, r.factor, r.time, r.type"
            " FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid"
            " WHERE r.ease > 0 AND n.guid NOT IN (?, ?, ?)",
            *PUT_BY_HAND,
        )
    ]
    return {name: sorted(rows) for name, rows in found.items()}


@pytest.fixture
def rich(anki: AnkiProfile) -> RichCollection:
    """All but what is told to become something else: odd note types, answers typed in."""
    made = RichCollection(anki)
    made.fill()
    other = [anki.note(guid).id for guid in ("odd", "typed")]
    anki.collection.remove_notes(other)
    anki.edit("cloze", "Text", r"{{c1::a}} {{c3::\(x&lt;y\)}}")
    return made


@pytest.fixture
def second(tmp_path: Path) -> Iterator[AnkiProfile]:
    with closing(AnkiProfile(new_folder(tmp_path))) as profile:
        yield profile


def test_from_anki_here_and_back(rich: RichCollection, second: AnkiProfile, tmp_path: Path) -> None:
    there = anki_knows(rich.profile)
    package = rich.export(tmp_path / "there.apkg", legacy=False)
    with closing(empty(tmp_path)) as database:
        take_in(database, package)
        exchange = Exchange(database.path, now)
        exchange.write(Request(Everything(), with_schedule=True), tmp_path / "back.apkg")
    second.import_package(tmp_path / "back.apkg", progress=True)
    back = anki_knows(second)
    for name, rows in there.items():
        assert back[name] == rows, name
    assert second.media() == {"cat & dog.png": PICTURE}
    assert second.sound()
