"""What can be told of a note while it is written: likely duplicates, advice, notes to link.

Reads from a snapshot, so that it can be asked in a thread beside the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from studyapp.domain.card_making import ordinals
from studyapp.domain.decks import parent_names
from studyapp.domain.notes import Note, NoteKind
from studyapp.services.authoring import Titled
from studyapp.store import decks, likeness, notes
from studyapp.store.database import Transaction
from studyapp.store.snapshot import Snapshot

if TYPE_CHECKING:
    from studyapp.advice.front_index import Near
    from studyapp.advice.rule import Advice
    from studyapp.services.advising import Advising

_ALIKE = 20
"""Notes with the same words that are compared in full."""
_PIECE = 5_000
"""Notes that are read at once; some 0.2 s."""
_SHORTEST = 4
"""Characters of a front that may be found again; shorter ones are in every other note."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What was found about a note."""

    twins: tuple[Titled, ...] = ()
    """Other notes that ask the same."""
    near: tuple[Near, ...] = ()
    """Others that ask nearly the same, nearest first; of a whole note its advice tells them."""
    advice: tuple[Advice, ...] = ()


class LookingOver:
    """Any thread may ask; it changes nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._is_ready = False
        self._stopped = False

    @cached_property
    def _snapshot(self) -> Snapshot:
        return Snapshot(self._path)

    @cached_property
    def _advising(self) -> Advising:
        from studyapp.services.advising import Advising  # noqa: PLC0415 - takes long to import

        return Advising(self._snapshot)

    def remarks(self, note: Note, deck_name: str) -> Remarks:
        """Duplicates of and advice on a note that is written for a deck, which need not exist.

        Advice waits until both sides are begun: before that, it would tell what is plain to see.
        The first call reads the fronts of all notes: 0.4 s for 10,000. Raises StorageError.
        """
        if not _is_whole(note):
            return Remarks(self.likely_duplicates(note), self._near(note))
        with self._lock:
            if not self._knows_fronts():
                return Remarks()
            advice = self._advising.advise(note, self._deck_id(deck_name))
        return Remarks(self.likely_duplicates(note), advice=advice)

    def stop(self) -> None:
        """The window closes: what is being read is not worth waiting for any more."""
        self._stopped = True

    def _near(self, note: Note) -> tuple[Near, ...]:
        """Nothing before the fronts of all notes were read: half a front is not worth the wait."""
        if not self._is_ready or len(_folded(note.front)) < _SHORTEST:
            return ()
        with self._lock:
            return self._advising.near(note)

    def _knows_fronts(self) -> bool:
        """Read the fronts of all notes, once; False if that was stopped."""
        while not self._is_ready and not self._stopped:
            self._is_ready = self._advising.take_in(_PIECE)
        return self._is_ready

    def likely_duplicates(self, note: Note) -> tuple[Titled, ...]:
        """Other notes whose front is the same but for blanks and the case of letters.

        Less than 20 ms with 100,000 notes. Raises StorageError.
        """
        wanted = _folded(note.front)
        if len(wanted) < _SHORTEST:
            return ()
        first_line = note.front.strip().partition("\n")[0].strip()
        with self._snapshot.read() as tx:
            found = _titled(tx, likeness.with_front(tx, first_line, _ALIKE))
        return tuple(
            each for each in found if each.key != note.key and _folded(each.note.front) == wanted
        )

    def notes_called(self, words: str, limit: int) -> tuple[Titled, ...]:
        """Notes with all these words in their front or key, the newest first; at most `limit`.

        Raises StorageError.
        """
        with self._snapshot.read() as tx:
            return tuple(_titled(tx, likeness.with_words(tx, words.split(), limit)))

    def _deck_id(self, name: str) -> int:
        """Of the deck, else of the nearest above it, whose macros count there; 0: there is none."""
        with self._snapshot.read() as tx:
            by_name = {deck.name.casefold(): deck.id for deck in decks.every(tx)}
        around = (name, *reversed(parent_names(name)))
        return next((by_name[n.casefold()] for n in around if n.casefold() in by_name), 0)


def _titled(tx: Transaction, ids: list[int]) -> list[Titled]:
    found = [notes.get(tx, each).note for each in ids]
    return [Titled(note.key, note) for note in found]


def _is_whole(note: Note) -> bool:
    """Whether something is asked and answered."""
    is_answered = note.kind is NoteKind.CLOZE or bool(note.back.strip())
    return bool(note.front.strip()) and is_answered and bool(ordinals(note))


def _folded(front: str) -> str:
    return " ".join(front.casefold().split())
