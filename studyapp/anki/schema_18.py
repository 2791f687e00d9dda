"""The head of a collection of schema 18: tables of their own, with messages in them.

The numbers of the messages' fields are those of Anki's published .proto files.
"""

from __future__ import annotations

import json
from typing import Final

from studyapp.anki.anki_values import AnkiCollection, AnkiDeck, AnkiNoteType, AnkiTemplate
from studyapp.anki.collection_opening import ForeignDatabase
from studyapp.anki.preset_choices import choices, easy_days, parameters
from studyapp.anki.preset_values import permille, preset, seconds
from studyapp.anki.wire_format import blob, decimal, decimals, read_message, text, whole
from studyapp.domain.presets import Preset

VERSION: Final = 18
_KIND, _CSS, _CLOZE = 1, 3, 1
_QUESTION, _ANSWER = 1, 2
_NORMAL, _FILTERED = 1, 2
_PRESET_ID, _DESCRIPTION, _IS_MARKDOWN = 1, 4, 5
_CHOICES = {
    "new_gather_priority": 34,
    "new_sort_order": 32,
    "new_mix": 30,
    "interday_learning_mix": 31,
    "review_order": 33,
    "leech_action": 21,
}
"""Fields of a preset's message."""
_LEVELS = "\x1f"


def read(database: ForeignDatabase) -> AnkiCollection:
    """Raises BrokenMessage, ValueError or TypeError if it is not what Anki writes."""
    ((crt, mod),) = database.rows("SELECT crt, mod FROM col")
    presets = list(database.rows("SELECT id, name, config FROM deck_config"))
    decks = list(database.rows("SELECT id, name, kind FROM decks"))
    scheduler = "fsrs" if _option(database, "fsrs") is True else "sm2"
    return AnkiCollection(
        schema=VERSION,
        created_at_s=int(crt),
        creation_offset_minutes=_creation_offset(database),
        changed_at_ms=int(mod),
        note_types={each.id: each for each in _note_types(database)},
        decks={int(row[0]): _deck(int(row[0]), row[1], row[2]) for row in decks},
        presets={int(row[0]): _preset(row[1], row[2], scheduler) for row in presets},
    )


def _creation_offset(database: ForeignDatabase) -> int | None:
    value = _option(database, "creationOffset")
    return value if isinstance(value, int) else None


def _option(database: ForeignDatabase, name: str) -> object:
    row = database.first(f"SELECT val FROM config WHERE KEY = '{name}'")  # noqa: S608 - our own words
    return None if row is None else json.loads(row[0])


def _note_types(database: ForeignDatabase) -> list[AnkiNoteType]:
    fields: dict[int, list[str]] = {}
    for note_type_id, name in database.rows("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(note_type_id, []).append(str(name))
    templates: dict[int, list[AnkiTemplate]] = {}
    rows = database.rows("SELECT ntid, ord, name, config FROM templates ORDER BY ntid, ord")
    for note_type_id, ordinal, name, config in rows:
        made = read_message(config)
        one = AnkiTemplate(int(ordinal), str(name), text(made, _QUESTION), text(made, _ANSWER))
        templates.setdefault(note_type_id, []).append(one)
    found = []
    for note_type_id, name, config in database.rows("SELECT id, name, config FROM notetypes"):
        made = read_message(config)
        own = (tuple(fields.get(note_type_id, ())), tuple(templates.get(note_type_id, ())))
        is_cloze = whole(made, _KIND) == _CLOZE
        found.append(AnkiNoteType(int(note_type_id), str(name), is_cloze, *own, text(made, _CSS)))
    return found


def _deck(deck_id: int, name: object, kind: bytes) -> AnkiDeck:
    message = read_message(kind)
    normal = read_message(blob(message, _NORMAL))
    return AnkiDeck(
        id=deck_id,
        name=str(name).replace(_LEVELS, "::"),
        description=text(normal, _DESCRIPTION),
        is_markdown=bool(whole(normal, _IS_MARKDOWN)),
        preset_id=whole(normal, _PRESET_ID, 1),
        is_filtered=_FILTERED in message,
    )


def _preset(name: object, config: bytes, scheduler: str) -> Preset:
    message = read_message(config)

    def ratio(number: int) -> int | None:
        return permille(decimal(message, number))

    return preset(
        name=str(name),
        learning_steps_s=seconds(decimals(message, 1)),
        relearning_steps_s=seconds(decimals(message, 2)),
        new_per_day=whole(message, 9),
        reviews_per_day=whole(message, 10),
        starting_ease_permille=ratio(11),
        easy_bonus_permille=ratio(12),
        hard_multiplier_permille=ratio(13),
        lapse_multiplier_permille=ratio(14),
        interval_modifier_permille=ratio(15),
        maximum_interval_days=whole(message, 16),
        minimum_lapse_interval_days=whole(message, 17),
        graduating_interval_days=whole(message, 18),
        easy_interval_days=whole(message, 19),
        answer_cap_ms=1000 * whole(message, 24),
        bury_new_siblings=bool(whole(message, 27)),
        bury_review_siblings=bool(whole(message, 28)),
        bury_interday_learning_siblings=bool(whole(message, 29)),
        leech_threshold=whole(message, 22),
        desired_retention_permille=ratio(37) or None,
        fsrs_parameters=parameters(decimals(message, 6)),
        easy_days_percent=easy_days(decimals(message, 4)),
        scheduler=scheduler,
        **choices({name: whole(message, number) for name, number in _CHOICES.items()}),
    )
