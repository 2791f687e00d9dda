"""What the app is given from outside; a test gives a collection, a clock and keys of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from studyapp.domain.presets import DayOptions
from studyapp.services.care import Care
from studyapp.services.clock import Clock
from studyapp.store.database import Database


@dataclass(frozen=True, slots=True)
class World:
    """An open collection, and all that the services need besides."""

    care: Care
    database: Database
    """Of that care."""
    clock: Clock
    options: DayOptions
    new_key: Callable[[], str]
    """For a new note."""
    chance: Random
    decks: Path
    """The folder with the decks that come with the app."""
    monotonic: Callable[[], float] = time.monotonic
    """In seconds."""

    @property
    def folder(self) -> Path:
        """Where the user's data lies."""
        return self.care.collection.parent
