"""Presets as Anki's collections of schema 11 keep them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final, TypeAlias

from studyapp.anki.preset_choices import CHOICE_KEYS, numbers
from studyapp.anki.rows import PresetRow
from studyapp.domain.presets import Preset

Json: TypeAlias = "dict[str, object]"

_FIRST_ID: Final = 1_700_000_000_000
_IDS: Final = 90_000_000_000
_MS: Final = 1000
_SECONDS_PER_MINUTE: Final = 60
_ULPS: Final = 4


def preset_rows(presets: Iterable[Preset]) -> dict[str, PresetRow]:
    """The presets by their names, each once; the id of one is made of its name, for ever.

    None is Anki's own default preset, which a user of Anki may have changed.
    """
    rows: dict[str, PresetRow] = {}
    taken: set[int] = set()
    for preset in presets:
        if preset.name not in rows:
            wanted = _id(preset.name)
            while wanted in taken:
                wanted += 1
            taken.add(wanted)
            rows[preset.name] = PresetRow(wanted, preset)
    return rows


def _id(name: str) -> int:
    digest = sha256(name.casefold().encode()).digest()
    return _FIRST_ID + int.from_bytes(digest[:8], "big") % _IDS


def as_json(row: PresetRow, template: Mapping[str, object], at: int) -> Json:
    """The preset as Anki writes it; `template` is a preset of which the rest is taken."""
    preset, chosen = row.preset, numbers(row.preset)
    return {
        **template,
        **{key: chosen[name] for name, key in CHOICE_KEYS.items()},
        "id": row.id,
        "mod": at // _MS,
        "usn": -1,
        "name": preset.name,
        "maxTaken": -(-preset.answer_cap_ms // _MS),
        "buryInterdayLearning": preset.bury_interday_learning_siblings,
        "desiredRetention": preset.desired_retention_permille / 1000,
        "fsrsParams6": list(preset.fsrs_parameters),
        "easyDaysPercentages": [percent / 100 for percent in preset.easy_days_percent],
        "new": {**_part(template, "new"), **_new(preset)},
        "lapse": {**_part(template, "lapse"), **_lapse(preset)},
        "rev": {**_part(template, "rev"), **_review(preset)},
    }


def _part(template: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = template[name]
    return part if isinstance(part, dict) else {}


def _new(preset: Preset) -> Json:
    return {
        "delays": [minutes(step) for step in preset.learning_steps_s],
        "ints": [preset.graduating_interval_days, preset.easy_interval_days, 0],
        "initialFactor": preset.starting_ease_permille,
        "perDay": preset.new_per_day,
        "bury": preset.bury_new_siblings,
    }


def _lapse(preset: Preset) -> Json:
    return {
        "delays": [minutes(step) for step in preset.relearning_steps_s],
        "mult": preset.lapse_multiplier_permille / 1000,
        "minInt": preset.minimum_lapse_interval_days,
        "leechFails": preset.leech_threshold,
        "leechAction": numbers(preset)["leech_action"],
    }


def _review(preset: Preset) -> Json:
    return {
        "hardFactor": preset.hard_multiplier_permille / 1000,
        "ease4": preset.easy_bonus_permille / 1000,
        "ivlFct": preset.interval_modifier_permille / 1000,
        "maxIvl": preset.maximum_interval_days,
        "perDay": preset.reviews_per_day,
        "bury": preset.bury_review_siblings,
    }


def minutes(seconds: int) -> float:
    """A step in minutes, of which Anki makes the same whole seconds with 32-bit floats.

    It multiplies by 60 and cuts, which may lose a second; then the next larger float is taken.
    """
    found = _single(seconds / _SECONDS_PER_MINUTE)
    for _ in range(_ULPS):
        if int(_single(found * _SECONDS_PER_MINUTE)) == seconds:
            break
        found = _next_single(found)
    return round(found, 9) if _single(round(found, 9)) == found else found


def _single(number: float) -> float:
    return float(struct.unpack("<f", struct.pack("<f", number))[0])


def _next_single(number: float) -> float:
    bits = struct.unpack("<I", struct.pack("<f", number))[0]
    return float(struct.unpack("<f", struct.pack("<I", bits + 1))[0])
