"""The head of a collection of schema 11: JSON in the one row of the table `col`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from studyapp.anki.anki_values import AnkiCollection, AnkiDeck, AnkiNoteType, AnkiTemplate
from studyapp.anki.collection_opening import ForeignDatabase
from studyapp.anki.preset_choices import CHOICE_KEYS, choices, easy_days, parameters
from studyapp.anki.preset_values import permille, preset, seconds, whole_number
from studyapp.domain.presets import Preset

VERSION: Final = 11
_CLOZE = 1

Json: TypeAlias = "Mapping[str, object]"


def read(database: ForeignDatabase) -> AnkiCollection:
    """Raises ValueError, TypeError, KeyError or RecursionError if it is not what Anki writes."""
    (row,) = database.rows("SELECT crt, mod, conf, models, decks, dconf FROM col")
    crt, mod, conf, models, decks, dconf = row
    options = _table(conf)
    offset, scheduler = options.get("creationOffset"), "fsrs" if options.get("fsrs") else "sm2"
    return AnkiCollection(
        schema=VERSION,
        created_at_s=int(crt),
        creation_offset_minutes=offset if isinstance(offset, int) else None,
        changed_at_ms=int(mod),
        note_types={each.id: each for each in map(_note_type, _values(models))},
        decks={each.id: each for each in map(_deck, _values(decks))},
        presets={int(str(each["id"])): _preset(each, scheduler) for each in _values(dconf)},
    )


def _table(text: str) -> Json:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("a table is none")
    return found


def _values(text: str) -> Iterable[Json]:
    for value in _table(text).values():
        yield _json(value)


def _json(value: object) -> Json:
    if not isinstance(value, dict):
        raise ValueError("an entry is no table")
    return value


def _list(value: object) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError("an entry is no list")
    return [_json(each) for each in value]


def _note_type(value: Json) -> AnkiNoteType:
    templates = sorted(_list(value["tmpls"]), key=_ordinal)
    fields = sorted(_list(value["flds"]), key=_ordinal)
    return AnkiNoteType(
        id=int(str(value["id"])),
        name=str(value["name"]),
        is_cloze=value.get("type") == _CLOZE,
        fields=tuple(str(each["name"]) for each in fields),
        templates=tuple(
            AnkiTemplate(_ordinal(each), str(each["name"]), str(each["qfmt"]), str(each["afmt"]))
            for each in templates
        ),
        css=str(value.get("css", "")),
    )


def _ordinal(value: Json) -> int:
    return int(str(value["ord"]))


def _deck(value: Json) -> AnkiDeck:
    return AnkiDeck(
        id=int(str(value["id"])),
        name=str(value["name"]),
        description=str(value.get("desc", "")),
        is_markdown=bool(value.get("md", False)),
        preset_id=int(str(value.get("conf") or 1)),
        is_filtered=bool(value.get("dyn", 0)),
    )


def _preset(value: Json, scheduler: str) -> Preset:
    new, lapse, review = (_json(value.get(part, {})) for part in ("new", "lapse", "rev"))
    intervals = new.get("ints")
    good, easy = (*intervals, 0, 0)[:2] if isinstance(intervals, list) else (0, 0)
    return preset(
        name=str(value["name"]),
        learning_steps_s=_steps(new),
        graduating_interval_days=whole_number(good),
        easy_interval_days=whole_number(easy),
        starting_ease_permille=whole_number(new.get("initialFactor")),
        hard_multiplier_permille=permille(review.get("hardFactor")),
        easy_bonus_permille=permille(review.get("ease4")),
        interval_modifier_permille=permille(review.get("ivlFct")),
        maximum_interval_days=whole_number(review.get("maxIvl")),
        relearning_steps_s=_steps(lapse),
        lapse_multiplier_permille=permille(lapse.get("mult")),
        minimum_lapse_interval_days=whole_number(lapse.get("minInt")),
        new_per_day=whole_number(new.get("perDay")),
        reviews_per_day=whole_number(review.get("perDay")),
        bury_new_siblings=bool(new.get("bury", False)),
        bury_review_siblings=bool(review.get("bury", False)),
        bury_interday_learning_siblings=bool(value.get("buryInterdayLearning", False)),
        answer_cap_ms=_milliseconds(value.get("maxTaken")),
        leech_threshold=whole_number(lapse.get("leechFails")),
        desired_retention_permille=permille(value.get("desiredRetention")),
        fsrs_parameters=parameters(_decimals(value.get("fsrsParams6"))),
        easy_days_percent=easy_days(_decimals(value.get("easyDaysPercentages"))),
        scheduler=scheduler,
        **choices(_choices(value, lapse)),
    )


def _choices(value: Json, lapse: Json) -> dict[str, int]:
    named = {name: value.get(key) for name, key in CHOICE_KEYS.items()}
    found = {**named, "leech_action": lapse.get("leechAction", 1)}
    return {name: whole_number(number) or 0 for name, number in found.items()}


def _decimals(value: object) -> list[float]:
    return [float(each) for each in value] if isinstance(value, list) else []


def _milliseconds(value: object) -> int | None:
    found = whole_number(value)
    return None if found is None else 1000 * found


def _steps(part: Json) -> tuple[int, ...] | None:
    delays = part.get("delays")
    return seconds(delays) if isinstance(delays, list) else None
