"""Keeps every test away from the user's display, folders and locale."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

# These must be set before Qt and Anki's backend are imported, thus here and not in a fixture.
_HOME = TemporaryDirectory(prefix="studyapp-tests-")


def _folder(name: str) -> str:
    folder = Path(_HOME.name) / name
    folder.mkdir(mode=0o700)  # Qt refuses a runtime folder that others may read
    return str(folder)


os.environ |= {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_QUICK_BACKEND": "software",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
    "ANKI_TEST_MODE": "1",  # Anki's scheduler without fuzz
    "LC_ALL": "C.UTF-8",
    "STUDYAPP_HOME": _folder("studyapp"),
    "XDG_CACHE_HOME": _folder("cache"),
    "XDG_CONFIG_HOME": _folder("config"),
    "XDG_DATA_HOME": _folder("data"),
    "XDG_RUNTIME_DIR": _folder("runtime"),
}
