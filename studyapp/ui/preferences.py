"""How the user likes the window: kept in an ini file beside the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from studyapp.domain.notes import NoteKind

TEXT_PERCENTS = (70, 80, 90, 100, 110, 125, 150, 175, 200, 250)
"""The sizes that card text can be given."""
_KEYS = "keys/"
_PINNED = frozenset({"tags"})


class ThemeChoice(StrEnum):
    """Which theme the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Preferences(QObject):
    """What is remembered of the window; a value that makes no sense counts as not set."""

    theme_changed = Signal(ThemeChoice)
    text_percent_changed = Signal(int)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        text = self._text("theme")
        return ThemeChoice(text) if text in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._settings.setValue("theme", str(choice))
        self.theme_changed.emit(choice)

    @property
    def text_percent(self) -> int:
        """Size of the cards' text, one of `TEXT_PERCENTS`."""
        text = self._text("text_percent")
        return int(text) if text in map(str, TEXT_PERCENTS) else 100

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        if percent != self.text_percent:
            self._settings.setValue("text_percent", percent)
            self.text_percent_changed.emit(percent)

    def step_text_percent(self, steps: int) -> None:
        """Make card text larger or smaller by so many sizes, as far as there are."""
        index = TEXT_PERCENTS.index(self.text_percent) + steps
        self.text_percent = TEXT_PERCENTS[min(max(index, 0), len(TEXT_PERCENTS) - 1)]

    @property
    def screen(self) -> str:
        """The screen that was open last; empty at the first start."""
        return self._text("screen")

    @screen.setter
    def screen(self, name: str) -> None:
        self._settings.setValue("screen", name)

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the window as Qt saves them; empty at the first start."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    @property
    def collapsed(self) -> frozenset[int]:
        """Ids of the decks whose sub-decks are folded away."""
        return frozenset(int(each) for each in self._text("collapsed").split() if each.isdecimal())

    @collapsed.setter
    def collapsed(self, deck_ids: Iterable[int]) -> None:
        self._settings.setValue("collapsed", " ".join(map(str, sorted(deck_ids))))

    @property
    def pinned(self) -> frozenset[str]:
        """Fields that are kept for the next note when one is added."""
        is_set = self._settings.contains("pinned")
        return frozenset(self._text("pinned").split()) if is_set else _PINNED

    @pinned.setter
    def pinned(self, names: frozenset[str]) -> None:
        self._settings.setValue("pinned", " ".join(sorted(names)))

    @property
    def snippets(self) -> str:
        """The user's snippets for writing, one a line."""
        return self._text("snippets")

    @snippets.setter
    def snippets(self, text: str) -> None:
        self._settings.setValue("snippets", text)

    @property
    def writing_deck(self) -> str:
        """The deck that a note was added to last; empty before the first."""
        return self._text("writing_deck")

    @writing_deck.setter
    def writing_deck(self, name: str) -> None:
        self._settings.setValue("writing_deck", name)

    @property
    def writing_kind(self) -> NoteKind:
        """The kind of the note that was added last."""
        text = self._text("writing_kind")
        return NoteKind(text) if text in set(NoteKind) else NoteKind.BASIC

    @writing_kind.setter
    def writing_kind(self, kind: NoteKind) -> None:
        self._settings.setValue("writing_kind", str(kind))

    def remembered(self, name: str) -> str:
        """What a screen keeps by a name of its own; empty if it never did."""
        return self._text(name)

    def remember(self, name: str, text: str) -> None:
        """Keep a text for a screen."""
        self._settings.setValue(name, text)

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys that the user chose, by the ids of commands."""
        names = [each for each in self._settings.allKeys() if each.startswith(_KEYS)]
        return {each.removeprefix(_KEYS): self._text(each) for each in names}

    @keys.setter
    def keys(self, keys: Mapping[str, str]) -> None:
        self._settings.remove(_KEYS.rstrip("/"))
        for name, text in keys.items():
            self._settings.setValue(_KEYS + name, text)

    def save(self) -> None:
        self._settings.sync()

    def _text(self, name: str) -> str:
        value = self._settings.value(name)
        return value if isinstance(value, str) else "" if value is None else str(value)
