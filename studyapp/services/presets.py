"""The presets of a collection, and which decks use them; each change is one step of undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from studyapp.domain.preset_bounds import check_limits, check_preset
from studyapp.domain.presets import DEFAULT_PRESET, DayOptions, DeckLimits, Preset
from studyapp.domain.study_day import study_day
from studyapp.errors import ContentError
from studyapp.scheduling.fsrs_parameters import problems_with
from studyapp.services.clock import Clock
from studyapp.store import presets
from studyapp.store.database import Database, Transaction
from studyapp.store.decks import DEFAULT_PRESET_ID
from studyapp.store.presets import StoredPreset

Shared: TypeAlias = StoredPreset
"""A preset with its id and the decks that share it."""


class Presets:
    """Lists, makes and changes presets.

    What changes something raises ContentError if a name is taken or an option out of bounds,
    NotFound if the preset or deck is gone, or StorageError; nothing was changed then.
    """

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def every(self) -> list[StoredPreset]:
        """In the order of the alphabet, each with the decks that use it."""
        with self._database.read() as tx:
            return presets.every(tx)

    def make(self, name: str) -> int:
        """A preset with the default options; its id."""
        return self._add(replace(DEFAULT_PRESET, name=name), f"preset “{name}”", None)

    def copy(self, preset_id: int, name: str) -> int:
        """A preset with another's options; its id."""
        with self._database.read() as tx:
            preset = replace(presets.get(tx, preset_id), name=name)
        return self._add(preset, f"copy of a preset as “{name}”", preset_id)

    def rename(self, preset_id: int, name: str) -> None:
        """Call it by another name."""
        with self._database.read() as tx:
            preset = presets.get(tx, preset_id)
        self._put(preset_id, replace(preset, name=name), f"renaming of preset “{preset.name}”")

    def change(self, preset_id: int, preset: Preset) -> None:
        """Give it these options and this name; the schedules of cards stay as they are."""
        self._put(preset_id, preset, f"change of preset “{preset.name}”")

    def delete(self, preset_id: int) -> int:
        """How many decks used it; they use the default one then, which cannot be deleted."""
        if preset_id == DEFAULT_PRESET_ID:
            raise ContentError("The default preset cannot be deleted. Give it other options.")
        with self._database.change("deletion of a preset", self._clock().at) as tx:
            presets.get(tx, preset_id)
            return presets.remove(tx, preset_id)

    def assign(self, deck_ids: Sequence[int], preset_id: int) -> int:
        """Have decks use a preset; returns how many used another."""
        with self._database.change("choice of a preset", self._clock().at) as tx:
            presets.get(tx, preset_id)
            return presets.assign(tx, deck_ids, preset_id)

    def limit(self, deck_id: int, limits: DeckLimits) -> None:
        """Give a deck daily limits of its own; those for today are for today's study day."""
        check_limits(limits)
        instant = self._clock()
        today = study_day(instant, self._options.rollover_hour)
        with self._database.change("daily limits of a deck", instant.at) as tx:
            presets.set_limits(tx, deck_id, replace(limits, today=today))

    def save(self, deck_id: int, preset_id: int, preset: Preset, limits: DeckLimits) -> None:
        """Change a preset, have a deck use it, and give the deck these limits: one step of undo.

        Limits for today are for today's study day.
        """
        _check(preset)
        check_limits(limits)
        instant = self._clock()
        today = study_day(instant, self._options.rollover_hour)
        with self._database.change("change of a deck’s options", instant.at) as tx:
            presets.get(tx, preset_id)
            _check_name(tx, preset.name, preset_id)
            presets.put(tx, preset_id, preset)
            presets.assign(tx, [deck_id], preset_id)
            presets.set_limits(tx, deck_id, replace(limits, today=today))

    def today(self) -> int:
        """The study day that limits for today are for now."""
        return study_day(self._clock(), self._options.rollover_hour)

    def _add(self, preset: Preset, step: str, like: int | None) -> int:
        _check(preset)
        with self._database.change(step, self._clock().at) as tx:
            _check_name(tx, preset.name, None)
            return presets.add(tx, preset, like)

    def _put(self, preset_id: int, preset: Preset, step: str) -> None:
        _check(preset)
        with self._database.change(step, self._clock().at) as tx:
            presets.get(tx, preset_id)
            _check_name(tx, preset.name, preset_id)
            presets.put(tx, preset_id, preset)


def _check(preset: Preset) -> None:
    check_preset(preset)
    problems = problems_with(preset.fsrs_parameters)
    if problems:
        raise ContentError("\n".join(problems))


def _check_name(tx: Transaction, name: str, own_id: int | None) -> None:
    if presets.id_of(tx, name) not in (None, own_id):
        raise ContentError(f"There is a preset “{name}” already. Choose another name.")
