"""Keeping searches by a name: saving, renaming and deleting them in the sidebar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studyapp.errors import StudyAppError
from studyapp.services.saved_searches import SavedSearches
from studyapp.ui.browse_sidebar import BrowseSidebar
from studyapp.ui.bulk_dialogs import LineDialog


class SearchesKept(QObject):
    """Each change is a step of undo."""

    changed = Signal()
    told = Signal(str)
    failed = Signal(str)

    def __init__(self, screen: QWidget, saved: SavedSearches, sidebar: BrowseSidebar) -> None:
        super().__init__(screen)
        self._screen = screen
        self._saved = saved
        self._sidebar = sidebar
        self.dialog: LineDialog | None = None
        """The one that was opened last."""
        self.menu = QMenu("Saved search", screen)
        self.menu.addAction("Rename…", self._rename_current)
        self.menu.addAction("Delete", self._delete_current)
        sidebar.rename_wanted.connect(self.ask_new_name)
        sidebar.delete_wanted.connect(self.delete)
        sidebar.customContextMenuRequested.connect(self._pop_up)

    def ask_name(self, query: str) -> None:
        """Ask by which name to keep a search."""

        def save(name: str) -> None:
            self._saved.save(name, query)
            self._on_changed(f"Saved “{name}”")

        shown = query or "everything"
        self._open(
            lambda: LineDialog(
                self._screen.window(), "Save the search", f"A name for: {shown}", do_it="Save",
                use=save,
            )
        )  # fmt: skip

    def ask_new_name(self, name: str) -> None:
        """Ask for another name of a saved search."""

        def rename(new: str) -> None:
            self._saved.rename(name, new)
            self._on_changed(f"Renamed to “{new}”")

        self._open(
            lambda: LineDialog(
                self._screen.window(), "Rename the search", "Its new name:", do_it="Rename",
                use=rename, text=name,
            )
        )  # fmt: skip

    def delete(self, name: str) -> None:
        try:
            self._saved.delete(name)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return
        self._on_changed(f"Deleted the search “{name}”")

    def _open(self, make: Callable[[], LineDialog]) -> None:
        self.dialog = make()
        self.dialog.open()

    def _on_changed(self, told: str) -> None:
        self.changed.emit()
        self.told.emit(told)

    def _pop_up(self, place: QPoint) -> None:
        item = self._sidebar.itemAt(place)
        if item is not None:
            self._sidebar.setCurrentItem(item)
        if self._sidebar.chosen_search() is not None:
            self.menu.popup(self._sidebar.viewport().mapToGlobal(place))

    def _rename_current(self) -> None:
        if (search := self._sidebar.chosen_search()) is not None:
            self.ask_new_name(search.name)

    def _delete_current(self) -> None:
        if (search := self._sidebar.chosen_search()) is not None:
            self.delete(search.name)
