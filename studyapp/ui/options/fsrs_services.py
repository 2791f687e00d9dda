"""What the options of a deck use for FSRS."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.services.optimising import Optimising
from studyapp.services.switching import Switching


@dataclass(frozen=True, slots=True)
class FsrsServices:
    """What works on the logs of a preset's cards."""

    optimising: Optimising
    switching: Switching
