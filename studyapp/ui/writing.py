"""The screens for writing notes: made when they are first opened, since that takes a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.errors import StudyAppError
from studyapp.services.drafts import Draft
from studyapp.ui.theming import Theming
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # see above
    from studyapp.ui.add_screen import AddScreen
    from studyapp.ui.card_view import CardView
    from studyapp.ui.edit_screen import EditScreen
    from studyapp.ui.note_editor import NoteEditor


class Writing(QObject):
    """Knows from where a note was opened, and leads back there."""

    made = Signal(str, object)
    """A screen, by its name, is there now."""
    left = Signal(str)
    """The user is done here; the screen with this name is to be shown."""
    edit_wanted = Signal(int)
    """The note with this id is to be edited."""
    link_wanted = Signal(str)
    """The user clicked a link to the web."""

    def __init__(
        self,
        tools: WritingTools,
        draft: Draft,
        make_view: Callable[[], CardView],
        theming: Theming,
    ) -> None:
        super().__init__()
        self._tools = tools
        self._draft = draft
        self._make_view = make_view
        self._theming = theming
        self._origin = "decks"

    @cached_property
    def add(self) -> AddScreen:
        """For new notes."""
        from studyapp.ui.add_screen import AddScreen  # noqa: PLC0415 - takes long

        screen = AddScreen(self._tools, self._draft, self._make_view, self._theming.theme)
        screen.left.connect(partial(self.left.emit, "decks"))
        self._listen_to(screen.editor)
        self.made.emit("add", screen)
        return screen

    @cached_property
    def edit(self) -> EditScreen:
        """For a note that is there."""
        from studyapp.ui.edit_screen import EditScreen  # noqa: PLC0415 - takes long

        screen = EditScreen(self._tools, self._make_view, self._theming.theme)
        screen.finished.connect(lambda: self.left.emit(self._origin))
        self._listen_to(screen.editor)
        self.made.emit("edit", screen)
        return screen

    def make(self, name: str) -> None:
        """Make the screen with this name, unless it is there."""
        _ = self.add if name == "add" else self.edit

    def begin(self, note_id: int, origin: str) -> str:
        """Edit a note that was opened from a screen; returns what is wrong, if something is."""
        try:
            self.edit.begin(note_id)
        except StudyAppError as failure:
            return str(failure)
        if origin != "edit":
            self._origin = origin
        return ""

    @property
    def is_changed(self) -> bool:
        """Whether a note is edited, and not saved yet."""
        return "edit" in vars(self) and self.edit.is_changed

    def _listen_to(self, editor: NoteEditor) -> None:
        editor.open_wanted.connect(self.edit_wanted)
        editor.link_wanted.connect(self.link_wanted)
