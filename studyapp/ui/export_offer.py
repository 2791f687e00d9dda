"""What a screen proposes to export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from studyapp.services.chosen import Chosen
from studyapp.services.exchange import Everything, OfDeck, OfSearch, OfTag


@dataclass(frozen=True, slots=True)
class Picked:
    """What is chosen in a table."""

    text: str
    """In words: "312 cards"."""
    choice: Callable[[], Chosen]
    """Called beside the window, since ids may have to be found for it."""


Offer: TypeAlias = Everything | OfDeck | OfTag | OfSearch | Picked
