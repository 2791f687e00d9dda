"""Changing many cards and notes at once: each is one step of undo, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Field, Listed
from studyapp.domain.replacing import Replacement
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import study_day
from studyapp.errors import Cancelled, ContentError
from studyapp.services import progress
from studyapp.services.changing import Changing, Positions
from studyapp.services.chosen import Chosen, Done, Extent
from studyapp.services.exchange import Exchange, Request
from studyapp.services.progress import Progress
from studyapp.services.replacing import Replacing
from studyapp.services.study_values import Prompt
from studyapp.store import cards, decks, notes
from tests.services.conftest import Desk, basic
from tests.store.test_history import contents

COUNT = 5
Action = Callable[[Changing, Chosen, Progress], Done]
PAIR = Note("pair", NoteKind.REVERSED, "front", "back", ("old", "Kept"))


@pytest.fixture
def changing(desk: Desk) -> Changing:
    desk.install([*(basic(number) for number in range(COUNT - 2)), PAIR])
    return Changing(desk.database, desk.clock, DayOptions(), Random(20261121))  # noqa: S311


@pytest.fixture
def every(desk: Desk, changing: Changing) -> Chosen:
    """All cards, the one added last first."""
    return Chosen([place.card.id for place in reversed(places(desk))], Listed.CARDS)


def places(desk: Desk) -> list[cards.Place]:
    with desk.database.read() as tx:
        return cards.in_decks(tx, [deck.id for deck in decks.every(tx)])


def schedules(desk: Desk) -> list[Schedule]:
    return [place.card.schedule for place in places(desk)]


def tags(desk: Desk) -> dict[str, tuple[str, ...]]:
    with desk.database.read() as tx:
        found = notes.with_ids(tx, list(range(1, COUNT + 1)))
        return {stored.note.key: stored.note.tags for stored in found}


def never(_done: int, _total: int) -> bool:
    return False


ACTIONS: list[tuple[str, Action]] = [
    ("move of 5 cards", lambda c, these, p: c.move(these, "Other::Place", p)),
    ("suspension of 5 cards", lambda c, these, p: c.suspend(these, p)),
    ("flag of 5 cards", lambda c, these, p: c.flag(these, 7, p)),
    ("burial of 5 cards", lambda c, these, p: c.bury(these, p)),
    ("due date of 5 cards", lambda c, these, p: c.set_due(these, "1-7!", p)),
    ("new position of 5 cards", lambda c, these, p: c.reposition(these, Positions(90), p)),
    ("tagging of 4 notes", lambda c, these, p: c.add_tags(these, ["new", "a::b"], p)),
    ("removal of tags of 1 note", lambda c, these, p: c.remove_tags(these, ["OLD", "none"], p)),
    ("deletion of 4 notes", lambda c, these, p: c.delete(these, p)),
]


@pytest.mark.parametrize(("name", "act"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_each_is_one_step_with_a_name(
    desk: Desk, changing: Changing, every: Chosen, name: str, act: Action
) -> None:
    before = contents(desk.database)
    done = act(changing, every, progress.silent)
    after = contents(desk.database)
    assert done.name == name
    assert after != before
    assert desk.study.undo() == name
    assert contents(desk.database) == before
    assert desk.study.redo() == name
    assert contents(desk.database) == after


@pytest.mark.parametrize(("name", "act"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_what_is_cancelled_changes_nothing(
    desk: Desk, changing: Changing, every: Chosen, name: str, act: Action
) -> None:
    before = contents(desk.database)
    with pytest.raises(Cancelled):
        act(changing, every, never)
    assert contents(desk.database) == before
    assert desk.study.next_undo() is None


@pytest.mark.parametrize(("name", "act"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_nothing_chosen_is_no_step(desk: Desk, changing: Changing, name: str, act: Action) -> None:
    before = contents(desk.database)
    for gone in (Chosen([], Listed.CARDS), Chosen([98, 99], Listed.NOTES)):
        assert act(changing, gone, progress.silent).number == 0
    assert contents(desk.database) == before
    assert desk.study.undo() is None


def test_cards_in_many_chunks(
    desk: Desk, changing: Changing, every: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "CHUNK", 2)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    assert changing.flag(every, 1, tell) == Done("flag of 5 cards", 5)
    assert told == [(0, 5), (2, 5), (4, 5)]
    assert changing.delete(every).number == 4


def test_notes_stand_for_their_cards_and_cards_for_their_notes(
    desk: Desk, changing: Changing
) -> None:
    pair = places(desk)[-1].card
    assert changing.extent(Chosen([pair.note_id], Listed.NOTES)) == Extent(cards=2, notes=1)
    assert changing.extent(Chosen([pair.id], Listed.CARDS)) == Extent(cards=1, notes=1)
    assert changing.suspend(Chosen([pair.note_id], Listed.NOTES)).number == 2
    assert changing.delete(Chosen([pair.id], Listed.CARDS)).name == "deletion of 1 note"
    assert len(places(desk)) == COUNT - 2


def test_what_is_as_it_should_be_does_not_count(
    desk: Desk, changing: Changing, every: Chosen
) -> None:
    first = Chosen(every.ids[:2], Listed.CARDS)
    changing.suspend(first)
    assert changing.suspend(every) == Done("suspension of 3 cards", 3)
    assert changing.bury(every).number == 0
    assert changing.unsuspend(first) == Done("end of the suspension of 2 cards", 2)
    assert changing.bury(every).number == 2
    assert changing.unbury(first) == Done("end of the burial of 2 cards", 2)
    assert changing.flag(every, 0).number == 0


def test_a_wrong_name_of_a_deck_or_tag(changing: Changing, every: Chosen) -> None:
    with pytest.raises(ContentError, match="no name of a deck"):
        changing.move(every, "A:: B")
    with pytest.raises(ContentError, match="holds a space"):
        changing.add_tags(every, ["two words"])
    with pytest.raises(ContentError, match="tells no day"):
        changing.set_due(every, "soon")
    with pytest.raises(ContentError, match="below 0"):
        changing.reposition(every, Positions(-1))


def test_tags(desk: Desk, changing: Changing, every: Chosen) -> None:
    assert changing.tags_of(every) == ("Kept", "old")
    changing.add_tags(every, ["OLD", "x"])
    assert tags(desk)["pair"] == ("old", "Kept", "x")
    assert tags(desk)["note-0"] == ("old", "x")
    changing.remove_tags(every, ["Old", "kept"])
    assert set(tags(desk).values()) == {("x",)}


def test_due_dates_lie_in_the_span_by_chance(desk: Desk, changing: Changing, every: Chosen) -> None:
    changing.suspend(every)
    changing.set_due(every, "2-4")
    today = study_day(desk.clock(), DayOptions().rollover_hour)
    days = {schedule.due_on for schedule in schedules(desk)}
    assert days <= {today + 2, today + 3, today + 4}
    assert len(days) > 1
    assert {schedule.state for schedule in schedules(desk)} == {CardState.REVIEW}
    assert {schedule.ease_permille for schedule in schedules(desk)} == {2500}
    assert not any(place.suspended for place in places(desk))


def test_a_reset_card_is_new_at_its_old_place(
    desk: Desk, changing: Changing, every: Chosen
) -> None:
    before = [place.position for place in places(desk)]
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.GOOD, 1000)
    assert changing.reset(every).name == "reset of 5 cards"
    assert sorted(schedule.reps for schedule in schedules(desk)) == [0, 0, 0, 0, 1]
    assert {schedule.state for schedule in schedules(desk)} == {CardState.NEW}
    changing.reset(every, keep_counts=False)
    assert schedules(desk) == [Schedule()] * COUNT
    assert [place.position for place in places(desk)] == before


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        pytest.param(Positions(1, 5), [("pair", 1), ("note-1", 6)], id="in-the-order-chosen"),
        pytest.param(Positions(9, 0), [("pair", 9), ("note-1", 9)], id="all-at-once"),
    ],
)
def test_notes_are_learned_in_the_order_chosen(
    desk: Desk, changing: Changing, positions: Positions, expected: list[tuple[str, int]]
) -> None:
    changing.reposition(Chosen([4, 2], Listed.NOTES), positions)
    keys = {4: "pair", 2: "note-1"}
    found = {(keys.get(p.card.note_id, ""), p.position) for p in places(desk)}
    assert {each for each in found if each[0]} == set(expected)


def test_others_make_room_if_they_shall(desk: Desk, changing: Changing) -> None:
    last = Chosen([places(desk)[-1].card.note_id], Listed.NOTES)
    before = [place.position for place in places(desk)]
    assert before == [0, 1, 2, 3, 4]
    changing.reposition(last, Positions(1, 3, make_room=False))
    assert [place.position for place in places(desk)] == [0, 1, 1, 1, 2]
    desk.study.undo()
    changing.reposition(last, Positions(1, 3))
    assert [place.position for place in places(desk)] == [0, 1, 1, 4, 5]


def test_learned_cards_have_no_position_to_change(
    desk: Desk, changing: Changing, every: Chosen
) -> None:
    changing.set_due(every, "1")
    assert changing.reposition(every, Positions()).number == 0


@pytest.fixture
def replacing(desk: Desk, changing: Changing) -> Replacing:
    return Replacing(desk.database, desk.clock)


def fields(desk: Desk, note_id: int) -> tuple[str, str]:
    with desk.database.read() as tx:
        note = notes.get(tx, note_id).note
    return note.front, note.back


def test_a_preview_tells_what_replacing_does(
    desk: Desk, replacing: Replacing, every: Chosen
) -> None:
    wanted = Replacement("(f)r(on)t", r"\2 \1", regex=True)
    before = contents(desk.database)
    preview = replacing.preview(every, wanted)
    assert (preview.notes, preview.places, preview.refused) == (4, 4, ())
    assert [(c.field, c.before, c.after) for c in preview.changes if c.note_id == 1] == [
        (Field.FRONT, "front 0", "on f 0")
    ]
    assert contents(desk.database) == before
    assert replacing.apply(every, wanted).name == "replacement in the texts of 4 notes"
    assert fields(desk, 1) == ("on f 0", "back 0")
    desk.study.undo()
    assert contents(desk.database) == before


def test_replacing_in_one_field(desk: Desk, replacing: Replacing, every: Chosen) -> None:
    replacing.apply(every, Replacement("0", "zero", Field.BACK))
    assert fields(desk, 1) == ("front 0", "back zero")


def test_a_note_that_would_ask_nothing_stays(
    desk: Desk, replacing: Replacing, every: Chosen
) -> None:
    wanted = Replacement("back", "")
    preview = replacing.preview(every, wanted)
    assert [(each.note_id, each.why) for each in preview.refused] == [
        (4, "The back is empty. Write the answer.")
    ]
    assert replacing.apply(every, wanted).number == preview.notes == 3
    assert fields(desk, 4) == ("front", "back")


def test_cancelled_replacing(desk: Desk, replacing: Replacing, every: Chosen) -> None:
    before = contents(desk.database)
    for work in (replacing.preview, replacing.apply):
        with pytest.raises(Cancelled):
            work(every, Replacement("front", "x"), never)
    assert contents(desk.database) == before


def test_cards_follow_the_marks_of_a_cloze(desk: Desk, replacing: Replacing) -> None:
    cloze = Note("cloze", NoteKind.CLOZE, "{{c1::a}} and {{c2::b}}", "c2::")
    desk.install([*(basic(number) for number in range(3)), PAIR, cloze])
    chosen = Chosen([5], Listed.NOTES)
    before = contents(desk.database)
    replacing.apply(chosen, Replacement("c2::", "c3::"))
    with desk.database.read() as tx:
        of_note = {place.card.ordinal: place.suspended for place in cards.of_notes(tx, [5])}
        assert notes.get(tx, 5).note == replace(cloze, front="{{c1::a}} and {{c3::b}}", back="c3::")
    assert of_note == {0: False, 1: True, 2: False}
    desk.study.undo()
    assert contents(desk.database) == before


def test_what_is_chosen_can_be_taken_to_anki(
    desk: Desk, changing: Changing, tmp_path: Path
) -> None:
    changing.move(Chosen([4], Listed.NOTES), "A::B")
    exchange = Exchange(desk.path, desk.clock)
    one = Chosen([places(desk)[-1].card.id, places(desk)[0].card.id], Listed.CARDS)
    told = exchange.write(Request(one), tmp_path / "some").told()
    assert "Exported 2 notes with 3 cards" in told
    assert ZipFile(tmp_path / "some.apkg").testzip() is None
    with pytest.raises(Cancelled):
        exchange.write(Request(one), tmp_path / "none", never)
    assert not (tmp_path / "none.apkg").exists()
