"""The cards of a note as they will be reviewed, while the note is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from studyapp.domain.card_making import ordinals
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.rendering.page import CardFaces, card_faces
from studyapp.ui.button import Button
from studyapp.ui.card_place import CardPlace
from studyapp.ui.latest import Latest
from studyapp.ui.screen import label

if TYPE_CHECKING:  # the web engine is imported when it is first needed, not before
    from studyapp.ui.card_view import CardView

_EMPTY = "The cards appear here while you write."
_NO_CLOZE = "Nothing is hidden yet. Select some words and press {keys}."
_STOPPED = (
    "The page that shows the card stopped twice; your text is safe. It is shown again with the "
    "next change."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the cards are made from."""

    note: Note
    link_titles: Mapping[str, str] = field(default_factory=dict)
    macros: Macros = NO_MACROS


class CardPreview(QWidget):
    """Cards are converted beside the window, so that no formula keeps one from typing."""

    painted = Signal()
    """The newest text is to be seen."""
    link_activated = Signal(str)
    note_activated = Signal(str)
    failed = Signal(str)

    def __init__(self, make_view: Callable[[], CardView], cloze_keys: str) -> None:
        super().__init__()
        self._cloze_keys = cloze_keys
        self._work = Latest()
        self._number = 0
        self._shown: Shown | None = None
        self._faces: CardFaces | None = None
        self._last_place: tuple[int, bool] | None = None
        self.card = CardPlace(make_view)
        self.tabs = QTabBar()
        self.side = Button("Answer")
        self.empty = label(_EMPTY, "quiet", wraps=True)
        self._lay_out()
        self.tabs.currentChanged.connect(self._convert)
        self.side.toggled.connect(self._show)
        self._work.done.connect(self._on_converted)
        self.card.painted.connect(self._on_painted)
        self.card.link_activated.connect(self.link_activated)
        self.card.note_activated.connect(self.note_activated)
        self.card.failed.connect(lambda: self.failed.emit(_STOPPED))

    def _lay_out(self) -> None:
        self.setAccessibleName("Preview")
        self.tabs.setAccessibleName("Cards of the note")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setObjectName("flat")
        self.side.setCheckable(True)
        self.side.setChecked(True)
        self.side.setAccessibleName("Show the answer")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self.side)
        # A stacked layout would show its first widget as a window of its own.
        self._middle = QStackedWidget()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addLayout(top)
        layout.addWidget(self._middle, 1)

    @property
    def ordinal(self) -> int | None:
        """Of the card that is shown; None if the note has none."""
        index = self.tabs.currentIndex()
        return None if index < 0 else int(self.tabs.tabData(index))

    def show_note(self, shown: Shown) -> None:
        """Show the cards of a note; the newest call counts."""
        self._shown = shown
        self._list_cards(shown.note)
        self._convert()

    def next_card(self, step: int = 1) -> None:
        """Show the next of the cards; after the last comes the first."""
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def turn(self) -> None:
        """Show the question alone, or with its answer."""
        self.side.toggle()

    def dress(self, theme: Theme, text_scale: float) -> None:
        self.card.dress(theme, text_scale)

    def shut_down(self) -> None:
        """Let go of the thread and the web engine."""
        self._number = 0
        self._faces = None
        self._work.shut_down()
        self.card.shut_down()

    def _list_cards(self, note: Note) -> None:
        """Tabs for the note's cards; the one that is shown stays, as far as it is there."""
        wanted = ordinals(note) if note.front.strip() or note.back.strip() else ()
        present = [int(self.tabs.tabData(each)) for each in range(self.tabs.count())]
        names = [_name(note, each) for each in wanted]
        if present == list(wanted) and names == [self.tabs.tabText(i) for i in range(len(names))]:
            return
        chosen = self.ordinal
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for name, ordinal in zip(names, wanted, strict=True):
            self.tabs.setTabData(self.tabs.addTab(name), ordinal)
        new = next((each for each in wanted if each not in present), None) if present else None
        stays = chosen if new is None else new
        if stays in wanted:
            self.tabs.setCurrentIndex(wanted.index(stays))
        # Without a tab there is nothing that the keyboard could stand on.
        focus = Qt.FocusPolicy.TabFocus if wanted else Qt.FocusPolicy.NoFocus
        self.tabs.setFocusPolicy(focus)
        self.tabs.blockSignals(False)

    def _convert(self) -> None:
        shown, ordinal = self._shown, self.ordinal
        if shown is None or ordinal is None:
            self._say_what_is_missing()
            return
        self._number = self._work.begin(lambda: _faces(shown, ordinal))

    def _say_what_is_missing(self) -> None:
        note = None if self._shown is None else self._shown.note
        has_text = note is not None and bool(note.front.strip())
        is_cloze = note is not None and note.kind is NoteKind.CLOZE
        text = _NO_CLOZE.format(keys=self._cloze_keys) if is_cloze and has_text else _EMPTY
        self._number = 0
        self._faces = None
        self.empty.setText(text)
        self._middle.setCurrentWidget(self.empty)

    def _on_converted(self, number: int, faces: object) -> None:
        if number == self._number and isinstance(faces, CardFaces):
            self._faces = faces
            self._show()

    def _show(self) -> None:
        faces = self._faces
        if faces is None:
            return
        answer = self.side.isChecked()
        place = (self.ordinal or 0, answer)
        self._middle.setCurrentWidget(self.card)
        html = faces.answer_html if answer else faces.question_html
        self.card.view.show_card(html, self._number, keep_place=place == self._last_place)
        self._last_place = place

    def _on_painted(self, token: int) -> None:
        if token == self._number:
            self.painted.emit()


def _faces(shown: Shown, ordinal: int) -> CardFaces:
    try:
        return card_faces(shown.note, ordinal, shown.link_titles, shown.macros)
    except StudyAppError as failure:
        html = f'<p class="math-error">{escape(str(failure))}</p>'
        return CardFaces(html, html)


def _name(note: Note, ordinal: int) -> str:
    if note.kind is NoteKind.CLOZE:
        return f"Cloze {ordinal + 1}"
    return "Back to front" if ordinal else "Front to back"
