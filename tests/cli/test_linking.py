"""`studyapp link`, `sync` and `unlink`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyapp.cli.commands import main
from tests.services.linked_folder import BETA, HEAD, TEXT

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(home: Path, tmp_path: Path, capsys: Output) -> Path:
    """A folder that is linked and was brought in."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "letters.md").write_text(TEXT, encoding="utf-8")
    assert main(["link", str(folder)]) == 0
    assert "2 new in the text" in capsys.readouterr().out
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "Brought together: 2 new in the text.\n"
    return folder


def test_a_dry_run_shows_what_would_be_done(folder: Path, capsys: Output) -> None:
    text = folder / "letters.md"
    text.write_text(TEXT.replace("The first.", "Number one."), encoding="utf-8")
    assert main(["sync", "--dry-run"]) == 0
    assert capsys.readouterr().out == (f"{folder}:\n  1 the same. 1 comes in\n  comes in: alpha\n")
    assert main(["sync"]) == 0
    assert main(["sync", "--dry-run"]) == 0
    assert "2 the same." in capsys.readouterr().out


def test_what_needs_a_choice_makes_the_command_fail_until_it_is_made(
    folder: Path, capsys: Output
) -> None:
    (folder / "letters.md").write_text(HEAD + BETA, encoding="utf-8")
    for command in (["sync", "--dry-run"], ["sync"]):
        assert main(command) == 1
        told = capsys.readouterr().out
        assert "deleted in the text: alpha" in told
        assert "app:    Alpha? / The first.\n    text:   —" in told
    assert main(["sync", "--deletions", "restore"]) == 0
    assert "Alpha?" in (folder / "letters.md").read_text(encoding="utf-8")


def test_a_broken_file_makes_the_command_fail(folder: Path, capsys: Output) -> None:
    (folder / "letters.md").write_text(TEXT.replace("A: The first.", ""), encoding="utf-8")
    assert main(["sync"]) == 1
    assert f"{folder / 'letters.md'}:6: This Q: has no A:" in capsys.readouterr().out


def test_unlinking(folder: Path, capsys: Output) -> None:
    assert main(["unlink", str(folder)]) == 0
    assert main(["sync"]) == 0
    assert "No folder is linked." in capsys.readouterr().out
    assert main(["unlink", str(folder)]) == 1
    assert "is not linked" in capsys.readouterr().err
