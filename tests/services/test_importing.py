"""Imports: looked at first, then taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.errors import Cancelled, PackageError, StorageError
from studyapp.services.authoring import Authoring, Written
from studyapp.services.importing import Choice, Choices, Importing, Report
from studyapp.store import history, notes
from studyapp.store.database import Database
from tests.services.conftest import MORNING, Desk, basic
from tests.services.importing_files import CLOZE, CREATED_S, DECK, ODD, REVERSED, Package, Row

CREATED = CREATED_S * 1000
TABLES = ("notes", "cards", "reviews", "decks", "presets", "tags", "note_tags", "links", "media")


@pytest.fixture
def keys() -> Iterator[str]:
    return (f"own-{number}" for number in count(1))


@pytest.fixture
def importing(desk: Desk, keys: Iterator[str]) -> Importing:
    return Importing(desk.database, desk.clock, DayOptions(), lambda: next(keys))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Biology.apkg"


def take(importing: Importing, path: Path, choices: Choices | None = None) -> Report:
    return importing.apply(importing.preview(path), choices or Choices())


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.read() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(sql)]


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(database, f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


def note(database: Database, key: str) -> Note:
    with database.read() as tx:
        return notes.by_keys(tx, [key])[key].note


def undo(database: Database) -> str:
    with database.rewind() as tx:
        step = history.undo(tx)
    assert step is not None
    return step.name


def edit(desk: Desk, key: str, **changes: str) -> None:
    authoring = Authoring(desk.database, desk.clock, lambda: "none")
    note_id = authoring.id_of(key)
    written = authoring.open(note_id)
    changed = replace(written.note, **changes)  # type: ignore[arg-type]
    authoring.change(note_id, Written(changed, written.deck_name))


def test_a_preview_says_all_and_writes_nothing(
    desk: Desk, importing: Importing, file: Path
) -> None:
    rows_there = [
        Row("a"),
        Row("b", ("Term", "Meaning"), REVERSED, cards=[{}, {}]),
        Row("c", ("{{c1::x}} {{c4::y}}", ""), CLOZE, cards=[{}, {"ord": 3}]),
        Row("d", ("One", "Two", ""), ODD, cards=[{}, {}]),
        Row("e", ("", "back only")),
    ]
    before = contents(desk.database)
    plan = importing.preview(Package(rows_there, {"a.png": b"abc"}).write(file))
    assert contents(desk.database) == before
    assert not (desk.path.parent / "media").exists()
    numbers = plan.numbers
    assert (numbers.new, numbers.cards, numbers.skipped, numbers.media) == (5, 7, 1, 1)
    assert plan.decks == ("Deck",)
    assert [(each.what, each.reason) for each in plan.skipped] == [
        ("“back only”", "it asks nothing: what its cards show first is empty")
    ]
    assert [(each.note_type, each.notes) for each in plan.flattened] == [("Odd", 1)]
    report = importing.apply(plan)
    assert report.numbers == numbers
    assert report.name == "import of 5 notes"


def test_an_import_is_one_step_of_undo(desk: Desk, importing: Importing, file: Path) -> None:
    desk.install([basic(1)])
    before = contents(desk.database)
    take(importing, Package([Row(str(number)) for number in range(1200)]).write(file))
    assert len(rows(desk.database, "SELECT id FROM notes")) == 1201
    assert undo(desk.database) == "import of 1,200 notes"
    assert contents(desk.database) == before


def test_new_words_there_come_here(desk: Desk, importing: Importing, file: Path) -> None:
    take(importing, Package([Row("a", tags="x"), Row("b")]).write(file))
    newer = Row("a", ("Front", "Other"), tags="x y", changed_s=CREATED_S + 60)
    report = take(importing, Package([newer, Row("b")]).write(file))
    assert (report.numbers.updated, report.numbers.unchanged) == (1, 1)
    assert note(desk.database, "a").back == "Other"
    assert note(desk.database, "a").tags == ("x", "y")
    older = take(importing, Package([Row("a", tags="x")]).write(file))
    assert (older.numbers.updated, older.numbers.skipped) == (0, 1)
    assert older.skipped[0].reason == "the one here was changed later"
    assert note(desk.database, "a").back == "Other"


def test_own_edits_stay(desk: Desk, importing: Importing, file: Path) -> None:
    path = Package([Row("a")]).write(file)
    take(importing, path)
    edit(desk, "a", back="Mine")
    plan = importing.preview(path)
    assert (plan.numbers.unchanged, plan.conflicts) == (1, ())
    importing.apply(plan)
    assert note(desk.database, "a").back == "Mine"


def later(desk: Desk) -> int:
    """After the desk's clock, in seconds."""
    return desk.clock.at // 1000 + 3600


