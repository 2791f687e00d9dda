"""Work beside the window: the newest piece counts, failures are told, ends are clean."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from studyapp.errors import StorageError
from studyapp.ui.latest import Latest


@pytest.fixture
def latest(qtbot: QtBot) -> Iterator[Latest]:
    made = Latest()
    yield made
    made.shut_down()


def test_what_waits_while_something_newer_comes_is_never_begun(
    qtbot: QtBot, latest: Latest
) -> None:
    done: list[tuple[int, object]] = []
    latest.done.connect(lambda number, result: done.append((number, result)))
    gate, begun = Event(), Event()

    def first() -> str:
        begun.set()
        gate.wait()
        return "first"

    latest.begin(first)
    begun.wait()
    latest.begin(lambda: "never")
    newest = latest.begin(lambda: "third")
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == [(1, "first"), (newest, "third")]


def test_a_failure_is_told_and_the_next_job_done(qtbot: QtBot, latest: Latest) -> None:
    def fail() -> None:
        raise StorageError("The disk is full.")

    with qtbot.waitSignal(latest.failed) as failed:
        latest.begin(fail)
    assert str(failed.args[1]) == "The disk is full."
    with qtbot.waitSignal(latest.done):
        latest.begin(lambda: None)


def test_a_bug_is_reported_as_one(qtbot: QtBot, latest: Latest) -> None:
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(latest.failed):
        latest.begin(lambda: 1 // 0)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_the_end_waits_for_what_was_begun(qtbot: QtBot) -> None:
    latest, done = Latest(), Event()
    latest.begin(done.set)
    latest.shut_down()
    assert done.is_set()
    assert latest.begin(lambda: 1 // 0) == 2
