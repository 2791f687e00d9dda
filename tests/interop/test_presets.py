"""Presets: what the real Anki has after an import, and what we have of its own export."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import ExportAnkiPackageOptions

from studyapp.domain.cards import NEW_SCHEDULE
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import Instant, study_moment
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.sm2 import answer
from studyapp.services.importing import Importing
from studyapp.store import decks
from studyapp.store.database import Database
from tests.interop.anki_profile import AnkiProfile
from tests.interop.export_collection import HOUR, Ours, Row, days_ago, good, now
from tests.interop.test_export_history import ODD
from tests.services.conftest import MIGRATIONS

FITTED = replace(ODD, fsrs_parameters=(*DEFAULT_PARAMETERS[:-1], 0.3))


@pytest.fixture
def anki_with_ours(anki: AnkiProfile, package: Path, tmp_path: Path) -> AnkiProfile:
    """Anki after importing a studied card of a deck with an odd preset."""
    then = Instant(days_ago(3), now().utc_offset_ms)
    moment = study_moment(then, HOUR)
    after = answer(NEW_SCHEDULE, Grade.GOOD, FITTED, moment, fuzz_of(1, 0))
    with closing(Ours(tmp_path, [FITTED])) as ours:
        ours.fill([Row(after, log=(good(NEW_SCHEDULE, after, then.at),))])
        ours.export(package)
    anki.import_package(package, progress=True)
    return anki


def test_anki_has_every_option(anki_with_ours: AnkiProfile) -> None:
    collection = anki_with_ours.collection
    config = collection.decks.config_dict_for_deck_id(
        collection.decks.id_for_name("Top::Deck 2")  # type: ignore[arg-type]
    )
    names = ("newGatherPriority", "newSortOrder", "newMix", "interdayLearningMix", "reviewOrder")
    assert [config[name] for name in names] == [5, 4, 2, 1, 12]
    assert (config["lapse"]["leechFails"], config["lapse"]["leechAction"]) == (5, 0)
    assert config["desiredRetention"] == pytest.approx(0.87)
    assert config["easyDaysPercentages"] == [1, 1, 0.5, 1, 1, 0, 1]
    assert config["fsrsParams6"] == pytest.approx(FITTED.fsrs_parameters)


@pytest.mark.parametrize("legacy", [True, False], ids=["legacy", "modern"])
def test_what_anki_exports_is_the_same_preset(
    anki_with_ours: AnkiProfile, tmp_path: Path, legacy: bool
) -> None:
    target = tmp_path / "from-anki.apkg"
    anki_with_ours.collection.export_anki_package(
        out_path=str(target),
        options=ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        ),
        limit=None,
    )
    path = tmp_path / "again" / "collection.db"
    with closing(Database.open(path, MIGRATIONS, "a test")) as database:
        importing = Importing(database, now, DayOptions(), lambda: "key")
        importing.apply(importing.preview(target))
        with database.read() as tx:
            (preset,) = [deck.preset for deck in decks.every(tx) if deck.name == "Top::Deck 2"]
    assert preset == replace(
        FITTED, name=preset.name, answer_cap_ms=13_000, scheduler=preset.scheduler
    )
    assert preset.name.startswith("Odd")
