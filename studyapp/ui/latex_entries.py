r"""What the palette of LaTeX commands offers: name, what is inserted, and where it is found.

In what is inserted `$0` is where the cursor goes; the selection, if there is one, goes there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

CURSOR: Final = "$0"
"""Stands for the place of the cursor in what is inserted."""


@dataclass(frozen=True, slots=True)
class LatexEntry:
    """A line of the palette."""

    name: str
    """By which it is found: the command, and words that describe it."""
    inserted: str
    category: str
    sample: str = ""
    """A formula that shows it; the command itself if empty."""

    @property
    def shown(self) -> str:
        """The formula that is drawn beside the name."""
        return self.sample or self.inserted.replace(CURSOR, "")


_SIGNS: Final[dict[str, str]] = {
    "Greek": r"""alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa
        lambda mu nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega
        Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega""",
    "Relations": r"""leq geq neq equiv approx sim simeq cong propto ll gg prec succ preceq succeq
        in ni notin subset supset subseteq supseteq subsetneq perp parallel mid nmid models vdash
        dashv asymp doteq coloneqq""",
    "Arrows": r"""to rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow
        longrightarrow longleftarrow Longrightarrow Longleftarrow implies impliedby iff mapsto
        longmapsto uparrow downarrow updownarrow Uparrow Downarrow nearrow searrow swarrow nwarrow
        hookrightarrow hookleftarrow rightharpoonup rightharpoondown rightleftharpoons leadsto""",
    "Operators": r"""pm mp times div cdot ast star circ bullet oplus ominus otimes oslash odot
        cap cup sqcap sqcup wedge vee setminus wr amalg dagger""",
    "Logic and sets": r"""forall exists nexists neg land lor top bot emptyset varnothing infty
        aleph complement therefore because N Z mathbb{Q} R mathbb{C}""",
    "Symbols": r"""partial nabla hbar ell Re Im wp angle triangle square prime degree ldots cdots
        vdots ddots imath jmath dag ddag S P copyright checkmark""",
    "Functions": r"""sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log ln lg
        max min sup inf lim limsup liminf argmax argmin arg det dim ker deg gcd hom Pr""",
}
"""Commands without arguments, by category."""

_BUILT: Final[tuple[tuple[str, str, str, str], ...]] = (
    # category, words that find it, what is inserted, a formula that shows it
    ("Structures", r"\frac fraction", r"\frac{$0}{}", r"\frac{a}{b}"),
    ("Structures", r"\tfrac small fraction", r"\tfrac{$0}{}", r"\tfrac{a}{b}"),
    ("Structures", r"\binom binomial choose", r"\binom{$0}{}", r"\binom{n}{k}"),
    ("Structures", r"\sqrt square root", r"\sqrt{$0}", r"\sqrt{x}"),
    ("Structures", r"\sqrt[n] root", r"\sqrt[$0]{}", r"\sqrt[3]{x}"),
    ("Structures", "^ superscript power exponent", "^{$0}", "x^{n}"),
    ("Structures", "_ subscript index", "_{$0}", "x_{i}"),
    ("Structures", r"\overset above", r"\overset{$0}{}", r"\overset{!}{=}"),
    ("Structures", r"\underset below", r"\underset{$0}{}", r"\underset{x}{\max}"),
    ("Structures", r"\underbrace brace below", r"\underbrace{$0}_{}", r"\underbrace{x + y}_{z}"),
    ("Structures", r"\overbrace brace above", r"\overbrace{$0}^{}", r"\overbrace{x + y}^{z}"),
    ("Structures", r"\xrightarrow arrow with text", r"\xrightarrow{$0}", r"\xrightarrow{f}"),
    ("Structures", r"\boxed box frame", r"\boxed{$0}", r"\boxed{x}"),
    ("Structures", r"\cancel struck out", r"\cancel{$0}", r"\cancel{x}"),
    ("Structures", r"\ce chemistry", r"\ce{$0}", r"\ce{H2O}"),
    ("Big operators", r"\sum sum", r"\sum_{$0}^{}", r"\sum_{i=1}^{n}"),
    ("Big operators", r"\prod product", r"\prod_{$0}^{}", r"\prod_{i=1}^{n}"),
    ("Big operators", r"\int integral", r"\int_{$0}^{}", r"\int_{a}^{b}"),
    ("Big operators", r"\iint double integral", r"\iint_{$0}", r"\iint_{D}"),
    ("Big operators", r"\oint contour integral", r"\oint_{$0}", r"\oint_{C}"),
    ("Big operators", r"\bigcup union", r"\bigcup_{$0}", r"\bigcup_{i}"),
    ("Big operators", r"\bigcap intersection", r"\bigcap_{$0}", r"\bigcap_{i}"),
    ("Big operators", r"\bigoplus direct sum", r"\bigoplus_{$0}", r"\bigoplus_{i}"),
    ("Big operators", r"\lim limit", r"\lim_{$0}", r"\lim_{x \to 0}"),
    ("Accents", r"\hat", r"\hat{$0}", r"\hat{x}"),
    ("Accents", r"\widehat wide hat", r"\widehat{$0}", r"\widehat{x}"),
    ("Accents", r"\tilde", r"\tilde{$0}", r"\tilde{x}"),
    ("Accents", r"\bar mean", r"\bar{$0}", r"\bar{x}"),
    ("Accents", r"\overline line above", r"\overline{$0}", r"\overline{x}"),
    ("Accents", r"\underline line below", r"\underline{$0}", r"\underline{x}"),
    ("Accents", r"\vec vector", r"\vec{$0}", r"\vec{v}"),
    ("Accents", r"\dot derivative", r"\dot{$0}", r"\dot{x}"),
    ("Accents", r"\ddot second derivative", r"\ddot{$0}", r"\ddot{x}"),
    ("Accents", r"\check", r"\check{$0}", r"\check{x}"),
    ("Accents", r"\acute", r"\acute{$0}", r"\acute{x}"),
    ("Delimiters", r"\left( \right) parentheses round", r"\left( $0 \right)", "(x)"),
    ("Delimiters", r"\left[ \right] square brackets", r"\left[ $0 \right]", "[x]"),
    ("Delimiters", r"\left\{ \right\} curly braces set", r"\left\{ $0 \right\}", r"\{x\}"),
    ("Delimiters", r"\left| \right| absolute value", r"\left| $0 \right|", "|x|"),
    ("Delimiters", r"\left\| \right\| norm", r"\left\| $0 \right\|", r"\|x\|"),
    ("Delimiters", r"\langle \rangle angle inner product", r"\langle $0 \rangle", ""),
    ("Delimiters", r"\lfloor \rfloor floor", r"\lfloor $0 \rfloor", r"\lfloor x \rfloor"),
    ("Delimiters", r"\lceil \rceil ceiling", r"\lceil $0 \rceil", r"\lceil x \rceil"),
    ("Delimiters", r"\mid such that condition", r"\mid $0", ""),
    ("Alphabets", r"\mathbb blackboard", r"\mathbb{$0}", r"\mathbb{E}"),
    ("Alphabets", r"\mathcal calligraphic", r"\mathcal{$0}", r"\mathcal{L}"),
    ("Alphabets", r"\mathfrak fraktur", r"\mathfrak{$0}", r"\mathfrak{g}"),
    ("Alphabets", r"\mathscr script", r"\mathscr{$0}", r"\mathscr{F}"),
    ("Alphabets", r"\mathbf bold", r"\mathbf{$0}", r"\mathbf{x}"),
    ("Alphabets", r"\boldsymbol bold symbol", r"\boldsymbol{$0}", r"\boldsymbol{\theta}"),
    ("Alphabets", r"\mathrm upright roman", r"\mathrm{$0}", r"\mathrm{d}"),
    ("Alphabets", r"\mathsf sans serif", r"\mathsf{$0}", r"\mathsf{A}"),
    ("Alphabets", r"\mathtt typewriter", r"\mathtt{$0}", r"\mathtt{x}"),
    ("Alphabets", r"\text words", r"\text{$0}", r"\text{if}"),
    ("Alphabets", r"\operatorname named operator", r"\operatorname{$0}", r"\operatorname{tr}"),
    ("Spaces", r"\, thin space", r"\,$0", r"a\,b"),
    ("Spaces", r"\; thick space", r"\;$0", r"a\;b"),
    ("Spaces", r"\quad wide space", r"\quad $0", r"a\quad b"),
    ("Spaces", r"\qquad widest space", r"\qquad $0", r"a\qquad b"),
)

_ENVIRONMENTS: Final[tuple[tuple[str, str, str, str], ...]] = (
    # name, words, first lines, sample body
    ("matrix", "plain", "$0 &  \\\\\n  & ", r"a & b \\ c & d"),
    ("pmatrix", "round brackets", "$0 &  \\\\\n  & ", r"a & b \\ c & d"),
    ("bmatrix", "square brackets", "$0 &  \\\\\n  & ", r"a & b \\ c & d"),
    ("vmatrix", "determinant", "$0 &  \\\\\n  & ", r"a & b \\ c & d"),
    ("Vmatrix", "norm bars", "$0 &  \\\\\n  & ", r"a & b \\ c & d"),
    ("cases", "distinction piecewise", "$0 & \\text{if } \\\\\n  & \\text{else}", r"a \\ b"),
    ("aligned", "equations lines", "$0 &=  \\\\\n  &= ", r"a &= b"),
    ("gathered", "centred lines", "$0 \\\\\n  ", r"a \\ b"),
    ("array", "columns", "{cc}\n  $0 &  \\\\\n  & ", r"{cc} a & b"),
)


def entries() -> tuple[LatexEntry, ...]:
    """All of them, category by category."""
    return (*_structures(), *_environments(), *_signs())


def _structures() -> Iterator[LatexEntry]:
    for category, name, inserted, sample in _BUILT:
        yield LatexEntry(name, inserted, category, sample)


def _environments() -> Iterator[LatexEntry]:
    for name, words, body, sample in _ENVIRONMENTS:
        begin = "" if body.startswith("{") else "\n  "
        inserted = f"\\begin{{{name}}}{begin}{body}\n\\end{{{name}}}"
        shown = f"\\begin{{{name}}}{sample}\\end{{{name}}}"
        yield LatexEntry(f"{name} {words}", inserted, "Matrices and lines", shown)


def _signs() -> Iterator[LatexEntry]:
    for category, commands in _SIGNS.items():
        for command in commands.split():
            yield LatexEntry(f"\\{command}", f"\\{command}{_gap(command)}$0", category)


def _gap(command: str) -> str:
    """What keeps a letter that follows from being read as part of the command."""
    return "" if command.endswith("}") else " "


def categories(found: Iterable[LatexEntry]) -> tuple[str, ...]:
    """Of these entries, in their order."""
    return tuple(dict.fromkeys(each.category for each in found))


def matching(words: str, category: str, among: Iterable[LatexEntry]) -> list[LatexEntry]:
    """Entries of a category ("": of any) that have all words in their names, the closest first."""
    wanted = words.split()
    found = [
        each
        for each in among
        if category in ("", each.category)
        and all(word.casefold() in f"{each.name} {each.category}".casefold() for word in wanted)
    ]
    return sorted(found, key=lambda each: _distance(words, each.name))


def _distance(words: str, name: str) -> int:
    """How far what was typed is from the name: 0 the command itself, 1 its beginning, 2 else."""
    command = name.split(maxsplit=1)[0].removeprefix("\\")
    typed = words.strip().removeprefix("\\")
    if not typed:
        return 0
    if command == typed:
        return 0
    if command.casefold() == typed.casefold():
        return 1
    return 2 if command.startswith(typed) else 3
