"""How linked folders and the collection differ, what shall become of that, and what did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from studyapp.deckfile.splicing import SplitDeck
from studyapp.domain.linking import NEEDS_CHOICE, Choice, Head, Sides, Status

_MOST_TOLD: Final = 20
"""Notes of a folder that are told one by one although there is nothing to choose."""


class Deletion(StrEnum):
    """What becomes of notes that were deleted on one side."""

    LATER = "later"
    """Nothing; the next look shows them again."""
    FOLLOW = "follow"
    """They are deleted on the other side too; the app puts them into its trash."""
    RESTORE = "restore"
    """They are put back on the side that deleted them."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A deck file as it was read."""

    path: Path
    whole: SplitDeck


@dataclass(frozen=True, slots=True)
class Item:
    """A note on both sides."""

    key: str
    sides: Sides
    status: Status
    cannot: str = ""
    """Why the text cannot hold what should go into it, so that the note is left alone."""
    because: str = ""
    """Why the file's front matter says that it has the note no more."""

    @property
    def needs_choice(self) -> bool:
        return self.status in NEEDS_CHOICE


@dataclass(frozen=True, slots=True)
class HeadItem:
    """What a deck says besides its notes, on both sides."""

    deck_key: str
    deck_name: str
    base: Head
    app: Head
    text: Head
    conflicts: tuple[str, ...]
    """What both sides changed: `description`, `sources`, or the name of a macro."""
    comes_in: bool
    goes_out: bool
    cannot: str = ""
    """As an `Item` has it."""


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """A linked folder beside the collection."""

    id: int
    path: Path
    files: tuple[TextFile, ...]
    problems: tuple[str, ...]
    """Files that cannot be used, with file, line and remedy."""
    passed_over: tuple[str, ...]
    """Names of texts that are no deck files."""
    items: tuple[Item, ...]
    """All notes, also those that are the same on both sides."""
    heads: tuple[HeadItem, ...]
    """Those that differ."""
    held_back: int
    """Notes that no file has, which may be in one that cannot be used; they are left alone."""

    @property
    def differences(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.status is not Status.SAME)

    @property
    def without_id(self) -> int:
        """Notes whose texts get an `id:`."""
        return sum(not block.has_id for file in self.files for block in file.whole.blocks)


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing both sides together would do; nothing was changed yet."""

    folders: tuple[FolderPlan, ...]

    @property
    def has_conflicts(self) -> bool:
        """Whether there is something to be chosen or to be mended first."""
        return any(
            folder.problems
            or any(item.needs_choice or item.cannot for item in folder.items)
            or any(head.conflicts or head.cannot for head in folder.heads)
            for folder in self.folders
        )

    def told(self) -> str:
        """For a reader."""
        return "\n".join(line for folder in self.folders for line in _lines(folder))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose; what is not named is left as it is."""

    of_notes: Mapping[str, Choice] = field(default_factory=dict)
    """By the keys of notes."""
    of_decks: Mapping[str, Choice] = field(default_factory=dict)
    """For their heads, by the keys of decks."""
    conflicts: Choice = Choice.LATER
    """For all other conflicts."""
    deletions: Deletion = Deletion.LATER
    """For all other notes that were deleted on one side."""

    def of(self, item: Item) -> Choice:
        """For a note."""
        if item.key in self.of_notes:
            return self.of_notes[item.key]
        if item.status is Status.CONFLICT or self.deletions is Deletion.LATER:
            return self.conflicts if item.status is Status.CONFLICT else Choice.LATER
        follows = self.deletions is Deletion.FOLLOW
        return Choice.TEXT if follows is (item.status is Status.GONE_FROM_TEXT) else Choice.APP

    def of_head(self, head: HeadItem) -> Choice:
        return self.of_decks.get(head.deck_key, self.conflicts)


@dataclass(frozen=True, slots=True)
class Report:
    """What was done."""

    numbers: Mapping[Status, int]
    """Notes that were brought over, by how they differed."""
    left: tuple[Item, ...]
    """Notes that differ still."""
    heads_left: tuple[HeadItem, ...]
    written: tuple[Path, ...]
    """Files that were changed."""
    messages: tuple[str, ...]
    """Files that cannot be used, and pictures that could not be copied."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be chosen or mended."""
        return not (self.left or self.heads_left or self.messages)

    def told(self) -> str:
        """For a reader."""
        counted = _counts(self.numbers)
        lines = [f"Brought together: {counted}." if counted else "Both sides have the same notes."]
        lines += [f"Written: {path}" for path in self.written]
        lines += self.messages
        lines += [line for item in self.left for line in _item_lines(item)]
        lines += [line for head in self.heads_left for line in _head_lines(head)]
        return "\n".join(lines)


def _counts(numbers: Mapping[Status, int]) -> str:
    return ", ".join(
        f"{numbers[status]:,} {status}"
        for status in Status
        if status is not Status.SAME and numbers.get(status)
    )


def _lines(folder: FolderPlan) -> Iterator[str]:
    yield f"{folder.path}:"
    counts = Counter(item.status for item in folder.items)
    yield f"  {counts[Status.SAME]:,} the same. {_counts(counts)}".rstrip()
    if folder.without_id:
        yield f"  {folder.without_id:,} get an id: in their texts."
    yield from (f"  {name} is no deck file and is passed over." for name in folder.passed_over)
    yield from folder.problems
    if folder.held_back:
        yield f"  {folder.held_back:,} notes that no text has wait until all files can be read."
    told = [item for item in folder.differences if item.needs_choice or item.cannot]
    others = [item for item in folder.differences if not (item.needs_choice or item.cannot)]
    for item in (*others[:_MOST_TOLD], *told):
        yield from _item_lines(item)
    if len(others) > _MOST_TOLD:
        yield f"  … and {len(others) - _MOST_TOLD:,} more that need no choice"
    for head in folder.heads:
        yield from _head_lines(head)


def _item_lines(item: Item) -> Iterator[str]:
    yield f"  {item.status}: {item.key}" + (f" ({item.because})" if item.because else "")
    if item.cannot:
        yield f"    left alone: {item.cannot}"
    if not item.needs_choice:
        return
    sides = {"before": item.sides.base, "app": item.sides.app, "text": item.sides.text}
    for name, side in sides.items():
        shown = "—" if side is None else f"{side.note.front} / {side.note.back}"
        yield f"    {name + ':':8}" + shown.replace("\n", "\n            ")


def _head_lines(head: HeadItem) -> Iterator[str]:
    ways = [
        *(["comes in"] if head.comes_in else []),
        *(["goes out"] if head.goes_out else []),
    ]
    if head.conflicts:
        ways = [f"conflict in {', '.join(head.conflicts)}"]
    yield f"  {' and '.join(ways)}: the head of the deck {head.deck_name}"
    if head.cannot:
        yield f"    left alone: {head.cannot}"
