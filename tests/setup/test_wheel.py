"""An installed wheel works on its own, with no checkout around it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = "studyapp/_shipped"


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def files_below(folder: str) -> set[str]:
    files = (ROOT / folder).rglob("*")
    return {str(f.relative_to(ROOT)) for f in files if f.is_file() and f.suffix != ".pyc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", ["decks", "migrations"])
def test_wheel_carries_what_the_app_ships(contents: set[str], folder: str) -> None:
    files = files_below(folder)
    assert files
    assert {f"{SHIPPED}/{file}" for file in files} <= contents


def test_wheel_carries_every_file_of_the_package(contents: set[str]) -> None:
    assert files_below("studyapp") <= contents


def test_wheel_carries_the_math_font(contents: set[str]) -> None:
    assets = {name for name in contents if name.startswith("studyapp/rendering/assets/")}
    assert {Path(name).suffix for name in assets} & {".otf", ".ttf", ".woff2"}


def test_wheel_carries_the_licences_of_the_app_and_its_font(contents: set[str]) -> None:
    licences = {name for name in contents if ".dist-info/licenses/" in name}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in licences)
    assert any("/studyapp/rendering/assets/" in name for name in licences)


def test_installed_wheel_lists_the_decks_that_it_carries(wheel: Path, tmp_path: Path) -> None:
    site, home = tmp_path / "site", tmp_path / "home"
    pip("install", "--no-deps", "--no-compile", "--target", str(site), str(wheel))
    where = "import studyapp; print(studyapp.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(site), "STUDYAPP_HOME": str(home)}

    def python(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    assert python("-c", where).startswith(str(site))
    listing = python("-m", "studyapp", "decks")
    for deck in sorted((ROOT / "decks").glob("*.md")):
        name = deck.read_text(encoding="utf-8").split('deck = "', 1)[1].split('"', 1)[0]
        assert name.rsplit("::", 1)[-1] in listing
