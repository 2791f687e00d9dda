"""Which keys do what: the standard ones, those that the user chose, and where two would clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from PySide6.QtGui import QKeySequence

EVERYWHERE: Final = "everywhere"
"""The section of what can be done on all screens."""
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_TRAVELLING = ("Tab", "Shift+Tab")
_EDITING_KEYS = (
    *("Backspace", "Del", "Return", "Enter", "Space", "Left", "Right", "Up", "Down"),
    *("Home", "End", "PgUp", "PgDown", "Ins"),
)
_Standard = QKeySequence.StandardKey
_EDITING = (
    *(_Standard.Copy, _Standard.Cut, _Standard.Paste, _Standard.Undo, _Standard.Redo),
    *(_Standard.SelectAll, _Standard.DeleteStartOfWord, _Standard.DeleteEndOfWord),
    *(_Standard.MoveToNextWord, _Standard.MoveToPreviousWord),
    *(_Standard.MoveToStartOfDocument, _Standard.MoveToEndOfDocument),
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done, and where."""

    id: str
    text: str
    section: str
    """Under which heading it stands."""
    screens: frozenset[str]
    """On which screens it can be done; `EVERYWHERE` alone for all."""
    standard: tuple[str, ...]
    """Its keys as portable texts, unless the user chose others."""
    is_among_text: bool = False
    """Whether its screen has fields for writing."""

    def meets(self, other: Command) -> bool:
        """Whether there is a screen on which both can be done."""
        if self.id == other.id:
            return False
        both = self.screens | other.screens
        return EVERYWHERE in both or bool(self.screens & other.screens)


Keys = Mapping[str, tuple[str, ...]]
"""Portable texts by the ids of commands."""


def resolved(commands: Sequence[Command], chosen: Keys) -> dict[str, tuple[str, ...]]:
    """The keys that count, none of them for two commands of a screen.

    A choice with a key that another choice has on the same screen is ignored. A standard key gives
    way to the same one that was chosen for something else.
    """
    found: dict[str, tuple[str, ...]] = {}
    for command in commands:
        keys = chosen.get(command.id)
        if keys is not None and not any(holders(commands, found, command, key) for key in keys):
            found[command.id] = keys
    for command in commands:
        if command.id not in found:
            free = [
                each for each in command.standard if not holders(commands, found, command, each)
            ]
            found[command.id] = tuple(free)
    return found


def holders(commands: Iterable[Command], keys: Keys, command: Command, key: str) -> list[Command]:
    """Who has this key already on a screen where `command` can be done, too."""
    return [each for each in commands if key in keys.get(each.id, ()) and each.meets(command)]


def refusal(command: Command, key: str) -> str:
    """Why a command cannot have this key; nothing if it can."""
    if key in _TRAVELLING:
        return f"{native(key)} goes from field to field, and can do nothing else."
    # A standard key works where its screen has no field with the keyboard, such as undo in a list.
    if command.is_among_text and key not in command.standard and is_for_writing(key):
        return f"{native(key)} is needed for writing on this screen. Take it with Ctrl or Alt."
    return ""


def is_for_writing(key: str) -> bool:
    """Whether a text field needs this key."""
    if any(QKeySequence(key) in QKeySequence.keyBindings(each) for each in _EDITING):
        return True
    plain = key.removeprefix("Shift+").removeprefix("Num+")
    return plain in _EDITING_KEYS or len(plain) == 1


def written(keys: Iterable[str]) -> str:
    """Keys as one text, to be kept."""
    return QKeySequence.listToString([QKeySequence(each) for each in keys], _PORTABLE)


def read(text: str) -> tuple[str, ...] | None:
    """Keys that were written by `written`; None if that is no list of keys."""
    if not text:
        return ()
    found = QKeySequence.listFromString(text, _PORTABLE)
    keys = tuple(each.toString(_PORTABLE) for each in found)
    is_whole = all(each.count() == 1 for each in found) and all(keys)
    return keys if is_whole and len(set(keys)) == len(keys) else None


def portable(keys: Iterable[QKeySequence]) -> tuple[str, ...]:
    """Keys as texts that mean the same on each platform."""
    return tuple(each.toString(_PORTABLE) for each in keys)


def native(*keys: str) -> str:
    """Keys as the platform writes them: "Space or Return"."""
    form = QKeySequence.SequenceFormat.NativeText
    return " or ".join(QKeySequence(each).toString(form) for each in keys)


def all_clashes(
    commands: Sequence[Command], keys: Keys, command: Command, wanted: Iterable[str]
) -> list[Command]:
    """Who would have to give a key away for `command` to have those that are wanted."""
    found = chain.from_iterable(holders(commands, keys, command, each) for each in wanted)
    return list({each.id: each for each in found}.values())
