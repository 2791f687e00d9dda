"""How much work the conversion of one text may take."""

from __future__ import annotations

from typing import Final

from studyapp.errors import ContentError

MAX_WORK: Final = 5_000_000
"""Characters that the search for the ends of links may read in one text: about half a second."""


class TooMuchWork(ContentError):
    """A text would take too long to convert."""


class Budget:
    """Counts the work on one text."""

    def __init__(self) -> None:
        self._left = MAX_WORK

    def spend(self, characters: int) -> None:
        """Takes what was read from the budget; raises TooMuchWork once it is used up."""
        self._left -= characters
        if self._left < 0:
            raise TooMuchWork("This text holds too many brackets that are not closed")
