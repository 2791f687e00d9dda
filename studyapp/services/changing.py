"""Changing many cards and notes at once.

Each method that changes something is one transaction and one step of undo, works in any thread,
tells its progress, and changes nothing if it raises: Cancelled when the progress answers False,
ContentError if what was typed cannot be used, StorageError. It answers with what it did, and makes
no step if that is nothing. Cards and notes that are gone are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from studyapp.domain.cards import Schedule
from studyapp.domain.due_dates import due_in, parse_due_date
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import study_day
from studyapp.errors import ContentError
from studyapp.services.authoring import check_deck_name, check_tag
from studyapp.services.chosen import Chosen, Done, Extent, cards_of, done, notes_of
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, in_chunks, silent
from studyapp.store import bulk, decks, trash
from studyapp.store.bulk import CardColumn
from studyapp.store.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Positions:
    """How new cards are put in order; those of one note get the same position."""

    start: int = 0
    step: int = 1
    shuffle: bool = False
    """By chance; else in the order in which they were chosen."""
    make_room: bool = True
    """Other new cards from `start` on move back, so that they come after these."""


_Change = Callable[[Transaction, Sequence[int]], int]
"""Changes some thousand cards or notes; returns how many were not as they should be."""


class Changing:
    """Changes of the cards and notes that were chosen; `chance` gives days and shuffles."""

    def __init__(
        self, database: Database, clock: Clock, options: DayOptions, chance: Random
    ) -> None:
        self._database = database
        self._clock = clock
        self._options = options
        self._chance = chance

    def extent(self, chosen: Chosen) -> Extent:
        """How many cards and notes are changed by what changes cards, or notes."""
        with self._database.read() as tx:
            return Extent(len(cards_of(tx, chosen)), len(notes_of(tx, chosen)))

    def tags_of(self, chosen: Chosen) -> tuple[str, ...]:
        """The tags that one of the notes has, in the order of the alphabet."""
        names: set[str] = set()
        with self._database.read() as tx:
            for ids in in_chunks(notes_of(tx, chosen), silent):
                names.update(bulk.tags_of(tx, ids).values())
        return tuple(sorted(names, key=str.casefold))

    def move(self, chosen: Chosen, deck_name: str, progress: Progress = silent) -> Done:
        """Put cards into a deck, which is made if it is not there."""
        check_deck_name(deck_name)

        def change(tx: Transaction, ids: Sequence[int]) -> int:
            return bulk.set_column(tx, ids, "deck_id", decks.ensure(tx, deck_name))

        return self._change_cards("move", chosen, change, progress)

    def suspend(self, chosen: Chosen, progress: Progress = silent) -> Done:
        """Do not ask cards any more."""
        return self._set("suspension", chosen, "suspended", 1, progress)

    def unsuspend(self, chosen: Chosen, progress: Progress = silent) -> Done:
        """Ask cards again."""
        return self._set("end of the suspension", chosen, "suspended", 0, progress)

    def flag(self, chosen: Chosen, flag: int, progress: Progress = silent) -> Done:
        """Give cards a flag, 1 to 7, or take it away with 0."""
        name = "flag" if flag else "removal of the flag"
        return self._set(name, chosen, "flag", flag, progress)

    def bury(self, chosen: Chosen, progress: Progress = silent) -> Done:
        """Do not ask cards today; those that are suspended are not asked anyway."""
        day = self._today()
        return self._change_cards(
            "burial", chosen, lambda tx, ids: bulk.bury(tx, ids, day), progress
        )

    def unbury(self, chosen: Chosen, progress: Progress = silent) -> Done:
        """Ask cards today that were buried."""
        return self._change_cards("end of the burial", chosen, bulk.unbury, progress)

    def set_due(self, chosen: Chosen, text: str, progress: Progress = silent) -> Done:
        """Make cards due, `text` as `due_dates.parse_due_date` has it: `0`, `3`, `1-7`, `5!`.

        New and learning cards go into review; none is suspended or buried then. As in Anki, but
        without an entry in the log: no grade was given.
        """
        wanted, today = parse_due_date(text), self._today()

        def change(tx: Transaction, ids: Sequence[int]) -> int:
            ease = {deck.id: deck.preset.starting_ease_permille for deck in decks.every(tx)}
            found = bulk.schedules(tx, ids)
            days = [self._chance.randint(wanted.first, wanted.last) for _ in found]
            changed = (
                (each.card_id, due_in(each.schedule, wanted, day, today, ease[each.deck_id]))
                for each, day in zip(found, days, strict=True)
            )
            bulk.set_schedules(tx, changed)
            return len(found)

        return self._change_cards("due date", chosen, change, progress)

    def reset(
        self, chosen: Chosen, progress: Progress = silent, *, keep_counts: bool = True
    ) -> Done:
        """Make cards new, at their old place in the order of learning; the log keeps its reviews.

        None is suspended or buried then. `keep_counts`: of repetitions and lapses, as Anki does.
        """

        def change(tx: Transaction, ids: Sequence[int]) -> int:
            found = bulk.schedules(tx, ids)
            bulk.set_schedules(
                tx, ((each.card_id, _new(each.schedule, keep_counts)) for each in found)
            )
            return len(found)

        return self._change_cards("reset", chosen, change, progress)

    def reposition(self, chosen: Chosen, positions: Positions, progress: Progress = silent) -> Done:
        """Put the new ones of the cards in another order of learning; others stay as they are."""
        if positions.start < 0 or positions.step < 0:
            raise ContentError("A position cannot be below 0. Write 0 or more.")
        with self._database.change("new position", self._clock().at) as tx:
            found = bulk.new_cards(tx, cards_of(tx, chosen))
            places = self._places((note_id for _, note_id in found), positions)
            if positions.make_room:
                room = len(places) * positions.step
                bulk.make_room(tx, positions.start, room, [card_id for card_id, _ in found])
            for chunk in in_chunks(range(len(found)), progress):
                pairs = (found[index] for index in chunk)
                bulk.set_positions(tx, [(card_id, places[note_id]) for card_id, note_id in pairs])
            return done(tx, "new position", len(found), "card")

    def add_tags(self, chosen: Chosen, names: Sequence[str], progress: Progress = silent) -> Done:
        """Give notes tags."""
        for name in names:
            check_tag(name)
        at = self._clock().at

        def change(tx: Transaction, ids: Sequence[int]) -> int:
            return bulk.add_tags(tx, ids, bulk.ensure_tags(tx, names), at)

        return self._change_notes("tagging", chosen, change, progress)

    def remove_tags(
        self, chosen: Chosen, names: Sequence[str], progress: Progress = silent
    ) -> Done:
        """Take tags from notes, these alone and none below them; capitals do not matter."""
        at = self._clock().at

        def change(tx: Transaction, ids: Sequence[int]) -> int:
            return bulk.remove_tags(tx, ids, bulk.known_tags(tx, names), at)

        return self._change_notes("removal of tags", chosen, change, progress)

    def delete(self, chosen: Chosen, progress: Progress = silent) -> Done:
        """Put notes with all their cards into the trash; their reviews stay in the log."""
        at = self._clock().at
        with self._database.change("deletion", at) as tx:
            ids = notes_of(tx, chosen)
            deletion = done(tx, "deletion", len(ids), "note")
            batch_id = trash.begin(tx, deletion.name, at)
            for chunk in in_chunks(ids, progress):
                trash.put_in(tx, batch_id, chunk)
                bulk.delete_notes(tx, chunk)
            trash.end(tx, batch_id)
        return deletion

    def _set(
        self, what: str, chosen: Chosen, column: CardColumn, value: int, progress: Progress
    ) -> Done:
        def change(tx: Transaction, ids: Sequence[int]) -> int:
            return bulk.set_column(tx, ids, column, value)

        return self._change_cards(what, chosen, change, progress)

    def _change_cards(self, what: str, chosen: Chosen, change: _Change, progress: Progress) -> Done:
        with self._database.change(what, self._clock().at) as tx:
            ids = cards_of(tx, chosen)
            number = sum(change(tx, chunk) for chunk in in_chunks(ids, progress))
            return done(tx, what, number, "card")

    def _change_notes(self, what: str, chosen: Chosen, change: _Change, progress: Progress) -> Done:
        with self._database.change(what, self._clock().at) as tx:
            ids = notes_of(tx, chosen)
            number = sum(change(tx, chunk) for chunk in in_chunks(ids, progress))
            return done(tx, what, number, "note")

    def _places(self, note_ids: Iterable[int], positions: Positions) -> dict[int, int]:
        """Positions by the ids of notes."""
        order = list(dict.fromkeys(note_ids))
        if positions.shuffle:
            self._chance.shuffle(order)
        return {
            note_id: positions.start + index * positions.step for index, note_id in enumerate(order)
        }

    def _today(self) -> int:
        return study_day(self._clock(), self._options.rollover_hour)


def _new(schedule: Schedule, keep_counts: bool) -> Schedule:
    return Schedule(reps=schedule.reps, lapses=schedule.lapses) if keep_counts else Schedule()
