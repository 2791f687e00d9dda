"""What an import would do, and what it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from studyapp.anki.incoming import Flattened, Seen, Skipped
from studyapp.domain.notes import Note
from studyapp.services.import_kept import KeptNotes

KEPT_CONFLICTS = 10_000
"""Conflicts that are told one by one, to be chosen; others are left as they are."""


class Choice(StrEnum):
    """What becomes of a note that was changed here and there."""

    LATER = "later"
    """Nothing; the next import asks again."""
    MINE = "mine"
    """The words here stay; the same words from there are not asked again."""
    THEIRS = "theirs"
    """The words from there; undo brings back those here."""
    BOTH = "both"
    """The words from there become a note of their own."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A note that was changed here and there."""

    key: str
    mine: Note
    theirs: Note


@dataclass(slots=True)
class Numbers:
    """How many of each there are."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicting: int = 0
    skipped: int = 0
    cards: int = 0
    """New ones."""
    reviews: int = 0
    """Log entries that are not here yet."""
    progress: int = 0
    """Cards that are here already and were studied further there."""
    kept: int = 0
    """Notes whose words here stay, as was chosen."""
    media: int = 0
    media_bytes: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether the collection would be as it is."""
        return not (
            self.new
            or self.updated
            or self.cards
            or self.reviews
            or self.progress
            or self.media
            or self.kept
        )


@dataclass(frozen=True, slots=True)
class Digest:
    """What tells whether a file is still the one that was looked at."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do with the collection as it is; nothing was changed yet."""

    path: Path
    digest: Digest
    numbers: Numbers
    decks: tuple[str, ...]
    """Names of decks that would be made."""
    conflicts: tuple[Conflict, ...]
    skipped: tuple[Skipped, ...]
    """The first of them; `numbers.skipped` counts all."""
    flattened: tuple[Flattened, ...]
    remarks: tuple[str, ...]
    """Sentences for the user."""
    with_progress: bool = True
    """Whether schedules and history come along, with suspended cards, flags and presets."""
    has_progress: bool = False
    """Whether the file has a history."""
    kept: KeptNotes | None = field(default=None, repr=False, compare=False)
    """What need not be read again."""
    seen: Seen | None = field(default=None, repr=False, compare=False)
    """What need not be looked for again."""

    def told(self) -> str:
        """The plan for a reader, a sentence or two a line."""
        return "\n".join([f"{self.path}:", *_lines(self.numbers, self), *_details(self)])


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    name: str
    """Of the step of undo; empty: there is none, since there was nothing to do."""
    numbers: Numbers
    decks: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    """Those that were left as they are."""
    skipped: tuple[Skipped, ...]
    flattened: tuple[Flattened, ...]
    remarks: tuple[str, ...]

    def told(self) -> str:
        """The report for a reader, a sentence or two a line."""
        begin = "Imported." if self.name else "Nothing to import: all of it is here already."
        return "\n".join([begin, *_lines(self.numbers, self), *_details(self)])


@dataclass(slots=True)
class Choices:
    """What the user chose, by the keys of conflicting notes."""

    of_notes: Mapping[str, Choice] = field(default_factory=dict)
    others: Choice = Choice.LATER
    """For all other conflicts."""

    def of(self, key: str) -> Choice:
        return self.of_notes.get(key, self.others)


_MOST_NAMES = 20


def _lines(numbers: Numbers, told: Plan | Report) -> list[str]:
    lines = [
        f"  {numbers.new:,} new notes, {numbers.updated:,} updated, {numbers.unchanged:,} "
        f"unchanged, {numbers.conflicting:,} changed here and there, {numbers.skipped:,} skipped",
        f"  {numbers.cards:,} new cards, {numbers.reviews:,} reviews, {numbers.media:,} media "
        f"({numbers.media_bytes / 1e6:.1f} MB)",
    ]
    if numbers.progress:
        lines.append(f"  {numbers.progress:,} cards that were studied further there")
    if told.decks:
        more = f" and {len(told.decks) - _MOST_NAMES} more" if len(told.decks) > _MOST_NAMES else ""
        lines.append(f"  New decks: {'; '.join(told.decks[:_MOST_NAMES])}{more}")
    return lines


def _details(told: Plan | Report) -> list[str]:
    lines = [
        f"Note type “{each.note_type}” ({each.notes:,} notes) becomes {each.becomes}."
        + "".join(f" {loss}." for loss in each.losses)
        for each in told.flattened
    ]
    lines += told.remarks
    lines += [f"Skipped {each.what}: {each.reason}." for each in told.skipped]
    if told.numbers.skipped > len(told.skipped):
        lines.append(f"Skipped {told.numbers.skipped - len(told.skipped):,} more.")
    lines += [f"Changed here and there: {each.key}" for each in told.conflicts[:_MOST_NAMES]]
    return lines
