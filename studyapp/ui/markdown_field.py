"""A field for Markdown with LaTeX: coloured, with its brackets shown, and with keys for marks."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from studyapp.rendering.design import GRID, Theme
from studyapp.ui.brackets import Pair, pair_at
from studyapp.ui.markdown_highlighter import MarkdownHighlighter
from studyapp.ui.pasting import holds_media
from studyapp.ui.positions import index_of, text_of, unit_of
from studyapp.ui.writing_marks import cloze_number, filled, is_in_formula, link_words

_LOWEST = 18 * GRID
_REST_MS = 40
"""Without a key, before the brackets at the cursor are shown."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MarkdownField(QPlainTextEdit):
    """One side of a note."""

    edited = Signal()
    """The text is another one now."""
    media_offered = Signal(QMimeData)
    """Pictures or sounds were pasted or dropped here."""
    link_called = Signal(object)
    """The words behind `[[` before the cursor as a string, or None: nothing is called for."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("markdown")
        self.setTabChangesFocus(True)
        self.setMinimumHeight(_LOWEST)
        self.name_it(name)
        self._theme = theme
        self._known = ""
        self._highlighter = MarkdownHighlighter(self.document(), theme)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._show_pair)
        self.textChanged.connect(self._on_text)
        self.cursorPositionChanged.connect(self._on_cursor)

    def name_it(self, name: str, hint: str = "") -> None:
        """Call it by another name; `hint` stands in it while it is empty."""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.viewport().update()  # Qt leaves the old hint on the screen

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._highlighter.dress(theme)
        self._show_pair()

    @property
    def markdown(self) -> str:
        """What is written."""
        return text_of(self.document())

    @markdown.setter
    def markdown(self, text: str) -> None:
        if text != self.markdown:
            self.setPlainText(text)

    @property
    def index(self) -> int:
        """Where the cursor stands, as an index into `markdown`."""
        return index_of(self.markdown, self.textCursor().position())

    @property
    def in_formula(self) -> bool:
        """Whether the cursor stands in a formula."""
        return is_in_formula(self.markdown, self.index)

    def wrap(self, before: str, after: str) -> None:
        """Put signs around the selection, or the cursor between them."""
        cursor = self.textCursor()
        selected = _selected(cursor)
        start = cursor.selectionStart()
        cursor.insertText(before + selected + after)
        inside = start + _units(before) + _units(selected)
        cursor.setPosition(inside + (_units(after) if selected else 0))
        self.setTextCursor(cursor)

    def wrap_cloze(self, *, following: bool) -> None:
        """Hide the selection in a cloze mark, with the next number or with the last one again."""
        number = cloze_number(self.markdown, following=following)
        self.wrap(f"{{{{c{number}::", "}}")

    def wrap_formula(self, delimiter: str) -> None:
        """Make a formula of the selection, or begin one; `delimiter` is `$` or `$$`."""
        cursor = self.textCursor()
        trimmed = _selected(cursor).strip()
        if cursor.hasSelection():  # an inline formula neither begins nor ends with a blank
            start = cursor.selectionStart()
            cursor.insertText(trimmed)
            cursor.setPosition(start)
            cursor.setPosition(start + _units(trimmed), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        self.wrap(delimiter, delimiter)

    def insert(self, snippet: str) -> None:
        """Insert a text; `$0` in it is for the selection and the cursor."""
        cursor = self.textCursor()
        text, place = filled(snippet, _selected(cursor))
        start = cursor.selectionStart()
        cursor.insertText(text)
        cursor.setPosition(start + unit_of(text, place))
        self.setTextCursor(cursor)
        self.setFocus()

    def insert_latex(self, snippet: str) -> None:
        """Insert a part of a formula; outside of one, it becomes one."""
        self.insert(snippet if self.in_formula else f"${snippet.rstrip()}$")

    def take_call(self) -> None:
        """Take away the `[[` before the cursor, with the words behind it."""
        words = link_words(self.markdown, self.index)
        if words is not None:
            cursor = self.textCursor()
            end = cursor.position()
            cursor.setPosition(end - _units(words) - 2)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()

    def sizeHint(self) -> QSize:  # noqa: N802
        # More is given where there is room; else all of the form shall be in view.
        return QSize(super().sizeHint().width(), _LOWEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            # Else it would be a sign of its own that looks like the end of a line.
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return holds_media(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        if holds_media(source):
            self.media_offered.emit(source)
        else:
            self.insertPlainText(source.text().replace("\N{LINE SEPARATOR}", "\n"))

    def _on_text(self) -> None:
        text = self.markdown
        if text == self._known:  # only its colours have changed
            return
        self._known = text
        self.edited.emit()
        self._tell_call()

    def _on_cursor(self) -> None:
        self._rest.start()
        self._tell_call()

    def _tell_call(self) -> None:
        has_selection = self.textCursor().hasSelection()
        self.link_called.emit(None if has_selection else link_words(self.markdown, self.index))

    def _show_pair(self) -> None:
        text = self.markdown
        pair = None if self.textCursor().hasSelection() else pair_at(text, self.index)
        self.setExtraSelections([] if pair is None else self._selections(text, pair))

    def _selections(self, text: str, pair: Pair) -> list[QTextEdit.ExtraSelection]:
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.mark if pair.is_whole else self._theme.selected))
        if not pair.is_whole:
            look.setForeground(QColor(self._theme.error))
            look.setFontUnderline(True)
        found = []
        for start, end in pair.ends:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(unit_of(text, start))
            cursor.setPosition(unit_of(text, end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = look
            found.append(selection)
        return found


def _selected(cursor: QTextCursor) -> str:
    return cursor.selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n")


def _units(text: str) -> int:
    return unit_of(text, len(text))
