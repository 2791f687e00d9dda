"""Which packages are asked for, and what is said where they may not be installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import debian
import pytest

with_apt = pytest.mark.skipif(shutil.which("apt-cache") is None, reason="takes apt")


@with_apt
def test_a_package_goes_by_the_first_name_that_apt_knows() -> None:
    assert debian.choose([("libc6-of-the-future", "libc6")]) == ["libc6"]
    assert debian.choose([("libc6", "bash")]) == ["libc6"]


@with_apt
def test_a_package_that_apt_does_not_know_goes_by_its_oldest_name() -> None:
    assert debian.choose([("unheard-of-t64", "unheard-of")]) == ["unheard-of"]


@pytest.mark.parametrize(
    ("programs", "said"),
    [
        pytest.param((), "what these Debian packages hold is missing: libc6", id="no-apt"),
        pytest.param(
            ("apt-get", "apt-cache"),
            "su -c 'apt-get update && apt-get install -y --no-install-recommends libc6'",
            id="no-sudo",
        ),
        pytest.param(
            ("apt-get", "apt-cache", "sudo"),
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends libc6",
            id="sudo-with-a-password",
        ),
    ],
)
def test_who_may_not_install_is_told_what_to_type(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    programs: tuple[str, ...],
    said: str,
) -> None:
    """As a plain user of a machine that has these programs, which refuse to do anything."""
    for program in programs:
        (tmp_path / program).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not debian.install([("libc6-of-the-future", "libc6")], "Qt needs more")
    message = capsys.readouterr().err
    assert message.startswith("Qt needs more")
    assert said in message
