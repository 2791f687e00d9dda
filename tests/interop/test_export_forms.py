"""A package that is imported again, whole collections, and texts, in the real Anki."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from anki.collection import ImportCsvRequest, ImportLogWithChanges

from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade, Review
from studyapp.scheduling.sm2 import answer
from studyapp.services.exchange import Everything, Exchange, Form, Request
from studyapp.services.importing import Importing
from studyapp.store import cards, notes, outgoing, reviews
from tests.interop.anki_profile import AnkiProfile, Imported
from tests.interop.export_collection import Ours, moment, now
from tests.interop.test_export_history import (
    PRESETS,
    assert_same_answers,
    assert_same_cards,
    assert_same_log,
    collection,
)


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Ours]:
    folder = tmp_path / "ours"
    folder.mkdir()
    with closing(Ours(folder, PRESETS)) as ours:
        ours.fill(collection(3, 20))
        yield ours


def study(ours: Ours) -> int:
    """Grade all cards that are due; returns how many."""
    with ours.database.read() as tx:
        every = list(outgoing.every_card(tx))
    today = moment()
    due = [card for card in every if (card.schedule.due_on or 0) <= today.day]
    with ours.database.change("study", today.at) as tx:
        for card in due:
            after = answer(card.schedule, Grade.GOOD, PRESETS[card.deck_id - 2], today)
            reviews.add(tx, Review(today.at, card.id, Grade.GOOD, 1, card.schedule, after))
            cards.set_schedule(tx, card.id, after)
    return len(due)


def log_rows(anki: AnkiProfile) -> list[tuple[int, ...]]:
    assert anki.collection.db is not None
    return [tuple(row) for row in anki.collection.db.execute("SELECT * FROM revlog ORDER BY id")]


def preset_names(anki: AnkiProfile) -> list[str]:
    return [str(preset["name"]) for preset in anki.collection.decks.all_config()]


def test_a_second_import_adds_what_is_new_and_doubles_nothing(
    ours: Ours, anki: AnkiProfile, package: Path
) -> None:
    ours.export(package)
    anki.import_package(package, progress=True)
    before, presets = log_rows(anki), preset_names(anki)
    known = {key: vars(anki.cards(key)[0]) for key in ours.cards()}

    assert study(ours) > 3
    first = len(ours.cards())
    ours.fill(collection(4, 10), first)
    ours.export(package)
    assert anki.import_package(package, progress=True) == Imported(new=10, unchanged=first)

    added = [(key, review) for key, review in ours.log().values() if int(key[1:]) > first]
    assert len(log_rows(anki)) == len(before) + len(added)
    assert set(before) <= set(log_rows(anki)), "the history that Anki has stays"
    for key, values in known.items():
        card = vars(anki.cards(key)[0])
        assert (card["due"], card["reps"]) == (values["due"], values["reps"]), "so does progress"
    assert preset_names(anki) == presets
    assert anki.import_package(package, progress=True) == Imported(unchanged=first + 10)
    assert len(log_rows(anki)) == len(before) + len(added)
    assert anki.sound()


def test_studying_in_anki_outlives_an_import(ours: Ours, anki: AnkiProfile, package: Path) -> None:
    ours.export(package)
    anki.import_package(package, progress=True)
    key = next(key for key, (now_, _, _) in ours.cards().items() if now_.due_on is None)
    anki.answer_easy(key)
    card, log = vars(anki.cards(key)[0]), log_rows(anki)
    ours.export(package)
    anki.import_package(package, progress=True)
    assert (anki.cards(key)[0].due, anki.cards(key)[0].reps) == (card["due"], card["reps"])
    assert log_rows(anki) == log


def test_without_the_schedule_every_card_is_new(
    ours: Ours, anki: AnkiProfile, package: Path
) -> None:
    ours.export(package, with_schedule=False)
    anki.import_package(package, progress=True)
    found = [anki.cards(key)[0] for key in ours.cards()]
    assert {(card.type, card.queue, card.reps, card.flags) for card in found} == {(0, 0, 0, 0)}
    assert log_rows(anki) == []
    assert preset_names(anki) == ["Default"]
    assert anki.sound()


def with_media(ours: Ours) -> dict[str, bytes]:
    """Pictures in the collection's folder, one for each number of notes that calls for it."""
    media = ours.path.parent / "media"
    media.mkdir()
    made = {f"picture {number} ü.png": bytes([number]) * 99 for number in range(12)}
    for name, data in made.items():
        (media / name).write_bytes(data)
    calls = " ".join(f'![]("{name}")' for name in made).replace('("', "(<").replace('")', ">)")
    with ours.database.change("pictures", 1) as tx:
        note = Note("pictures", NoteKind.BASIC, "All pictures", calls)
        cards.add(tx, notes.add(tx, note, 1_700_000_000_000), 2, (0,))
    return made


