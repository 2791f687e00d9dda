"""What import and export use of the collection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp.services.exchange import Exchange
from studyapp.services.study import Study

if TYPE_CHECKING:  # takes a while to import
    from studyapp.services.importing import Importing
    from studyapp.services.linking import Linking
    from studyapp.services.printing import Printing


@dataclass(frozen=True, slots=True)
class ExchangeTools:
    """Services, and the names that are completed."""

    importing: Callable[[], Importing]
    """Made when it is first needed."""
    linking: Callable[[], Linking]
    """As above."""
    printing: Callable[[], Printing]
    """As above."""
    exchange: Exchange
    study: Study
    """For undo and redo."""
    deck_names: Callable[[], Sequence[str]]
    tag_names: Callable[[], Sequence[str]]
    media_folder: Path
    """With the pictures that are printed."""
