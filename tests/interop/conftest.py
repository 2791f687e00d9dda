"""Gives tests a fresh collection of the real Anki."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop.anki_profile import AnkiProfile


@pytest.fixture
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiProfile]:
    profile = AnkiProfile(tmp_path_factory.mktemp("anki"))
    yield profile
    profile.close()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Where a test puts its package."""
    return tmp_path / "package.apkg"
