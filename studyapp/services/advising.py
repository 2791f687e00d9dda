"""Advice on notes as they are written, and on whole decks."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from studyapp.advice.catalogue import RULES, advise
from studyapp.advice.context import Context, FormulaProblem
from studyapp.advice.front_index import FrontIndex, Near
from studyapp.advice.neighbours import SIMILAR_FRONT
from studyapp.advice.rule import Advice
from studyapp.domain.decks import Deck, is_within
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note
from studyapp.errors import MathError, NotFound
from studyapp.rendering.mathml import to_mathml
from studyapp.services.clock import Clock
from studyapp.store import cards, decks, fronts, macros, notes, settings
from studyapp.store.database import Database, Transaction
from studyapp.store.snapshot import Snapshot, Watch

_OFF = "advice_off"


@dataclass(frozen=True, slots=True)
class AdvisedNote:
    """A note with what is weak about it."""

    note: Note
    advice: tuple[Advice, ...]
    """Empty: nothing."""


class Advising:
    """Advice by the rules that the user has not switched off; it changes nothing.

    The fronts of all notes are read at the first call, in about 0.4 s for 10,000 notes, and kept;
    later calls read those that changed. `take_in` reads them piece by piece before that.
    """

    def __init__(self, database: Database | Snapshot) -> None:
        self._database = database
        self._index = FrontIndex()
        self._state: tuple[int, int] | None = None
        self._stamps: dict[int, fronts.Stamp] = {}
        self._keys: dict[int, str] = {}

    def take_in(self, at_most: int) -> bool:
        """Read so many of the fronts that are not known yet; returns whether all are known now.

        To be called while nothing else is to be done, so that the first advice is not waited for.
        """
        with self._database.read() as tx:
            return self._update(tx, at_most)

    def advise(self, note: Note, deck_id: int) -> tuple[Advice, ...]:
        """What is weak about a note that is being written for a deck, stored already or not.

        Its front is not held against that of the stored note with the same key.
        """
        with self._database.read() as tx:
            self._update(tx)
            counting = macros.in_decks(tx, [deck_id]).get(deck_id, NO_MACROS)
            return self._advice(tx, note, counting, _switched_off(tx))

    def near(self, note: Note) -> tuple[Near, ...]:
        """Notes that ask nearly the same, nearest first; none if that rule is switched off.

        The stored note with the same key is not counted, and what changed since the last advice is
        not read: this is asked at each key.
        """
        off = self.switched_off()
        return () if SIMILAR_FRONT.name in off else tuple(self._index.near(note.front, note.key))

    def advise_deck(self, name: str, off: Collection[str] = ()) -> list[AdvisedNote]:
        """What is weak about the notes of a deck and its sub-decks, in the order of learning.

        `off` are names of rules that do not count besides those that the user switched off. Raises
        NotFound, also for a rule that does not exist.
        """
        _check_names(off)
        with self._database.read() as tx:
            self._update(tx)
            root = decks.by_name(tx, name)
            below = [deck for deck in decks.every(tx) if is_within(deck.name, root.name)]
            without = {*off, *_switched_off(tx)}
            counting = _macros_by_note(tx, below)
            return [
                AdvisedNote(
                    stored.note,
                    self._advice(tx, stored.note, counting.get(stored.id, NO_MACROS), without),
                )
                for stored in notes.in_decks(tx, [deck.id for deck in below])
            ]

    def switched_off(self) -> frozenset[str]:
        """The names of the rules that the user does not want."""
        with self._database.read() as tx:
            return _switched_off(tx)

    def _advice(
        self, tx: Transaction, note: Note, counting: Macros, off: Collection[str]
    ) -> tuple[Advice, ...]:
        linked = fronts.texts(tx, note.links) if note.links else ()
        context = Context(self._index, linked, partial(_formula_problem, counting=counting))
        return advise(note, context, off)

    def _update(self, tx: Transaction, at_most: int | None = None) -> bool:
        """Bring the index up to date, by `at_most` notes; returns whether it is.

        There is next to nothing to do if the collection did not change.
        """
        state = fronts.state(tx)
        # A mere snapshot connects anew each time, and so cannot be asked what changed since.
        if state == self._state and isinstance(self._database, Database | Watch):
            return True
        stamps = fronts.stamps(tx)
        for note_id in self._stamps.keys() - stamps.keys():
            del self._stamps[note_id]
            self._index.drop(self._keys.pop(note_id))
        changed = [each for each, stamp in stamps.items() if self._stamps.get(each) != stamp]
        for front in fronts.of(tx, changed[:at_most]):
            self._index.put(front.key, front.markdown)
            self._keys[front.note_id] = front.key
            self._stamps[front.note_id] = stamps[front.note_id]
        is_whole = at_most is None or len(changed) <= at_most
        self._state = state if is_whole else None
        return is_whole


class AdviceSwitches:
    """Which rules the user wants; each change is one step of undo."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def switch(self, rule: str, *, on: bool) -> None:
        """Let a rule speak, or not; raises NotFound for one that does not exist, StorageError."""
        _check_names([rule])
        with self._database.change("change advice", self._clock().at) as tx:
            off = _switched_off(tx)
            changed = off - {rule} if on else off | {rule}
            settings.put(tx, _OFF, json.dumps(sorted(changed)))


def _switched_off(tx: Transaction) -> frozenset[str]:
    return frozenset(json.loads(settings.get(tx, _OFF) or "[]"))


def _check_names(names: Collection[str]) -> None:
    unknown = [name for name in names if name not in RULES]
    if unknown:
        raise NotFound(f"There is no rule “{unknown[0]}”. Rules: {', '.join(RULES)}.")


def _macros_by_note(tx: Transaction, below: list[Deck]) -> dict[int, Macros]:
    """What counts in each note of the decks, by its id: it is in the deck of its first card."""
    ids = [deck.id for deck in below]
    counting = macros.in_decks(tx, ids)
    deck_of: dict[int, int] = {}
    for place in cards.in_decks(tx, ids):
        deck_of.setdefault(place.card.note_id, place.card.deck_id)
    return {note_id: counting[deck_id] for note_id, deck_id in deck_of.items()}


def _formula_problem(latex: str, display: bool, counting: Macros) -> FormulaProblem | None:
    try:
        to_mathml(latex, display, counting)
    except MathError as error:
        return FormulaProblem(str(error).rstrip("."), error.offset)
    return None
