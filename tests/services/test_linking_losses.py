"""Whatever is edited where, and whenever a sync dies: no edit is lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studyapp.deckfile.splicing import spliced, split
from studyapp.domain.linking import Placed, Status, is_same
from studyapp.domain.notes import Note, NoteKind
from studyapp.services.link_values import Choices
from studyapp.services.linking import Linking
from tests.services.conftest import MIGRATIONS, Desk, MovableClock
from tests.services.linked_folder import TEXT, LinkedFolder

KEYS = ("one", "two", "three")
BASE = {key: Note(key, NoteKind.BASIC, f"front {key}", f"back {key}", ("tag",)) for key in KEYS}
NEW = ("four",)

WORDS = st.sampled_from(["x", "y", "A: x", "```\ncode\n```", "$x^2$\n\ny", "{{c1::z}}", " a", "é"])
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "front": WORDS,
        "back": WORDS,
        "source": st.sampled_from(["page 1", "page 2"]),
        "tags": st.sampled_from([(), ("tag", "new"), ("other",)]),
    },
)
CHANGES = st.dictionaries(st.sampled_from([*KEYS, *NEW]), st.none() | EDITS, min_size=2, max_size=4)
"""For some notes what is changed, or None for those that are deleted."""


def changed(notes: Mapping[str, Note], changes: Mapping[str, dict[str, object] | None]) -> dict[
    str, Note
]:  # fmt: skip
    """What a side has after its edits; a new note begins as one of its own."""
    after = dict(notes)
    for key, edit in changes.items():
        if edit is None:
            after.pop(key, None)
        else:
            began = after.get(key, Note(key, NoteKind.BASIC, f"new {key}", "new"))
            after[key] = replace(began, **edit)  # type: ignore[arg-type]
    return after


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection and a linked folder that have the same notes."""
    place = tmp_path_factory.mktemp("template")
    with closing(Desk(place, MovableClock())) as desk:
        folder = LinkedFolder(
            desk, place / "texts", '+++\ndeck = "Letters"\nkey = "letters"\n+++\n'
        )
        for note in BASE.values():
            folder.add(note)
        folder.sync()
        folder.linking.unlink(folder.folder)
    return place


@contextmanager
def opened(template: Path) -> Iterator[LinkedFolder]:
    """A copy, linked and brought together."""
    with TemporaryDirectory() as name:
        place = Path(name) / "copy"
        shutil.copytree(template, place)
        with closing(Desk(place, MovableClock())) as desk:
            text = (place / "texts" / "letters.md").read_text(encoding="utf-8")
            folder = LinkedFolder(desk, place / "linked", text)
            folder.sync()
            yield folder


def apply(folder: LinkedFolder, app: Mapping[str, Note], text: Mapping[str, Note]) -> None:
    """Give both sides these notes."""
    for key in BASE.keys() - app.keys():
        folder.delete(key)
    for key, note in app.items():
        if key not in BASE:
            folder.add(note)
        elif note != BASE[key]:
            folder.edit(key, front=note.front, back=note.back, source=note.source, tags=note.tags)
    whole = split(folder.text(), "letters.md")
    edits = {key: text.get(key) for key in BASE if text.get(key) != BASE[key]}
    folder.write(spliced(whole, edits, [text[key] for key in text if key not in BASE]))


def part(note: Note | None, name: str) -> object:
    return None if note is None else getattr(note, name)


@settings(max_examples=25, deadline=None)
@given(in_app=CHANGES, in_text=CHANGES)
@example(in_app={"one": {"front": "x"}}, in_text={"one": {"back": "y"}})
@example(in_app={"one": {"back": "x"}, "two": None}, in_text={"one": {}, "two": {"back": "y"}})
def test_random_edits_on_both_sides(
    template: Path,
    in_app: dict[str, dict[str, object] | None],
    in_text: dict[str, dict[str, object] | None],
) -> None:
    app, text = changed(BASE, in_app), changed(BASE, in_text)
    with opened(template) as folder:
        apply(folder, app, text)
        report = folder.sync()
        left = {item.key for item in report.left}
        here, there = folder.notes(), folder.texts()
        again = folder.differences()
    assert set(again) == left, "a second sync has nothing to do but what was left"
    for key in {*BASE, *NEW}:
        if key in left:
            assert here.get(key) == app.get(key)
            assert there.get(key) == text.get(key)
        else:
            assert_nothing_is_lost(key, app.get(key), text.get(key), here.get(key), there.get(key))


def assert_nothing_is_lost(
    key: str, app: Note | None, text: Note | None, here: Note | None, there: Note | None
) -> None:
    assert (here is None) == (there is None)
    if here is None or there is None:
        assert app is None
        assert text is None
        return
    assert is_same(Placed(here, ""), Placed(there, ""))
    began = BASE.get(key)
    for name in ("front", "back", "source"):
        edits = {part(side, name) for side in (app, text) if side is not None}
        edits -= {part(began, name)} if began is not None else set()
        assert len(edits) <= 1
        assert not edits or part(here, name) in edits
    for side in (app, text):
        before = set() if began is None else set(began.tags)
        assert side is None or set(side.tags) - before <= set(here.tags)
        assert side is None or not (before - set(side.tags)) & set(here.tags)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(0, id="before-all-files"),
        pytest.param(1, id="between-two-files"),
        pytest.param(2, id="between-files-and-database"),
    ],
)
def test_a_sync_that_is_killed_loses_nothing(desk: Desk, tmp_path: Path, written: int) -> None:
    folder = LinkedFolder(desk, tmp_path / "texts")
    more = TEXT.replace("etters", "ines").replace("alpha", "gamma").replace("beta", "delta")
    folder.write(more, "lines.md")
    folder.sync()
    folder.edit("alpha", back="App.")
    folder.edit("beta", tags=("app",))
    folder.edit("gamma", back="App.")
    folder.replace("Beta?", "Text?")
    desk.close()
    command = [sys.executable, "-m", "tests.services.syncing"]
    killed = subprocess.run(
        [*command, str(desk.path), str(MIGRATIONS), str(written)],
        cwd=MIGRATIONS.parent,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    desk.open()
    folder.linking = Linking(desk.database, desk.clock)
    assert folder.linking.sync(folder.linking.look(), Choices()).left == ()
    assert folder.notes() == folder.texts()
    assert folder.notes()["alpha"].back == "App."
    assert (folder.notes()["beta"].front, folder.notes()["beta"].tags) == ("Text?", ("app",))
    assert "App." in folder.text("lines.md")
    assert Status.CONFLICT not in folder.differences().values()
