"""Tags in one line, separated by blanks, completed from those that other notes have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from studyapp.ui.suggestions import Suggestion, Suggestions

_MOST = 40


class TagsLine(QLineEdit):
    """`a::b` is a tag below `a`."""

    def __init__(self, known: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._known = known
        self.setObjectName("tags")
        self.setAccessibleName("Tags, separated by blanks")
        self.setPlaceholderText("Tags, separated by blanks: topology maths::sets")
        self.suggestions = Suggestions(self, "Tags that other notes have")
        self.textEdited.connect(self._suggest)
        self.suggestions.taken.connect(self._take)

    @property
    def tags(self) -> tuple[str, ...]:
        """Each once, in their order."""
        return tuple(dict.fromkeys(self.text().replace(",", " ").split()))

    @tags.setter
    def tags(self, tags: Sequence[str]) -> None:
        if tuple(tags) != self.tags:
            self.setText(" ".join(tags))

    def focusOutEvent(self, event: QEvent) -> None:  # noqa: N802
        self.suggestions.hide()
        super().focusOutEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        super().keyPressEvent(event)
        if not event.text():
            self.suggestions.hide()

    def _suggest(self) -> None:
        found = completions(self._word(), self._known(), self.tags)
        self.suggestions.offer([Suggestion(each, each) for each in found], self.cursorRect())

    def _word(self) -> str:
        """What stands before the cursor since the last blank."""
        return self.text()[: self.cursorPosition()].replace(",", " ").rpartition(" ")[2]

    def _take(self, tag: str) -> None:
        place = self.cursorPosition()
        start, rest = place - len(self._word()), self.text()[place:].lstrip()
        self.setText(f"{self.text()[:start]}{tag} {rest}")
        self.setCursorPosition(start + len(tag) + 1)
        self.textEdited.emit(self.text())
        self.suggestions.hide()


def completions(word: str, known: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Tags that a word may be the beginning of: of the whole tag, or of a part below another."""
    wanted = word.casefold()
    if not wanted:
        return []
    others = [each for each in known if each not in taken]
    whole = [each for each in others if each.casefold().startswith(wanted)]
    parts = [
        each
        for each in others
        if each not in whole and any(part.startswith(wanted) for part in _parts(each))
    ]
    return (whole + parts)[:_MOST]


def _parts(tag: str) -> list[str]:
    return tag.casefold().split("::")
