"""Draws the formulas of one text, and no more of them than can be drawn at once."""

from __future__ import annotations

from typing import Final

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.errors import MathError
from studyapp.rendering.latex_tokens import sign_count
from studyapp.rendering.mathml import to_mathml

MAX_SIGNS: Final = 1_800
"""Signs and commands in the formulas of one text: about 30 ms."""
_COST_OF_MISTAKE: Final = 5
"""Signs that could be drawn in the time in which a formula is found to be wrong."""
_ELEMENTS_AROUND: Final = 3


class FormulaDrawer:
    """What `markdown.to_html` needs to draw formulas for a page; one for each text.

    Signs are counted whether a formula was drawn before or not, so that a text always looks the
    same.
    """

    def __init__(self, macros: Macros = NO_MACROS) -> None:
        self._macros = macros
        self._left = MAX_SIGNS

    def __call__(self, latex: str, display: bool) -> str:
        """Safe HTML of a formula; raises MathError, also if it is too much after the others."""
        signs = sign_count(latex)
        if signs > self._left:
            raise MathError(
                f"The formulas of this text have more than {MAX_SIGNS:,} signs; "
                "divide it among several notes"
            )
        try:
            math = to_mathml(latex, display, self._macros)
        except MathError:
            self._left -= signs + _COST_OF_MISTAKE
            raise
        # Macros are expanded by now. Each element has two tags.
        self._left -= max(signs, math.count("<") // 2 - _ELEMENTS_AROUND)
        return f'<span class="math-display">{math}</span>' if display else math
