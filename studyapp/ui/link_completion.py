"""`[[` in a field lists notes; the one that is taken becomes a link."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.ui.latest import Latest
from studyapp.ui.markdown_field import MarkdownField
from studyapp.ui.note_links import MakeTitle
from studyapp.ui.suggestions import Suggestion, Suggestions
from studyapp.ui.writing_tools import FindNotes

_MOST = 30
_TITLE = 48
"""Letters of a title, so that the key can be seen behind it."""
_CALM_MS = 80


class LinkCompletion(QObject):
    """Listens to fields; looks into the collection when the typing rests for a moment."""

    chosen = Signal(str)
    """The note with this key is to be linked."""

    def __init__(self, parent: QObject, find: FindNotes, title_of: MakeTitle) -> None:
        super().__init__(parent)
        self._find = find
        self._title_of = title_of
        self._called: tuple[MarkdownField, str] | None = None
        self._lists: dict[MarkdownField, Suggestions] = {}
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._look)
        self._number = 0
        self._work = Latest()
        self._work.done.connect(self._offer)

    def listen_to(self, field: MarkdownField) -> Suggestions:
        """Complete in a field; returns its list."""
        suggestions = Suggestions(field, "Notes to link")
        self._lists[field] = suggestions
        field.link_called.connect(lambda words: self._on_call(field, words))
        suggestions.taken.connect(lambda key: self._take(field, key))
        return suggestions

    def _on_call(self, field: MarkdownField, words: object) -> None:
        if not isinstance(words, str) or not field.hasFocus():
            self._called = None
            self._calm.stop()
            self._lists[field].hide()
        elif self._called != (field, words):
            self._called = field, words
            self._calm.start()

    def shut_down(self) -> None:
        """Let go of the thread."""
        self._calm.stop()
        self._work.shut_down()

    def _look(self) -> None:
        if self._called is not None:
            words, find = self._called[1], self._find
            self._number = self._work.begin(lambda: find(words, _MOST))

    def _offer(self, number: int, found: object) -> None:
        if self._called is None or number != self._number or not isinstance(found, tuple):
            return
        field, _ = self._called
        lines = [Suggestion(_line(self._title_of(each), each.key), each.key) for each in found]
        self._lists[field].offer(lines, field.cursorRect())

    def _take(self, field: MarkdownField, key: str) -> None:
        field.take_call()
        self._called = None
        self.chosen.emit(key)


def _line(title: str, key: str) -> str:
    short = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return f"{short}   ·   {key}"
