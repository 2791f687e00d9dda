"""What the Browse screen uses of the collection."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.presets import DayOptions
from studyapp.services.changing import Changing
from studyapp.services.clock import Clock
from studyapp.services.finding import Finding
from studyapp.services.replacing import Replacing
from studyapp.services.saved_searches import SavedSearches
from studyapp.services.study import Study
from studyapp.services.trash import Trash
from studyapp.ui.writing_tools import WritingTools


@dataclass(frozen=True, slots=True)
class BrowseTools:
    """Services, and what tells the time."""

    finding: Finding
    changing: Changing
    replacing: Replacing
    trash: Trash
    saved: SavedSearches
    study: Study
    """For undo and redo."""
    writing: WritingTools
    """For the chosen note; its preferences are those of the window."""
    clock: Clock
    options: DayOptions
