"""What the parser says of files that break the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.deckfile.parse import MAX_BYTES, parse, read_deck
from studyapp.errors import DeckFileError, StorageError
from tests.fixtures.cases import read_cases

HEAD = '+++\ndeck = "D"\nkey = "d"\n+++\n'


@pytest.mark.parametrize(("text", "expected"), read_cases("deckfile_errors.md"))
def test_problems_with_their_lines(text: str, expected: str) -> None:
    with pytest.raises(DeckFileError) as caught:
        parse(text.replace("~\n", HEAD, 1) if text.startswith("~\n") else text, "d.md")
    said = [f"{p.line}: {p.message}. {p.remedy}." for p in caught.value.problems]
    assert said == expected.split("\n")
    assert str(caught.value) == "\n".join(f"d.md:{line}" for line in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Q: a\x0cb\x00\nA: c\x7fd", ["5: U+000C", "6: U+007F"], id="in-fields"),
        pytest.param("Q: a\nA: b\rc", ["6: U+000D"], id="lone-carriage-return"),
        pytest.param("Q: a\nA: b\n```\n\x1b\n```", ["8: U+001B"], id="in-code"),
        pytest.param("Q: a\nA: b\nsource: c\x08", ["7: U+0008"], id="in-metadata"),
        pytest.param("Q: a\nA: b\ud800", ["6: U+D800"], id="half-a-surrogate-pair"),
    ],
)
def test_control_characters(text: str, said: list[str]) -> None:
    with pytest.raises(DeckFileError) as caught:
        parse(HEAD + text, "d.md")
    expected = [f"{start} is a control character. Delete it." for start in said]
    assert [f"{p.line}: {p.message}. {p.remedy}." for p in caught.value.problems] == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("id: c\td", "The id “c·d” holds U+0009", id="tab-in-an-id"),
        pytest.param("tags: t\u200bu v", "The tag “t·u” holds U+200B", id="zero-width-space"),
        pytest.param("tags: t v\xa0w", "The tag “v·w” holds U+00A0", id="no-break-space"),
        pytest.param("links: x y\ufeffz", "The link “y·z” holds U+FEFF", id="byte-order-mark"),
        pytest.param("links: x\u2028y", "The link “x·y” holds U+2028", id="line-separator"),
    ],
)
def test_invisible_characters(line: str, said: str) -> None:
    with pytest.raises(DeckFileError) as caught:
        parse(f"{HEAD}Q: a\nA: b\n{line}", "d.md")
    expected = f"d.md:7: {said}. Use no white space and no invisible characters."
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("[" * 100_000, id="nested-too-deep"),
        pytest.param("9" * 5_000, id="number-too-long"),
        pytest.param("2023-02-30", id="no-such-date"),
        pytest.param('"\x00"', id="control-character"),
    ],
)
def test_hostile_toml_is_a_problem_of_the_file(value: str) -> None:
    with pytest.raises(DeckFileError, match=r"^d\.md:2: The front matter is not valid TOML: "):
        parse(f"+++\ndeck = {value}\n+++\n", "d.md")


PIECES = ["+++\n", 'deck = "D"\n', 'key = "d"\n', "[[sources]]\n", 'title = "T"\n', "key = 1\n"]
PIECES += ["Q: a\n", "A: b\n", "C: {{c1::c}}\n", "C: {{c1::\n", "id: x\n", "id: y z\n", "tags: t\n"]
PIECES += ["links: x\n", "source: S\n", "kind: reversed\n", "Kind: x\n", "```\n", "~~~\n", "\n"]
PIECES += ["text\n", "\\Q: d\n", "\x00", "\r", "\ufeff", "Q:", "A:", " "]


def problem_lines(text: str) -> list[int] | None:
    """The lines of the problems of a text, None when it is a deck."""
    try:
        parse(text, "d.md")
    except DeckFileError as error:
        return [problem.line for problem in error.problems]
    return None


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans())
def test_any_text_is_a_deck_or_has_problems_in_order(text: str, headed: bool) -> None:
    text = HEAD + text if headed else text
    lines = problem_lines(text)
    assert lines is None or lines == sorted(lines)
    assert lines is None or 1 <= lines[0] <= lines[-1] <= text.count("\n") + 1


@given(st.text())
def test_no_other_error_for_any_text(text: str) -> None:
    try:
        notes = parse(HEAD + text, "d.md").notes
    except DeckFileError:
        return
    assert notes == () or ":" in text


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "latin.md"
    file.write_bytes(HEAD.encode() + "Q: Größe?\nA: b".encode("latin-1"))
    with pytest.raises(DeckFileError, match=r"latin\.md:5: The text is not UTF-8\. Save .* UTF-8"):
        read_deck(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"none\.md cannot be read: No such file .* Check "):
        read_deck(tmp_path / "none.md")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be read: .*\. Check "):
        read_deck(tmp_path)


def test_a_file_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.md"
    with file.open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    with pytest.raises(DeckFileError, match=r"large\.md:1: The file is larger than 20 MB\. Split"):
        read_deck(file)
