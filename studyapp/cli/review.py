"""The daily review in a terminal: formulas as Unicode text, one key for each grade."""

from __future__ import annotations

import shutil
import textwrap
import time

import readchar

from studyapp.domain.reviews import Grade
from studyapp.errors import StorageError
from studyapp.rendering.plain import card_text
from studyapp.scheduling.labels import span_label
from studyapp.services.sessions import Session
from studyapp.services.study_values import Finished, Pause, Prompt, Summary

GRADE_KEYS = {"1": Grade.AGAIN, "2": Grade.HARD, "3": Grade.GOOD, " ": Grade.GOOD, "4": Grade.EASY}
SHOW_KEYS = (" ", "\n", "\r")
QUIT_KEYS = ("q", readchar.key.ESC, readchar.key.CTRL_C, readchar.key.CTRL_D)
_WIDEST = 90


def review(study: Session, title: str) -> None:
    """Review until nothing is left or the user quits; every grade is kept as it is given."""
    print(f"{title}\n")
    while _one_card(study):
        pass
    print(_told(study.summary()))


def _one_card(study: Session) -> bool:
    """Show one card and take its grade; False when the session is over."""
    match study.current():
        case Finished():
            print("Nothing is left for today.\n")
            return False
        case Pause(until=_, counts=counts):
            print(f"{counts.learning} cards come back later today.\n")
            return False
        case Prompt() as prompt:
            return _ask(study, prompt)


def _ask(study: Session, prompt: Prompt) -> bool:
    content = study.content(prompt.card)
    question, answer = card_text(content.note, content.ordinal, content.macros)
    counts = prompt.counts
    print(f"── {counts.new} new · {counts.learning} learning · {counts.due} due ──")
    print(_wrapped(question) + "\n")
    shown_at = time.monotonic()
    key = _key("Space show · u undo · q quit", (*SHOW_KEYS, "u", *QUIT_KEYS))
    if key in SHOW_KEYS:
        print(_wrapped(answer) + "\n")
        grades = (f"{grade:d} {grade.name.lower()} {prompt.labels[grade]}" for grade in Grade)
        hint = " · ".join((*grades, "u undo", "q quit"))
        key = _key(hint, (*GRADE_KEYS, *SHOW_KEYS, "u", *QUIT_KEYS))
    if key in QUIT_KEYS:
        return False
    if key == "u":
        undone = study.undo()
        print("Nothing to undo.\n" if undone is None else f"Undone: {undone}.\n")
        return True
    took_ms = int((time.monotonic() - shown_at) * 1000)
    _grade(study, prompt, GRADE_KEYS.get(key, Grade.GOOD), took_ms)
    return True


def _grade(study: Session, prompt: Prompt, grade: Grade, took_ms: int) -> None:
    try:
        study.grade(prompt, grade, took_ms)
    except StorageError as error:
        # The card stays where it is: it is asked again once there is room.
        print(f"{error}\n")


def _key(hint: str, allowed: tuple[str, ...]) -> str:
    print(hint, end="", flush=True)
    while (key := _read()) not in allowed:
        pass
    print("\r" + " " * len(hint) + "\r", end="")
    return key


def _read() -> str:
    try:
        return readchar.readkey()
    except KeyboardInterrupt:
        return str(readchar.key.CTRL_C)


def _wrapped(text: str) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return "\n".join(
        textwrap.fill(line, width, drop_whitespace=False, replace_whitespace=False)
        for line in text.splitlines()
    )


def _told(summary: Summary) -> str:
    noun = "review" if summary.reviews == 1 else "reviews"
    parts = [f"{summary.reviews} {noun} in {span_label(summary.took_ms // 1000)} today"]
    if summary.due:
        parts.append(f"{summary.remembered} of {summary.due} due cards remembered")
    due = "nothing was logged" if summary.tomorrow is None else f"{summary.tomorrow} due tomorrow"
    parts.append(due)
    return "; ".join(parts) + "."
