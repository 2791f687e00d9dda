"""What the map uses of the collection."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.services.card_history import CardHistories
from studyapp.services.landscape import Landscapes
from studyapp.ui.browse_tools import BrowseTools


@dataclass(frozen=True, slots=True)
class MapTools:
    """Services."""

    landscapes: Landscapes
    histories: CardHistories
    browse: BrowseTools
    """For searching, and for what can be done with many notes."""
