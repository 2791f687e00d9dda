r"""Formulas in common words, which are most: that the app can draw them is told without drawing.

A formula is taken apart from its innermost groups outwards, as `\hat{x}_{i+1}` is a letter with a
script. What this does not understand must be drawn to be known.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 300
"""Characters; a short formula is within every bound of the app."""
_DEEPEST: Final = 6

_SIGN_NAMES = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi
    Psi Omega infty partial nabla ell hbar emptyset varnothing forall exists cdot times pm mp leq
    geq le ge ne neq approx equiv sim simeq cong propto in notin subset subseteq supset supseteq cup
    cap setminus to mapsto rightarrow leftarrow Rightarrow Leftarrow mid parallel perp land lor neg
    wedge vee oplus otimes circ ldots cdots dots sum prod int log ln exp sin cos tan max min sup inf
    lim det langle rangle lVert rVert lvert rvert
"""
SIGNS: Final = tuple(_SIGN_NAMES.split())
"""Commands without an argument that may stand anywhere."""
_ACCENT_NAMES = "hat bar tilde vec dot mathbb mathcal mathbf mathrm mathsf mathit overline sqrt"
ACCENTS: Final = tuple(_ACCENT_NAMES.split())
"""Commands that take one group."""
FRACTIONS: Final = ("frac", "binom", "tfrac", "dfrac")
"""Commands that take two."""

_GROUP, _LARGE = "\x01", "\x02"
"""What stands for a group, and for one with a command before it."""
_SIGN = rf"\\(?:{'|'.join(sorted(SIGNS, key=len, reverse=True))})(?![A-Za-z])"
_NUCLEUS = rf"(?:[A-Za-z0-9{_GROUP}]|{_SIGN})"
_SCRIPTS = rf"(?:_{_NUCLEUS}(?:\^{_NUCLEUS})?|\^{_NUCLEUS}(?:_{_NUCLEUS})?)"
_PIECE = rf"(?:[-+=<>,.;:()!|/* ]|(?:{_NUCLEUS}|{_LARGE}){_SCRIPTS}?|\\[,;:! ])"
_ROW = re.compile(rf"{_PIECE}++")
_INNER: Final = re.compile(rf"\{{ *(?![ }}]){_PIECE}++\}}")
_WITH_GROUPS: Final = re.compile(
    rf"\\(?:(?:{'|'.join(FRACTIONS)}){_GROUP}{_GROUP}|(?:{'|'.join(ACCENTS)}){_GROUP})"
)


def is_surely_drawn(latex: str) -> bool:
    """Whether the app can draw the formula; False: perhaps. None of its commands is a macro."""
    if len(latex) > LONGEST or _GROUP in latex or _LARGE in latex:
        return False
    for _ in range(_DEEPEST):
        if "{" not in latex:
            return _ROW.fullmatch(latex) is not None
        grouped = _INNER.sub(_GROUP, latex)
        if grouped == latex:
            return False
        latex = _WITH_GROUPS.sub(_LARGE, grouped)
    return False
