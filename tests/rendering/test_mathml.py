"""LaTeX becomes MathML that browsers draw, or an error that names what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.errors import MathError
from studyapp.rendering.latex_commands import MACROS, REFUSED, known_commands
from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN
from studyapp.rendering.mathml import MAX_SIGNS, mathml_tree, to_mathml
from studyapp.rendering.mathml_writer import write
from tests.fixtures.cases import read_cases
from tests.rendering.markup import check_html

LATEX = st.lists(
    st.sampled_from(
        [
            *("{", "}", "[", "]", "(", ")", "^", "_", "&", r"\\", "'", "|", ".", ",", "<", "-"),
            *(r"\left", r"\right", r"\middle|", r"\frac", r"\sqrt", r"\hat", r"\text{a $x$}"),
            *(r"\begin{aligned}", r"\end{aligned}", r"\begin{array}{c|c}", r"\end{array}"),
            *(r"\begin{cases}", r"\end{cases}", r"\hline", r"\substack", r"\limits", r"\nolimits"),
            *(r"\operatorname*{a}", r"\mathrm", r"\mathop", r"\not", r"\color{red}", r"\over"),
            *(r"\def\a", r"\a", "#1", "$", "%", "~", "\\", "\ue000", "\ufffd", "&lt;", "é", "𝔸"),
            *(r"\set", r"\Bigl", r"\tag", r"\rule", r"\bf", r"\small", r"\colorbox{red}", r"\char"),
            *(r"\raisebox{1em}", r"\angl", r"\begingroup", r"\endgroup", r"\llap", r"\dots"),
            *("x", "y", "1", "2.5", " ", CLOZE_OPEN, CLOZE_CLOSE, r"\sum", r"\foo", r"\,", r"\!"),
        ]
    ),
    max_size=20,
).map("".join)


@pytest.mark.parametrize(("formulas", "mathml"), read_cases("rendering_math.md"))
def test_mathml(formulas: str, mathml: str) -> None:
    assert "\n".join(write(mathml_tree(latex)) for latex in formulas.split("\n")) == mathml


@pytest.mark.parametrize(("formulas", "reasons"), read_cases("rendering_math_errors.md"))
def test_errors(formulas: str, reasons: str) -> None:
    for latex, reason in zip(formulas.split("\n"), reasons.split("\n"), strict=True):
        with pytest.raises(MathError) as error:
            to_mathml(latex, False)
        assert str(error.value) == reason


@given(LATEX | st.text(max_size=60))
def test_any_latex_is_drawn_safely_or_refused(latex: str) -> None:
    try:
        html = to_mathml(latex, False)
    except MathError:
        return
    check_html(html)


def test_the_source_is_kept_as_an_annotation() -> None:
    assert to_mathml("a < b", True) == (
        '<math display="block"><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>'
        '<annotation encoding="application/x-tex">a &lt; b</annotation></semantics></math>'
    )


def test_text_cannot_leave_its_element() -> None:
    html = to_mathml(r"\text{</mtext><script>alert(1)</script>&lt;b&gt;}", False)
    assert "<script" not in html
    assert "&lt;/mtext&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;b&amp;gt;" in html


@pytest.mark.parametrize("command", sorted(REFUSED))
def test_refused_commands_are_not_known(command: str) -> None:
    assert command not in known_commands()


@pytest.mark.parametrize("name", sorted(MACROS))
def test_every_macro_can_be_drawn(name: str) -> None:
    arguments = "{x}" * MACROS[name][0]
    check_html(to_mathml(f"a {name}{arguments} b", False))


def test_long_formulas_are_refused() -> None:
    with pytest.raises(MathError, match="more than 1,800 signs"):
        to_mathml("x" * (MAX_SIGNS + 1), False)
    with pytest.raises(MathError, match="more than 1,800 signs"):
        to_mathml(rf"\def\a{{{'x' * 600}}}\a\a\a\a", False)
    check_html(to_mathml("x" * MAX_SIGNS, False))


def test_a_cloze_in_a_formula_becomes_a_group_of_its_class() -> None:
    html = to_mathml(f"a_{CLOZE_OPEN}i+1{CLOZE_CLOSE}", False)
    assert '<mrow class="cloze"><mi>i</mi><mo lspace="0" rspace="0">+</mo><mn>1</mn></mrow>' in html
    assert ">a_i+1</annotation>" in html


@pytest.mark.parametrize(
    "latex",
    [
        pytest.param(
            r"\begin{aligned} a &= «b \\ c &= d» \end{aligned}", id="over lines of a table"
        ),
        pytest.param(r"\left( «a \right) + \left( b» \right)", id="over a fence"),
        pytest.param("{«a} + {b»}", id="over braces"),
        pytest.param("a»", id="without a beginning"),
    ],
)
def test_a_cloze_that_is_no_group_is_drawn_without_mark(latex: str) -> None:
    marked = latex.replace("«", CLOZE_OPEN).replace("»", CLOZE_CLOSE)
    plain = latex.replace("«", "").replace("»", "")
    assert to_mathml(marked, True) == to_mathml(plain, True)
