"""LaTeX to MathML that is safe to put into a page."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.errors import MathError
from studyapp.rendering.latex_tokens import sign_count
from studyapp.rendering.marks import without_cloze_marks
from studyapp.rendering.mathml_writer import write

MAX_SIGNS: Final = 1_800
"""Signs and commands in one formula, its macros expanded: it takes less than 30 ms."""
_REASONS: Final = {
    # what latex2mathml raises: what that means to an author
    "DenominatorNotFoundError": "A fraction has no denominator",
    "DoubleSubscriptsError": "Two subscripts follow each other; put braces around one of them",
    "DoubleSuperscriptsError": "Two superscripts follow each other; put braces around one of them",
    "ExtraLeftOrMissingRightError": r"\left, \middle and \right do not match",
    "InvalidAlignmentError": "The columns of an array are given by l, c and r",
    "InvalidStyleForGenfracError": r"The style of a \genfrac is 0, 1, 2 or 3",
    "InvalidWidthError": r"The width of a \skew is a number",
    "LimitsMustFollowMathOperatorError": r"\limits must follow an operator such as \sum",
    "MissingEndError": r"A \begin has no \end",
    "MissingSuperScriptOrSubscriptError": "^ or _ is followed by nothing",
    "NumeratorNotFoundError": "A fraction has no numerator",
    "RecursionError": "The formula is nested too deeply",
}


@lru_cache(maxsize=2048)
def to_mathml(latex: str, display: bool, macros: Macros = NO_MACROS) -> str:
    """A `<math>` element, escaped, with the LaTeX as its annotation.

    `latex` is without delimiters; `display` stands on a line of its own; `macros` are known in it
    besides those that it defines. Raises MathError, whose message fits behind the source, for what
    cannot be drawn. The same formula is drawn once.
    """
    math = Element("math", {"display": "block"} if display else {})
    semantics = SubElement(math, "semantics")
    semantics.append(mathml_tree(latex, macros))
    annotation = SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    annotation.text = without_cloze_marks(latex)
    return write(math)


def mathml_tree(latex: str, macros: Macros = NO_MACROS) -> Element:
    """The formula as an `mrow` of mended MathML; raises MathError."""
    _check_length(latex)
    # What reads LaTeX waits for the first formula, so that the window opens sooner.
    from studyapp.rendering.latex_input import prepare  # noqa: PLC0415
    from studyapp.rendering.mathml_repair import repair  # noqa: PLC0415
    from studyapp.rendering.mathml_spacing import space_formula  # noqa: PLC0415

    try:
        prepared = prepare(latex, macros)
        _check_length(prepared.latex)
        formula = repair(_convert(prepared.latex), prepared.atoms)
        space_formula(formula)
        return formula
    except RecursionError:
        raise MathError(_REASONS["RecursionError"]) from None


def _check_length(latex: str) -> None:
    if sign_count(latex) > MAX_SIGNS:
        raise MathError(f"The formula has more than {MAX_SIGNS:,} signs")


def _convert(latex: str) -> Element:
    """What latex2mathml makes of it; limits and display style are left to `repair`."""
    # latex2mathml reads a table of 4,000 symbols when it is imported.
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415

    if not latex.strip():
        return Element("mrow")
    try:
        tree: Element = convert_to_element(latex)
    except Exception as error:
        reason = _REASONS.get(type(error).__name__, "A part of the formula is missing")
        raise MathError(reason) from error
    return tree[0]
