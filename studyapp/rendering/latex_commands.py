r"""Which LaTeX commands there are: the tables to add to when one is missing.

A command is known when latex2mathml knows it and it is not `REFUSED`, or when a table here names
it. `MACROS` is the first place for a new one: a name and the LaTeX that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from studyapp.rendering.latex_signs import ALIASES, SIGNS
from studyapp.rendering.latex_text_commands import TEXT_STYLES

MACROS: Final[dict[str, tuple[int, str]]] = {
    # name: (number of arguments, what it stands for with #1, #2 … in their places)
    # sets and letters
    r"\N": (0, r"\mathbb{N}"),
    r"\Z": (0, r"\mathbb{Z}"),
    r"\R": (0, r"\mathbb{R}"),
    r"\reals": (0, r"\mathbb{R}"),
    r"\Reals": (0, r"\mathbb{R}"),
    r"\natnums": (0, r"\mathbb{N}"),
    r"\Complex": (0, r"\mathbb{C}"),
    r"\real": (0, r"\Re"),
    r"\image": (0, r"\Im"),
    r"\infin": (0, r"\infty"),
    **{name: (0, body) for name, body in ALIASES.items()},
    # capital Greek letters that look Latin
    r"\Alpha": (0, r"\mathrm{A}"),
    r"\Beta": (0, r"\mathrm{B}"),
    r"\Epsilon": (0, r"\mathrm{E}"),
    r"\Zeta": (0, r"\mathrm{Z}"),
    r"\Eta": (0, r"\mathrm{H}"),
    r"\Iota": (0, r"\mathrm{I}"),
    r"\Kappa": (0, r"\mathrm{K}"),
    r"\Mu": (0, r"\mathrm{M}"),
    r"\Nu": (0, r"\mathrm{N}"),
    r"\Omicron": (0, r"\mathrm{O}"),
    r"\Rho": (0, r"\mathrm{P}"),
    r"\Tau": (0, r"\mathrm{T}"),
    r"\Chi": (0, r"\mathrm{X}"),
    # operators and relations
    r"\arg": (0, r"\operatorname{arg}"),
    r"\argmin": (0, r"\operatorname*{arg\,min}"),
    r"\argmax": (0, r"\operatorname*{arg\,max}"),
    r"\liminf": (0, r"\operatorname*{lim\,inf}"),
    r"\limsup": (0, r"\operatorname*{lim\,sup}"),
    r"\injlim": (0, r"\operatorname*{inj\,lim}"),
    r"\projlim": (0, r"\operatorname*{proj\,lim}"),
    r"\varlimsup": (0, r"\overline{\lim}"),
    r"\varliminf": (0, r"\underline{\lim}"),
    r"\varinjlim": (0, r"\underrightarrow{\lim}"),
    r"\varprojlim": (0, r"\underleftarrow{\lim}"),
    r"\ll": (0, "≪"),
    r"\gg": (0, "≫"),
    r"\perp": (0, "⟂"),
    r"\implies": (0, r"\;\Longrightarrow\;"),
    r"\impliedby": (0, r"\;\Longleftarrow\;"),
    r"\iff": (0, r"\;\Longleftrightarrow\;"),
    r"\rarr": (0, r"\rightarrow"),
    r"\larr": (0, r"\leftarrow"),
    r"\rArr": (0, r"\Rightarrow"),
    r"\lArr": (0, r"\Leftarrow"),
    r"\harr": (0, r"\leftrightarrow"),
    r"\hArr": (0, r"\Leftrightarrow"),
    r"\colonequals": (0, "≔"),
    r"\coloneqq": (0, "≔"),
    r"\vcentcolon": (0, ":"),
    r"\sdot": (0, r"\cdot"),
    r"\plusmn": (0, r"\pm"),
    r"\isin": (0, r"\in"),
    r"\sub": (0, r"\subset"),
    r"\sube": (0, r"\subseteq"),
    r"\supe": (0, r"\supseteq"),
    # dots
    r"\ldots": (0, "…"),
    r"\dotsc": (0, "…"),
    r"\dotso": (0, "…"),
    r"\mathellipsis": (0, "…"),
    # fences
    r"\bra": (1, r"\langle #1\vert"),
    r"\Bra": (1, r"\left\langle #1\right\vert"),
    r"\ket": (1, r"\vert #1\rangle"),
    r"\Ket": (1, r"\left\vert #1\right\rangle"),
    r"\braket": (1, r"\langle #1\rangle"),
    # what says nothing here
    r"\label": (1, ""),
    r"\nonumber": (0, ""),
    r"\notag": (0, ""),
    r"\allowbreak": (0, ""),
    r"\nobreak": (0, ""),
    r"\displaylimits": (0, ""),
    r"\relax": (0, ""),
    r"\global": (0, ""),
    r"\mathnormal": (1, "{#1}"),
    r"\mathchoice": (4, "#1"),
    r"\pmb": (1, r"\boldsymbol{#1}"),
    r"\VERT": (0, r"\vert"),
    r"\mathinner": (1, r"\left.#1\right."),
    r"\dotsi": (0, r"\!\cdots"),
    r"\underbar": (1, r"\underline{\text{#1}}"),
    r"\llap": (1, r"\mathllap{\text{#1}}"),
    r"\rlap": (1, r"\mathrlap{\text{#1}}"),
    r"\clap": (1, r"\mathclap{\text{#1}}"),
    r"\angln": (0, r"{\angl{n}}"),
    # nothing happens when a formula is clicked, and nothing outside knows of its parts
    r"\href": (2, "{#2}"),
    r"\htmlClass": (2, "{#2}"),
    r"\htmlId": (2, "{#2}"),
    r"\htmlData": (2, "{#2}"),
    r"\url": (1, r"\texttt{#1}"),
    # logos
    r"\TeX": (0, r"\text{T}\kern-.1667em\raisebox{-.2155em}{E}\kern-.125em\text{X}"),
    r"\LaTeX": (0, r"\text{L}\kern-.35em\raisebox{.2em}{$\scriptstyle\text{A}$}\kern-.15em\TeX"),
    r"\KaTeX": (0, r"\text{K}\kern-.17em\raisebox{.2em}{$\scriptstyle\text{A}$}\kern-.15em\TeX"),
}

SPACES: Final[dict[str, float]] = {  # widths in em
    r"\,": 1 / 6,
    r"\thinspace": 1 / 6,
    r"\:": 2 / 9,
    r"\>": 2 / 9,
    r"\medspace": 2 / 9,
    r"\;": 5 / 18,
    r"\thickspace": 5 / 18,
    r"\enspace": 0.5,
    r"\quad": 1,
    r"\qquad": 2,
}
NEGATIVE_SPACES: Final = {
    # command: class of the element that leaves it
    r"\!": "back3",
    r"\negthinspace": "back3",
    r"\negmedspace": "back4",
    r"\negthickspace": "back5",
}


def _same(*names: str) -> dict[str, tuple[str, str]]:
    return {name: (f"\\begin{{{name}}}", f"\\end{{{name}}}") for name in names}


_ALIGNED = (r"\begin{align*}", r"\end{align*}")
_JOINED = (r"\class{joined}{\begin{align*}", r"\end{align*}}")
_CENTRED = (r"\begin{displaylines}", r"\end{displaylines}")
_ARRAY = (r"\begin{array}", r"\end{array}")

ENVIRONMENTS: Final[dict[str, tuple[str, str]]] = {
    # name: what latex2mathml is given for its two ends; equations are never numbered
    **dict.fromkeys(("align", "align*", "aligned"), _ALIGNED),
    **dict.fromkeys(("alignat", "alignat*", "alignedat"), _JOINED),
    **dict.fromkeys(("split", "eqnarray", "eqnarray*", "flalign", "flalign*"), _ALIGNED),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*"), _CENTRED),
    **dict.fromkeys(("equation", "equation*", "math", "displaymath"), _CENTRED),
    **dict.fromkeys(("array", "darray", "subarray"), _ARRAY),
    **_same("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix"),
    **_same("matrix*", "cases"),
    "pmatrix*": (r"\left(\begin{matrix*}", r"\end{matrix*}\right)"),
    "bmatrix*": (r"\left[\begin{matrix*}", r"\end{matrix*}\right]"),
    "Bmatrix*": (r"\left\{\begin{matrix*}", r"\end{matrix*}\right\}"),
    "vmatrix*": (r"\left|\begin{matrix*}", r"\end{matrix*}\right|"),
    "Vmatrix*": (r"\left\|\begin{matrix*}", r"\end{matrix*}\right\|"),
    "dcases": (r"\begin{cases}", r"\end{cases}"),
    "rcases": (r"\left.\begin{array}{ll}", r"\end{array}\right\}"),
    "drcases": (r"\left.\begin{array}{ll}", r"\end{array}\right\}"),
}

WITH_OPTION: Final = frozenset(
    name
    for name in ENVIRONMENTS
    if name.endswith("matrix*") or name in ("aligned", "alignedat", "gathered", "array", "darray")
)
"""Environments that may begin with `[t]` or `[r]`."""

DIMENSIONS: Final = frozenset(
    (r"\hspace", r"\hskip", r"\kern", r"\mkern", r"\mskip", r"\mspace", r"\hspace*")
)
"""Commands that leave the space given by their argument."""

STRETCH: Final = r"\arraystretch"
"""The macro whose meaning is a factor for the height of rows."""
EXPANDED: Final = (r"\edef", r"\xdef")
"""Definitions whose body is expanded when they are made."""
DEFINITIONS: Final = frozenset(
    (r"\def", r"\gdef", *EXPANDED, r"\newcommand", r"\renewcommand", r"\providecommand")
)

HANDLED: Final = frozenset(
    (
        r"\operatorname",
        r"\operatornamewithlimits",
        r"\begin",
        r"\end",
        r"\left",
        r"\right",
        r"\substack",
        r"\begingroup",
        r"\endgroup",
        *(r"\set", r"\Set", r"\Braket", r"\dots", r"\char", r"\tag", r"\raisebox"),
        *(r"\angl", r"\phase", r"\textcircled", r"\overlinesegment", r"\underlinesegment"),
        *(r"\overleftharpoon", r"\overrightharpoon", r"\Overrightarrow", r"\overgroup"),
        *(r"\undergroup", r"\utilde", r"\sixptsize", r"\htmlStyle", r"\vcenter"),
    )
)
"""Commands that `latex_input` reads itself."""

REFUSED: Final = {
    # command: what is told of it, if there is more to say than that
    **dict.fromkeys((r"\class", r"\style", r"\unicode", r"\math"), ""),
    **dict.fromkeys((r"\newenvironment", r"\DeclareMathOperator"), ""),
    r"\verb": r"\verb needs its words between two equal signs, as in \verb|words|",
    r"\includegraphics": r"\includegraphics is not drawn in formulas; write a Markdown picture",
}
"""Commands that are not let through: they reach attributes, files, or grow without end."""


@cache
def known_commands() -> frozenset[str]:
    r"""All commands, as `\name`; those that are not letters (`\,`) are always known."""
    ours = (MACROS, SIGNS, TEXT_STYLES, SPACES, NEGATIVE_SPACES, DIMENSIONS, DEFINITIONS, HANDLED)
    return frozenset(_of_latex2mathml()).union(*ours) - REFUSED.keys()


def _of_latex2mathml() -> Iterator[str]:
    # latex2mathml reads a table of 4,000 symbols when it is imported, so that waits until needed.
    from latex2mathml import commands  # noqa: PLC0415
    from latex2mathml.symbols_parser import SYMBOLS  # noqa: PLC0415

    for name, value in vars(commands).items():
        if name.isupper():
            yield from _names_in(value)
    yield from (name for name in SYMBOLS if name.startswith("\\"))


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("\\"):
        yield value
    elif isinstance(value, (tuple, dict)):
        for item in value:
            yield from _names_in(item)
