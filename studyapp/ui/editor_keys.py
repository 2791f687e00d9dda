"""Keys and buttons of the editor: cloze marks, formulas, the palette, media, the preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studyapp.ui.button import Button
from studyapp.ui.latex_entries import LatexEntry, entries
from studyapp.ui.latex_palette import LatexPalette
from studyapp.ui.markdown_field import MarkdownField
from studyapp.ui.media_inserter import MediaInserter
from studyapp.ui.preferences import Preferences
from studyapp.ui.screen import add_action, tell_keys
from studyapp.ui.snippets import CATEGORY, SnippetsDialog, as_entries, read_snippets

CLOZE_KEY: Final = "Ctrl+Shift+C"


class Preview(Protocol):
    """What keys do with the cards that are shown."""

    def next_card(self, step: int = 1) -> None: ...
    def turn(self) -> None: ...


class EditorKeys(QObject):
    """Its actions work wherever the keyboard is in the editor."""

    def __init__(
        self,
        editor: QWidget,
        *,
        field: Callable[[], MarkdownField],
        media: MediaInserter,
        preview: Preview,
        preferences: Preferences,
        become_cloze: Callable[[], object],
    ) -> None:
        super().__init__(editor)
        self._become_cloze = become_cloze
        self._editor = editor
        self._field = field
        self._preferences = preferences
        add = partial(add_action, editor)
        self._cloze = add("cloze", "Hide in a cloze", (CLOZE_KEY,), self._wrap_cloze)
        add("same_cloze", "Hide in the same cloze", ("Ctrl+Alt+Shift+C",), self._wrap_same)
        self._inline = add("inline_math", "Formula", ("Ctrl+M",), partial(self._formula, "$"))
        keys = ("Ctrl+Shift+M",)
        add("display_math", "Formula on its own line", keys, partial(self._formula, "$$"))
        self._find = add("latex", "Find a LaTeX command", ("Ctrl+L",), self.open_palette)
        add("snippets", "Write snippets…", (), self.open_snippets)
        self._picture = add(
            "media", "Picture or sound…", ("Ctrl+Shift+P",), lambda: media.ask_for_files(field())
        )
        add("link", "Link a note", ("Ctrl+Shift+L",), lambda: field().insert("[[$0"))
        add("next_card", "Preview the next card", ("Ctrl+PgDown",), preview.next_card)
        before = partial(preview.next_card, -1)
        add("previous_card", "Preview the card before", ("Ctrl+PgUp",), before)
        add("turn", "Preview without the answer, or with it", ("Ctrl+T",), preview.turn)

    def buttons(self) -> list[QWidget]:
        """For those who look for them, above the fields."""
        named = (
            ("[…]", self._cloze),
            ("x²", self._inline),
            ("α…", self._find),
            ("Picture…", self._picture),
        )
        return [self._button(text, action) for text, action in named]

    def _button(self, text: str, action: QAction) -> Button:
        made = Button(text)
        made.setObjectName("flat")
        made.setAccessibleName(action.text())
        text = action.text()
        tell_keys(action, lambda keys: made.setToolTip(f"{text} ({keys})" if keys else text))
        made.clicked.connect(action.trigger)
        return made

    def open_palette(self) -> LatexPalette:
        """Commands and snippets, found by typing."""
        snippets, _ = read_snippets(self._preferences.snippets)
        palette = LatexPalette(self._editor.window(), (*as_entries(snippets), *entries()))
        palette.chosen.connect(self._insert)
        palette.snippets_wanted.connect(self.open_snippets)
        palette.open()
        return palette

    def open_snippets(self) -> SnippetsDialog:
        """Where the user writes snippets."""
        dialog = SnippetsDialog(self._editor.window(), self._preferences.snippets)
        dialog.saved.connect(self._save_snippets)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _save_snippets(self, text: str) -> None:
        self._preferences.snippets = text

    def _insert(self, entry: LatexEntry) -> None:
        field = self._field()
        field.activateWindow()
        if entry.category == CATEGORY:
            field.insert(entry.inserted)
        else:
            field.insert_latex(entry.inserted)

    def _wrap_cloze(self) -> None:
        self._become_cloze()
        self._field().wrap_cloze(following=True)

    def _wrap_same(self) -> None:
        self._become_cloze()
        self._field().wrap_cloze(following=False)

    def _formula(self, delimiter: str) -> None:
        self._field().wrap_formula(delimiter)
