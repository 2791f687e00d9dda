"""Browse: find cards and notes, look at them, and change one or many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.exchange import Everything, OfSearch
from studyapp.services.finding import Row
from studyapp.ui.browse_preferences import BrowsePreferences
from studyapp.ui.browse_sidebar import BrowseSidebar
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.bulk_actions import BulkActions
from studyapp.ui.bulk_work import BulkWork, Choice
from studyapp.ui.export_offer import Offer
from studyapp.ui.note_beside import NoteBeside
from studyapp.ui.screen import Screen, add_action, keys_of, tell_keys
from studyapp.ui.search_completion import Names
from studyapp.ui.search_pane import SearchPane
from studyapp.ui.searches_kept import SearchesKept
from studyapp.ui.trash_dialog import TrashDialog

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

_WIDE = 1150
"""From this width on, the note stands beside the table, else below it."""
_SIDEBAR_WIDTH = 48 * GRID
_WIDTHS = (560, 440)
"""Of table and note, in proportion."""


class BrowseScreen(Screen):
    """Puts the sidebar, the table and the note together."""

    left = Signal()
    edit_wanted = Signal(int)
    """A note that the chosen one links to."""
    link_wanted = Signal(str)
    grown = Signal()
    """It has actions that it did not have before."""

    def __init__(self, tools: BrowseTools, make_view: Callable[[], CardView], theme: Theme) -> None:
        super().__init__("Browse", "Browse cards and notes")
        self._tools = tools
        self._names = Names()
        self._complaint = ""
        self._note_row = -1
        """Where the note stands that is shown, or soon will be."""
        self._preferences = BrowsePreferences(tools.writing.preferences)
        self.trash: TrashDialog | None = None
        self.pane = SearchPane(tools, self._preferences, lambda: self._names, theme)
        self.line, self.results, self.table = self.pane.line, self.pane.results, self.pane.table
        self.sidebar = BrowseSidebar(theme)
        self.note = NoteBeside(tools.writing, make_view, theme)
        self.work = BulkWork(self, lambda: keys_of(self._undo))
        self.kept = SearchesKept(self, tools.saved, self.sidebar)
        self.changes = BulkActions(self, tools, self, self.work)
        self._add_actions()
        self._lay_out()
        self._connect()
        self._show_chosen()

    def _add_actions(self) -> None:
        pane, study = self.pane, self._tools.study
        add_action(self, "find", "Go to the search", ("Ctrl+F",), pane.take_line)
        add_action(self, "sidebar", "Go to the sidebar", ("Ctrl+Shift+R",), self.sidebar.setFocus)
        add_action(self, "save_search", "Save the search…", ("Ctrl+S",), self._save_search)
        add_action(self, "sort", "Sort by…", ("Alt+S",), pane.pop_up_sorting)
        add_action(self, "columns", "Columns…", ("Alt+C",), pane.pop_up_columns)
        add_action(self, "listed", "Cards or notes", ("Ctrl+Alt+T",), pane.turn_listed)
        self._change = add_action(
            self, "change", "Change what is chosen…", ("Menu", "Shift+F10"), self._pop_up_changes
        )
        self._export_found = add_action(
            self,
            "export_found",
            "Export found notes…",
            ("Ctrl+Alt+E",),
            lambda: self.export_wanted.emit(self.to_export()),
        )
        add_action(self, "trash", "Deleted notes…", ("Ctrl+Shift+T",), self.open_trash)
        add_action(self, "toggle_note", "Show or hide the note", ("F8",), self._toggle_note)
        add_action(self, "toggle_sidebar", "Show or hide the sidebar", ("F9",), self._toggle_side)
        self._undo = add_action(self, "undo", "Undo", ("Ctrl+Z",), lambda: self.work.undo(study))
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), lambda: self.work.redo(study))
        add_action(self, "refresh", "Search again", ("F5",), self.refresh)
        add_action(self, "back", "Back", ("Esc",), self._go_back)
        tell_keys(self._change, pane.change_button.setToolTip)

    def _lay_out(self) -> None:
        self.inner = _splitter(self.pane, self.note)
        self.inner.setSizes(list(_WIDTHS))
        self.outer = _splitter(self.sidebar, self.inner)
        self.outer.setSizes([_SIDEBAR_WIDTH, sum(_WIDTHS)])
        self.outer.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.banner)
        layout.addWidget(self.outer, 1)
        hidden = self._preferences.hidden
        self.sidebar.setVisible("sidebar" not in hidden)
        self.note.setVisible("note" not in hidden)

    def _connect(self) -> None:
        self._connect_note()
        table, sidebar, line = self.table, self.sidebar, self.line
        self.pane.chosen_changed.connect(self._show_chosen)
        self.pane.failed.connect(self.warn)
        self.pane.change_button.clicked.connect(self._pop_up_changes)
        table.edit_wanted.connect(self._edit)
        table.delete_wanted.connect(self.changes.delete)
        table.menu_wanted.connect(self.changes.menu.popup)
        sidebar.narrowed.connect(line.narrow)
        sidebar.widened.connect(line.widen)
        sidebar.search_wanted.connect(line.search_for)
        self.changes.menu.addAction(self._export_found)
        self.changes.export_wanted.connect(self.export_wanted)
        self.work.told.connect(self.told)
        self.work.failed.connect(self.warn)
        self.work.changed.connect(self._on_changed)
        self.kept.changed.connect(self._learn_names)
        self.kept.told.connect(self.told)
        self.kept.failed.connect(self.warn)

    def _connect_note(self) -> None:
        note = self.note
        note.left.connect(self.table.setFocus)
        note.saved.connect(self._on_saved)
        note.failed.connect(self.warn)
        note.refused.connect(self._complain)
        note.open_wanted.connect(self.edit_wanted)
        note.link_wanted.connect(self.link_wanted)
        note.editor_made.connect(self.grown)

    def enter(self) -> None:
        if not self.line.text():
            self.line.setText(self.results.wanted.query)
        self.refresh()
        self.pane.take_keyboard()

    def leave(self, then: Callable[[], object]) -> None:
        self.note.leave(then)

    def refresh(self) -> None:
        """Show what is true now."""
        self._learn_names()
        self.note.refresh()
        self.results.search_again()

    def dress_card(self, theme: Theme, text_scale: float) -> None:
        self.pane.dress(theme)
        self.sidebar.dress(theme)
        self.note.dress(theme, text_scale)

    def to_export(self) -> Offer:
        query = self.line.text().strip()
        return OfSearch(query) if query else Everything()

    def shut_down(self) -> None:
        self.work.stop()
        self.results.keep_preferences()
        parts = {"sidebar": self.sidebar, "note": self.note}
        self._preferences.hidden = frozenset(n for n, part in parts.items() if part.isHidden())
        self.note.shut_down()
        self.results.searching.shut_down()

    @property
    def choice(self) -> Choice | None:
        return self.results.choice

    @property
    def chosen_text(self) -> str:
        return self.results.chosen_text

    @property
    def current_row(self) -> Row | None:
        return self.results.current_row

    def save_note(self) -> bool:
        return self.note.save()

    def open_trash(self) -> TrashDialog:
        """What was deleted."""
        self.trash = TrashDialog(self.window(), self._tools.trash)
        self.trash.restored.connect(self.refresh)
        self.trash.open()
        return self.trash

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        self.inner.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _show_chosen(self) -> None:
        """Show the note if one is chosen, after saving what is written in the present one."""
        count, current = self.results.chosen_count, self.current_row
        self.changes.enable(count > 0)
        is_other = current is None or current.note_id != self.note.note_id
        if is_other and not self.note.save() and self._returned():
            return
        if count == 1 and current is not None:
            self._note_row = self.table.current
            self.note.show_soon(current.note_id)
        elif count > 1:
            self.note.say(f"{self.chosen_text} are chosen.\n{keys_of(self._change)} changes them.")
        else:
            self.note.say("" if self.results.model.rowCount() else "Nothing was found.")

    def _complain(self, why: str) -> None:
        self.banner.withdraw(self._complaint)
        self._complaint = why
        if why:
            self.warn(why)

    def _returned(self) -> bool:
        """Go back to the row of the note that could not be saved, if it is still there."""
        there = self.results.model.row(self._note_row)
        if there is None or there.note_id != self.note.note_id:
            return False
        self.table.choose(self._note_row)
        return True

    def _on_changed(self, moves_rows: bool) -> None:
        self._learn_names()
        self.note.refresh()
        if moves_rows:
            self.results.search_again()
        else:
            self.results.refresh()

    def _on_saved(self) -> None:
        self.results.refresh()
        self._learn_names()
        self.told.emit("Saved")

    def _learn_names(self) -> None:
        authoring = self._tools.writing.authoring
        try:
            self._names = Names(authoring.deck_names(), authoring.tag_names())
            self.sidebar.show_names(self._tools.saved.every(), self._names)
        except StudyAppError as failure:
            self.warn(str(failure))

    def _edit(self) -> None:
        self.note.show()
        self.note.take_keyboard()

    def _save_search(self) -> None:
        if self._is_in_note():
            self.note.save()
        else:
            self.kept.ask_name(self.line.text())

    def _go_back(self) -> None:
        if self._is_in_note() or (self.line.hasFocus() and self.results.model.rowCount()):
            self.table.setFocus()
        else:
            self.left.emit()

    def _is_in_note(self) -> bool:
        return self.note.isAncestorOf(QApplication.focusWidget() or self)

    def _toggle_note(self) -> None:
        self.note.setVisible(self.note.isHidden())
        self._show_chosen()

    def _toggle_side(self) -> None:
        self.sidebar.setVisible(self.sidebar.isHidden())

    def _pop_up_changes(self) -> None:
        self.pane.pop_up(self.changes.menu)


def _splitter(*parts: QWidget) -> QSplitter:
    splitter = QSplitter()
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(3 * GRID)
    for part in parts:
        splitter.addWidget(part)
    return splitter
