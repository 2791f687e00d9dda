r"""`\ce{…}` and `\pu{…}` are drawn as the LaTeX that mhchem makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.macros import NO_MACROS
from studyapp.errors import MathError
from studyapp.rendering.latex_chemistry import chemistry
from studyapp.rendering.latex_expand import without_macros
from studyapp.rendering.latex_tokens import text_of, tokenize
from studyapp.rendering.latex_units import units
from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN
from studyapp.rendering.mathml import to_mathml
from tests.rendering.markup import check_html


def latex_of(formula: str) -> str:
    return text_of(chemistry(list(tokenize(formula))))[1:-1]


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        pytest.param("H2O", r"\mathrm{H}{}_{2}\mathrm{O}", id="water"),
        pytest.param("C60", r"\mathrm{C}{}_{60}", id="two-digits"),
        pytest.param("SO4^2-", r"\mathrm{SO}{}_{4}{}^{2-}", id="charge"),
        pytest.param("Fe^3+", r"\mathrm{Fe}{}^{3+}", id="charge-without-braces"),
        pytest.param("X^{2+}", r"\mathrm{X}{}^{2+}", id="charge-in-braces"),
        pytest.param("OH-", r"\mathrm{OH}{}^{-}", id="charge-at-the-end"),
        pytest.param("[Ag(NH3)2]+", r"[\mathrm{Ag}(\mathrm{NH}{}_{3}){}_{2}]{}^{+}", id="complex"),
        pytest.param(
            "^{227}_{90}Th+",
            r"{}_{\hphantom{90}}^{\hphantom{227}}{}_{\mathllap{90}}^{\mathllap{227}}\mathrm{Th}{}^{+}",
            id="isotope",
        ),
        pytest.param("^14C", r"{}^{14}\mathrm{C}", id="isotope-without-braces"),
        pytest.param(
            "2H2 + O2 -> 2H2O",
            r"2\,\mathrm{H}{}_{2}+\mathrm{O}{}_{2}\xrightarrow{}2\,\mathrm{H}{}_{2}\mathrm{O}",
            id="reaction",
        ),
        pytest.param("1/2 O2", r"\tfrac{1}{2}\,\mathrm{O}{}_{2}", id="fraction"),
        pytest.param("(1/2)O2", r"(\tfrac{1}{2})\mathrm{O}{}_{2}", id="fraction-in-brackets"),
        pytest.param("0.5 O2", r"0.5\,\mathrm{O}{}_{2}", id="decimal"),
        pytest.param("n H2O", r"n\,\mathrm{H}{}_{2}\mathrm{O}", id="variable"),
        pytest.param("A<-B", r"\mathrm{A}\xleftarrow{}\mathrm{B}", id="backward"),
        pytest.param("A <=> B", r"\mathrm{A}\xrightleftharpoons{}\mathrm{B}", id="equilibrium"),
        pytest.param("A <-> B", r"\mathrm{A}\xleftrightarrow{}\mathrm{B}", id="resonance"),
        pytest.param(
            r"A ->[H2O][\Delta] B",
            r"\mathrm{A}\xrightarrow[{\Delta}]{\mathrm{H}{}_{2}\mathrm{O}}\mathrm{B}",
            id="labels",
        ),
        pytest.param("A ->[x] B", r"\mathrm{A}\xrightarrow{\mathrm{x}}\mathrm{B}", id="label"),
        pytest.param(
            "A <=>[x][y] B",
            r"\mathrm{A}\xrightleftharpoons[\mathrm{y}]{\mathrm{x}}\mathrm{B}",
            id="labels-of-an-equilibrium",
        ),
        pytest.param("Na+(aq)", r"\mathrm{Na}{}^{+}(\mathrm{aq})", id="state"),
        pytest.param(
            "C6H5-CHO", r"\mathrm{C}{}_{6}\mathrm{H}{}_{5}{-}\mathrm{CHO}", id="single-bond"
        ),
        pytest.param("CH2=CH2", r"\mathrm{CH}{}_{2}{=}\mathrm{CH}{}_{2}", id="double-bond"),
        pytest.param("HC#CH", r"\mathrm{HC}{\equiv}\mathrm{CH}", id="triple-bond"),
        pytest.param(
            "CuSO4*5H2O", r"\mathrm{CuSO}{}_{4}{\cdot}5\,\mathrm{H}{}_{2}\mathrm{O}", id="hydrate"
        ),
        pytest.param(
            "CuSO4.5H2O", r"\mathrm{CuSO}{}_{4}{\cdot}5\,\mathrm{H}{}_{2}\mathrm{O}", id="full-stop"
        ),
        pytest.param("A v", r"\mathrm{A}\downarrow{}", id="precipitate"),
        pytest.param("H2 ^", r"\mathrm{H}{}_{2}\uparrow{}", id="gas"),
        pytest.param("A <--> B", r"\mathrm{A}\xtofrom{}\mathrm{B}", id="both-ways"),
        pytest.param(r"[\{X\}2]^3+", r"[\{\mathrm{X}\}{}_{2}]{}^{3+}", id="braces-that-are-signs"),
        pytest.param("Fe^{III}2", r"\mathrm{Fe}{}^{\mathrm{III}}{}_{2}", id="oxidation"),
        pytest.param("C_nH_{2n}", r"\mathrm{C}{}_{n}\mathrm{H}{}_{2n}", id="index"),
        pytest.param("NO^.", r"\mathrm{NO}{}^{\bullet}", id="radical"),
        pytest.param("$x$ Na", r"{x}\ \mathrm{Na}", id="formula"),
        pytest.param(r"\mu-Cl", r"{\mu}\text{-}\mathrm{Cl}", id="command"),
    ],
)
def test_formulas(formula: str, latex: str) -> None:
    assert latex_of(formula) == latex
    check_html(to_mathml(rf"a \ce{{{formula}}} b", False))


@pytest.mark.parametrize(
    ("quantity", "latex"),
    [
        pytest.param("5", "5", id="number"),
        pytest.param("-1,5 m", r"-1{,}5~\mathrm{m}", id="comma"),
        pytest.param("kJ", r"\mathrm{kJ}", id="unit"),
        pytest.param("9.81 m/s2", r"9.81~\mathrm{m}/\mathrm{s}^{2}", id="slash"),
        pytest.param("123 kJ//mol", r"123~\tfrac{\mathrm{kJ}}{\mathrm{mol}}", id="fraction"),
        pytest.param(
            "1.2e3 m s^{-1}", r"1.2\cdot 10^{3}~\mathrm{m}\,\mathrm{s}^{-1}", id="power-of-ten"
        ),
        pytest.param("2x10^-3 V*A", r"2\cdot 10^{-3}~\mathrm{V}{\cdot}\mathrm{A}", id="times"),
        pytest.param(r"10 k\Omega", r"10~\mathrm{k\Omega}", id="command"),
        pytest.param(r"3+-0.5 \%", r"3\pm 0.5~\mathrm{\%}", id="error-and-percent"),
        pytest.param("20 °C", r"20~\mathrm{°C}", id="degrees"),
    ],
)
def test_units(quantity: str, latex: str) -> None:
    assert text_of(units(list(tokenize(quantity))))[1:-1] == latex
    check_html(to_mathml(rf"a \pu{{{quantity}}} b", False))


def test_what_is_no_unit_is_told() -> None:
    with pytest.raises(MathError, match=r"^& in \\pu is not supported$") as error:
        to_mathml(r"x + \pu{5 m&s}", False)
    assert (error.value.command, error.value.offset) == ("&", 11)


@pytest.mark.parametrize(
    ("formula", "sign", "offset"),
    [
        pytest.param("A <=>> B", "<=>>", 8, id="arrow"),
        pytest.param("K~Cl", "~", 7, id="sign"),
        pytest.param("A {b}", "{", 8, id="braces"),
        pytest.param("A ->[x ->[y] z] B", "[", 10, id="label-in-a-label"),
        pytest.param("A ->[B;C] D", ";", 12, id="within-a-label"),
    ],
)
def test_what_is_not_supported_is_told(formula: str, sign: str, offset: int) -> None:
    with pytest.raises(MathError) as error:
        to_mathml(rf"x + \ce{{{formula}}}"[2:], False)
    assert str(error.value) == rf"{sign} in \ce is not supported"
    assert (error.value.command, error.value.offset) == (sign, offset)


def test_a_cloze_within_is_marked() -> None:
    html = to_mathml(rf"\ce{{Na{CLOZE_OPEN}Cl{CLOZE_CLOSE}}}", False)
    assert '<mrow class="cloze">' in html


def test_the_export_leaves_it_to_anki_which_knows_it() -> None:
    assert without_macros(r"\def\a{\ce{H2O}}\a", NO_MACROS) == r"\ce{H2O}"


@given(st.text("HeO2+-^_{}[]()<=>#*. v$\\,/~", max_size=30) | st.text(max_size=30))
def test_any_text_is_drawn_or_refused(text: str) -> None:
    try:
        html = to_mathml(rf"\ce{{{text}}} \pu{{{text}}}", False)
    except MathError:
        return
    check_html(html)
