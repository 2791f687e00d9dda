"""A note that its deck and the user have both changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.merging import merge
from studyapp.domain.notes import Note, NoteKind

BASE = Note("k", NoteKind.BASIC, "front", "back", ("a", "b"), "source", ("x", "y"))


def changed(
    front: str = "front",
    source: str = "source",
    tags: tuple[str, ...] = ("a", "b"),
    links: tuple[str, ...] = ("x", "y"),
) -> Note:
    return replace(BASE, front=front, source=source, tags=tags, links=links)


@pytest.mark.parametrize(
    ("mine", "theirs", "note"),
    [
        pytest.param(changed(), changed(front="F"), changed(front="F"), id="only-theirs"),
        pytest.param(changed(front="M"), changed(), changed(front="M"), id="only-mine"),
        pytest.param(changed(front="F"), changed(front="F"), changed(front="F"), id="the-same"),
        pytest.param(
            changed(source="M"),
            changed(front="F"),
            changed(source="M", front="F"),
            id="in-other-places",
        ),
        pytest.param(
            changed(tags=("b", "m")),
            changed(tags=("a", "t")),
            changed(tags=("m", "t")),
            id="tags-are-united",
        ),
        pytest.param(
            changed(links=("x", "y", "m")),
            changed(links=("y", "x", "t", "m")),
            changed(links=("x", "y", "m", "t")),
            id="links-are-united",
        ),
    ],
)
def test_what_can_be_merged_is(mine: Note, theirs: Note, note: Note) -> None:
    merged = merge(BASE, mine, theirs)
    assert merged.note == note
    assert merged.base == theirs
    assert not merged.conflicts


def test_words_that_both_changed_stay_the_users() -> None:
    mine = replace(BASE, back="mine")
    deck = replace(BASE, front="theirs", source="newer", tags=("c",))
    merged = merge(BASE, mine, deck)
    assert merged.note == replace(mine, source="newer", tags=("c",))
    assert merged.conflicts
    # The next version is held against what the user's words were made from.
    assert merged.base == replace(deck, front="front")
    assert merge(merged.base, merged.note, deck) == merged


def test_a_source_that_both_changed_stays_the_users() -> None:
    merged = merge(BASE, replace(BASE, source="mine"), replace(BASE, source="theirs", front="F"))
    assert (merged.note.source, merged.note.front) == ("mine", "F")
    assert merged.conflicts


NOTES = st.builds(
    Note,
    st.just("k"),
    st.sampled_from(NoteKind),
    st.sampled_from("ab"),
    st.sampled_from("ab"),
    st.lists(st.sampled_from("abc"), unique=True).map(tuple),
    st.sampled_from("ab"),
    st.lists(st.sampled_from("abc"), unique=True).map(tuple),
)


@given(NOTES, NOTES, NOTES)
def test_each_field_comes_from_one_side(base: Note, mine: Note, theirs: Note) -> None:
    merged = merge(base, mine, theirs)
    assert merged.note.front in (mine.front, theirs.front)
    assert merged.note.source in (mine.source, theirs.source)
    if base == mine:
        assert (merged.note.front, merged.note.back) == (theirs.front, theirs.back)
        assert set(merged.note.tags) == set(theirs.tags)
        assert not merged.conflicts
    if base == theirs:
        assert merged.note == mine
