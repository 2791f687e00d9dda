"""Where the app runs: the user's folders, the clock, and what comes with the app."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from random import Random

from platformdirs import user_data_path

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant
from studyapp.services.care import Care

NAME = "studyapp"
HOME_VARIABLE = "STUDYAPP_HOME"
OPTIONS = DayOptions()
_KEY_BYTES = 12
_PACKAGE = Path(__file__).resolve().parent


def system_clock() -> Instant:
    """The present instant, with the local clock's offset now."""
    now = datetime.now().astimezone()
    offset = now.utcoffset()
    assert offset is not None  # noqa: S101 - astimezone() always sets one
    return Instant(int(now.timestamp() * 1000), int(offset.total_seconds() * 1000))


def new_key() -> str:
    """A key for a new note that no other collection has, in any of its copies."""
    return secrets.token_urlsafe(_KEY_BYTES)


def chance() -> Random:
    """For what comes by chance, such as days within a span."""
    return Random()  # noqa: S311 - nothing secret


def data_folder(option: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the user's data lies: as asked for, else the platform's own place."""
    chosen = option or environment.get(HOME_VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else user_data_path(NAME, False)


def shipped(name: str) -> Path:
    """A folder that comes with the app, in an installed copy or in a checkout."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def care_of(folder: Path) -> Care:
    """The collection in a data folder, not opened yet."""
    return Care(folder, shipped("migrations"), system_clock, OPTIONS)
