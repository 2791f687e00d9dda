"""Shared libraries that Qt lacks are found by the facts, and no binding is forgotten."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import PySide6
import pytest
import qt_libraries

ROOT = Path(__file__).resolve().parents[2]
PYSIDE = Path(PySide6.__file__).parent

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="other systems ship with all")


def imported_bindings(folder: str) -> set[str]:
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / folder).rglob("*.py")]
    return {name for text in texts for name in re.findall(r"\bPySide6\.(Qt\w+)", text)}


@pytest.mark.parametrize("folder", ["studyapp", "tests"])
def test_every_binding_in_use_is_looked_after(folder: str) -> None:
    used = imported_bindings(folder)
    assert used
    assert used <= set(qt_libraries.BINDINGS)


@linux_only
def test_every_pattern_names_a_file_of_qt() -> None:
    for pattern in (*qt_libraries.NEEDED, *qt_libraries.WANTED):
        assert list(PYSIDE.glob(pattern)), pattern


@linux_only
def test_nothing_is_missing_where_the_tests_run() -> None:
    assert qt_libraries.missing(PYSIDE, qt_libraries.NEEDED) == set()


@linux_only
def test_a_library_that_is_not_found_is_missing(tmp_path: Path) -> None:
    """Away from its neighbours a binding finds no part of Qt."""
    shutil.copy(PYSIDE / "QtCore.abi3.so", tmp_path)
    assert "libQt6Core.so.6" in qt_libraries.missing(tmp_path, ("*.so",))


def test_libraries_of_one_package_ask_for_it_once() -> None:
    libraries = {"libnss3.so", "libsmime3.so", "libunheard-of.so.1"}
    assert qt_libraries.packages_of(libraries) == {("libnss3",)}


def test_a_font_is_found_in_a_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_libraries, "FONT_FOLDERS", (str(tmp_path),))
    assert not qt_libraries.has_font()
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Some.ttf").touch()
    assert qt_libraries.has_font()
