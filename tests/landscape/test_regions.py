"""The named parts of a map."""

from __future__ import annotations

from studyapp.domain.landscape import UNIT, RegionKind
from studyapp.landscape.regions import homes, regions


def test_a_deck_has_the_notes_of_those_below_it() -> None:
    found = regions([(0, 0), (1000, 0), (9000, 0)], ["A::B", "A::B", "A::C"], [(), (), ()])
    assert [(each.name, each.title, each.depth, each.notes) for each in found] == [
        ("A", "A", 0, 3),
        ("A::B", "B", 1, 2),
        ("A::C", "C", 1, 1),
    ]
    assert (found[1].x, found[1].y, found[1].radius) == (500, 0, 500 + UNIT // 2)


def test_a_tag_is_a_region_where_its_notes_lie_together() -> None:
    points = [(number * 900, 0) for number in range(5)]
    points += [(number * 90_000, 5000) for number in range(5)]
    tags = [("together",)] * 5 + [("apart",)] * 5
    found = regions(points, ["A::B"] * 10, tags)
    kinds = [(each.name, each.depth) for each in found if each.kind is RegionKind.TAG]
    assert kinds == [("together", 2)]


def test_a_tag_of_few_notes_is_no_region() -> None:
    assert regions([(0, 0), (1000, 0)], ["", ""], [("few",), ("few",)]) == []


def test_the_home_of_a_note_is_its_smallest_region() -> None:
    points = [(number * 900, 0) for number in range(8)]
    decks = ["A::B"] * 6 + ["A", ""]
    tags = [("small", "large")] * 4 + [("large", "unknown")] * 2 + [(), ()]
    named = regions(points, decks, tags)
    found = homes(named, decks, tags)
    assert [named[each].name if each >= 0 else None for each in found] == [
        *(["small"] * 4),
        *(["large"] * 2),
        "A",
        None,
    ]
