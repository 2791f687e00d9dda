r"""LaTeX as authors write it, rewritten so that latex2mathml reads it rightly.

What latex2mathml garbles (text, operator names, spaces) is taken out as an atom: a private-use
character stands in its place, and the finished element is put there afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.errors import MathError
from studyapp.rendering import latex_commands
from studyapp.rendering.latex_boxes import BOXES
from studyapp.rendering.latex_commands import NEGATIVE_SPACES, SPACES
from studyapp.rendering.latex_expand import expand
from studyapp.rendering.latex_shapes import SHAPES
from studyapp.rendering.latex_tables import TABLES
from studyapp.rendering.latex_text import operator_name, text_runs
from studyapp.rendering.latex_text_commands import TEXT_STYLES
from studyapp.rendering.latex_tokens import SPACE, text_of, tokenize
from studyapp.rendering.latex_writer import Handler, LatexWriter
from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN
from studyapp.rendering.math_length import css_length

_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_DELIMITERS = frozenset("()[]<>/|.⟨⟩⌈⌉⌊⌋‖↑↓↕⇑⇓⇕")
_TALLER_IN_DISPLAY = frozenset((r"\frac", r"\sum", r"\int", r"\prod", r"\lim", r"\binom"))
_OPENING = frozenset(("{", r"\left", r"\begin"))
_CLOSING = frozenset(("}", r"\right", r"\end"))
_UNIT_AFTER_NUMBER = re.compile(r"(?<=\d)\s*(?=(?:in|mm|cm|pt|em|ex|pc|bp|dd|cc|sp|mu))")
_MEASURING = re.compile(r"\\(?:rule|raise|lower|move|above|genfrac)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What latex2mathml is given."""

    latex: str
    atoms: tuple[Element, ...]
    """What stands for the private-use characters from `FIRST_ATOM` on."""


def prepare(latex: str, macros: Macros = NO_MACROS) -> Prepared:
    """Rewrites a formula; MathError names what is unknown, misplaced or not closed."""
    writer = LatexWriter(_HANDLERS, frozenset(macro.name for macro in macros.entries))
    writer.run(expand(tokenize(_PRIVATE_USE.sub("\ufffd", latex)), macros))
    text = text_of(writer.out)
    if writer.broken:
        text = rf"\begin{{displaylines}}{text}\end{{displaylines}}"
    if not _MEASURING.search(text):
        # latex2mathml would take "2in" or "3 pt" for a length.
        text = _UNIT_AFTER_NUMBER.sub("{}", text)
    return Prepared(text, tuple(writer.atoms))


def _brace(writer: LatexWriter, token: str) -> None:
    if token == "{":
        writer.open("{", token)
    else:
        writer.close("{", token)
    writer.out.append(token)


def _fence(writer: LatexWriter, token: str) -> None:
    r"""`\left` and `\right` with the delimiter that follows."""
    if token == r"\left":
        writer.open(token, token)
    else:
        writer.close(r"\left", token)
    writer.reader.skip_space()
    if not writer.reader:
        raise MathError(f"{token} misses a delimiter")
    delimiter = writer.reader.next()
    if delimiter[0] != "\\" and delimiter not in _DELIMITERS:
        raise MathError(f"{token} is followed by {delimiter}, which is no delimiter")
    writer.out += [token, {"<": r"\langle", ">": r"\rangle"}.get(delimiter, delimiter)]


def _cloze(writer: LatexWriter, token: str) -> None:
    """What a cloze holds becomes a group of its own class, if it can be a group."""
    content = writer.reader.until(CLOZE_CLOSE)
    if _is_whole(content):
        writer.out += ["{", r"\class{cloze}", "{"]
        writer.run(content)
        writer.out += ["}", "}"]
    else:
        writer.reader.put_back(content)


def _ignore(writer: LatexWriter, token: str) -> None:
    """Leaves a token out."""


