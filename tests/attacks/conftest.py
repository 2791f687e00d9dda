"""The web view under attack, and the server that must hear nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.attacks.corpus import Places
from tests.attacks.listener import Listener
from tests.attacks.target import CANARY, Target
from tests.ui.conftest import pytest_collection_modifyitems

__all__ = ["pytest_collection_modifyitems"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def places(tmp_path: Path, listener: Listener) -> Places:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    return Places(listener.address, secret.as_posix().removeprefix("/"))


@pytest.fixture
def target(qtbot: QtBot, tmp_path: Path) -> Iterator[Target]:
    target = Target(qtbot, tmp_path)
    yield target
    target.close()
