"""Adding notes: one after the other, without losing a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout

from studyapp.domain.notes import Note
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.authoring import Titled, Written
from studyapp.services.drafts import Draft
from studyapp.ui.button import Button
from studyapp.ui.draft_keeper import DraftKeeper
from studyapp.ui.note_editor import NoteEditor, title_of
from studyapp.ui.notice import Notice
from studyapp.ui.screen import Screen, add_action, keys_of, label, row, tell_keys
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

_RESTORED = "Restored what you had not added."
_FIRST_DECK = "My notes"


class AddScreen(Screen):
    """What is being written is kept on the disk all the time."""

    left = Signal()
    """The user goes back to the decks."""
    added = Signal(int)
    """A note, by its id."""

    def __init__(
        self,
        tools: WritingTools,
        draft: Draft,
        make_view: Callable[[], CardView],
        theme: Theme,
    ) -> None:
        super().__init__("Add", "Add notes")
        self._tools = tools
        self._begun = False
        self._complaint = ""
        self.editor = NoteEditor(tools, make_view, theme)
        self.keeper = DraftKeeper(draft, self._unfinished)
        self.restored = Notice("Discard")
        self._add_button = Button("Add")
        self._add_actions()
        self._lay_out()
        self.editor.edited.connect(self._on_edited)
        self.editor.failed.connect(self.warn)
        self.editor.form.pins_changed.connect(self._keep_pins)
        self.keeper.failed.connect(self.warn)
        self.restored.followed.connect(self.discard)

    def _add_actions(self) -> None:
        add = add_action(self, "add", "Add the note", ("Ctrl+Return", "Ctrl+Enter"), self.add)
        self._discard = add_action(
            self, "discard", "Discard what is written", ("Ctrl+Shift+Backspace",), self.discard
        )
        add_action(self, "back", "Back to the decks", ("Esc",), self.left.emit)
        self.addActions(self.editor.actions())
        self._add_button.setObjectName("primary")
        tell_keys(add, self._add_button.setToolTip)
        self._add_button.clicked.connect(self.add)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.banner)
        layout.addWidget(self.restored)
        layout.addWidget(self.editor, 1)
        self._hint = label("What you write is kept until you add it.", "quiet")
        layout.addLayout(row(self._hint, None, self._add_button))

    def begin(self) -> None:
        """Show what was not added when the app ended last, or an empty note."""
        if self._begun:
            return
        self._begun = True
        kept = self.keeper.restored()
        form = self.editor.form
        form.pin(self._tools.preferences.pinned)
        self.editor.show_note(kept or self._first())
        if kept is not None:
            form.front.moveCursor(QTextCursor.MoveOperation.End)
            self.restored.tell(_RESTORED)
            self.restored.button.setToolTip(keys_of(self._discard))

    def enter(self) -> None:
        if self._begun:
            self.editor.refresh()
        self.begin()
        self.editor.preview.card.warm_up()
        self.editor.form.front.setFocus()

    def add(self) -> None:
        """Add the note and go on with the next one."""
        written = self.editor.written
        try:
            note_id = self._tools.authoring.add(written)
        except StudyAppError as failure:
            self._complain(str(failure))
            return
        self.told.emit(f"Added “{title_of(Titled('', written.note))}”")
        preferences = self._tools.preferences
        preferences.writing_kind, preferences.writing_deck = written.note.kind, written.deck_name
        self._go_on(self._next(written))
        self.added.emit(note_id)

    def discard(self) -> None:
        """Throw away what is written."""
        self._go_on(self._next(self.editor.written))
        self.told.emit("Discarded")

    def dress_card(self, theme: Theme, text_scale: float) -> None:
        self.editor.dress(theme, text_scale)

    def shut_down(self) -> None:
        self.keeper.shut_down()
        self.editor.shut_down()

    def _go_on(self, written: Written) -> None:
        self.editor.show_note(written)
        self.keeper.forget()
        self.restored.tell("")
        self.editor.form.front.setFocus()

    def _complain(self, message: str) -> None:
        """Tell why the note was not added, until something is changed."""
        self.banner.withdraw(self._complaint)
        self._complaint = message
        self.warn(message)

    def _on_edited(self) -> None:
        self.banner.withdraw(self._complaint)
        if self._begun:
            self.keeper.note_change()

    def _unfinished(self) -> Written | None:
        """What is to be kept: None if nothing was written yet."""
        written = self.editor.written
        note = written.note
        return written if note.front.strip() or note.back.strip() else None

    def _keep_pins(self, pinned: frozenset[str]) -> None:
        self._tools.preferences.pinned = pinned

    def _next(self, written: Written) -> Written:
        """An empty note with what is kept for the next one."""
        note, pinned = written.note, self.editor.form.pinned
        following = Note(
            "",
            note.kind,
            "",
            tags=note.tags if "tags" in pinned else (),
            source=note.source if "source" in pinned else "",
            links=note.links if "links" in pinned else (),
        )
        return replace(written, note=following)

    def _first(self) -> Written:
        preferences = self._tools.preferences
        try:
            names = self._tools.authoring.deck_names()
        except StudyAppError as failure:
            self.warn(str(failure))
            names = []
        deck = preferences.writing_deck or (names[0] if names else _FIRST_DECK)
        return Written(Note("", preferences.writing_kind, ""), deck)