def _text(writer: LatexWriter, token: str) -> None:
    writer.open("{")
    writer.out.append("{")
    for run in text_runs(writer.reader.argument(token), TEXT_STYLES[token]):
        if run.math:
            style = [r"\textstyle"] if _TALLER_IN_DISPLAY & set(run.math) else []
            writer.run(["{", *style, *run.math, "}"])
        else:
            writer.atom("mtext", run.text, {"class": run.style} if run.style else None)
    writer.close("{", token)
    writer.out.append("}")


def _space(writer: LatexWriter, token: str) -> None:
    writer.atom("mspace", attributes={"width": f"{SPACES[token]:.4g}em"})


def _negative_space(writer: LatexWriter, token: str) -> None:
    writer.atom("mspace", attributes={"class": NEGATIVE_SPACES[token]})


def _dimension(writer: LatexWriter, token: str) -> None:
    writer.reader.take("*")
    width = css_length("".join(_length(writer, token)))
    if width is None:
        raise MathError(f"{token} needs a length such as 1em")
    mu = round(-float(width[:-2]) * 18) if width.startswith("-") and width[-2:] == "em" else 0
    back = {"class": f"back{min(mu, 18)}"}
    writer.atom("mspace", attributes=back if mu > 0 else {"width": width})


def _length(writer: LatexWriter, token: str) -> list[str]:
    tokens = writer.reader.argument(token)
    if len(tokens) == 1 and not tokens[0].isalpha():
        # Without braces: digits, then the two letters of the unit.
        while writer.reader and (tokens[-1] == SPACE or not tokens[-1].isalpha()):
            tokens.append(writer.reader.next())
        if writer.reader:
            tokens.append(writer.reader.next())
    return tokens


def _operator(writer: LatexWriter, token: str) -> None:
    limits = writer.reader.take("*") or token != r"\operatorname"
    tokens = writer.reader.argument(token)
    is_asked = writer.reader.take(r"\limits")
    limits = is_asked or limits
    name = operator_name(tokens)
    if name is None:
        font = [] if token == r"\mathop" else [r"\mathrm"]
        writer.run([*font, "{", *tokens, "}"])
    elif limits:
        always = {"always": "true"} if is_asked else {}
        writer.atom("mo", name, {"movablelimits": "true", "lspace": "0", "rspace": "0", **always})
    else:
        writer.atom("mi", name)


def _no_limits(writer: LatexWriter, token: str) -> None:
    """An operator between braces does not count as one that takes limits."""
    if writer.out and writer.out[-1] != "}":
        writer.out[-1:] = ["{", writer.out[-1], "}"]


def _misplaced(writer: LatexWriter, token: str) -> None:
    raise MathError(f"{token} stands inside a formula; write \\{token} for the sign")


def _last(writer: LatexWriter, token: str) -> None:
    raise MathError("The formula ends with a backslash")


_HANDLERS: Final[dict[str, Handler]] = {
    **dict.fromkeys(TEXT_STYLES, _text),
    **dict.fromkeys(SPACES, _space),
    **dict.fromkeys(NEGATIVE_SPACES, _negative_space),
    **SHAPES,
    **BOXES,
    **TABLES,
    **dict.fromkeys(latex_commands.DIMENSIONS, _dimension),
    **dict.fromkeys(("{", "}"), _brace),
    **dict.fromkeys((r"\left", r"\right"), _fence),
    CLOZE_OPEN: _cloze,
    CLOZE_CLOSE: _ignore,
    **dict.fromkeys((r"\operatorname", r"\operatornamewithlimits", r"\mathop"), _operator),
    **dict.fromkeys(("$", "#"), _misplaced),
    r"\nolimits": _no_limits,
    "\\": _last,
}


def _is_whole(tokens: list[str]) -> bool:
    """Whether tokens can stand between braces: nothing in them belongs to what is outside."""
    depth = 0
    for token in tokens:
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth < 0 or (depth == 0 and token in ("&", r"\\", r"\cr")):
            return False
    return depth == 0
