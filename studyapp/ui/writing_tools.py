"""What the screens for writing notes use of the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyapp.domain.notes import Note
from studyapp.services.authoring import Authoring, Titled
from studyapp.services.drafts import EditDrafts
from studyapp.ui.preferences import Preferences

if TYPE_CHECKING:  # advice takes a while to import
    from studyapp.services.looking_over import Remarks

AddMedium = Callable[[str, bytes], str]
"""Keeps a file by a name like this one; returns the name that it got; raises StudyAppError."""
FindNotes = Callable[[str, int], tuple[Titled, ...]]
"""Notes by words that stand in them, at most so many; called beside the window."""
LookOver = Callable[[Note, str], "Remarks"]
"""Told a note and the name of its deck; called beside the window; raises StudyAppError."""


@dataclass(frozen=True, slots=True)
class WritingTools:
    """Services, and the user's preferences."""

    authoring: Authoring
    add_medium: AddMedium
    preferences: Preferences
    edits: EditDrafts
    look_over: LookOver
    find_notes: FindNotes
    switch_off: Callable[[str], None]
    """Told the name of a rule whose advice is not wanted; raises StudyAppError."""
    stop: Callable[[], None]
    """The window closes: whatever is looked over is not wanted any more."""
