"""Shows beside a card where its note lies on the map: on walks, and whenever the user wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studyapp.errors import Cancelled
from studyapp.services.landscape import Landscapes
from studyapp.services.sessions import Sessions
from studyapp.ui.latest import Latest
from studyapp.ui.preferences import Preferences
from studyapp.ui.screen import add_action
from studyapp.ui.study_screen import StudyScreen
from studyapp.ui.theming import Theming

if TYPE_CHECKING:  # what draws maps takes a while to import
    from studyapp.ui.map.small_map import Charted, SmallMap

_ON_WALKS, _OTHERWISE = "place_on_walks", "place_otherwise"
_SHOWN, _HIDDEN = "shown", "hidden"


class PlaceBeside(QObject):
    """Reads the map once a session, in a thread, when the first question is on the screen."""

    def __init__(
        self,
        study: StudyScreen,
        sessions: Sessions,
        landscapes: Landscapes,
        preferences: Preferences,
        theming: Theming,
    ) -> None:
        super().__init__(study)
        self._study = study
        self._sessions = sessions
        self._landscapes = landscapes
        self._preferences = preferences
        self._theming = theming
        self._charted: Charted | None = None
        self._job = 0
        self._looked_for: set[int] = set()
        self._latest = Latest()
        self.map: SmallMap | None = None
        """None before a place was first to be shown."""
        add_action(study, "place_on_map", "Show or hide the place on the map", ("P",), self.switch)
        study.begun.connect(self._forget)
        study.painted.connect(self._on_painted)
        theming.changed.connect(self._dress)
        self._latest.done.connect(self._take)
        self._latest.failed.connect(self._on_failed)

    @property
    def is_wanted(self) -> bool:
        """Whether the user wants it in a session like the present one."""
        usual = _SHOWN if self._sessions.is_walk else _HIDDEN
        return (self._preferences.remembered(self._setting) or usual) == _SHOWN

    def switch(self) -> None:
        """Show it from now on if it is hidden, hide it if it is shown; walks are told apart."""
        wanted = not self.is_wanted
        self._preferences.remember(self._setting, _SHOWN if wanted else _HIDDEN)
        self._show()
        if wanted and not self._made().has_room:
            self._study.told.emit("The place on the map is shown once the window is larger")
        else:
            self._study.told.emit(f"The place on the map is {_SHOWN if wanted else _HIDDEN}")

    def stop(self) -> None:
        """The window closes: wait for what is being read; nobody is to be told of it."""
        self._latest.shut_down()
        self._job = 0

    @property
    def _setting(self) -> str:
        return _ON_WALKS if self._sessions.is_walk else _OTHERWISE

    def _forget(self) -> None:
        """Another session begins, since when notes may have come and moved."""
        self._charted = None
        self._job = 0
        self._looked_for.clear()
        self._clear()

    def _on_painted(self, side: str) -> None:
        if side == "question":
            # After what the card itself needs, so that no key waits for it.
            QTimer.singleShot(0, self, self._show)

    def _show(self) -> None:
        """Show what is true now, once it is known."""
        note_id = self._study.note_id
        if note_id is None or not self.is_wanted:
            self._clear()
        elif self._charted is not None and note_id in self._charted.index_of:
            waiting = self._sessions.waiting_notes()
            self._made().show_place(self._charted, note_id, waiting)
        else:
            self._clear()
            self._look_for(note_id)

    def _look_for(self, note_id: int) -> None:
        """Read the map, once for each note that it has no place for."""
        if note_id not in self._looked_for:
            self._looked_for.add(note_id)
            self._job = self._latest.begin(self._read)

    def _read(self) -> Charted:
        """In a thread."""
        from studyapp.ui.map.small_map import charted  # noqa: PLC0415 - see above

        return charted(self._landscapes.map())

    def _take(self, job: int, found: Charted) -> None:
        if job == self._job:
            self._charted = found
            self._show()

    def _on_failed(self, job: int, failure: Exception) -> None:
        if job == self._job and not isinstance(failure, Cancelled):
            self._study.warn(f"The place on the map cannot be shown: {failure}")

    def _made(self) -> SmallMap:
        if self.map is None:
            from studyapp.ui.map.small_map import SmallMap  # noqa: PLC0415 - see above

            self.map = SmallMap(self._study.card, self._theming.theme)
        return self.map

    def _clear(self) -> None:
        if self.map is not None:
            self.map.clear()

    def _dress(self) -> None:
        if self.map is not None:
            self.map.dress(self._theming.theme)
