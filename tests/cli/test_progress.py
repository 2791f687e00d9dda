"""What a terminal shows of long work."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stderr

import pytest

from studyapp.cli.progress import on_screen

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)


def test_each_percent_is_shown_once() -> None:
    reader, writer = os.openpty()
    with os.fdopen(writer, "w") as terminal, redirect_stderr(terminal):
        tell = on_screen()
        assert all(tell(done, 250) for done in (0, 1, 2, 3, 4, 249, 250))
    shown = ""
    while not shown.endswith("\n"):  # a terminal hands on what was written piece by piece
        shown += os.read(reader, 1000).decode()
    os.close(reader)
    assert shown.split() == ["0", "%", "1", "%", "99", "%", "100", "%"]


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert on_screen()(1, 2)
    assert capsys.readouterr().err == ""
