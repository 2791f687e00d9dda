"""Installs Debian packages where this account may, and says what to type where it may not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence

Names = tuple[str, ...]
"""What one package is called in different releases, the latest name first."""

INSTALL = ("apt-get", "-o", "DPkg::Lock::Timeout=120", "install", "-y", "--no-install-recommends")
UPDATE = ("apt-get", "update")


def install(packages: Sequence[Names], purpose: str) -> bool:
    """Whether the packages are installed now; if not, standard error has what is to be done."""
    if not is_here():
        tell(f"{purpose}: what these Debian packages hold is missing: {_words(packages)}.")
        return False
    prefix = privilege()
    if prefix is None:
        tell(f"{purpose}. Type this, then try again:\n\n    {command(choose(packages))}\n")
        return False
    return _install_as(prefix, packages)


def is_here() -> bool:
    """Whether this system installs its packages with apt."""
    return shutil.which("apt-get") is not None


def privilege() -> tuple[str, ...] | None:
    """What to put before a command to run it as root without being asked; None: not allowed."""
    if os.geteuid() == 0:
        return ("env", "DEBIAN_FRONTEND=noninteractive")
    sudo = ("sudo", "-n")
    if shutil.which("sudo") and _succeeds((*sudo, "true")):
        return (*sudo, "env", "DEBIAN_FRONTEND=noninteractive")
    return None


def command(names: Iterable[str]) -> str:
    """The line that a person types to install these packages."""
    steps = " ".join(UPDATE), f"apt-get install -y --no-install-recommends {' '.join(names)}"
    if shutil.which("sudo"):
        return " && ".join(f"sudo {step}" for step in steps)
    return f"su -c '{' && '.join(steps)}'"


def choose(packages: Sequence[Names]) -> list[str]:
    """One name of each package: the first that apt knows, else the last and oldest."""
    known = _known(name for names in packages for name in names)
    return [next((name for name in names if name in known), names[-1]) for names in packages]


def tell(message: str) -> None:
    """Speak to the person who set this up."""
    print(message, file=sys.stderr, flush=True)


def _install_as(prefix: tuple[str, ...], packages: Sequence[Names]) -> bool:
    """Try what the package lists say; where they are missing or stale, fetch them and try again."""
    known = _known(name for names in packages for name in names)
    if all(known.intersection(names) for names in packages) and _succeeds(
        (*prefix, *INSTALL, *choose(packages)), quiet=False
    ):
        return True
    _succeeds((*prefix, *UPDATE), quiet=False)
    return _succeeds((*prefix, *INSTALL, *choose(packages)), quiet=False)


def _known(names: Iterable[str]) -> set[str]:
    """Those of the names that apt could install; a merely virtual package has no candidate."""
    policy = subprocess.run(
        ["apt-cache", "policy", *names],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return set(re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: (?!\(none\))", policy, re.M))


def _succeeds(arguments: Sequence[str], *, quiet: bool = True) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(arguments, stdout=sink, stderr=sink, check=False).returncode == 0


def _words(packages: Sequence[Names]) -> str:
    return ", ".join(names[-1] for names in packages)
