"""The index finds what a slow search would find, whatever was put in and taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.advice.bit_set import BitSet, members
from studyapp.advice.front_index import FEW, LIKENESS, FrontIndex, content_words

VOCABULARY = "what is the heart lung liver role of from to not $x$ $y$ why do"
WORDS = st.sampled_from(VOCABULARY.split())
FRONTS = st.lists(WORDS, max_size=12).map(" ".join)
CHANGES = st.lists(st.tuples(st.sampled_from("abcde"), st.none() | FRONTS), max_size=25)


def likeness(first: str, second: str) -> float:
    one, other = content_words(first), content_words(second)
    return len(one & other) / len(one | other) if one and other else 0


@given(CHANGES, FRONTS, st.sampled_from([0, 2, FEW]))
def test_finds_all_and_only_near_fronts(
    changes: list[tuple[str, str | None]], asked: str, few: int
) -> None:
    index, fronts = FrontIndex(few), dict[str, str]()
    for key, front in changes:
        if front is None:
            index.drop(key)
            fronts.pop(key, None)
        else:
            index.put(key, front)
            fronts[key] = front
    near = {each.key: each.likeness for each in index.near(asked, without="a")}
    expected = {key: likeness(asked, front) for key, front in fronts.items() if key != "a"}
    assert near == {key: value for key, value in expected.items() if value >= LIKENESS}
    assert len(index) == len(fronts)


def is_near(first: str, second: str) -> bool:
    index = FrontIndex()
    index.put("first", first)
    return bool(index.near(second, without="second"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("What is a monad?", "What are monads called?", id="plural"),
        pytest.param("What does *ergo* mean?", "What is the meaning of *ergo*?", id="meaning"),
        pytest.param("Bile's role in digestion?", "In digestion, what role has bile?", id="order"),
        pytest.param("What is $a^2$?", "What is $a ^2$?", id="spaces-in-a-formula"),
        pytest.param("{{c1::Bile}} is green", "Bile is {{c2::green::hue}}", id="clozes"),
    ],
)
def test_near(first: str, second: str) -> None:
    assert is_near(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("Who found penicillin?", "When was penicillin found?", id="question-word"),
        pytest.param("From grams to pounds?", "From pounds to grams?", id="direction"),
        pytest.param("What are metals?", "What are non-metals?", id="negation"),
        pytest.param("What is $a$?", "What is $b$?", id="formula"),
        pytest.param("What is the mean of $X$?", "What is $X$?", id="mean-value"),
        pytest.param("What is a live wire?", "What does a live wire do?", id="doing"),
        pytest.param("What?", "Which?", id="nothing-to-compare"),
    ],
)
def test_not_near(first: str, second: str) -> None:
    assert not is_near(first, second)


def test_the_nearest_is_first_and_has_a_short_title() -> None:
    index = FrontIndex()
    words = " ".join(f"word{number}" for number in range(20))
    index.put("near", f"{words} more")
    index.put("same", words)
    near = index.near(words, without="")
    assert [each.key for each in near] == ["same", "near"]
    assert near[1].title == f"{words[:69]}…"


def test_frequent_words_are_found_too() -> None:
    index = FrontIndex()
    for number in range(2_000):
        index.put(f"{number}", f"bound reward policy value proof agent word{number % 600}")
    index.put("same", "reward bound policy value agent proof")
    index.put("less", "reward bound policy value agent")
    index.put("other", "reward bound policy value agent gradient belief")
    for key in ("0", "600", "5"):
        index.drop(key)
    near = index.near("proof of bound, reward, policy, value and agent", without="7")
    likeness = {each.key: each.likeness for each in near}
    assert likeness.pop("same") == 1
    assert len(likeness) == 1_996
    assert not {"0", "600", "5", "7", "less", "other"} & likeness.keys()
    assert [each.key for each in index.near("bound reward policy value agent word5 proof", "")] == [
        "1205", "1805", "605", "same",
    ]  # fmt: skip


def test_bits() -> None:
    numbers = BitSet([9, 0])
    numbers.add(70)
    numbers.discard(9)
    numbers.discard(1_000)
    assert list(members(numbers.bits())) == [0, 70]
    assert list(members(0)) == []
