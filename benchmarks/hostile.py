"""How long hostile texts take to become a page: `python -m benchmarks.hostile`.

Random and repeated parts, 10 kB each, and macros that explode. Those above the goal are listed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter_ns

from benchmarks import machine
from benchmarks.table import milliseconds, percentile
from studyapp.rendering.formulas import FormulaDrawer
from studyapp.rendering.markdown import to_html

LENGTH = 10_000
"""Characters of each text."""
GOAL_NS = 50_000_000
_MARKDOWN = (
    "*",
    "**",
    "_",
    "`",
    "~~",
    "# ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\\",
    "\n",
    "\n\n",
    " ",
    "a",
)
_LINKS = ("[", "]", "](", ")", "![", "[^1]", "\n[^1]: ", "\n[x]: ", "http://a.b ", "|", "\n|-|\n")
_HTML = (
    "<",
    ">",
    "</",
    '"',
    "=",
    "&lt;",
    "&",
    "<!--",
    "-->",
    "<b>",
    "</b>",
    "<p>",
    "<div>",
    "<td>",
)
_MATH = ("$", "$$", r"\(", r"\)", "{", "}", "^", r"\frac", r"\foo", "&", "{{c1::", "::", "}}")
FORMULAS = (
    "a",
    r"\foo",
    r"\frac",
    "=" * 200,
    r"\def\a{==========}\def\b{\a\a\a\a\a\a\a\a\a\a}\b\b\b\b\b\b\b\b\b",
)
"""Each many times, with another number behind it so that none was drawn before."""
PARTS = (*_MARKDOWN, *_LINKS, *_HTML, *_MATH)
_DOUBLED = "".join(
    rf"\def\{b}{{\{a}\{a}}}"
    for a, b in zip("abcdefghijklmnopqrstuvwxyzABCD", "bcdefghijklmnopqrstuvwxyzABCDE", strict=True)
)
BOMBS = {
    "two of each, 30 levels": rf"${_DOUBLED}\E$",
    "one that stands for itself": r"$\def\a{\a\a x}\a$",
    "arguments that double": r"$\newcommand{\a}[1]{#1#1#1#1}" + r"\a{" * 20 + "x" + "}" * 20 + "$",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """The time for one text."""

    name: str
    ns: int


def texts(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Named texts: each part repeated, alone and in a formula; many formulas; random ones."""
    for part in PARTS:
        yield f"repeated {part!r}", part * (LENGTH // len(part))
        yield f"formula of {part!r}", f"${part * ((LENGTH - 2) // len(part))}$"
    for part in FORMULAS:
        each = [f"${part}_{{{number}}}$ " for number in range(LENGTH)]
        yield f"formulas {part!r}", "".join(each)[:LENGTH]
    chance = random.Random(seed)  # noqa: S311  texts, not secrets
    for number in range(count):
        kinds = chance.sample(PARTS, chance.randint(2, len(PARTS)))
        mixed = "".join(chance.choices(kinds, k=LENGTH))[:LENGTH]
        yield f"mix {number} of {len(kinds)} parts", mixed
        letters = "".join(map(chr, chance.choices(range(32, 0x3000), k=LENGTH)))
        yield f"letters {number}", letters


def taken(name: str, text: str) -> Taken:
    start = perf_counter_ns()
    to_html(text, FormulaDrawer())
    return Taken(name, perf_counter_ns() - start)


def report(seed: int, count: int) -> str:
    """What was measured, as Markdown."""
    to_html("warm $x$ `up`", FormulaDrawer())
    times = [taken(name, text) for name, text in texts(seed, count)]
    bombs = [taken(name, text) for name, text in BOMBS.items()]
    lines = [
        f"- {machine.processor()}; load {machine.load()}; seed {seed}",
        f"- {len(times)} texts of {LENGTH:,} characters: {_summary(times)}",
        f"- {len(bombs)} macro bombs: {_summary(bombs)}",
        f"- above {milliseconds(GOAL_NS)}:",
    ]
    above = [each for each in (*times, *bombs) if each.ns > GOAL_NS]
    above.sort(key=lambda each: -each.ns)
    return "\n".join([*lines, *(f"  - {each.name}: {milliseconds(each.ns)}" for each in above)])


def _summary(times: list[Taken]) -> str:
    values = [each.ns for each in times]
    middle, most = (milliseconds(percentile(values, percent)) for percent in (50, 95))
    return f"median {middle}, 95 % within {most}, longest {milliseconds(max(values))}"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    asked = parser.parse_args()
    print(report(asked.seed, asked.count))


if __name__ == "__main__":
    main()
