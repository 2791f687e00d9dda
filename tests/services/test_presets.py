"""Presets: making, changing, sharing and deleting them, and taking it back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from studyapp.domain.presets import DayOptions, DeckLimits, LeechAction, Preset
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError, NotFound
from studyapp.scheduling.queue import Counts
from studyapp.services.presets import Presets
from studyapp.services.study_values import Finished, Graded, Prompt
from studyapp.store import decks
from tests.services.conftest import Desk, MovableClock, basic

DEFAULT_ID = 1


@pytest.fixture
def presets(desk: Desk, clock: MovableClock) -> Presets:
    return Presets(desk.database, clock, DayOptions())


def named(presets: Presets) -> dict[str, tuple[int, ...]]:
    """The decks of each preset."""
    return {each.preset.name: each.deck_ids for each in presets.every()}


def use(desk: Desk, presets: Presets, preset: Preset) -> int:
    """A deck of some notes that uses this preset; the preset's id."""
    desk.install([basic(number) for number in range(8)])
    made = presets.make(preset.name)
    presets.change(made, preset)
    presets.assign([desk.deck_id()], made)
    desk.study.start(desk.deck_id())
    return made


def prompt(desk: Desk) -> Prompt:
    current = desk.study.current()
    assert isinstance(current, Prompt)
    return current


def test_presets_are_made_renamed_copied_and_deleted(desk: Desk, presets: Presets) -> None:
    first = use(desk, presets, Preset("Slow", new_per_day=3))
    copied = presets.copy(first, "Slower")
    presets.rename(first, "Sluggish")
    deck_id = desk.deck_id()
    assert named(presets) == {"Default": (), "Slower": (), "Sluggish": (deck_id,)}
    assert presets.every()[1].preset == Preset("Slower", new_per_day=3)
    assert presets.delete(first) == 1
    assert named(presets) == {"Default": (deck_id,), "Slower": ()}
    assert copied == presets.every()[1].id


def test_each_change_is_one_step_of_undo(desk: Desk, presets: Presets) -> None:
    made = use(desk, presets, Preset("Slow", new_per_day=3))
    presets.delete(made)
    assert desk.study.undo() == "deletion of a preset"
    assert named(presets)["Slow"] == (desk.deck_id(),)
    assert desk.study.undo() == "choice of a preset"
    assert desk.study.undo() == "change of preset “Slow”"
    assert desk.study.undo() == "preset “Slow”"
    assert list(named(presets)) == ["Default"]


def test_a_preset_acts_on_the_decks_that_use_it(desk: Desk, presets: Presets) -> None:
    use(desk, presets, Preset("Slow", new_per_day=3))
    assert prompt(desk).counts == Counts(new=3)


def test_names_are_unique_whatever_their_capitals(presets: Presets) -> None:
    presets.make("Slow")
    with pytest.raises(ContentError, match="already"):
        presets.make("SLOW")
    with pytest.raises(ContentError, match="already"):
        presets.rename(DEFAULT_ID, "slow")
    presets.rename(DEFAULT_ID, "default")


def test_the_default_preset_stays(presets: Presets) -> None:
    with pytest.raises(ContentError, match="default preset"):
        presets.delete(DEFAULT_ID)


def test_what_is_out_of_bounds_changes_nothing(presets: Presets) -> None:
    with pytest.raises(ContentError, match="Easy bonus"):
        presets.change(DEFAULT_ID, Preset(easy_bonus_permille=10))
    with pytest.raises(ContentError, match="21 parameters"):
        presets.change(DEFAULT_ID, Preset(fsrs_parameters=(1.0, 2.0)))
    assert presets.every()[0].preset == Preset()


def test_a_preset_that_is_gone_is_told(presets: Presets) -> None:
    with pytest.raises(NotFound):
        presets.assign([], 77)
    with pytest.raises(NotFound):
        presets.copy(77, "Copy")