def test_a_modern_package_arrives_as_an_older_one_does(
    ours: Ours, anki: AnkiProfile, package: Path, tmp_path: Path
) -> None:
    pictures = with_media(ours)
    ours.export(package, modern=True)
    with ZipFile(package) as archive:
        squeezed_twice = {"meta", "collection.anki21b", "media", "0"} & {
            each.filename for each in archive.infolist() if each.compress_type != ZIP_STORED
        }
        assert not squeezed_twice
    anki.import_package(package, progress=True)
    assert_same_cards(ours, anki)
    assert_same_log(ours, anki)
    assert_same_answers(ours, anki)
    assert anki.media() == pictures
    older = tmp_path / "older.apkg"
    ours.export(older)
    assert anki.import_package(older, progress=True) == Imported(unchanged=len(ours.cards()))
    assert anki.sound()


def graded(ours: Ours) -> dict[int, tuple[str, Grade]]:
    return {number: (key, review.grade) for number, (key, review) in ours.log().items()}


def test_a_modern_package_can_be_imported_here(ours: Ours, package: Path, tmp_path: Path) -> None:
    with_media(ours)
    ours.export(package, modern=True)
    (tmp_path / "other").mkdir()
    with closing(Ours(tmp_path / "other")) as other:
        importing = Importing(other.database, now, DayOptions(), lambda: "unused")
        report = importing.apply(importing.preview(package))
        assert report.numbers.new == len(ours.cards())
        assert graded(other) == graded(ours)
        assert len(list((other.path.parent / "media").iterdir())) == 12


def test_an_anki_that_is_too_old_says_so(
    ours: Ours, anki: AnkiProfile, package: Path, tmp_path: Path
) -> None:
    ours.export(package, modern=True)
    seen = tmp_path / "seen by an older one.apkg"
    with ZipFile(package) as archive, ZipFile(seen, "w") as older:
        older.writestr("collection.anki2", archive.read("collection.anki2"))
        older.writestr("media", "{}")
    anki.import_package(seen)
    (note,) = (anki.collection.get_note(each) for each in anki.collection.find_notes(""))
    assert "needs Anki 2.1.50" in note.fields[0]
    assert anki.sound()


@pytest.mark.parametrize("modern", [False, True], ids=["older", "modern"])
def test_a_whole_collection_takes_the_place_of_another(
    ours: Ours, tmp_path: Path, package: Path, modern: bool
) -> None:
    media = ours.path.parent / "media"
    media.mkdir()
    (media / "unused ü.png").write_bytes(b"a picture")
    target = ours.export(package, Form.COLLECTION, modern=modern).target
    assert target.name == "package.apkg.colpkg"
    replaced = AnkiProfile(tmp_path)
    backend, path = replaced.collection._backend, replaced.collection.path
    replaced.close()
    backend.import_collection_package(
        col_path=path,
        backup_path=str(target),
        media_folder=str(tmp_path / "collection.media"),
        media_db=str(tmp_path / "collection.media.db2"),
    )
    with closing(AnkiProfile(tmp_path)) as anki:
        assert_same_cards(ours, anki, whole=True)
        assert_same_log(ours, anki)
        assert_same_answers(ours, anki)
        assert anki.media() == {"unused ü.png": b"a picture"}
        assert {"Top", "Top::Deck 2", "Top::Deck 3"} <= anki.deck_names()
        assert anki.sound()


def import_text(anki: AnkiProfile, path: Path) -> ImportLogWithChanges:
    """File → Import as Anki's window does it, with what the header says."""
    metadata = anki.collection.get_csv_metadata(str(path), None)
    return anki.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))


NOTES = (
    Note("#hash", NoteKind.BASIC, "`#x`\n\n- a\n- b", 'He said "so", $x < y$', ("a::b", "c")),
    Note("r", NoteKind.REVERSED, "Term\twith a tab", "Meaning; and, more", source="Here"),
    Note("c", NoteKind.CLOZE, "{{c1::a}} and $x^{{c2::2}}$", "Extra", links=("r",)),
)


@pytest.mark.parametrize("form", [Form.CSV, Form.TSV])
def test_a_text_arrives_as_a_package_does(
    anki: AnkiProfile, tmp_path: Path, package: Path, form: Form
) -> None:
    with closing(Ours(tmp_path)) as ours:
        with ours.database.change("add", 1) as tx:
            for number, note in enumerate(NOTES, 1):
                note_id = notes.add(tx, note, 1_700_000_000_000 + number)
                cards.add(tx, note_id, 2, (0,) if note.kind is NoteKind.BASIC else (0, 1))
        exchange = Exchange(ours.path, now)
        exchange.write(Request(Everything()), package)
        report = exchange.write(Request(Everything(), form), tmp_path / "text")
    anki.import_package(package)
    expected = {note.key: anki.fields(note.key) for note in NOTES}
    tags = {note.key: anki.note(note.key).tags for note in NOTES}
    anki.edit("r", "Back", "Another meaning")
    for note in NOTES[:1]:
        anki.collection.remove_notes([anki.note(note.key).id])

    log = import_text(anki, report.target).log
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (1, 1, 1)
    assert {note.key: anki.fields(note.key) for note in NOTES} == expected
    assert {note.key: anki.note(note.key).tags for note in NOTES} == tags
    assert {anki.deck_of(note.key) for note in NOTES} == {"Top::Deck 2"}
    assert anki.collection.card_count() == 5
    assert anki.sound()
