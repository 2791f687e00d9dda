"""On the labelled cards, rules are rarely wrong, and miss little."""

from __future__ import annotations

import pytest

from studyapp.advice.catalogue import RULES
from tests.advice.scoring import HALVES, labelled, scores

MIN_PRECISION = 0.9
MIN_RECALL = 0.9

each_rule = pytest.mark.parametrize("name", list(RULES))


def test_there_are_many_labelled_cards_good_and_bad() -> None:
    for half in HALVES:
        good = [each for each in labelled(half) if not each.due]
        assert len(good) >= 70
        assert len(labelled(half)) - len(good) >= 70


@pytest.mark.parametrize("half", HALVES)
def test_labels_name_rules(half: str) -> None:
    assert {name for each in labelled(half) for name in each.due} == set(RULES)


@each_rule
def test_precision(name: str) -> None:
    score = scores(*HALVES)[name]
    assert score.right >= 8
    assert score.precision >= MIN_PRECISION, score.false


@each_rule
def test_recall(name: str) -> None:
    score = scores(*HALVES)[name]
    assert score.recall >= MIN_RECALL, score.missed
