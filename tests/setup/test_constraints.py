"""The versions that are installed are written down, all of them, and nothing of this machine."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import constraints

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [line for line in LINES if not line.startswith("#")]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    return {normal(name): version for name, version in (line.split("==") for line in PINS)}


def test_pins_are_names_and_exact_versions_only() -> None:
    assert PINS
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in PINS)


def test_every_requirement_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    names = {normal(re.split(r"[<>=~!;\[ ]", requirement)[0]) for requirement in requirements}
    assert names <= pinned().keys()


def test_what_is_installed_is_what_is_pinned() -> None:
    installed = {normal(found.name): found.version for found in distributions()}
    shared = pinned().keys() & installed.keys()
    assert {name: installed[name] for name in shared} == {name: pinned()[name] for name in shared}


def test_pins_leave_out_the_project_itself() -> None:
    names = [("studyapp", "0.1.0"), ("nh3", "0.3"), ("Mako", "1.4")]
    report = {"install": [{"metadata": {"name": n, "version": v}} for n, v in names]}
    assert constraints.pins(json.dumps(report), "studyapp") == ["Mako==1.4\n", "nh3==0.3\n"]
