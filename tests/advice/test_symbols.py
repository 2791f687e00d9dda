"""Which symbols of a formula want a name."""

from __future__ import annotations

import pytest

from studyapp.advice.symbols import states_something, symbols_of


@pytest.mark.parametrize(
    ("latex", "symbols"),
    [
        pytest.param(r"PV = nRT", ["P", "V", "n", "R", "T"], id="letters"),
        pytest.param(r"\sigma = \sqrt{\lambda}", [r"\sigma", r"\lambda"], id="greek"),
        pytest.param(r"\sum_{k=1}^{N} k v_k", ["N", "v"], id="bound-and-subscripts"),
        pytest.param(r"\lim\limits_{h \to 0} h + q", ["q"], id="bound-below-limits"),
        pytest.param(r"\operatorname{Var}(X) + \mathrm{kg}", ["X"], id="names"),
        pytest.param(r"e^{i\pi} + \int f(x)\,dx", ["x"], id="constants"),
        pytest.param(r"A^T B^{\top} C^\top", ["A", "B", "C"], id="transposes"),
        pytest.param(r"P(H) \cdot P", ["H", "P"], id="probability-and-a-letter"),
        pytest.param(r"v : \mathbb{R} \to \mathbb{R}", ["v"], id="sets"),
        pytest.param(r"{a_{b_{c}", ["a"], id="braces-that-do-not-match"),
    ],
)
def test_symbols(latex: str, symbols: list[str]) -> None:
    assert symbols_of(latex) == symbols


def test_equations_state_something() -> None:
    assert all(states_something(latex) for latex in ("a = b", r"a \le b", r"a \propto b", "a < b"))
    assert not any(states_something(latex) for latex in (r"\frac{a}{b}", r"\left( a \right)"))
