"""What the Browse screen uses of the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studyapp.domain.presets import DayOptions
from studyapp.services.changing import Changing
from studyapp.services.chosen import Chosen
from studyapp.services.clock import Clock
from studyapp.services.finding import Finding
from studyapp.services.progress import Progress
from studyapp.services.replacing import Replacing
from studyapp.services.saved_searches import SavedSearches
from studyapp.services.study import Study
from studyapp.services.trash import Trash
from studyapp.ui.writing_tools import WritingTools

ExportChosen = Callable[[Chosen, Path, Progress], str]
"""Writes notes to a file and returns what to tell the user."""


@dataclass(frozen=True, slots=True)
class BrowseTools:
    """Services, and what tells the time."""

    finding: Finding
    changing: Changing
    replacing: Replacing
    trash: Trash
    saved: SavedSearches
    export: ExportChosen
    study: Study
    """For undo and redo."""
    writing: WritingTools
    """For the chosen note; its preferences are those of the window."""
    clock: Clock
    options: DayOptions
