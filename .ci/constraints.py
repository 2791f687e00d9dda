"""Writes constraints.txt anew: the newest versions, of everything, that go together.

Run it as `make constraints`. Resolve with the oldest Python that is supported: what is installed
there runs on the later ones too, while the reverse need not hold.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Made by `make constraints`; the versions that were tested together.\n"


def main() -> None:
    """Ask pip what it would install into an empty environment, and write that down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [*project["build-system"]["requires"], f"{ROOT}[dev]"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    would_install = [*pip, "--dry-run", "--ignore-installed", "--report", "-", *names]
    report = subprocess.run(would_install, capture_output=True, text=True, check=True).stdout
    own_name = project["project"]["name"]
    (ROOT / ".ci" / "constraints.txt").write_text(HEAD + "".join(pins(report, own_name)))


def pins(report: str, own_name: str) -> list[str]:
    """The lines of a constraints file, out of pip's installation report in JSON."""
    packages = [item["metadata"] for item in json.loads(report)["install"]]
    others = [package for package in packages if package["name"].lower() != own_name]
    return sorted((f"{p['name']}=={p['version']}\n" for p in others), key=str.lower)


if __name__ == "__main__":
    main()