@pytest.mark.parametrize(
    ("choice", "back", "asked_again"),
    [
        pytest.param(Choice.LATER, "Mine", True, id="later"),
        pytest.param(Choice.MINE, "Mine", False, id="mine"),
        pytest.param(Choice.THEIRS, "Theirs", False, id="theirs"),
        pytest.param(Choice.BOTH, "Mine", False, id="both"),
    ],
)
def test_what_both_changed_is_chosen(
    desk: Desk, importing: Importing, choice: Choice, back: str, asked_again: bool
) -> None:
    file = desk.path.with_name("Biology.apkg")
    take(importing, Package([Row("a")]).write(file))
    edit(desk, "a", back="Mine")
    newer = Row("a", ("Front", "Theirs"), changed_s=later(desk))
    path = Package([newer]).write(file)
    plan = importing.preview(path)
    (conflict,) = plan.conflicts
    assert (conflict.mine.back, conflict.theirs.back) == ("Mine", "Theirs")
    before = contents(desk.database)
    report = importing.apply(plan, Choices({"a": choice}))
    assert note(desk.database, "a").back == back
    assert len(importing.preview(path).conflicts) == asked_again
    if choice is Choice.BOTH:
        assert note(desk.database, "own-1").back == "Theirs"
    if choice is not Choice.LATER:
        assert undo(desk.database) == report.name
    assert contents(desk.database) == before


def test_what_each_side_changed_alone_is_joined(
    desk: Desk, importing: Importing, file: Path
) -> None:
    take(importing, Package([Row("a", tags="x")]).write(file))
    edit(desk, "a", front="My front")
    newer = Row("a", tags="x y", changed_s=later(desk))
    report = take(importing, Package([newer]).write(file))
    assert report.numbers.updated == 1
    assert note(desk.database, "a").front == "My front"
    assert note(desk.database, "a").tags == ("x", "y")


def test_a_note_of_a_deck_file_stays_one(desk: Desk, importing: Importing, file: Path) -> None:
    desk.install([basic(1)])
    newer = Row("note-1", ("front 1", "from there"), changed_s=later(desk))
    take(importing, Package([newer]).write(file))
    assert note(desk.database, "note-1").back == "from there"
    assert rows(desk.database, "SELECT shipped_by FROM notes") == [("deck",)]


