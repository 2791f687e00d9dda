"""What does not survive the trip to Anki or into a text, counted and with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

MOST_EXAMPLES: Final = 20
"""Of each loss that are told by name."""


@dataclass(frozen=True, slots=True)
class _Kind:
    one: str
    many: str
    reason: str
    """Sentences."""
    is_counted: bool = True


class LossKind(Enum):
    """What can be lost."""

    UNDRAWN = _Kind(
        "formula that cannot be drawn here",
        "formulas that cannot be drawn here",
        "It is exported as it was written; Anki may draw it.",
    )
    UNKNOWN_COMMAND = _Kind(
        "formula with a command that Anki does not know",
        "formulas with commands that Anki does not know",
        "Anki shows the command's name in red in its place.",
    )
    MISSING_MEDIA = _Kind(
        "picture or sound that is missing",
        "pictures or sounds that are missing",
        "The file is not in the media folder.",
    )
    RENAMED_MEDIA = _Kind(
        "picture or sound that gets another name",
        "pictures or sounds that get other names",
        "Anki refuses the one it has.",
    )
    LEFT_OUT_MEDIA = _Kind(
        "picture or sound",
        "pictures or sounds",
        "A text has no files; copy them from the media folder by hand.",
    )
    WITHOUT_CARD = _Kind(
        "note without a card", "notes without a card", "Anki would delete it, so it is left out."
    )
    SIBLINGS_ELSEWHERE = _Kind(
        "card that is in another deck",
        "cards that are in other decks",
        "Only the cards of the deck are exported.",
    )
    LINK = _Kind(
        "note with links to others",
        "notes with links to others",
        "The titles of the linked notes are shown below the answer; they cannot be clicked there.",
    )
    SCHEDULE = _Kind(
        "card that was studied",
        "cards that were studied",
        "The schedule is not exported, so it begins as new.",
    )
    LOG = _Kind("review", "reviews", "The history is not exported.")
    SUSPENDED = _Kind(
        "suspended card", "suspended cards", "Without the schedule it is asked like any other."
    )
    FLAG = _Kind("flag", "flags", "Flags are exported with the schedule only.")
    LIMITS = _Kind(
        "card with a schedule beyond what Anki has room for",
        "cards with schedules beyond what Anki has room for",
        "Days after the year 2278 and an ease above 65.5 become the highest that there are.",
    )
    DELETED_CARDS = _Kind(
        "review of deleted cards",
        "reviews of deleted cards",
        "A package has no reviews of cards that it does not have.",
    )
    STAYS_HERE = _Kind(
        "",
        "Undo, the trash, saved searches, macros, drafts and settings of the app",
        "They stay here: Anki has nothing like them.",
        is_counted=False,
    )
    KEPT_BY_DECKS = _Kind(
        "note that a deck file cannot hold",
        "notes that a deck file cannot hold",
        "It is left out.",
    )
    OTHER_DECKS = _Kind(
        "note with cards in several decks",
        "notes with cards in several decks",
        "It is written into the deck of its first card.",
    )
    FILES_OUTSIDE = _Kind(
        "picture or sound",
        "pictures or sounds",
        "The text has their names and digests; the files stay in the media folder.",
    )


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that is lost."""

    kind: LossKind
    count: int
    examples: tuple[str, ...] = ()
    """The first of them: keys of notes, names of files, or what is wrong."""

    @property
    def what(self) -> str:
        """Such as "3 formulas that cannot be drawn here"."""
        if not self.kind.value.is_counted:
            return self.kind.value.many
        return f"{self.count:,} {self.kind.value.one if self.count == 1 else self.kind.value.many}"

    @property
    def reason(self) -> str:
        return self.kind.value.reason

    def told(self) -> str:
        """The loss in a line."""
        shown = ", ".join(self.examples[:5])
        more = ", …" if self.count > len(self.examples[:5]) else ""
        return f"{self.what}{f' ({shown}{more})' if shown else ''}. {self.reason}"


class Losses:
    """Counts them, one at a time."""

    def __init__(self) -> None:
        self._counts: dict[LossKind, int] = {}
        self._examples: dict[LossKind, list[str]] = {}

    def add(self, kind: LossKind, example: str = "", count: int = 1) -> None:
        """Nothing is lost if `count` is 0."""
        if not count:
            return
        self._counts[kind] = self._counts.get(kind, 0) + count
        examples = self._examples.setdefault(kind, [])
        if example and len(examples) < MOST_EXAMPLES:
            examples.append(example)

    def all(self) -> tuple[Loss, ...]:
        """In the order in which `LossKind` has them."""
        return tuple(
            Loss(kind, self._counts[kind], tuple(self._examples[kind]))
            for kind in LossKind
            if kind in self._counts
        )
