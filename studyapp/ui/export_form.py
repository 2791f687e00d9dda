"""What shall be exported, and as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLabel, QLineEdit, QWidget

from studyapp.domain.paper import Paper
from studyapp.rendering.design import GRID
from studyapp.services.exchange import (
    Everything,
    Form,
    OfDeck,
    OfSearch,
    OfTag,
    Request,
    Selection,
)
from studyapp.services.export_values import PACKAGES
from studyapp.ui.check_box import CheckBox
from studyapp.ui.chevron import ComboBox
from studyapp.ui.export_offer import Offer, Picked
from studyapp.ui.screen import label

PDF: Final = "pdf"
FORMS: Final[dict[str, tuple[str, str]]] = {
    Form.PACKAGE: ("Anki package (.apkg)", "To be added to what is in Anki, or here."),
    Form.COLLECTION: (
        "Anki collection (.colpkg)",
        "All decks with schedules and history. In Anki it takes the place of all that is there.",
    ),
    Form.CSV: ("Table (.csv)", "A note on each line, for Anki and for tables; without pictures."),
    Form.TSV: ("Table (.tsv)", "A note on each line, for Anki and for tables; without pictures."),
    Form.DECKS: (
        "Deck files (a folder)",
        "A text for each deck, to be read, edited and shared, with pictures and sounds beside.",
    ),
    Form.JSON: (
        "All that is known (.json)",
        "Notes, schedules and history as one text, for programs.",
    ),
    PDF: ("To print (.pdf)", "Questions and answers side by side, with formulas and pictures."),
}
"""What each is called and for, by the endings of files."""
_SAYS_SCHEDULED = (Form.PACKAGE,)
"""Others have always schedules and history, or never."""
_KINDS: Final = {
    Everything: "Everything",
    OfDeck: "A deck and those below it",
    OfTag: "Notes with a tag",
    OfSearch: "Notes that a search finds",
}


_PAPERS: Final = {Paper.A4: "on A4", Paper.LETTER: "on US Letter"}


class ExportForm(QWidget):
    """Two choices and a tick; its first field is what the window's screen proposed."""

    changed = Signal()

    def __init__(
        self,
        offer: Offer,
        deck_names: Sequence[str],
        tag_names: Sequence[str],
    ) -> None:
        super().__init__()
        self._offer = offer
        self.what = ComboBox()
        self.deck, self.tag = _names("Deck", deck_names), _names("Tag", tag_names)
        self.search = QLineEdit()
        self.search.setAccessibleName("Search")
        self.search.setPlaceholderText("deck:… tag:… is:due …")
        self.form = ComboBox()
        self.scheduled = CheckBox("With schedules and history")
        self.modern = CheckBox("Smaller, for Anki 2.1.50 and newer only")
        self.paper = ComboBox()
        self._meaning = label("", "quiet", wraps=True)
        self._fill()
        self._lay_out()
        self._begin_with(offer)
        self._connect()
        self._fit()

    def _fill(self) -> None:
        kinds: dict[type, str] = dict(_KINDS)
        if isinstance(self._offer, Picked):
            kinds = {Picked: f"{self._offer.text}, as chosen", **kinds}
        self._kinds = tuple(kinds)
        self.what.addItems(list(kinds.values()))
        self.what.setAccessibleName("What")
        for form, (text, _) in FORMS.items():
            self.form.addItem(text, str(form))
        for paper in Paper:
            self.paper.addItem(_PAPERS[paper], str(paper))
        self.paper.setAccessibleName("Paper")
        inches = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
        self.paper.setCurrentIndex(list(Paper).index(Paper.LETTER if inches else Paper.A4))
        self.form.setAccessibleName("Format")

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(3 * GRID)
        layout.setVerticalSpacing(2 * GRID)
        layout.setColumnStretch(1, 1)
        layout.setColumnStretch(2, 1)
        # Tab follows the order in which they are put here.
        beside = ((self.deck, self.tag, self.search), (self.scheduled, self.paper))
        for line, box in enumerate((self.what, self.form)):
            name = QLabel(box.accessibleName())
            name.setBuddy(box)
            layout.addWidget(name, line, 0)
            layout.addWidget(box, line, 1)
            for field in beside[line]:
                layout.addWidget(field, line, 2)
        layout.addWidget(self.modern, 2, 1, 1, 2)
        layout.addWidget(self._meaning, 3, 1, 1, 2)

    def _begin_with(self, offer: Offer) -> None:
        self.what.setCurrentIndex(self._kinds.index(type(offer)))
        match offer:
            case OfDeck(name):
                self.deck.setEditText(name)
                if (line := self.deck.lineEdit()) is not None:
                    line.home(False)  # the end of a long name would be shown else
            case OfTag(name):
                self.tag.setEditText(name)
            case OfSearch(query):
                self.search.setText(query)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _: self._on_changed())
        self.form.currentIndexChanged.connect(lambda _: self._on_changed())
        self.deck.currentTextChanged.connect(lambda _: self._on_changed())
        self.tag.currentTextChanged.connect(lambda _: self._on_changed())
        self.search.textEdited.connect(lambda _: self._on_changed())
        self.scheduled.toggled.connect(lambda _: self._on_changed())
        self.modern.toggled.connect(lambda _: self._on_changed())

    @property
    def _kind(self) -> type:
        return self._kinds[self.what.currentIndex()]

    @property
    def ending(self) -> str:
        """As what it is written: one of `FORMS`."""
        return str(self.form.currentData())

    @property
    def chosen_paper(self) -> Paper:
        """On what it is printed."""
        return Paper(self.paper.currentData())

    @property
    def name(self) -> str:
        """What is exported, as a name for a file."""
        if self._kind is OfDeck:
            return self.deck.currentText().rpartition("::")[2]
        return self.tag.currentText() if self._kind is OfTag else "studyapp"

    def request(self) -> Callable[[], Request] | None:
        """Makes what is asked for, beside the window; None: there is something missing yet.

        What shall be printed is asked for as deck files, which hold as much.
        """
        selection = self.selection()
        if selection is None:
            return None
        form = Form.DECKS if self.ending == PDF else Form(self.ending)
        scheduled = self.scheduled.isChecked() and form in _SAYS_SCHEDULED
        modern = self.modern.isChecked() and form in PACKAGES
        return lambda: Request(selection(), form, scheduled, modern)

    def selection(self) -> Callable[[], Selection] | None:
        """Makes what is chosen, beside the window; None: there is something missing yet."""
        deck, tag = self.deck.currentText().strip(), self.tag.currentText().strip()
        query, kind = self.search.text().strip(), self._kind
        if kind is Picked and isinstance(self._offer, Picked):
            return self._offer.choice
        if kind is OfDeck:
            return (lambda: OfDeck(deck)) if deck else None
        if kind is OfTag:
            return (lambda: OfTag(tag)) if tag else None
        if kind is OfSearch:
            return (lambda: OfSearch(query)) if query else None
        return Everything

    def _on_changed(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Show only what there is to choose."""
        kind, ending = self._kind, self.ending
        self.deck.setVisible(kind is OfDeck)
        self.tag.setVisible(kind is OfTag)
        self.search.setVisible(kind is OfSearch)
        self.scheduled.setVisible(ending in _SAYS_SCHEDULED)
        self.modern.setVisible(ending in PACKAGES)
        self.paper.setVisible(ending == PDF)
        self._meaning.setText(FORMS[ending][1])


def _names(text: str, names: Sequence[str]) -> ComboBox:
    """A field for a name, completed from those that there are."""
    box = ComboBox()
    box.setEditable(True)
    box.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName(text)
    box.addItems(names)
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    completer = QCompleter(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    box.setCompleter(completer)
    box.setEditText("")
    return box
