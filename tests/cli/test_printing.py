"""`studyapp export` to a PDF, as it is typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studyapp.cli.commands import main

DECK = "Alignment::1 TASM Notes 003: Gradient hacking"


def test_a_deck_is_printed_without_a_screen(home: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "studyapp",
        "export",
        DECK,
        str(home / "cards"),
        "--format",
        "pdf",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith(f"cards to {home / 'cards.pdf'}.\n")
    assert (home / "cards.pdf").read_bytes().startswith(b"%PDF")


def test_a_dry_run_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--dry-run", DECK, str(home / "cards.pdf"), "--paper", "letter"]) == 0
    assert capsys.readouterr().out.endswith(" cards.\n")
    assert not (home / "cards.pdf").exists()


def test_a_pdf_has_no_schedules(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--with-schedule", DECK, str(home / "cards.pdf")]) == 1
    assert "no place for schedules in a PDF" in capsys.readouterr().err
