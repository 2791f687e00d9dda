"""Searches that are kept by a name."""

from __future__ import annotations

import pytest

from studyapp.errors import ContentError, NotFound
from studyapp.services.saved_searches import SavedSearch, SavedSearches
from tests.services.conftest import Desk


@pytest.fixture
def saved(desk: Desk) -> SavedSearches:
    return SavedSearches(desk.database, desk.clock)


def test_they_are_kept_in_the_order_of_their_names(saved: SavedSearches) -> None:
    assert saved.every() == ()
    saved.save("  hard \n ones", "prop:ease<2")
    saved.save("Due", "is:due")
    saved.save("HARD ONES", "prop:lapses>4")
    assert saved.every() == (
        SavedSearch("Due", "is:due"), SavedSearch("HARD ONES", "prop:lapses>4"),
    )  # fmt: skip


def test_they_are_renamed_and_deleted(saved: SavedSearches, desk: Desk) -> None:
    saved.save("a", "1")
    saved.save("b", "2")
    with pytest.raises(ContentError, match="“B” already"):
        saved.rename("a", "B")
    saved.rename("a", "A")
    saved.rename("b", "c")
    assert [each.name for each in saved.every()] == ["A", "c"]
    saved.delete("C")
    assert [each.name for each in saved.every()] == ["A"]
    assert desk.study.undo() == "delete a search"
    assert [each.name for each in saved.every()] == ["A", "c"]


def test_what_cannot_be_is_told(saved: SavedSearches) -> None:
    with pytest.raises(ContentError, match="name is empty"):
        saved.save(" ", "x")
    with pytest.raises(NotFound):
        saved.rename("gone", "x")
    with pytest.raises(NotFound):
        saved.delete("gone")
