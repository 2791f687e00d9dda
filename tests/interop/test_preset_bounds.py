"""The bounds of options are those at which Anki goes back to its defaults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from anki.collection import Collection
from anki.decks import DeckId

from studyapp.domain.preset_bounds import BOUNDS

# Where Anki keeps each, and what one of ours is there.
PLACES = {
    "graduating_interval_days": ("new", "ints", 0, 1),
    "easy_interval_days": ("new", "ints", 1, 1),
    "starting_ease_permille": ("new", "initialFactor", None, 1),
    "hard_multiplier_permille": ("rev", "hardFactor", None, 1000),
    "easy_bonus_permille": ("rev", "ease4", None, 1000),
    "interval_modifier_permille": ("rev", "ivlFct", None, 1000),
    "maximum_interval_days": ("rev", "maxIvl", None, 1),
    "lapse_multiplier_permille": ("lapse", "mult", None, 1000),
    "minimum_lapse_interval_days": ("lapse", "minInt", None, 1),
    "new_per_day": ("new", "perDay", None, 1),
    "reviews_per_day": ("rev", "perDay", None, 1),
    "leech_threshold": ("lapse", "leechFails", None, 1),
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    path = tmp_path_factory.mktemp("anki") / "collection.anki2"
    with closing(Collection(str(path))) as collection:
        yield collection


def kept(collection: Collection, name: str, value: int) -> int:
    """What Anki makes of a value."""
    section, key, index, scale = PLACES[name]
    config = collection.decks.config_dict_for_deck_id(DeckId(1))
    put = value if scale == 1 else value / scale
    if index is None:
        config[section][key] = put
    else:
        config[section][key][index] = put
    collection.decks.update_config(config)
    found = collection.decks.config_dict_for_deck_id(DeckId(1))[section][key]
    number: float = found if index is None else found[index]
    return round(number * scale)


@pytest.mark.parametrize("name", PLACES)
def test_anki_keeps_what_is_within_and_nothing_beyond(collection: Collection, name: str) -> None:
    bounds = BOUNDS[name]
    assert [kept(collection, name, each) for each in (bounds.least, bounds.most)] == [
        bounds.least,
        bounds.most,
    ]
    assert kept(collection, name, bounds.most + 1) != bounds.most + 1
    if bounds.least > 0:
        assert kept(collection, name, bounds.least - 1) != bounds.least - 1
