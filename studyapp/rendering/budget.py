"""How much work the conversion of one text may take."""

from __future__ import annotations

from typing import Final

from studyapp.errors import ContentError

BASIC_WORK: Final = 200_000
"""Characters that the search for links and elements may read in any text: about 20 ms."""
WORK_PER_CHARACTER: Final = 5
"""How many more it may read for each character of the text."""
WORK_PER_BRACKET: Final = 120
"""What a bracket costs besides, in characters: it may begin a link or an element."""


class TooMuchWork(ContentError):
    """A text would take too long to convert."""


class Budget:
    """Counts the work on one text of `length` characters."""

    def __init__(self, length: int = 0) -> None:
        self._left = BASIC_WORK + WORK_PER_CHARACTER * length

    def spend(self, characters: int) -> None:
        """Takes what was read from the budget; raises TooMuchWork once it is used up."""
        self._left -= characters
        if self._left < 0:
            raise TooMuchWork("This text holds too many brackets")
