"""Set-up in a small project of its own: done once, repaired when interrupted, else left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    info = "small-1.dist-info"
    with zipfile.ZipFile(pathlib.Path(folder) / "small-1-py3-none-any.whl", "w") as wheel:
        metadata = "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\nProvides-Extra: dev\\n"
        wheel.writestr(f"{info}/METADATA", metadata)
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return "small-1-py3-none-any.whl"
"""
PROJECT = """
[build-system]
requires = ["pip"]
build-backend = "backend"
backend-path = ["."]
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that needs nothing, set up to be run; its set-up is the real one."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / ".ci", folder / ".ci", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".ci" / "constraints.txt").write_text("")
    (folder / "backend.py").write_text(BACKEND)
    (folder / "pyproject.toml").write_text(PROJECT)
    assert set_up(folder, "app")
    return folder


def set_up(checkout: Path, purpose: str) -> str:
    """Run the command; what it said, which is nothing when there was nothing to do."""
    command = [str(checkout / ".ci" / "set_up"), purpose]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def has_small(checkout: Path) -> bool:
    command = [str(checkout / ".venv" / "bin" / "python"), "-m", "pip", "show", "--quiet", "small"]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0


def test_first_run_installs_the_project(checkout: Path) -> None:
    assert has_small(checkout)


def test_second_run_does_nothing(checkout: Path) -> None:
    assert set_up(checkout, "app") == ""


def test_tools_for_developers_are_enough_to_run_the_app(checkout: Path) -> None:
    assert set_up(checkout, "dev")
    assert set_up(checkout, "dev") == ""
    assert set_up(checkout, "app") == ""


def test_changed_requirements_are_installed(checkout: Path) -> None:
    (checkout / "pyproject.toml").write_text(f"{PROJECT}# changed\n")
    assert set_up(checkout, "app")
    assert set_up(checkout, "app") == ""


def test_what_was_interrupted_is_made_anew(checkout: Path) -> None:
    site = next((checkout / ".venv").glob("lib/python*/site-packages"))
    (checkout / ".venv" / "packages.stamp").unlink()
    half = site / "half_installed.py"
    half.touch()
    assert set_up(checkout, "app")
    assert has_small(checkout)
    assert not half.exists()


def test_environment_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").unlink()
    assert set_up(checkout, "app")
    assert has_small(checkout)


def test_python_that_does_not_run_is_passed_over(checkout: Path, tmp_path: Path) -> None:
    shim, real = tmp_path / "python3.13", tmp_path / "python3"
    shim.write_text("#!/bin/sh\necho this version is not installed >&2\nexit 127\n")
    shim.chmod(0o755)
    real.symlink_to(sys.executable)
    assert run_with_path(checkout, tmp_path).returncode == 0


def test_machine_without_python_is_told_what_to_install(checkout: Path, tmp_path: Path) -> None:
    said = run_with_path(checkout, tmp_path)
    assert said.returncode == 1
    assert "Python 3.11 or later was not found" in said.stderr


def run_with_path(checkout: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """Set up where `programs` is all that there is, apart from what the script itself calls."""
    dirname = shutil.which("dirname")
    assert dirname is not None
    (programs / "dirname").symlink_to(dirname)
    return subprocess.run(
        ["/bin/sh", str(checkout / ".ci" / "set_up"), "app"],
        env={**os.environ, "PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )
