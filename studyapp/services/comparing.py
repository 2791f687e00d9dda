"""SM-2 and FSRS on the user's own history: which of them foresaw what was recalled, and the work.

It changes nothing and may run in a thread of its own, beside an open window too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from studyapp.domain.cards import CardState
from studyapp.domain.decks import Deck, is_within
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment, study_moment
from studyapp.errors import NotFound
from studyapp.scheduling.calibration import Accuracy, Tally, bin_of
from studyapp.scheduling.fsrs_memory import Past, steps
from studyapp.scheduling.fsrs_parameters import Parameters, parameters_of
from studyapp.scheduling.recall import recall_by_interval, recall_of
from studyapp.scheduling.simulation import RETENTIONS_PERMILLE, Habits, Workload, workload
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, go_on, in_chunks, silent
from studyapp.store import decks, memories
from studyapp.store.database import Transaction
from studyapp.store.memories import Graded
from studyapp.store.snapshot import Snapshot

_FEW = 100
"""Grades; fewer tell nothing of how somebody grades."""
_SEED = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both schedulers on the same reviews: of cards that were due, on a later day than the last."""

    cards: int
    """That have a log."""
    sm2: Accuracy | None
    """By the intervals that the log holds, 90 % at the end of each; None: no such reviews yet."""
    fsrs: Accuracy | None
    has_own_parameters: bool
    """Whether FSRS had parameters fitted to a log: maybe this one, which flatters it."""
    habits: Habits
    workloads: tuple[Workload, ...]
    """By desired retention, from low to high; simulated, by FSRS."""


class Comparing:
    """Compares the schedulers; the window may show what it returns as it is."""

    def __init__(self, collection: Path, clock: Clock, options: DayOptions) -> None:
        self._collection = collection
        self._clock = clock
        self._options = options

    def compare(self, deck_name: str | None = None, progress: Progress = silent) -> Comparison:
        """On the cards of a deck and those below it, or on all; raises NotFound, Cancelled.

        Also raises what `Snapshot` does.
        """
        moment = study_moment(self._clock(), self._options.rollover_hour)
        # A connection of its own: this may take long, and grades shall not wait for it.
        with closing(Snapshot(self._collection)) as snapshot, snapshot.read() as tx:
            below = _chosen(decks.every(tx), deck_name)
            ids = {deck.id: memories.reviewed_cards(tx, [deck.id]) for deck in below}
            total = sum(len(each) for each in ids.values())
            both = _Both(moment)
            done = 0
            for deck in below:
                both.add_all(tx, ids[deck.id], deck.preset, _part(progress, done, total))
                done += len(ids[deck.id])
            habits = _habits(memories.grades(tx, [deck.id for deck in below]))
        preset = _most_used(below, ids)
        return Comparison(
            cards=total,
            sm2=both.sm2.accuracy(),
            fsrs=both.fsrs.accuracy(),
            has_own_parameters=bool(preset.fsrs_parameters),
            habits=habits,
            workloads=_workloads(preset, habits, progress),
        )


class _Both:
    """What both predicted of the same reviews."""

    def __init__(self, moment: StudyMoment) -> None:
        self.sm2 = Tally()
        self.fsrs = Tally()
        self._moment = moment

    def add_all(
        self, tx: Transaction, card_ids: Sequence[int], preset: Preset, progress: Progress
    ) -> None:
        """The logs of cards with this preset; raises Cancelled."""
        parameters = parameters_of(preset)
        for chunk in in_chunks(card_ids, progress):
            for _, past in memories.pasts(tx, chunk):
                self._add(past, parameters)

    def _add(self, past: Sequence[Past], parameters: Parameters) -> None:
        lapses = 0
        for index, (review, before, after) in enumerate(steps(past, parameters, self._moment)):
            recalled = review.grade is not Grade.AGAIN
            elapsed = 0 if before is None else after.reviewed_on - before.reviewed_on
            if before is not None and review.state is CardState.REVIEW and elapsed > 0:
                alike = bin_of(elapsed, index, lapses)
                promised = recall_by_interval(review.interval_days, elapsed)
                self.sm2.add(promised, recalled, alike)
                predicted = recall_of(before, parameters, after.reviewed_on)
                self.fsrs.add(predicted, recalled, alike)
            lapses += not recalled


def _part(progress: Progress, done: int, total: int) -> Progress:
    """Tells the progress of a part as that of the whole."""
    return lambda of_part, _: progress(done + of_part, total)


def _chosen(every: Sequence[Deck], name: str | None) -> list[Deck]:
    if name is None:
        return list(every)
    root = next((deck for deck in every if deck.name.casefold() == name.casefold()), None)
    if root is None:
        names = "; ".join(sorted(deck.name for deck in every))
        raise NotFound(f"There is no deck “{name}”. Decks: {names or 'none'}.")
    return [deck for deck in every if is_within(deck.name, root.name)]


def _most_used(below: Sequence[Deck], ids: Mapping[int, Sequence[int]]) -> Preset:
    """The preset of most of the cards."""
    cards: Counter[Preset] = Counter()
    for deck in below:
        cards[deck.preset] += len(ids[deck.id])
    return cards.most_common(1)[0][0] if cards else Preset()


def _habits(graded: Sequence[Graded]) -> Habits:
    """How somebody grades, out of the log; where it is too short, as others do."""
    usual = Habits()
    first = _parts([each for each in graded if each.was_new], tuple(Grade))
    reviews = [each for each in graded if each.was_due]
    passing = _parts(reviews, (Grade.HARD, Grade.GOOD, Grade.EASY))
    return Habits(
        first=usual.first if first is None else (first[0], first[1], first[2], first[3]),
        passing=usual.passing if passing is None else (passing[0], passing[1], passing[2]),
        recalled_ms=_pace([each for each in reviews if each.grade is not Grade.AGAIN])
        or usual.recalled_ms,
        forgotten_ms=_pace([each for each in reviews if each.grade is Grade.AGAIN])
        or usual.forgotten_ms,
    )


def _parts(graded: Sequence[Graded], grades: Sequence[Grade]) -> list[float] | None:
    counts = [sum(each.count for each in graded if each.grade is grade) for grade in grades]
    total = sum(counts)
    return [count / total for count in counts] if total >= _FEW else None


def _pace(graded: Sequence[Graded]) -> int:
    """Milliseconds that a review takes, 0 if there are too few to tell."""
    count = sum(each.count for each in graded)
    return sum(each.took_ms for each in graded) // count if count >= _FEW else 0


def _workloads(preset: Preset, habits: Habits, progress: Progress) -> tuple[Workload, ...]:
    done = []
    for number, retention in enumerate(RETENTIONS_PERMILLE):
        go_on(progress, number, len(RETENTIONS_PERMILLE))
        done.append(workload(preset, habits, _SEED, retention))
    return tuple(done)
