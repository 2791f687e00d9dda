"""What is told of a formula without drawing it is true."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studyapp.anki.plain_formulas import ACCENTS, FRACTIONS, SIGNS, is_surely_drawn
from studyapp.rendering.mathml import to_mathml

_SIGNS = st.sampled_from([f"\\{name}" for name in SIGNS])
_ATOMS = st.sampled_from([*"aBx0719+-=<>,.;:()!|/* ", r"\,", r"\;", r"\:", r"\!", r"\ "]) | _SIGNS


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = inner.map(lambda text: f"{{{text}}}")
    accents = st.sampled_from([f"\\{name}" for name in ACCENTS])
    fractions = st.sampled_from([f"\\{name}" for name in FRACTIONS])
    script = st.sampled_from(["_", "^"])
    pieces = st.one_of(
        group,
        st.tuples(accents, group).map("".join),
        st.tuples(fractions, group, group).map("".join),
        st.tuples(inner, script, group).map("".join),
        st.tuples(_ATOMS, script, _ATOMS, script, _ATOMS).map("".join),
        st.tuples(_SIGNS, st.just(" "), inner).map("".join),
    )
    return st.lists(pieces | _ATOMS, max_size=4).map("".join)


FORMULAS = st.recursive(_ATOMS, _larger, max_leaves=12)
NOISE = st.text(r"ab1{}^_\ fracsumlet,&%$~'[]", max_size=25)


@settings(max_examples=500, deadline=None)
@given(FORMULAS | NOISE)
@example(r"\hat{x}_{i+1}^2 \leq \frac{1}{\sqrt{2\pi}}")
@example("{ }")
@example(r"x_{\sum}")
@example(r"\mathbb{E}[x]")
def test_what_is_sure_can_be_drawn(latex: str) -> None:
    if is_surely_drawn(latex):
        to_mathml(latex, display=False)


@pytest.mark.parametrize("form", ["{0}", "x{0} y", "{{{0}}}", "x_{0}", "x^{{{0}}}_{0}", "{0}_1^2"])
def test_every_sign_can_stand_anywhere(form: str) -> None:
    for name in SIGNS:
        latex = form.format(f"\\{name}")
        assert is_surely_drawn(latex)
        to_mathml(latex, display=True)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        pytest.param(r"x_{n} \le y", True, id="scripts"),
        pytest.param(r"\frac{\partial f}{\partial x_i}", True, id="fraction"),
        pytest.param(r"e^{-\frac{x^{2}}{2}}", True, id="nested"),
        pytest.param("x_1_2", False, id="two-scripts"),
        pytest.param("x^", False, id="no-script"),
        pytest.param("{x", False, id="brace"),
        pytest.param(r"\matbb{x}", False, id="unknown"),
        pytest.param(r"\left(x", False, id="fence"),
        pytest.param("x" * 400, False, id="long"),
    ],
)
def test_is_surely_drawn(latex: str, expected: bool) -> None:
    assert is_surely_drawn(latex) is expected