def test_options_of_a_newer_version_stay(desk: Desk, presets: Presets) -> None:
    with desk.database.change("a newer version", 1) as tx:
        tx.exec_driver_sql('UPDATE presets SET options = \'{"tides": 4, "new_per_day": 7}\'')
    presets.change(DEFAULT_ID, replace(presets.every()[0].preset, reviews_per_day=9))
    copied = presets.copy(DEFAULT_ID, "Copy")
    with desk.database.read() as tx:
        options = [
            json.loads(text) for text in tx.exec_driver_sql("SELECT options FROM presets").scalars()
        ]
    assert options == [{"tides": 4, "new_per_day": 7, "reviews_per_day": 9}] * 2
    assert presets.every()[1].preset.name == "Default"
    assert copied == presets.every()[0].id


def test_limits_of_a_deck_hold_today_or_always(
    desk: Desk, presets: Presets, clock: MovableClock
) -> None:
    use(desk, presets, Preset("Slow", new_per_day=3))
    presets.limit(desk.deck_id(), DeckLimits(new_per_day=5, new_today=1))
    desk.study.start(desk.deck_id())
    assert prompt(desk).counts.new == 1
    clock.move(days=1)
    assert prompt(desk).counts.new == 5
    desk.study.undo()
    assert prompt(desk).counts.new == 3


@pytest.mark.parametrize(
    ("action", "is_suspended"),
    [
        pytest.param(LeechAction.TAG_ONLY, False, id="tag"),
        pytest.param(LeechAction.SUSPEND, True, id="suspend"),
    ],
)
def test_a_leech_is_tagged_and_suspended_if_wanted(
    desk: Desk, presets: Presets, action: LeechAction, is_suspended: bool
) -> None:
    use(desk, presets, Preset("Strict", new_per_day=0, leech_threshold=3, leech_action=action))
    with desk.database.change("make one due", 1) as tx:
        tx.exec_driver_sql(
            "UPDATE cards SET state = 2, due_on = 1, interval_days = 9, ease_permille = 2500,"
            " lapses = 2 WHERE id = 1"
        )
    desk.study.start(desk.deck_id())
    leech = prompt(desk)
    graded = desk.study.grade(leech, Grade.AGAIN, took_ms=1)
    assert graded == Graded(graded.after, is_leech=True, is_suspended=is_suspended)
    assert desk.study.content(leech.card).note.tags == ("leech",)
    with desk.database.read() as tx:
        suspended = tx.exec_driver_sql("SELECT suspended FROM cards WHERE id = 1").scalar()
    assert suspended == is_suspended
    assert isinstance(desk.study.current(), Finished) == is_suspended
    desk.study.undo()
    assert desk.study.content(leech.card).note.tags == ()
    assert prompt(desk).card == leech.card


def test_undo_and_grading_again_give_the_same_interval(desk: Desk, presets: Presets) -> None:
    use(desk, presets, Preset("Balanced"))
    for _ in range(4):
        desk.study.grade(prompt(desk), Grade.EASY, took_ms=1)
    shown = prompt(desk)
    told = shown.labels[Grade.EASY]
    first = desk.study.grade(shown, Grade.EASY, took_ms=1)
    assert f"{first.after.interval_days} d" == told
    desk.study.undo()
    again = desk.study.grade(prompt(desk), Grade.EASY, took_ms=1)
    assert again == first


def test_cards_learned_together_are_spread_evenly(desk: Desk, presets: Presets) -> None:
    use(desk, presets, Preset("Balanced", learning_steps_s=(), easy_interval_days=20))
    given = [
        desk.study.grade(prompt(desk), Grade.EASY, took_ms=1).after.interval_days for _ in range(7)
    ]
    assert sorted(given) == [17, 18, 19, 20, 21, 22, 23]


def test_decks_know_their_presets(desk: Desk, presets: Presets) -> None:
    made = use(desk, presets, Preset("Slow", new_per_day=3))
    deck_id = desk.deck_id()
    with desk.database.read() as tx:
        deck = decks.get(tx, deck_id)
    assert (deck.preset_id, deck.preset.name) == (made, "Slow")
