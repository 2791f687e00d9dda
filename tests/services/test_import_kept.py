"""What a look has made of a file's notes is not made again for the import, unless it must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.anki.incoming import Findings, Incoming, IncomingNote
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant
from studyapp.services import import_kept
from studyapp.services.import_kept import KeptNotes
from studyapp.services.importing import Importing
from studyapp.store import notes
from tests.services.conftest import Desk
from tests.services.importing_files import Package, Row

NOW = Instant(1_700_000_000_000, 3_600_000)
OPTIONS = DayOptions()
NAMES = {"a.png": "b.png"}


def note(number: int) -> IncomingNote:
    return IncomingNote(Note(f"note-{number}", NoteKind.BASIC, "front"), "Deck")


def incoming(found: list[IncomingNote]) -> Incoming:
    """A file with these notes, which skips a thing on the way."""

    def read(_: Mapping[str, str], findings: Findings) -> Iterator[IncomingNote]:
        yield from found
        findings.skip("a thing", "it is no note")
        findings.counts["things"] += 1

    return Incoming("a file", read, len(found))


def read(file: Incoming, names: Mapping[str, str] = NAMES) -> tuple[list[IncomingNote], Findings]:
    findings = Findings()
    return list(file.notes(names, findings)), findings


@given(st.lists(st.builds(IncomingNote)))
def test_notes_come_back_as_they_were(found: list[IncomingNote]) -> None:
    kept = KeptNotes(NOW, OPTIONS)
    first = read(kept.keeping(incoming(found)))
    assert first[0] == found
    again = kept.instead(incoming([]), NOW, OPTIONS)
    assert read(again) == first
    assert read(again) == first


@pytest.mark.parametrize(
    ("now", "options", "names"),
    [
        pytest.param(Instant(NOW.at, 0), OPTIONS, NAMES, id="another-offset"),
        pytest.param(NOW, DayOptions(rollover_hour=3), NAMES, id="another-rollover"),
        pytest.param(NOW, OPTIONS, {"a.png": "c.png"}, id="other-names-of-media"),
    ],
)
def test_what_changed_is_read_again(
    now: Instant, options: DayOptions, names: Mapping[str, str]
) -> None:
    kept = KeptNotes(NOW, OPTIONS)
    read(kept.keeping(incoming([])))
    file = incoming([note(1)])
    assert read(kept.instead(file, now, options), names)[0] == [note(1)]


def test_what_was_not_read_to_its_end_is_read_again() -> None:
    kept = KeptNotes(NOW, OPTIONS)
    next(kept.keeping(incoming([note(1), note(2)])).notes(NAMES, Findings()))
    file = incoming([note(3)])
    assert read(kept.instead(file, NOW, OPTIONS))[0] == [note(3)]


def test_very_much_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_kept, "MOST_BYTES", 1)
    kept = KeptNotes(NOW, OPTIONS)
    assert read(kept.keeping(incoming([note(1)])))[0] == [note(1)]
    assert read(kept.instead(incoming([note(2)]), NOW, OPTIONS))[0] == [note(2)]


def test_a_name_that_was_taken_since_the_look(desk: Desk, tmp_path: Path) -> None:
    keys = count()
    importing = Importing(desk.database, desk.clock, OPTIONS, lambda: f"own-{next(keys)}")
    row = Row("a", ('<img src="a.png">', "b"))
    plan = importing.preview(Package([row], {"a.png": b"theirs"}).write(tmp_path / "A.apkg"))
    folder = desk.path.parent / "media"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"mine")
    importing.apply(plan)
    name = next(each.name for each in folder.iterdir() if each.name.startswith("a-"))
    with desk.database.read() as tx:
        assert notes.by_keys(tx, ["a"])["a"].note.front == f"![]({name})"
