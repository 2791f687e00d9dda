"""Every error that the app raises on purpose; each message is fit for a user to read.

StudyAppError
├── ContentError            what somebody wrote cannot be used as it is
│   ├── DeckFileError       a deck file breaks the format; carries every problem of the file
│   ├── MathError           a formula cannot be drawn
│   ├── PackageError        a file that shall be imported is not what it should be
│   └── QueryError          a search cannot be understood; says where and why
├── CollectionError         the collection on disk cannot be used
│   ├── DamagedCollection   the file is no SQLite database, or a damaged one
│   ├── NewerCollection     a newer version of the app wrote it
│   └── CollectionInUse     another process holds the write lock
├── StorageError            the disk is full, read-only, or refuses to be written
├── ExportError             a package could not be written
├── Cancelled               the user stopped long work; nothing was changed
└── NotFound                the deck, note or card that was asked for does not exist

Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class StudyAppError(Exception):
    """The root of the tree; catch this to show a message instead of a traceback."""


class ContentError(StudyAppError):
    """What somebody wrote cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a deck file."""

    line: int
    """1-based."""
    message: str
    """What is wrong, as a sentence without a full stop."""
    remedy: str
    """What to do about it, as a sentence without a full stop."""


class DeckFileError(ContentError):
    """A deck file breaks the format; all its problems are reported at once."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__(
            "\n".join(f"{file}:{p.line}: {p.message}. {p.remedy}." for p in self.problems)
        )


class MathError(ContentError):
    """A formula cannot be drawn; the message says why, the card shows its source."""

    command = ""
    r"""The command or sign that is wrong, such as `\matbb`; empty if it is none in particular."""
    offset: int | None = None
    """Where it stands, as an index into the formula; None if that is not known."""

    def placed(self, command: str, offset: int | None) -> MathError:
        """The error with its place, unless it has one already or `offset` is None."""
        if self.offset is None and offset is not None:
            self.command, self.offset = str(command), offset
        return self


class PackageError(ContentError):
    """A file that shall be imported is damaged, too large, or of no kind that is known."""


class QueryError(ContentError):
    """A search cannot be understood; the message says where, why and what was expected."""

    def __init__(
        self, message: str, position: int, length: int = 1, expected: str = "", meant: str = ""
    ) -> None:
        self.position = position
        """Where it stands, as an index into the query."""
        self.length = length
        """How many characters are wrong, to be underlined."""
        self.expected = expected
        """What could stand there, as a sentence without a full stop; may be empty."""
        self.meant = meant
        """What may have been meant, to be put there instead; may be empty."""
        hint = f" Did you mean {meant}?" if meant else ""
        rest = f" {expected}." if expected else ""
        super().__init__(f"At character {position + 1}: {message}.{hint}{rest}")


class CollectionError(StudyAppError):
    """The collection on disk cannot be used."""


class DamagedCollection(CollectionError):
    """The collection's file is no SQLite database, or a damaged one."""


class NewerCollection(CollectionError):
    """A newer version of the app wrote this collection; it was left untouched."""


class CollectionInUse(CollectionError):
    """Another process holds the collection's write lock."""


class StorageError(StudyAppError):
    """The disk is full, read-only, or refuses to be written."""


class ExportError(StudyAppError):
    """A package could not be written."""


class Cancelled(StudyAppError):
    """The user stopped long work; nothing was changed."""


class NotFound(StudyAppError):
    """The deck, note or card that was asked for does not exist."""
