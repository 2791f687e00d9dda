"""How the user likes the table of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from studyapp.domain.query import Column, Listed
from studyapp.ui.preferences import Preferences
from studyapp.ui.searching import Wanted

_USUAL_COLUMNS = (Column.FRONT, Column.DECK, Column.STATE, Column.DUE)
_WIDEST = 2000
_Value = TypeVar("_Value", bound=StrEnum)


class BrowsePreferences:
    """A value that makes no sense counts as not set."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that are shown, from left to right; at least one."""
        return tuple(_known(Column, self._words("browse_columns"))) or _USUAL_COLUMNS

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        self._preferences.remember("browse_columns", " ".join(columns))

    @property
    def wanted(self) -> Wanted:
        """The last search, how it was sorted, and whether cards or notes were listed."""
        usual, words = Wanted(), self._words("browse_order")
        column = next(iter(_known(Column, words[:1])), usual.column)
        listed = next(iter(_known(Listed, words[1:2])), usual.listed)
        is_descending = words[2:] == ["descending"] if words else usual.descending
        query = self._preferences.remembered("browse_query")
        return Wanted(query, column, is_descending, listed)

    @wanted.setter
    def wanted(self, wanted: Wanted) -> None:
        direction = "descending" if wanted.descending else "ascending"
        order = f"{wanted.column} {wanted.listed} {direction}"
        self._preferences.remember("browse_order", order)
        self._preferences.remember("browse_query", wanted.query)

    @property
    def widths(self) -> dict[Column, int]:
        """Of the columns that the user made wider or narrower, in pixels."""
        pairs = (word.partition("=") for word in self._words("browse_widths"))
        return {
            Column(name): min(int(width), _WIDEST)
            for name, _, width in pairs
            if name in set(Column) and width.isdecimal()
        }

    @widths.setter
    def widths(self, widths: Mapping[Column, int]) -> None:
        text = " ".join(f"{column}={width}" for column, width in widths.items())
        self._preferences.remember("browse_widths", text)

    @property
    def hidden(self) -> frozenset[str]:
        """Parts of the screen that the user does not want to see."""
        return frozenset(self._words("browse_hidden"))

    @hidden.setter
    def hidden(self, names: frozenset[str]) -> None:
        self._preferences.remember("browse_hidden", " ".join(sorted(names)))

    def _words(self, name: str) -> list[str]:
        return self._preferences.remembered(name).split()


def _known(kind: type[_Value], words: Sequence[str]) -> list[_Value]:
    values = {str(each): each for each in kind}
    return [values[word] for word in dict.fromkeys(words) if word in values]
