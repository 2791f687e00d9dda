"""What the comparison takes for the same look, and what it does not."""

from __future__ import annotations

import pytest

from tests.fixtures.cases import read_cases
from tests.rendering.reference.drawing import drawing
from tests.rendering.reference.pieces import Reading

FOLDER = "../rendering/reference"


def _read(mathml: str) -> Reading:
    return drawing(f"<math>{mathml}</math>", display=True)


@pytest.mark.parametrize(("one", "other"), read_cases(f"{FOLDER}/equal.md"))
def test_equal_looks_are_read_alike(one: str, other: str) -> None:
    assert _read(one) == _read(other)


@pytest.mark.parametrize(("one", "other"), read_cases(f"{FOLDER}/different.md"))
def test_different_looks_are_told_apart(one: str, other: str) -> None:
    assert _read(one) != _read(other)


@pytest.mark.parametrize(
    "mathml",
    [
        pytest.param("<mglyph2></mglyph2>", id="element"),
        pytest.param('<mi rotate="90">x</mi>', id="attribute"),
        pytest.param('<mi class="wavy">x</mi>', id="class"),
        pytest.param('<mi style="transform:none">x</mi>', id="style"),
        pytest.param('<mspace width="2 apples"></mspace>', id="length"),
        pytest.param("<mrow><mi>x</mi>", id="not closed"),
    ],
)
def test_what_nobody_thought_of_is_an_error(mathml: str) -> None:
    with pytest.raises(ValueError, match=r"known|length|closed|closes"):
        _read(mathml)


def test_the_reference_is_read_as_it_is_meant() -> None:
    mathml = '<math><mover><mi>A</mi><mo stretchy="true">→</mo></mover></math>'
    assert drawing(mathml, display=True, as_meant=True).text == "⦃over 𝐴 ; → wide⦄"
    assert drawing(mathml, display=True).text == "⦃over 𝐴 ; →⟨0.71⟩⦄"
