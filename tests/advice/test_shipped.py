"""On the shipped decks, advice is what somebody who read the cards agrees with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from studyapp.advice.catalogue import advise
from studyapp.advice.context import Context, FormulaProblem
from studyapp.advice.front_index import FrontIndex
from studyapp.deckfile.parse import read_deck
from studyapp.domain.macros import Macros
from studyapp.environment import shipped
from studyapp.errors import MathError
from studyapp.rendering.mathml import to_mathml
from tests.advice.scoring import FOLDER

MIN_PRECISION = 0.9
MAX_ADVISED = 0.05
"""Of the notes: their authors know the rules."""
RIGHT = "right"


def problem(latex: str, display: bool, macros: Macros) -> FormulaProblem | None:
    try:
        to_mathml(latex, display, macros)
    except MathError as error:
        return FormulaProblem(str(error), error.offset)
    return None


@pytest.fixture(scope="module")
def told() -> frozenset[tuple[str, str]]:
    """The names of rules and the keys of the notes of which they speak."""
    return frozenset(_told())


def _told() -> Iterator[tuple[str, str]]:
    decks = [read_deck(file) for file in sorted(shipped("decks").glob("*.md"))]
    by_key = {note.key: note for deck in decks for note in deck.notes}
    fronts = FrontIndex()
    for note in by_key.values():
        fronts.put(note.key, note.front)
    for deck in decks:
        check = partial(problem, macros=deck.macros)
        for note in deck.notes:
            linked = (by_key[key] for key in note.links if key in by_key)
            texts = tuple(f"{each.front}\n\n{each.back}" for each in linked)
            for advice in advise(note, Context(fronts, texts, check)):
                yield advice.rule.name, note.key


def test_what_was_judged_was_mostly_right(told: frozenset[tuple[str, str]]) -> None:
    rows = (FOLDER / "shipped.tsv").read_text(encoding="utf-8").splitlines()
    verdicts = {(rule, key): verdict for rule, key, verdict in (row.split("\t") for row in rows)}
    judged = [verdict for pair, verdict in verdicts.items() if pair in told]
    assert judged.count(RIGHT) >= MIN_PRECISION * len(judged)


def test_well_made_decks_are_left_in_peace(told: frozenset[tuple[str, str]]) -> None:
    notes = sum(len(read_deck(file).notes) for file in shipped("decks").glob("*.md"))
    assert len(told) <= MAX_ADVISED * notes
