"""Our formulas against the reference: which functions look the same, and how the others differ.

`python -m tests.rendering.reference.compare` prints each difference and the score. With
`--take-out` it first takes what has become equal out of the lists of exceptions.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studyapp.errors import MathError
from studyapp.rendering.mathml import to_mathml
from tests.rendering.reference.drawing import drawing
from tests.rendering.reference.pieces import MU

HERE: Final = Path(__file__).parent
_KERNING: Final = 1
"""In mu: gaps up to this are within a sign that is put together from two."""


@dataclass(frozen=True, slots=True)
class Example:
    """A formula of the table, and how the reference draws it in one place."""

    function: str
    latex: str
    aspect: str
    """What is compared.

    `display`, `inline`: the characters and what is built of them, on a line of its own and in a
    line of text; `gaps`: the white between them; `between`: the same when two letters are around.
    """
    expected: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A formula that looks different."""

    example: Example
    ours: str
    """How we draw it, or why we do not."""

    def __str__(self) -> str:
        example = self.example
        return (
            f"{example.function} ({example.aspect})  {example.latex}\n"
            f"  reference  {example.expected}\n  ours       {self.ours}"
        )


def functions() -> list[str]:
    """All functions of the table."""
    return [row["function"] for row in rows("functions.tsv")]


def reasons(name: str) -> dict[str, str]:
    """Why functions look different, by their names, as a table of this folder says it."""
    return {row["function"]: row["reason"] for row in rows(name)}


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def examples() -> Iterator[Example]:
    """What the reference draws; what it refuses in a place is not asked for there.

    The white is KaTeX's own, since in MathML it is the browser that adds most of it.
    """
    for line in (HERE / "temml.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        name, latex = record["function"], record["example"]
        for aspect in ("display", "inline"):
            if mathml := record[aspect].get("mathml"):
                expected = drawing(mathml, display=aspect == "display", as_meant=True)
                yield Example(name, latex, aspect, expected.text)
        for aspect in ("gaps", "between"):
            if (gaps := record.get(aspect)) is not None:
                yield Example(name, latex, aspect, _in_mu(round(gap * MU) for gap in gaps))


def difference(example: Example) -> Difference | None:
    """How our drawing differs, or None."""
    try:
        ours = _ours(example)
    except MathError as error:
        ours = f"not drawn: {error}"
    except ValueError as error:
        ours = f"not read: {error}"
    return None if ours == example.expected else Difference(example, ours)


def differences() -> list[Difference]:
    """All of them, in the order of the table."""
    found = map(difference, examples())
    return [each for each in found if each is not None]


def _ours(example: Example) -> str:
    latex = f"a {example.latex} b" if example.aspect == "between" else example.latex
    display = example.aspect != "inline"
    reading = drawing(to_mathml(latex, display), display=display)
    return reading.text if example.aspect in ("display", "inline") else _in_mu(reading.gaps)


def _in_mu(gaps: Iterable[int]) -> str:
    """In the order of their size: one writer puts the upper row first, another the lower one."""
    return " ".join(str(gap) for gap in sorted(gaps) if abs(gap) > _KERNING)


def _print_score() -> None:
    found = differences()
    print(*found, sep="\n\n", end="\n\n")
    names = functions()
    other = {each.example.function for each in found if each.example.aspect != "between"}
    spaced = {each.example.function for each in found if each.example.aspect == "between"} - other
    print(f"{len(names) - len(other)} of {len(names)} look the same.")
    print(f"{len(spaced)} of these stand closer or wider between two letters.")


def _take_out() -> None:
    """Takes what has become equal out of the lists of exceptions."""
    found = differences()
    between = {each.example.function for each in found if each.example.aspect == "between"}
    others = {each.example.function for each in found if each.example.aspect != "between"}
    for name, left in (("exceptions.tsv", others), ("spacing.tsv", between)):
        kept = {function: why for function, why in reasons(name).items() if function in left}
        lines = ["function\treason", *(f"{function}\t{why}" for function, why in kept.items())]
        (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--take-out" in sys.argv:
        _take_out()
    _print_score()
