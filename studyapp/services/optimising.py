"""Parameters of FSRS out of the user's own log, offered if they foresee recall better."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import study_moment
from studyapp.errors import NotFound
from studyapp.scheduling.fsrs_fitting import HELD_OUT, Fit, Seen, seen
from studyapp.scheduling.fsrs_parameters import Parameters, parameters_of
from studyapp.services.clock import Clock
from studyapp.services.fitting_process import fit_beside
from studyapp.services.progress import Progress, go_on, in_chunks, silent
from studyapp.store import decks, memories
from studyapp.store.snapshot import Snapshot


class Optimising:
    """Fits parameters; it changes nothing, and is to run in a thread of its own."""

    def __init__(self, collection: Path, clock: Clock, options: DayOptions) -> None:
        self._collection = collection
        self._clock = clock
        self._options = options

    def optimise(self, preset_id: int, progress: Progress = silent) -> Fit | None:
        """Fit to the logs of a preset's cards, and try old and new on the newest fifth of them.

        None: fewer than `fsrs_fitting.FEWEST` reviews to learn from. Whether to take them over is
        the user's choice; `Fit.is_better` says what speaks for it. Raises NotFound, Cancelled, or
        ContentError if nothing can be fitted to this log.
        """
        cards, present = self._read(preset_id, progress)
        told = len(cards), len(cards)
        return fit_beside(cards, present, partial(go_on, progress, *told))

    def _read(self, preset_id: int, progress: Progress) -> tuple[list[list[Seen]], Parameters]:
        moment = study_moment(self._clock(), self._options.rollover_hour)
        # A connection of its own: this may take long, and grades shall not wait for it.
        with closing(Snapshot(self._collection)) as snapshot, snapshot.read() as tx:
            using = [deck for deck in decks.every(tx) if deck.preset_id == preset_id]
            if not using:
                raise NotFound("No deck uses this preset.")
            deck_ids = [deck.id for deck in using]
            held_out_at = memories.newest_from(tx, deck_ids, HELD_OUT)
            cards = [
                seen(past, moment, held_out_at)
                for chunk in in_chunks(memories.reviewed_cards(tx, deck_ids), progress)
                for _, past in memories.pasts(tx, chunk)
            ]
        return [card for card in cards if card], parameters_of(using[0].preset)
