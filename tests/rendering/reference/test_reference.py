"""The functions that KaTeX documents look as KaTeX draws them, but for the listed exceptions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from studyapp.errors import MathError
from studyapp.rendering.mathml import to_mathml
from tests.rendering.reference.compare import (
    HERE,
    Difference,
    differences,
    examples,
    functions,
    reasons,
    rows,
)
from tests.rendering.reference.drawing import drawing

FEWEST_EQUAL = 994
"""Of 997; goes up with what is mended."""
_WITHOUT_WIDTH = re.compile(r"⦃no width ⦃phantom [^⦃⦄]*⦄⦄")
_WITHOUT_HEIGHT = re.compile(r"⦃no height ([^⦃⦄]*)⦄")
_ONLY_SAID = re.compile(r"⟨3\.0 high⟩(?= wide)|(?<=[↑↓])⟨as high as its row⟩")
"""What KaTeX's MathML says of arrows, while its own drawing has them in the usual size."""
_BASE = re.compile(r"⦃(sub|sup|subsup) ([^⦃⦄;]*) ; ")

CHEMISTRY = [
    json.loads(line) for line in (HERE / "chemistry.jsonl").read_text("utf-8").splitlines()
]


CHEMISTRY_EXCEPTIONS = {
    line.split("\t")[0]
    for line in (HERE / "chemistry_exceptions.tsv").read_text("utf-8").splitlines()[1:]
}
"""Formulas that are drawn otherwise than in the reference, each with the reason in its row."""


@cache
def _found() -> tuple[Difference, ...]:
    return tuple(differences())


def test_the_table_is_whole_and_all_of_it_has_a_reference() -> None:
    drawn = {example.function for example in examples() if example.aspect == "display"}
    assert len(functions()) == len(set(functions())) == 997
    assert drawn == set(functions())


def test_functions_look_as_in_the_reference() -> None:
    found = [each for each in _found() if each.example.aspect != "between"]
    _check(found, reasons("exceptions.tsv"))
    assert len(functions()) - len({each.example.function for each in found}) >= FEWEST_EQUAL


def test_signs_stand_off_letters_as_in_the_reference() -> None:
    _check([each for each in _found() if each.example.aspect == "between"], reasons("spacing.tsv"))


def test_the_documentation_claims_what_is_held() -> None:
    page = (HERE.parents[2] / "docs" / "math-support.md").read_text("utf-8")
    assert f"At least {FEWEST_EQUAL} of {len(functions())} functions" in page


def _check(found: Iterable[Difference], excepted: Mapping[str, str]) -> None:
    new = [each for each in found if each.example.function not in excepted]
    assert not new, "\n\n".join(map(str, new))
    equal = excepted.keys() - {each.example.function for each in found}
    assert not equal, f"These are equal now: take them out: {' '.join(sorted(equal))}"
    assert all(reason.strip() for reason in excepted.values())


@pytest.mark.parametrize(
    "name", ["by_hand.tsv", "corrections.tsv", "exceptions.tsv", "spacing.tsv"]
)
def test_tables_name_functions_of_the_table(name: str) -> None:
    named = [row["function"] for row in rows(name)]
    assert set(named) <= set(functions())
    assert len(named) == len(set(named))


@pytest.mark.parametrize("record", [pytest.param(each, id=each["example"]) for each in CHEMISTRY])
def test_chemistry_is_drawn_as_in_the_reference_or_refused(record: dict[str, str]) -> None:
    latex = record["example"]
    refusal = _refusal(latex)
    if refusal:
        assert latex[:3] in refusal
    else:
        is_equal = _formula(to_mathml(latex, True)) == _formula(record["mathml"])
        assert is_equal != (latex in CHEMISTRY_EXCEPTIONS)


def _refusal(latex: str) -> str:
    try:
        to_mathml(latex, True)
    except MathError as error:
        return str(error)
    return ""


def _formula(mathml: str) -> str:
    """The drawing without the means by which indices of all elements come to stand level."""
    text = _ONLY_SAID.sub("", drawing(mathml, display=True, as_meant=True).text)
    text = _WITHOUT_HEIGHT.sub(r"\1", _WITHOUT_WIDTH.sub("", text))
    return _BASE.sub(r"\2⦃\1  ; ", text)
