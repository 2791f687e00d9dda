"""Where a note is written: its kind and deck, its two sides, tags, source and links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.authoring import Authoring, Titled, Written
from studyapp.ui import icons
from studyapp.ui.chevron import ComboBox
from studyapp.ui.markdown_field import MarkdownField
from studyapp.ui.note_links import MakeTitle, NoteLinks
from studyapp.ui.screen import label, row
from studyapp.ui.tags_line import TagsLine

KIND_NAMES: Final = {
    NoteKind.BASIC: "Basic",
    NoteKind.REVERSED: "Basic and reversed",
    NoteKind.CLOZE: "Cloze",
}
PINNED: Final = ("tags", "source", "links")
"""What can be kept for the next note; kind and deck always are."""
_SIDES: Final = {
    NoteKind.CLOZE: (("Text", "What is hidden is asked for: {{c1::words}}"), ("Extra", "Optional")),
}
_USUAL_SIDES: Final = (("Front", "The question"), ("Back", "The answer"))
_KIND_WIDTH = 40 * GRID
_SHORTEST_DECK = 8
"""Letters of a deck's name that are always to be seen."""


class NoteForm(QWidget):
    """Tells each change; knows the collection's decks and tags, and asks for nothing else."""

    edited = Signal()
    """What is written is something else now."""
    pins_changed = Signal(frozenset)
    """Which fields are kept for the next note."""

    def __init__(self, authoring: Authoring, title_of: MakeTitle, theme: Theme) -> None:
        super().__init__()
        self._authoring = authoring
        self._key = ""
        self._tag_names: Sequence[str] = ()
        self.kind = ComboBox()
        self.deck = ComboBox()
        self.front = MarkdownField("Front", theme)
        self.back = MarkdownField("Back", theme)
        self.tags = TagsLine(lambda: self._tag_names)
        self.source = QLineEdit()
        self.links = NoteLinks(title_of)
        self.pins = {name: self._pin(name) for name in PINNED}
        self._front_name, self._back_name = label("", "quiet"), label("", "quiet")
        self._fill()
        self._lay_out()
        self._connect()
        self._name_sides()
        self.dress(theme)

    def _fill(self) -> None:
        for kind, name in KIND_NAMES.items():
            self.kind.addItem(name, str(kind))
        self.kind.setAccessibleName("Kind of note")
        self.kind.setMaximumWidth(_KIND_WIDTH)
        self.deck.setEditable(True)
        self.deck.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.deck.setSizeAdjustPolicy(
            ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.deck.setMinimumContentsLength(_SHORTEST_DECK)
        self.deck.setAccessibleName("Deck; a new name makes a deck")
        completer = QCompleter(self.deck.model(), self.deck)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.deck.setCompleter(completer)
        self.deck_line.setPlaceholderText("Deck, or Deck::Sub-deck")
        self.source.setAccessibleName("Source")
        self.source.setPlaceholderText("Source: where the idea stands")

    @property
    def deck_line(self) -> QLineEdit:
        """Where the deck's name is typed."""
        line = self.deck.lineEdit()
        assert line is not None  # noqa: S101 - an editable combo box has one
        return line

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        top = row(self.kind, self.deck)
        top.setSpacing(2 * GRID)
        top.setStretch(1, 1)
        self.above_fields = row(self._front_name, None)
        layout.addLayout(top)
        layout.addLayout(self.above_fields)
        layout.addWidget(self.front, 3)
        layout.addWidget(self._back_name)
        layout.addWidget(self.back, 3)
        layout.addSpacing(GRID)
        for name, line in (("tags", self.tags), ("source", self.source), ("links", self.links)):
            pinned = row(line, self.pins[name])
            pinned.setStretch(0, 1)
            layout.addLayout(pinned)

    def _pin(self, name: str) -> QToolButton:
        pin = QToolButton()
        pin.setObjectName("pin")
        pin.setCheckable(True)
        pin.setIconSize(QSize(icons.SIZE, icons.SIZE) * 0.8)
        pin.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        pin.setAccessibleName(f"Keep the {name} for the next note")
        pin.setToolTip(f"Keep the {name} for the next note")
        pin.toggled.connect(lambda: self.pins_changed.emit(self.pinned))
        return pin

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._name_sides)
        for signal in (
            self.kind.currentIndexChanged,
            self.deck.editTextChanged,
            self.front.edited,
            self.back.edited,
            self.tags.textChanged,
            self.source.textChanged,
        ):
            signal.connect(lambda *_: self.edited.emit())
        self.links.changed.connect(self._on_links)

    @property
    def pinned(self) -> frozenset[str]:
        """The fields that are kept for the next note."""
        return frozenset(name for name, pin in self.pins.items() if pin.isChecked())

    def pin(self, names: frozenset[str]) -> None:
        """Keep these fields for the next note."""
        for name, pin in self.pins.items():
            pin.setChecked(name in names)

    def hide_pins(self) -> None:
        """There is no next note."""
        for pin in self.pins.values():
            pin.hide()

    @property
    def chosen_kind(self) -> NoteKind:
        return NoteKind(self.kind.currentData())

    def become_cloze(self) -> None:
        """Something is to be hidden in the text."""
        self.kind.setCurrentIndex(self.kind.findData(str(NoteKind.CLOZE)))

    @property
    def written(self) -> Written:
        """What the form holds now."""
        note = Note(
            self._key,
            self.chosen_kind,
            self.front.markdown,
            self.back.markdown,
            self.tags.tags,
            self.source.text(),
            self.links.keys,
        )
        return Written(note, self.deck.currentText().strip())

    def fill(self, written: Written) -> None:
        """Show another note."""
        note = written.note
        self._key = note.key
        self.kind.setCurrentIndex(self.kind.findData(str(note.kind)))
        if written.deck_name != self.deck.currentText():
            self.deck.setEditText(written.deck_name)
        self.front.markdown, self.back.markdown = note.front, note.back
        self.tags.tags = note.tags
        if note.source != self.source.text():
            self.source.setText(note.source)
        if note.links != self.links.keys:
            self.links.show_links(note.links, self._linked(note.links))
            self.edited.emit()

    def learn_names(self) -> None:
        """Read again which decks and tags there are; raises StudyAppError."""
        self._tag_names = self._authoring.tag_names()
        names, typed = self._authoring.deck_names(), self.deck.currentText()
        if names != [self.deck.itemText(index) for index in range(self.deck.count())]:
            self.deck.blockSignals(True)
            self.deck.clear()
            self.deck.addItems(names)
            self.deck.setEditText(typed)
            self.deck.blockSignals(False)

    def add_link(self, key: str) -> None:
        """Link another note."""
        if key not in self.links.keys and key != self._key:
            self._show_links((*self.links.keys, key))

    def dress(self, theme: Theme) -> None:
        self.front.dress(theme)
        self.back.dress(theme)
        for pin in self.pins.values():
            pin.setIcon(icons.icon("pin", theme.text))

    def found_links(self) -> tuple[Titled, ...]:
        """The linked notes, as far as they exist and can be read."""
        return self._linked(self.links.keys)

    def _linked(self, keys: tuple[str, ...]) -> tuple[Titled, ...]:
        try:
            return self._authoring.linked(keys) if keys else ()
        except StudyAppError:  # links are then called by their keys
            return ()

    def _on_links(self) -> None:
        self._show_links(self.links.keys)

    def _show_links(self, keys: tuple[str, ...]) -> None:
        self.links.show_links(keys, self._linked(keys))
        self.edited.emit()

    def _name_sides(self) -> None:
        front, back = _SIDES.get(self.chosen_kind, _USUAL_SIDES)
        for names, line, field in (
            (front, self._front_name, self.front),
            (back, self._back_name, self.back),
        ):
            line.setText(names[0])
            field.name_it(*names)
