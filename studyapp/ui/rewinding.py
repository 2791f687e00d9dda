"""Undo and redo, and what the user is told of them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from studyapp.errors import StudyAppError
from studyapp.services.sessions import Session
from studyapp.services.study_values import Prompt

_ABOUT_A_CARD = "grade "
"""So begin the names of the steps that grade a card."""


class Rewound(Enum):
    """What came of an undo or a redo."""

    NOTHING = auto()
    HERE = auto()
    ELSEWHERE = auto()
    """A card was changed, and nothing of it is to be seen in the deck that is studied."""


class Rewinding(QObject):
    """Takes back changes of the whole collection, also those made in another deck."""

    told = Signal(str)
    """What was undone or done again."""
    failed = Signal(str)

    def __init__(self, study: Session) -> None:
        super().__init__()
        self._study = study

    def undo(self, *, studying: bool) -> Rewound:
        """Take back the last change; `studying` tells whether a deck is being studied."""
        return self._rewind(self._study.undo, "Undone", "Nothing to undo", studying)

    def redo(self, *, studying: bool) -> Rewound:
        """Do again what was undone last; `studying` tells whether a deck is being studied."""
        return self._rewind(self._study.redo, "Done again", "Nothing to redo", studying)

    def _rewind(
        self, rewind: Callable[[], str | None], done: str, nothing: str, studying: bool
    ) -> Rewound:
        before = self._offered() if studying else None
        try:
            name = rewind()
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return Rewound.NOTHING
        if name is None:
            self.told.emit(nothing)
            return Rewound.NOTHING
        unseen = before is not None and self._offered() == before
        if unseen and name.startswith(_ABOUT_A_CARD):
            self.told.emit(f"{done}: {name}, in another deck")
            return Rewound.ELSEWHERE
        self.told.emit(f"{done}: {name}")
        return Rewound.HERE

    def _offered(self) -> object | None:
        """What the studied deck offers, apart from what changes with the time; None: unknown."""
        try:
            now = self._study.current()
        except StudyAppError:
            return None
        return (now.card, now.counts) if isinstance(now, Prompt) else now
