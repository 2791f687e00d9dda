"""Keeps what is written in a note until it is saved: an edit survives a crash, too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from studyapp.errors import StudyAppError
from studyapp.rendering.plain import title
from studyapp.services.authoring import Written, normal
from studyapp.services.drafts import EditDrafts
from studyapp.ui.draft_keeper import DraftKeeper
from studyapp.ui.writing_tools import WritingTools

RESTORED = "Restored what you had not saved."


class EditKeeper(QObject):
    """Of one editor, in which one note after the other is shown."""

    failed = Signal(str)

    def __init__(self, drafts: EditDrafts, unsaved: Callable[[], Written | None]) -> None:
        """`unsaved` tells what is written and differs from the note; None: nothing does."""
        super().__init__()
        self._drafts = drafts
        self.keeper = DraftKeeper(drafts.of(0), unsaved)
        self.keeper.failed.connect(self.failed)

    def begin(self, note_id: int, opened: Written) -> Written | None:
        """What was written in this note when the app ended before it was saved."""
        self.keeper.turn_to(self._drafts.of(note_id))
        kept = self.keeper.restored()
        if kept is None:
            return None
        if kept.note.key != opened.note.key or not differs(kept, opened):
            self.keeper.forget()
            return None
        return kept

    def shut_down(self) -> None:
        """Wait for the disk."""
        self.keeper.shut_down()


def differs(written: Written, opened: Written) -> bool:
    """Whether saving would change the note."""
    is_elsewhere = written.deck_name != opened.deck_name
    return is_elsewhere or normal(written.note) != normal(opened.note)


def unsaved(tools: WritingTools) -> list[str]:
    """A message for each note with an edit that was not saved when the app ended last."""
    messages = []
    for note_id in tools.edits.note_ids():
        try:
            note = tools.authoring.open(note_id).note
        except StudyAppError:  # it was deleted, and can be had back with what was written in it
            continue
        messages.append(
            f"What you wrote in “{title(note)}” was not saved when the app ended. It is there "
            "when you edit the note again."
        )
    return messages
