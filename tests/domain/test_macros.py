"""Macros as their authors write them: how they are read, joined and refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.macros import (
    MAX_BODY,
    MAX_MACROS,
    NO_MACROS,
    Macro,
    Macros,
    problem_of,
    read_lines,
    write_lines,
)

NAMES = st.text("abKL", min_size=1, max_size=3).map(lambda name: f"\\{name}")
BODIES = st.lists(st.sampled_from(["x", "#1", "#2", r"\#", r"\{", "{y}", "=", r"\|", " ", "é"]))


def test_arguments_are_counted_by_their_numbers() -> None:
    macros = Macros.of({r"\R": r"\mathbb{R}", r"\KL": r"D(#2 \| #1)", r"\sharp": r"\#3"})
    assert [(macro.name, macro.arguments) for macro in macros.entries] == [
        (r"\R", 0),
        (r"\KL", 2),
        (r"\sharp", 0),
    ]


def test_of_two_meanings_the_nearer_counts() -> None:
    near = Macros.of({r"\R": "near", r"\E": "e"})
    far = Macros.of({r"\R": "far", r"\F": "f"})
    assert near.over(far).bodies() == {r"\F": "f", r"\R": "near", r"\E": "e"}
    assert near.over(NO_MACROS) == near
    assert NO_MACROS.over(far) == far


def test_lines_are_read() -> None:
    macros, problems = read_lines("\\R = \\mathbb{R}\n\n  \\eq=a = #1\n")
    assert macros.entries == (Macro(r"\R", 0, r"\mathbb{R}"), Macro(r"\eq", 1, "a = #1"))
    assert problems == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("R = x", "R is no name for a macro", id="no-backslash"),
        pytest.param(r"\r2 = x", r"\r2 is no name for a macro", id="digit"),
        pytest.param("= x", "The macro is no name for a macro", id="no-name"),
        pytest.param(r"\R", "This line has no =", id="no-equals-sign"),
        pytest.param(r"\R =", r"\R stands for nothing", id="empty"),
        pytest.param(r"\begin = x", r"\begin cannot be given another meaning", id="reserved"),
        pytest.param(r"\R = {x", r"\R leaves a brace { open", id="open-brace"),
        pytest.param(r"\R = x}{", r"\R closes a brace } that it does not open", id="brace"),
        pytest.param(r"\R = #x", r"\R holds a # without a number", id="number-sign"),
        pytest.param(r"\R = #0", r"\R holds a # without a number", id="argument-zero"),
        pytest.param(r"\R = 5%", r"\R holds a %, which begins a comment", id="comment"),
        pytest.param("\\R = x\\", r"\R ends with a backslash", id="backslash"),
        pytest.param("\\R = x\ty", r"\R holds a line break or a control character", id="control"),
        pytest.param(
            rf"\R = {'x' * (MAX_BODY + 1)}", r"\R stands for more than 1,000 characters", id="long"
        ),
        pytest.param(r"\E = y", r"\E is defined a second time", id="twice"),
    ],
)
def test_mistakes_are_told_by_line(line: str, message: str) -> None:
    macros, (problem,) = read_lines(f"\\E = e\n{line}")
    assert macros == NO_MACROS
    assert (problem.line, problem.message) == (2, message)
    assert problem.remedy


def test_too_many_macros_are_refused() -> None:
    digits = str.maketrans("0123456789", "abcdefghij")
    lines = [f"\\x{str(number).translate(digits)} = x" for number in range(MAX_MACROS + 1)]
    assert read_lines("\n".join(lines))[1]
    assert not read_lines("\n".join(lines[1:]))[1]


@given(st.dictionaries(NAMES, BODIES.map("".join), max_size=4))
def test_what_is_written_is_read_back(bodies: dict[str, str]) -> None:
    bodies = {
        name: body.strip()
        for name, body in bodies.items()
        if problem_of(name, body.strip(), 1) is None
    }
    macros = Macros.of(bodies)
    assert read_lines(write_lines(macros)) == (macros, ())
