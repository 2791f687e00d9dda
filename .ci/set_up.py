"""Makes `.venv` what the app (`app`) or its tests (`dev`) need; does nothing where it is that.

Standard library only, since it runs before anything is installed. A stamp is written after each
step, so what was interrupted is done again, and what holds is not even looked at.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import debian
import qt_libraries

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PACKAGES_STAMP = VENV / "packages.stamp"
LIBRARIES_STAMP = VENV / "libraries.stamp"


class SetUpError(Exception):
    """Something that the user has to do first; the message says what."""


def main(purpose: str) -> int:
    """Set up for `purpose`: `app` or `dev`; the exit status."""
    state = fingerprint()
    if is_ready(purpose, state):
        return 0
    with PROJECT.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two terminals must not install into one folder at once
        try:
            set_up(purpose, state)
        except SetUpError as error:
            debian.tell(str(error))
            return 1
    return 0


def fingerprint() -> str:
    """Changes with everything that a set-up depends on, the place of the checkout included."""
    files = [PROJECT, CONSTRAINTS, *sorted((ROOT / ".ci").glob("*.py"))]
    return hashlib.sha256(b"\0".join([bytes(ROOT), *(f.read_bytes() for f in files)])).hexdigest()


def is_ready(purpose: str, state: str) -> bool:
    """Whether nothing is left to be done."""
    return has_packages(purpose, state) and _read(LIBRARIES_STAMP) == state


def has_packages(purpose: str, state: str) -> bool:
    """Whether the packages are installed; those for `dev` include those for `app`."""
    enough = {f"dev {state}", f"{purpose} {state}"}
    return PYTHON.exists() and _read(PACKAGES_STAMP) in enough


def set_up(purpose: str, state: str) -> None:
    """Do what is left to be done."""
    if not has_packages(purpose, state):
        install_packages(purpose, state)
    if _read(LIBRARIES_STAMP) != state:
        find_libraries(state)


def install_packages(purpose: str, state: str) -> None:
    """Install the app, editable, with what it depends on; a half-made environment is made anew."""
    if not PYTHON.exists() or not PACKAGES_STAMP.exists():
        make_environment()
    PACKAGES_STAMP.unlink(missing_ok=True)
    build = tomllib.loads(PROJECT.read_text())["build-system"]["requires"]
    pip_install(*build)
    itself = f"{ROOT}[dev]" if purpose == "dev" else str(ROOT)
    pip_install("--no-build-isolation", "--editable", itself)
    PACKAGES_STAMP.write_text(f"{purpose} {state}")


def make_environment() -> None:
    """Make an empty virtual environment; Debian keeps what that takes in a package of its own."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        names = (f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "python3-venv")
        if not debian.install([names], "Python cannot make virtual environments here"):
            raise SetUpError("No virtual environment was made.")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "No virtual environment was made.")


def pip_install(*arguments: str) -> None:
    """Install in the versions that were tested together."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    run([*pip, "--constraint", str(CONSTRAINTS), *arguments], "Not all packages were installed.")


def find_libraries(state: str) -> None:
    """See to the shared libraries that Qt loads from the system."""
    site = next(VENV.glob("lib/python*/site-packages"))
    if not qt_libraries.complete(site / "PySide6"):
        raise SetUpError("Set-up is not complete.")
    LIBRARIES_STAMP.write_text(state)


def run(command: list[str], failure: str) -> None:
    """Run a step that shows its own output."""
    if subprocess.run(command, check=False).returncode != 0:
        raise SetUpError(f"{failure} The reason stands above; once it is gone, try again.")


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("Set-up was interrupted; the next run does it again.")
