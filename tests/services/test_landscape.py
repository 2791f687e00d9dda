"""The map of a collection: places that are kept, and what is remembered now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import dist
from pathlib import Path
from threading import Thread

import pytest

from studyapp.domain.landscape import UNIT, Landscape, Link, Place, RegionKind
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DEFAULT_PRESET, DayOptions
from studyapp.domain.reviews import Grade
from studyapp.errors import Cancelled
from studyapp.services.landscape import Landscapes
from studyapp.services.presets import Presets
from studyapp.services.study_values import Prompt
from studyapp.services.switching import Choice, Switching
from studyapp.store import bulk, cards, places
from studyapp.store.decks import DEFAULT_PRESET_ID
from tests.services.conftest import Desk, MovableClock, basic

COUNT = 30


def linked(count: int = COUNT) -> list[Note]:
    """Each note builds on the one before."""
    return [
        replace(basic(number), links=(f"note-{number - 1}",) if number else (), tags=("tag",))
        for number in range(count)
    ]


def maps(desk: Desk) -> Landscapes:
    return Landscapes(desk.database, desk.clock, DayOptions())


def points(landscape: Landscape) -> dict[int, tuple[int, int]]:
    return {place.note_id: (place.x, place.y) for place in landscape.places}


def place_of(landscape: Landscape, number: int) -> Place:
    return next(each for each in landscape.places if each.title == f"front {number}")


def grade(desk: Desk, *grades: Grade) -> None:
    desk.study.start(desk.deck_id())
    for each in grades:
        prompt = desk.study.current()
        assert isinstance(prompt, Prompt)
        desk.study.grade(prompt, each, 1000)


def test_a_map_of_no_notes_is_empty(desk: Desk) -> None:
    assert maps(desk).map() == Landscape([], [], [], [])
    assert maps(desk).map().bounds == (0, 0, 0, 0)


def test_a_new_collection(desk: Desk) -> None:
    desk.install([*linked(3), basic(9)])
    found = maps(desk).map()
    assert [each.title for each in found.places] == ["front 0", "front 1", "front 2", "front 9"]
    assert [each.is_linked for each in found.places] == [True, True, True, False]
    assert all(each.is_new and each.recall is None and not each.is_due for each in found.places)
    assert found.links == [Link(1, 0), Link(2, 1)]
    assert [(each.kind, each.name, each.notes) for each in found.regions] == [
        (RegionKind.DECK, "Deck", 4)
    ]
    weights = [each.weight for each in found.places]
    assert weights[0] == 1
    assert weights[0] > weights[1] > weights[2] == weights[3] == 0


def test_what_is_due_and_how_well_it_is_remembered(desk: Desk, clock: MovableClock) -> None:
    desk.install(linked(3))
    grade(desk, Grade.EASY)
    shown = place_of(maps(desk).map(), 0)
    assert (shown.is_new, shown.is_due, shown.recall) == (False, False, 1.0)
    clock.move(days=8)
    shown = place_of(maps(desk).map(), 0)
    assert shown.is_due
    assert shown.recall is not None
    assert 0.7 < shown.recall < 0.9


def test_fsrs_tells_its_own_recall(desk: Desk, clock: MovableClock) -> None:
    desk.install(linked(3))
    Switching(desk.database, clock, DayOptions()).switch(DEFAULT_PRESET_ID, Choice("fsrs", 900))
    grade(desk, Grade.GOOD)
    clock.move(days=3)
    shown = place_of(maps(desk).map(), 0)
    assert shown.recall is not None
    assert 0.5 < shown.recall < 1


def test_a_card_in_its_steps_is_due_and_a_suspended_one_is_not(desk: Desk) -> None:
    desk.install(linked(3))
    grade(desk, Grade.AGAIN)
    assert place_of(maps(desk).map(), 0).is_due
    deck_id = desk.deck_id()
    with desk.database.change("suspend", 1) as tx:
        cards.suspend(tx, [each.card.id for each in cards.in_decks(tx, [deck_id])])
    shown = place_of(maps(desk).map(), 0)
    assert (shown.is_due, shown.is_suspended, shown.recall) == (False, True, None)


def test_places_are_kept_and_new_notes_settle_beside_their_neighbours(desk: Desk) -> None:
    desk.install(linked())
    before = points(maps(desk).map())
    desk.close()
    desk.open()
    desk.install(linked(COUNT + 1), digest="2")
    after = maps(desk).map()
    assert before.items() <= points(after).items()
    new, neighbour = place_of(after, COUNT), place_of(after, COUNT - 1)
    assert dist((new.x, new.y), (neighbour.x, neighbour.y)) < 2 * UNIT


def test_a_deleted_note_comes_back_to_its_place(desk: Desk) -> None:
    desk.install(linked())
    before = points(maps(desk).map())
    gone = next(iter(before))
    with desk.database.change("delete", 1) as tx:
        bulk.delete_notes(tx, [gone])
    without = points(maps(desk).map())
    assert without.keys() == before.keys() - {gone}
    desk.study.undo()
    assert points(maps(desk).map()) == before


def test_places_are_no_step_to_be_undone(desk: Desk) -> None:
    desk.install(linked(3))
    with desk.database.change("touch", 1) as tx:
        tx.exec_driver_sql("UPDATE notes SET changed_at = 5")
    maps(desk).map()
    assert desk.study.undo() == "touch"
    with desk.database.read() as tx:
        assert not places.has_unplaced(tx)


def test_the_same_notes_give_the_same_map_in_another_collection(desk: Desk, tmp_path: Path) -> None:
    desk.install(linked())
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other", MovableClock())
    other.install(list(reversed(linked())))
    both = [{each.title: (each.x, each.y) for each in maps(d).map().places} for d in (desk, other)]
    other.close()
    assert both[0] == both[1]


def test_a_map_that_grew_can_be_laid_out_anew(desk: Desk) -> None:
    desk.install(linked(5))
    maps(desk).map()
    desk.install(linked(), digest="2")
    grown = points(maps(desk).map())
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    assert maps(desk).arrange_anew(tell) == COUNT
    fresh = points(maps(desk).map())
    assert fresh != grown
    assert (sorted(told), told[-1]) == (told, (told[0][1],) * 2)
    with desk.database.derive() as tx:
        tx.exec_driver_sql("DELETE FROM places")
    assert points(maps(desk).map()) == fresh


def test_undo_brings_the_old_places_back_and_redo_the_new_ones(desk: Desk) -> None:
    desk.install(linked(5))
    maps(desk).map()
    desk.install(linked(), digest="2")
    old = points(maps(desk).map())
    maps(desk).arrange_anew()
    new = points(maps(desk).map())
    assert desk.study.undo() == "lay out the map anew"
    assert points(maps(desk).map()) == old
    desk.close()
    desk.open()
    assert desk.study.redo() == "lay out the map anew"
    assert points(maps(desk).map()) == new


def test_undo_meets_places_that_were_made_again_meanwhile(desk: Desk) -> None:
    desk.install(linked(5))
    old = points(maps(desk).map())
    gone, _, unplaced = list(old)[:3]
    with desk.database.change("delete", 1) as tx:
        bulk.delete_notes(tx, [gone])
    with desk.database.derive() as tx:
        tx.exec_driver_sql("DELETE FROM places WHERE id = ?", (unplaced,))
    maps(desk).arrange_anew()
    with desk.database.derive() as tx:
        places.put(tx, [(gone, 1, 2)])
    desk.study.undo()
    desk.study.undo()
    found = points(maps(desk).map())
    assert found.keys() == old.keys()
    assert {n: at for n, at in found.items() if n != unplaced}.items() <= old.items()
    desk.study.redo()
    maps(desk).map()
    desk.study.redo()
    assert gone not in points(maps(desk).map())


def test_a_map_that_is_cancelled_stays_as_it_was(desk: Desk) -> None:
    desk.install(linked())
    before = points(maps(desk).map())
    with pytest.raises(Cancelled, match="nothing was changed"):
        maps(desk).arrange_anew(lambda *_: False)
    assert points(maps(desk).map()) == before
    assert desk.study.undo() is None


def test_another_thread_makes_a_map_while_cards_are_graded(desk: Desk) -> None:
    desk.install(linked(200))
    found: list[Landscape] = []
    beside = Thread(target=lambda: found.append(maps(desk).map()))
    beside.start()
    grade(desk, *[Grade.GOOD] * 15)
    beside.join()
    assert len(found[0].places) == 200


def test_a_map_that_is_stopped_leaves_no_places(desk: Desk) -> None:
    desk.install(linked())
    stopped = maps(desk)
    stopped.stop()
    with pytest.raises(Cancelled):
        stopped.map()
    with desk.database.read() as tx:
        assert places.known(tx) == {}
    maps(desk).map()
    desk.install(linked(COUNT + 1), digest="2")
    with pytest.raises(Cancelled):
        stopped.map()


def order_of_the_day(desk: Desk) -> list[int]:
    """Notes as they are asked."""
    desk.study.start(desk.deck_id())
    asked = []
    while isinstance(prompt := desk.study.current(), Prompt):
        asked.append(prompt.card.note_id)
        desk.study.grade(prompt, Grade.EASY, 1000)
    for _ in asked:
        desk.study.undo()
    return asked


def far(desk: Desk, asked: Sequence[int]) -> float:
    with desk.database.read() as tx:
        known = places.of_notes(tx, asked)
    return sum(dist(known[a], known[b]) for a, b in pairwise(asked))


@pytest.mark.parametrize(
    "limit", [pytest.param(12, id="within-limits"), pytest.param(99, id="all")]
)
def test_a_walk_asks_the_same_cards_in_a_shorter_way(desk: Desk, limit: int) -> None:
    # Learned in this order, each card is far from the one before.
    desk.install([linked()[number * 7 % COUNT] for number in range(COUNT)])
    presets = Presets(desk.database, desk.clock, DayOptions())
    usual = replace(DEFAULT_PRESET, new_per_day=limit)
    presets.change(DEFAULT_PRESET_ID, usual)
    as_usual = order_of_the_day(desk)
    presets.change(DEFAULT_PRESET_ID, replace(usual, walk=True))
    assert order_of_the_day(desk) == as_usual, "without a map there is no walk"
    maps(desk).settle()
    walked = order_of_the_day(desk)
    assert sorted(walked) == sorted(as_usual)
    assert len(walked) == min(limit, COUNT)
    assert walked[0] == as_usual[0]
    assert far(desk, walked) < far(desk, as_usual) / 1.5


def test_a_walk_does_not_ask_siblings_one_after_the_other(desk: Desk) -> None:
    desk.install([replace(each, kind=NoteKind.REVERSED) for each in linked(10)])
    maps(desk).settle()
    preset = replace(DEFAULT_PRESET, walk=True, bury_new_siblings=False)
    Presets(desk.database, desk.clock, DayOptions()).change(DEFAULT_PRESET_ID, preset)
    asked = order_of_the_day(desk)
    assert len(asked) == 20
    assert set(asked[:10]) == set(asked[10:])


def is_walk(desk: Desk, ahead_days: int = 0) -> bool:
    desk.study.start(desk.deck_id(), ahead_days)
    return desk.study.is_walk


def test_a_session_tells_whether_it_is_a_walk_and_which_notes_are_left(desk: Desk) -> None:
    desk.install(linked(3))
    assert [is_walk(desk), is_walk(desk, ahead_days=3)] == [False, False]
    preset = replace(DEFAULT_PRESET, walk=True)
    Presets(desk.database, desk.clock, DayOptions()).change(DEFAULT_PRESET_ID, preset)
    assert [is_walk(desk), is_walk(desk, ahead_days=3)] == [True, False]
    desk.study.start(desk.deck_id())
    assert desk.study.waiting_notes() == {1, 2, 3}
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.EASY, 1000)
    assert desk.study.waiting_notes() == {1, 2, 3} - {prompt.card.note_id}


def test_each_place_knows_its_region(desk: Desk) -> None:
    desk.install(linked(5))
    found = maps(desk).map()
    assert {found.region_of(index) for index in range(5)} == {
        region for region in found.regions if region.name == "tag"
    }


def test_places_are_kept_ready_for_walks_only(desk: Desk) -> None:
    desk.install(linked())
    landscapes = maps(desk)
    assert landscapes.settle_for_walks() == 0
    presets = Presets(desk.database, desk.clock, DayOptions())
    presets.change(DEFAULT_PRESET_ID, replace(DEFAULT_PRESET, walk=True))
    assert landscapes.settle_for_walks() > 0
    assert landscapes.settle_for_walks() == 0
