"""What a day could bring is counted as somebody would who looks at every card and its siblings."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.domain.decks import Deck
from studyapp.domain.presets import Preset
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.store import decks, due
from studyapp.store.database import Database, Transaction

DAY = 20_000
START = 1_000_000
NOTES = 40
DECKS = 3
_CARDS = "id, note_id, ordinal, deck_id, state, due_at, due_on, suspended, buried_on"
Row = dict[str, int | None]


def fill(tx: Transaction, chance: Random) -> None:
    for table in ("reviews", "held_back", "cards", "notes", "decks"):
        tx.exec_driver_sql(f"DELETE FROM {table}")
    for deck_id in range(1, DECKS + 1):
        tx.exec_driver_sql(
            "INSERT INTO decks (id, name, preset_id) VALUES (?, ?, 1)", (deck_id, f"D{deck_id}")
        )
    for note_id in range(1, NOTES + 1):
        tx.exec_driver_sql(
            "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
            " VALUES (?, ?, 'cloze', 'a', '', 0, 0)",
            (note_id, str(note_id)),
        )
        for ordinal in range(chance.choice((1, 2, 3))):
            add_card(tx, chance, note_id, ordinal)


def add_card(tx: Transaction, chance: Random, note_id: int, ordinal: int) -> None:
    card_id = note_id * 10 + ordinal
    state = chance.choice((0, 0, 1, 2, 2, 3))
    waits_for_day = state == 2 or (state > 0 and chance.random() < 0.5)
    due_on = DAY + chance.randint(-2, 2) if waits_for_day else None
    due_at = None if state == 0 or waits_for_day else chance.choice((START, START + MS_PER_DAY))
    suspended, buried_on = chance.random() < 0.1, chance.choice((None,) * 8 + (DAY, DAY - 1))
    values = (chance.randint(1, DECKS), state, due_at, due_on, suspended, buried_on)
    tx.exec_driver_sql(
        f"INSERT INTO cards ({_CARDS}, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (card_id, note_id, ordinal, *values),
    )
    if chance.random() < 0.2:
        at = START + chance.choice((-1, 0, 1)) * 1000 + card_id
        before = chance.choice((0, 0, 2))
        tx.exec_driver_sql(
            f"INSERT INTO reviews VALUES ({at}, {card_id}, 3, 1, {before}, NULL, NULL,"
            " 0, 0, 0, 0, 0, 2, NULL, 1, 1, 2500, 0, 1, 0)"
        )
    if state == 2 and chance.random() < 0.2:
        tx.exec_driver_sql(
            f"INSERT INTO held_back VALUES ({card_id}, {due_on}, {DAY + 3}, 'backlog')"
        )


class Looked:
    """All cards, and what they are to their siblings."""

    def __init__(self, tx: Transaction) -> None:
        names = _CARDS.split(", ")
        rows = tx.exec_driver_sql(f"SELECT {_CARDS} FROM cards").all()
        self._cards: list[Row] = [dict(zip(names, row, strict=True)) for row in rows]
        self._held = set(tx.exec_driver_sql("SELECT id FROM held_back").scalars())
        found = tx.exec_driver_sql(
            f"SELECT card_id, max(state_before) FROM reviews WHERE id >= {START} GROUP BY card_id"
        )
        self._reviewed: dict[int | None, int] = {row[0]: row[1] for row in found}

    def counted(self, *, new: bool, apart: bool) -> Counter[int | None]:
        """By deck id."""
        is_asked = self._is_new if new else self._is_review
        found = [
            (card["deck_id"], card["note_id"] if apart else card["id"])
            for card in self._cards
            if is_asked(card)
            and card["buried_on"] != DAY
            and not (apart and self._has_earlier_sibling(card, new=new))
        ]
        return Counter(deck_id for deck_id, _ in set(found))

    def _has_earlier_sibling(self, card: Row, *, new: bool) -> bool:
        others = [
            each
            for each in self._cards
            if each["note_id"] == card["note_id"] and each["id"] != card["id"]
        ]
        return any(self._comes_before(each, new=new) for each in others if not each["suspended"])

    def _comes_before(self, sibling: Row, *, new: bool) -> bool:
        if self._is_in_steps(sibling) or (new and self._is_review(sibling)):
            return True
        state_before = self._reviewed.get(sibling["id"])
        return state_before is not None and (new or state_before > 0)

    def _is_new(self, card: Row) -> bool:
        return card["state"] == 0 and not card["suspended"]

    def _is_review(self, card: Row) -> bool:
        is_due = card["due_on"] is not None and card["due_on"] <= DAY
        held = card["id"] in self._held
        return card["state"] == 2 and is_due and not held and not card["suspended"]

    def _is_in_steps(self, card: Row) -> bool:
        if card["due_on"] is not None:
            return card["state"] in (1, 3) and card["due_on"] <= DAY
        return card["due_at"] == START  # the other ones end after the day


def with_preset(every: list[Deck], preset: Preset) -> list[Deck]:
    return [Deck(deck.id, deck.name, preset) for deck in every]


@pytest.mark.parametrize("most", [pytest.param(2, id="few"), pytest.param(999, id="all")])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(chance=st.integers(0, 2**32).map(Random))
def test_cards_are_counted_as_by_looking_at_each(
    database: Database, chance: Random, most: int
) -> None:
    with database.change("fill", 1) as tx:
        fill(tx, chance)
    new_apart, reviews_apart = chance.random() < 0.8, chance.random() < 0.8
    preset = Preset(
        new_per_day=most,
        reviews_per_day=most,
        bury_new_siblings=new_apart,
        bury_review_siblings=reviews_apart,
    )
    with database.read() as tx:
        load = due.waiting(tx, with_preset(decks.every(tx), preset), DAY, START)
        looked = Looked(tx)
    new = looked.counted(new=True, apart=new_apart)
    reviews = looked.counted(new=False, apart=reviews_apart)
    for deck_id in range(1, DECKS + 1):
        assert load.new[deck_id] == min(new[deck_id], most)
        assert load.reviews[deck_id] == min(reviews[deck_id], most)