def test_media_of_one_name_keep_apart(desk: Desk, importing: Importing, file: Path) -> None:
    folder = desk.path.parent / "media"
    folder.mkdir()
    (folder / "A.png").write_bytes(b"mine")
    (folder / "same.png").write_bytes(b"same")
    row = Row("a", ('<img src="a.png"> [sound:same.png]', "b"))
    path = Package([row], {"a.png": b"theirs", "same.png": b"same"}).write(file)
    report = take(importing, path)
    assert report.numbers.media == 1
    assert (folder / "A.png").read_bytes() == b"mine"
    name = next(each.name for each in folder.iterdir() if each.name.startswith("a-"))
    assert (folder / name).read_bytes() == b"theirs"
    assert note(desk.database, "a").front == f"![]({name}) [sound:same.png]"
    assert importing.preview(path).numbers.is_nothing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("\xe9.png", "e\u0301.png", id="composed"),
        pytest.param("a_b.png", "a|b.png", id="signs"),
        pytest.param("Cat.png", "cAT.png", id="capitals"),
    ],
)
def test_media_whose_safe_names_clash(
    desk: Desk, importing: Importing, file: Path, one: str, other: str
) -> None:
    row = Row("a", (f'<img src="{one}">', f'<img src="{other}">'))
    path = Package([row], {one: b"one", other: b"other"}).write(file)
    assert take(importing, path).numbers.media == 2
    found = note(desk.database, "a")
    contents = [
        (desk.path.parent / "media" / unquote(text[4:-1])).read_bytes()
        for text in (found.front, found.back)
    ]
    assert contents == [b"one", b"other"]
    assert importing.preview(path).numbers.is_nothing


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../out.png", id="above"),
        pytest.param("/etc/out.png", id="absolute"),
        pytest.param("a/b.png", id="folder"),
        pytest.param("..\\out.png", id="backslash"),
        pytest.param("..", id="dots"),
        pytest.param("", id="empty"),
        pytest.param("a\x00.png", id="zero"),
        pytest.param("CON.png", id="device"),
        pytest.param("x" * 400 + ".png", id="long"),
        pytest.param(".hidden", id="hidden"),
        pytest.param("C:out.png", id="drive"),
        pytest.param("a\u202egnp.exe", id="turned-round"),
    ],
)
def test_names_of_media_lead_nowhere(
    desk: Desk, importing: Importing, file: Path, tmp_path: Path, name: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    take(importing, Package([Row("a")], {name: b"content"}).write(file))
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before - {file}
    own = {path for path in made if not path.name.startswith("collection.")}
    assert all(path.parent == desk.path.parent / "media" for path in own)
    assert all(len(path.name.encode()) <= 120 for path in own)
    assert not any(path.name.lower().startswith(("con.", ".")) for path in own)


def test_a_link_in_the_media_folder_is_not_followed(
    desk: Desk, importing: Importing, file: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    folder = desk.path.parent / "media"
    folder.mkdir()
    (folder / "a.png").symlink_to(outside)
    plan = importing.preview(Package([Row("a")], {"a.png": b"content"}).write(file))
    with pytest.raises(StorageError):
        importing.apply(plan)
    assert not outside.exists()


def only(times: int) -> Callable[[int, int], bool]:
    """Goes on so many times."""
    left = iter([True] * times)
    return lambda _done, _total: next(left, False)


def test_cancelling_leaves_all_as_it_was(desk: Desk, importing: Importing, file: Path) -> None:
    desk.install([basic(1)])
    path = Package([Row(str(n)) for n in range(6000)], {"a.png": b"abc"}).write(file)
    plan = importing.preview(path)
    before = contents(desk.database)
    for stop_at in (0, 1, 2, 3, 4):
        with pytest.raises(Cancelled):
            importing.apply(plan, progress=only(stop_at))
        assert contents(desk.database) == before
        assert not (desk.path.parent / "media").exists()
    with pytest.raises(Cancelled):
        importing.preview(path, lambda done, _total: done < 600)
    seen: list[tuple[int, int]] = []

    def watched(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    importing.apply(plan, progress=watched)
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_a_file_that_changed_is_looked_at_again(importing: Importing, file: Path) -> None:
    plan = importing.preview(Package([Row("a")]).write(file))
    Package([Row("b")]).write(file)
    with pytest.raises(PackageError, match="has changed since"):
        importing.apply(plan)


def test_the_log_becomes_history(desk: Desk, importing: Importing, file: Path) -> None:
    """Learned, graduated, lapsed, relearned: what the columns do not tell is filled in."""
    day = 86_400_000
    at = [CREATED + day * days for days in (0, 1, 2, 12)]
    log = [
        (at[0], 3, -600, 0, 0, 5000, 0),
        (at[1], 3, 1, -600, 2500, 4000, 0),
        (at[2], 3, 10, 1, 2500, 3000, 1),
        (at[3], 1, -600, 10, 2300, 9000, 1),
        (at[3] + 600_000, 3, 1, -600, 2300, 2000, 2),
    ]
    card = {"type": 2, "queue": 2, "due": 13, "ivl": 1, "factor": 2300, "reps": 5, "lapses": 1}
    take(importing, Package([Row("a", cards=[card], log=log)]).write(file))
    columns = ("state", "interval_days", "ease_permille", "steps_left", "reps", "lapses")
    logged = rows(
        desk.database, f"SELECT grade, {', '.join(f'{c}_after' for c in columns)} FROM reviews"
    )
    assert logged == [
        (3, 1, 0, 0, 1, 1, 0),
        (3, 2, 1, 2500, 0, 2, 0),
        (3, 2, 10, 2500, 0, 3, 0),
        (1, 3, 1, 2300, 1, 4, 1),
        (3, 2, 1, 2300, 0, 5, 1),
    ]
    day_zero = CREATED // day
    assert rows(desk.database, "SELECT due_on FROM cards") == [(day_zero + 13,)]
    dues = rows(desk.database, "SELECT due_at_after, due_on_after FROM reviews")
    assert dues == [
        (at[0] + 600_000, None),
        (None, day_zero + 2),
        (None, day_zero + 12),
        (at[3] + 600_000, None),
        (None, day_zero + 13),
    ]


def test_a_deck_of_another_clock(desk: Desk, importing: Importing, file: Path) -> None:
    future = MORNING + 400 * 86_400_000
    log = [(CREATED, 3, 1, 0, 2500, 1, 0), (future, 3, 5, 1, 2500, 1, 1), (-5, 3, 1, 0, 0, 1, 0)]
    manual = (CREATED + 5, 0, 3, 1, 2500, 0, 4)
    report = take(importing, Package([Row("a", log=[*log, manual])]).write(file))
    assert report.numbers.reviews == 1
    assert "3 log entries that are no grades." in report.remarks


def test_decks_bring_their_descriptions_and_options(
    desk: Desk, importing: Importing, file: Path
) -> None:
    decks = {
        str(DECK): {"id": DECK, "name": "A::B", "desc": "All <b>of</b> it", "conf": 1},
        "5": {"id": 5, "name": "A", "desc": "# md", "md": True, "conf": 1},
        "6": {"id": 6, "name": "Empty", "desc": "", "conf": 1},
        "7": {"id": 7, "name": "Cram", "desc": "", "dyn": 1},
    }
    borrowed = {"did": 7, "odid": DECK, "odue": 44, "due": -100, "type": 2, "queue": 2, "ivl": 5}
    rows_there = [Row("a"), Row("b", cards=[borrowed])]
    take(importing, Package(rows_there, decks=decks).write(file))
    assert rows(desk.database, "SELECT name, description FROM decks ORDER BY name") == [
        ("A", "# md"),
        ("A::B", "All **of** it"),
    ]
    day_zero = CREATED // 86_400_000
    assert rows(desk.database, "SELECT due_on FROM cards WHERE state = 2") == [(day_zero + 44,)]


def test_a_deck_file(desk: Desk, importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    text = '+++\ndeck = "Own"\nkey = "own"\n+++\n\nQ: Why?\nA: Because.\nid: one\n'
    path.write_text(text, encoding="utf-8")
    report = take(importing, path)
    assert (report.numbers.new, report.decks) == (1, ("Own",))
    assert note(desk.database, "one").front == "Why?"
    assert importing.preview(path).numbers.is_nothing
    edit(desk, "one", back="Mine.")
    assert importing.preview(path).numbers.unchanged == 1
    path.write_text(text.replace("Because", "Since"), encoding="utf-8")
    assert len(importing.preview(path).conflicts) == 1


TEXT = """\
#separator:Tab
#html:true
#notetype column:1
#deck column:2
#tags column:5
#guid column:6
Basic\tA::B\tWhat is <b>it</b>?\tAn \\(x\\)\tone two\tg1
Basic (and reversed card)\tA\tTerm\tMeaning\t\tg2
# a comment
Cloze\tA\t{{c1::x}}\t"two
lines"\t\tg3
"""


def test_a_text_with_header_lines(desk: Desk, importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = take(importing, path)
    assert (report.numbers.new, report.numbers.cards, report.decks) == (3, 4, ("A", "A::B"))
    first = note(desk.database, "g1")
    assert (first.front, first.back, first.tags) == ("What is **it**?", "An $x$", ("one", "two"))
    assert note(desk.database, "g2").kind is NoteKind.REVERSED
    assert (note(desk.database, "g3").kind, note(desk.database, "g3").back) == (
        NoteKind.CLOZE,
        "two lines",
    )
    assert importing.preview(path).numbers.is_nothing


def test_a_text_without_header_lines(desk: Desk, importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text('"der Hund","dog, 2*3 <b>"\n"die Katze",cat,more\n,\n"x"\n', encoding="utf-8")
    report = take(importing, path)
    assert (report.numbers.new, report.decks) == (3, ("words",))
    backs = rows(desk.database, "SELECT front, back FROM notes ORDER BY id")
    assert backs == [
        ("der Hund", "dog, 2\\*3 &lt;b>"),
        ("die Katze", "cat\\\nmore"),
        ("x", ""),
    ]
    assert importing.preview(path).numbers.is_nothing


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"a\tb\n\xff\tc\n", "notes.txt:2: the text is not UTF-8", id="not-utf-8"),
        pytest.param(b"a\x00b", "notes.txt:1: this is no text", id="binary"),
        pytest.param(b"a\t" + b"x" * 200_000, "notes.txt:1: this line cannot be read", id="long"),
    ],
)
def test_broken_texts(importing: Importing, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(PackageError, match=message):
        importing.preview(path)


def test_a_file_of_another_kind(importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(b"PK")
    with pytest.raises(PackageError, match=r"ends in none of \.apkg, \.colpkg"):
        importing.preview(path)
    with pytest.raises(StorageError, match="cannot be read"):
        importing.preview(tmp_path / "nothing.apkg")
    (tmp_path / "folder").mkdir()
    with pytest.raises(PackageError, match=r"there is no deck file \(\.md\) in it"):
        importing.preview(tmp_path / "folder")
