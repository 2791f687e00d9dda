"""Telling among the decks that there is a backlog, and making a plan for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studyapp.errors import StudyAppError
from studyapp.services.backlog import Backlog, Outlook
from studyapp.ui.backlog_dialog import BacklogDialog, told_running
from studyapp.ui.decks_screen import DecksScreen
from studyapp.ui.latest import Latest
from studyapp.ui.notice import Notice
from studyapp.ui.screen import add_action, tell_keys


class Planning(QObject):
    """Looks whenever the decks are looked at, once `begin` was called; beside the window."""

    looked = Signal()
    """What is told is true now."""

    def __init__(self, decks: DecksScreen, backlog: Backlog) -> None:
        super().__init__(decks)
        self._decks = decks
        self._backlog = backlog
        self._latest = Latest()
        self._number = 0
        self.notice = Notice("Plan…")
        decks.add_notice(self.notice)
        action = add_action(decks, "plan", "Plan for the backlog…", ("Ctrl+P",), self.open)
        decks.add_to_menu(action)
        tell_keys(action, self.notice.button.setToolTip)
        self.notice.followed.connect(self.open)
        self._latest.done.connect(self._on_looked)

    def begin(self) -> None:
        """From now on; not before the decks are painted, so that they need not wait for it."""
        self._look()
        self._decks.refreshed.connect(self._look)

    def stop(self) -> None:
        """The window closes."""
        self._latest.shut_down()

    def open(self) -> BacklogDialog:
        """Let the user choose a plan."""
        dialog = BacklogDialog(self._decks.window(), self._backlog, self._decks.selected_deck)
        dialog.accepted.connect(self._decks.refresh)
        dialog.open()
        return dialog

    def _look(self) -> None:
        self._number = self._latest.begin(self._told)

    def _told(self) -> str:
        try:
            running = self._backlog.running()
            outlook = None if running is not None else self._backlog.look()
        except StudyAppError:
            return ""  # The dialog tells why; here it would be told at each look.
        if running is not None:
            return told_running(running)
        return notice(outlook)

    def _on_looked(self, number: int, told: object) -> None:
        if number == self._number:
            self._decks.tell(self.notice, str(told))
            self.looked.emit()


def notice(outlook: Outlook | None) -> str:
    """What is told of a backlog; nothing of none."""
    return outlook.told if outlook is not None and outlook.is_backlog else ""
