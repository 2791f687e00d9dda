"""What intervals promise: the recall to be expected at their end, and before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studyapp.domain.presets import Preset
from studyapp.scheduling.fsrs_parameters import parameters_of
from studyapp.statistics.columns import Cards, Floats, Ints, looked_up, of_decks

SM2_AIM: Final = 0.9
_DECAY: Final = 20
"""Where the decay stands among the parameters of FSRS."""


@dataclass(frozen=True, slots=True, eq=False)
class Promises:
    """What the present presets of cards promise, by card; the columns have the same length."""

    card: Ints
    deck: Ints
    aim: Floats
    """Recall at the end of an interval, 0 to 1."""
    decay: Floats
    """The exponent of FSRS's forgetting curve; 0: SM-2, whose curve is exponential."""

    def aim_of(self, card: Ints) -> NDArray[np.float32]:
        """Of each of these; of a card that is gone, SM-2's."""
        if not self.decay.any():
            return np.full(len(card), SM2_AIM, dtype=np.float32)
        return looked_up(card, self.card, self.aim, SM2_AIM).astype(np.float32)

    def recall_of(self, card: Ints, part: Floats) -> Floats:
        """Predicted recall of each after a part e/t of its interval t.

        R = r at the end of the interval. SM-2: R = 0.9^(e/t); FSRS, with its own curve (see
        `scheduling.recall`) and the desired retention r: R = (1 + (r^(-1/d) - 1) · e/t)^(-d).
        """
        if not self.decay.any():
            exponential: Floats = np.exp(log(SM2_AIM) * part)
            return exponential
        aim = looked_up(card, self.card, self.aim, SM2_AIM)
        decay = looked_up(card, self.card, self.decay, 0.0)
        safe = np.where(decay > 0, decay, 1.0)
        power = (1 + (aim ** (-1 / safe) - 1) * part) ** -safe
        return np.where(decay > 0, power, aim**part)


def promises(cards: Cards, presets: Mapping[int, Preset]) -> Promises:
    """By the presets of their decks (by deck id). SM-2 is read as promising 90 %."""
    of_fsrs = {deck: each for deck, each in presets.items() if each.scheduler == "fsrs"}
    aims = {deck: each.desired_retention_permille / 1000 for deck, each in of_fsrs.items()}
    decays = {deck: float(parameters_of(each)[_DECAY]) for deck, each in of_fsrs.items()}
    return Promises(
        cards.id,
        cards.deck,
        of_decks(cards.deck, aims, SM2_AIM),
        of_decks(cards.deck, decays, 0.0),
    )
