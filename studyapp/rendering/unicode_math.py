"""Formulas as one line of Unicode text: x², α, √(a + b), (a + b)/c, ℝ."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from unicodedata import combining
from xml.etree.ElementTree import Element

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.errors import MathError
from studyapp.rendering.marks import without_cloze_marks
from studyapp.rendering.math_length import css_length
from studyapp.rendering.mathml import mathml_tree
from studyapp.rendering.mathml_symbols import BIG, CLOSING, FENCES, LONG, TIGHT
from studyapp.rendering.unicode_scripts import lowered, raised

_ACCENTS: Final = {
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "¨": "\u0308",
    "˚": "\u030a",
    "ˇ": "\u030c",
    "´": "\u0301",
    "`": "\u0300",
    "→": "\u20d7",
    "~": "\u0303",
    "^": "\u0302",
    "˷": "\u0330",
}
_BRACES: Final = frozenset("⏞⏟⎴⎵⏜⏝")
_ATOM = re.compile(r"[^\W_]+(?:[.,]\d+)?|.", re.DOTALL)
_FENCED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|⟨[^⟨⟩]*⟩|\|[^|]*\||‖[^‖]*‖")
_SPACES = re.compile(r" {2,}")
_EM = re.compile(r"(-?[\d.]+)em")
_THIN_EM = 0.15


@lru_cache(maxsize=2048)
def to_unicode(latex: str, macros: Macros = NO_MACROS) -> str:
    """The formula as text; what cannot be drawn is shown as LaTeX."""
    source = without_cloze_marks(latex)
    try:
        text = _text(mathml_tree(source, macros))
    except MathError:
        return source
    return _SPACES.sub(" ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()


def _text(element: Element) -> str:
    write = _WRITERS.get(element.tag)
    if write is not None:
        return write(element)
    if len(element) == 0:
        return element.text or ""
    return _row(element)


def _row(row: Element) -> str:
    parts: list[str] = []
    after_operand = False
    for i, child in enumerate(row):
        text = _text(child)
        if child.tag == "mfrac" and (_is_factor(row[i - 1 : i]) or _is_factor(row[i + 1 : i + 2])):
            text = f"({text})"
        if child.tag == "mo":
            parts.append(_spaced(text, after_operand=after_operand))
            after_operand = text in CLOSING or text in "|‖!"
        else:
            parts.append(text)
            # The empty element before the = of an aligned line counts as an operand.
            after_operand = not text.isspace() and not _is_big(child)
    text = "".join(parts)
    if row.get("class") == "boxed":
        return f"[{text}]"
    if row.get("class") == "overline":
        return "".join(f"{char}\u0305" for char in text)
    return text


def _is_factor(neighbour: list[Element]) -> bool:
    """Whether what stands beside a fraction would be read as part of it."""
    return bool(neighbour) and neighbour[0].tag not in ("mo", "mspace", "mtext")


def _spaced(sign: str, *, after_operand: bool) -> str:
    """An operator with the space around it that a line of text needs."""
    if sign in (",", ";"):
        return f"{sign} "
    if sign in BIG:
        return sign
    if sign in FENCES or sign in TIGHT or sign in "!.'" or not after_operand:
        return sign
    return f" {sign} "


def _is_big(element: Element) -> bool:
    return len(element) > 0 and (element[0].text or "") in BIG


def _group(text: str) -> str:
    """The text in brackets, unless it is one symbol, word or bracket already."""
    if not text or _ATOM.fullmatch(text) or _FENCED.fullmatch(text):
        return text
    return f"({text})"


def _operand(element: Element) -> str:
    text = _text(element)
    return _group(text) if " " in text else text


def _superscript(script: Element) -> str:
    text = _text(script).strip()
    return raised(text) or (f"^{_group(text)}" if text else "")


def _subscript(script: Element) -> str:
    text = _text(script).strip()
    return lowered(text) or (f"_{_group(text)}" if text else "")


def _under(element: Element) -> str:
    base, script = element
    if (script.text or "") in _BRACES:
        return _text(base)
    if _is_wide(script):
        return _accented(_text(base), _ACCENTS.get(script.text or "", ""))
    return _after_big(base, _operand(base) + _subscript(script))


def _is_wide(mark: Element) -> bool:
    return mark.get("class") == LONG["class"]


def _accented(text: str, accent: str) -> str:
    return f"{text if len(text) == 1 else f'({text})'}{accent}"


def _over(element: Element) -> str:
    base, mark = element
    text, sign = _text(base), mark.text or ""
    if sign in _BRACES:
        return text
    if len(sign) == 1 and combining(sign):
        return _accented(text, sign)
    if sign in _ACCENTS and (len(text) == 1 or _is_wide(mark)):
        return _accented(text, _ACCENTS[sign])
    return _after_big(base, _operand(base) + _superscript(mark))


def _after_big(base: Element, text: str) -> str:
    """Space between a big operator and what it applies to, and around an arrow."""
    if _is_wide(base):
        return f" {text} "
    return f"{text} " if base.tag == "mo" else text


def _both(element: Element) -> str:
    base, lower, upper = element
    return _after_big(base, _operand(base) + _subscript(lower) + _superscript(upper))


def _fraction(element: Element) -> str:
    top, bottom = (_text(child) for child in element)
    if element.get("linethickness") == "0":
        return f"{top} choose {bottom}"
    return f"{_group(top)}/{_group(bottom)}"


def _square_root(element: Element) -> str:
    return f"√{_group(_row(element))}"


def _root(element: Element) -> str:
    index = _text(element[1])
    return f"{raised(index) or f'({index})'}√{_group(_text(element[0]))}"


def _table(table: Element) -> str:
    rows = (" ".join(filter(None, (_row(cell).strip() for cell in row))) for row in table)
    return "; ".join(rows)


def _space(element: Element) -> str:
    width = _EM.match(css_length(element.get("width", "")) or "")
    em = float(width[1]) if width is not None else 0.0
    return "\N{EM SPACE}" if em >= 1 else " " if em > _THIN_EM else ""


_WRITERS: Final[dict[str, Callable[[Element], str]]] = {
    "msup": lambda element: _operand(element[0]) + _superscript(element[1]),
    "msub": lambda element: _operand(element[0]) + _subscript(element[1]),
    "msubsup": _both,
    "munder": _under,
    "mover": _over,
    "munderover": _both,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtable": _table,
    "mspace": _space,
    "mphantom": lambda _: "",
}
