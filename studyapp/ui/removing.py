"""Removing decks, and bringing back those that come with the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from studyapp.domain.decks import Deck, is_within, sort_key
from studyapp.errors import NotFound, StorageError, StudyAppError
from studyapp.services.shelf import PassedOver, Removal, Shelf
from studyapp.ui.decks_screen import DecksScreen
from studyapp.ui.removed_decks_dialog import RemovedDecksDialog
from studyapp.ui.spans import counted

_NAME = 28
"""Letters of a deck's name in a message."""

StudiedCards = Callable[[int], int]
"""How many cards of the deck with this id, and of those below it, were ever studied."""
Install = Callable[[str], Sequence[str]]
"""Installs the removed deck with this key; returns what is to be told of files that cannot be."""


class Removing(QObject):
    """What was studied is asked about first; everything can be undone."""

    def __init__(
        self, decks: DecksScreen, shelf: Shelf, studied_cards: StudiedCards, install: Install
    ) -> None:
        super().__init__(decks)
        self._decks = decks
        self._shelf = shelf
        self._studied_cards = studied_cards
        self._install = install
        decks.remove_wanted.connect(self.ask)
        decks.bring_back_wanted.connect(self.choose)
        decks.refreshed.connect(self._look)
        self._look()

    def ask(self, deck: Deck, decks_below: int) -> QMessageBox | None:
        """Remove a deck; ask before that if it was studied."""
        try:
            studied = self._studied_cards(deck.id)
        except StudyAppError as failure:
            self._fail(failure)
            return None
        if not studied:
            self.remove(deck, decks_below)
            return None
        box = QMessageBox(self._decks.window())
        box.setWindowTitle("Remove a deck")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question(deck, decks_below))
        box.setInformativeText(
            f"You have studied {counted(studied, 'card')} of what goes. The progress goes, too; "
            f"{self._decks.undo_keys} brings everything back."
        )
        remove = box.addButton("Remove", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove.clicked.connect(lambda: self.remove(deck, decks_below))
        box.open()
        return box

    def remove(self, deck: Deck, decks_below: int) -> None:
        """Remove a deck and those below it at once."""
        next_to_it = beside(deck, self._decks.decks())
        try:
            removal = self._shelf.remove(deck.id)
        except StudyAppError as failure:
            self._fail(failure)
            return
        self._decks.refresh()
        self._decks.tree.select(next_to_it)
        self._decks.take_keyboard()
        self._decks.told.emit(told(removal, decks_below, self._decks.undo_keys))

    def choose(self) -> RemovedDecksDialog:
        """Let the user choose which of the removed decks come back."""
        dialog = RemovedDecksDialog(self._decks.window(), self._shelf.passed_over, self.bring_back)
        dialog.finished.connect(self._decks.take_keyboard)
        dialog.open()
        return dialog

    def bring_back(self, removed: PassedOver) -> None:
        """Install a removed deck; raises StudyAppError, telling what comes of it."""
        try:
            messages = self._install(removed.key)
        except StudyAppError as failure:
            if removed in self._shelf.passed_over():
                raise
            raise StorageError(f"{failure} The deck comes back with the next start.") from failure
        self._decks.show_what_came()
        if all(deck.key != removed.key for deck in self._decks.decks()):
            raise NotFound(
                "\n".join([f"“{_named(removed.name)}” does not come with this version.", *messages])
            )
        self._decks.told.emit(f"“{_named(removed.name)}” is back")

    def _fail(self, failure: StudyAppError) -> None:
        self._decks.warn(str(failure))
        self._decks.refresh()  # it may be gone

    def _look(self) -> None:
        try:
            self._decks.offer_bringing_back(bool(self._shelf.passed_over()))
        except StudyAppError as failure:
            self._decks.warn(str(failure))


def beside(deck: Deck, decks: Sequence[Deck]) -> int:
    """Id of the deck that stands after `deck` and those below it, else before it; else 0."""
    others = [each for each in decks if not is_within(each.name, deck.name)]
    after = [each for each in others if sort_key(each.name) > sort_key(deck.name)]
    return next((each.id for each in after or others[-1:]), 0)


def question(deck: Deck, decks_below: int) -> str:
    """What is asked before a deck is removed."""
    below = f" and the {counted(decks_below, 'deck')} below it" if decks_below else ""
    return f"Remove “{_named(deck.name)}”{below}?"


def told(removal: Removal, decks_below: int, undo_keys: str) -> str:
    """What is told of a deck that was removed, in two lines that fit a narrow window."""
    held = f"{counted(removal.notes, 'note')} and {counted(removal.cards, 'card')}"
    name = f"“{_named(removal.deck_name)}”"
    if not decks_below:
        return f"Removed {name} with {held}.\n{undo_keys} brings it back."
    below = f"{name} and {counted(decks_below, 'deck')} below it"
    return f"Removed {below},\nwith {held}. {undo_keys} brings them back."


def _named(name: str) -> str:
    short = name.rpartition("::")[2]
    return short if len(short) <= _NAME else f"{short[: _NAME - 1]}…"
