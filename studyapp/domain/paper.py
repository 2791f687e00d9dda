"""What cards are printed on."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """The size of a page."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def width_mm(self) -> int:
        return 210 if self is Paper.A4 else 216
