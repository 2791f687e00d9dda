r"""What commands write for a sign, a line around something, or a change of alphabet or size."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from studyapp.errors import MathError
from studyapp.rendering.latex_fences import BEGINNINGS, ENDS, FENCES_BY_NAME
from studyapp.rendering.latex_signs import SIGNS
from studyapp.rendering.latex_tokens import text_of
from studyapp.rendering.latex_writer import Handler, LatexWriter
from studyapp.rendering.math_alphabets import in_alphabet
from studyapp.rendering.math_length import css_length
from studyapp.rendering.mathml_symbols import IN_MANY_LENGTHS, LONG


def _sign(writer: LatexWriter, token: str) -> None:
    sign, tag, attributes = SIGNS[token]
    writer.atom(tag, sign, attributes)


def _begin_group(writer: LatexWriter, token: str) -> None:
    writer.open("{", token)
    writer.out.append("{")


def _end_group(writer: LatexWriter, token: str) -> None:
    writer.close("{", token)
    writer.out.append("}")


def _in_class(writer: LatexWriter, name: str, tokens: list[str]) -> None:
    writer.open("{")
    writer.out += ["{", f"\\class{{{name}}}", "{"]
    writer.run(tokens)
    writer.close("{", "}")
    writer.out += ["}", "}"]


_LINES: Final = {
    # command: class of the lines around its argument
    r"\angl": "actuarial",
    r"\phase": "phase",
    r"\overlinesegment": "oversegment",
    r"\underlinesegment": "undersegment",
}
_SWITCHES: Final = {
    # command: the one that does the same to an argument
    r"\bf": r"\mathbf",
    r"\sf": r"\mathsf",
    r"\tt": r"\mathtt",
}
_SIZE_CLASSES: Final = {r"\small": "small", r"\footnotesize": "footnote", r"\sixptsize": "sixpoint"}
_OVER: Final = {
    # command: the sign that is as wide as its argument
    r"\overleftharpoon": "↼",
    r"\overrightharpoon": "⇀",
    r"\Overrightarrow": "⇒",
    r"\overgroup": "⏠",
    r"\undergroup": "⏡",
    r"\utilde": "˷",
}
_UNDER: Final = frozenset((r"\undergroup", r"\utilde"))


def _lines(writer: LatexWriter, token: str) -> None:
    _in_class(writer, _LINES[token], writer.reader.argument(token))


def _circled(writer: LatexWriter, token: str) -> None:
    _in_class(writer, "circled", [r"\text", "{", *writer.reader.argument(token), "}"])


def _roundhand(writer: LatexWriter, token: str) -> None:
    _in_class(writer, "script", [r"\mathcal", "{", *writer.reader.argument(token), "}"])


def _sans(writer: LatexWriter, token: str) -> None:
    """Of latex2mathml letters alone would become sans-serif."""
    digits = (
        in_alphabet(each, "sans-serif") if each.isdecimal() else each
        for each in writer.reader.argument(token)
    )
    writer.out += [token]
    writer.run(["{", *digits, "}"])


def _switch(writer: LatexWriter, token: str) -> None:
    writer.run(["{", _SWITCHES[token], "{", *_rest_of_group(writer), "}", "}"])


def _size(writer: LatexWriter, token: str) -> None:
    _in_class(writer, _SIZE_CLASSES[token], _rest_of_group(writer))


def _rest_of_group(writer: LatexWriter) -> list[str]:
    """What comes before the end of the group or cell that is open; the end is left."""
    found: list[str] = []
    depth = 0
    while writer.reader:
        token = writer.reader.next()
        is_end = token in ENDS or (token in ("&", r"\\", r"\cr") and not depth)
        depth += (token in BEGINNINGS) - (token in ENDS)
        if depth < 0 or (is_end and not depth and token not in ENDS):
            writer.reader.put_back([token])
            break
        found.append(token)
    return found


def _over(writer: LatexWriter, token: str) -> None:
    """A sign as wide as what it stands over or under."""
    writer.out.append(r"\underset" if token in _UNDER else r"\overset")
    sign = _OVER[token]
    writer.atom("mo", sign, dict(LONG) if sign in IN_MANY_LENGTHS else {"stretchy": "true"})
    writer.run(["{", *writer.reader.argument(token), "}"])


_CENTRED_BEFORE: Final = frozenset(
    (*"+-=<>*", r"\cdot", r"\times", r"\leq", r"\le", r"\geq", r"\ge", r"\pm", r"\cup", r"\cap")
) | {r"\oplus", r"\otimes", r"\wedge", r"\vee", r"\land", r"\lor", r"\subset", r"\to", r"\int"}


def _dots(writer: LatexWriter, token: str) -> None:
    """Dots on the line, or in the middle where a sign of the middle follows."""
    writer.reader.skip_space()
    if writer.reader:
        following = writer.reader.next()
        writer.reader.put_back([following])
        if following in _CENTRED_BEFORE:
            writer.out.append("⋯")
            return
    writer.out.append("…")


def _char(writer: LatexWriter, token: str) -> None:
    """A character by its number: decimal, or hexadecimal behind a quotation mark."""
    base = 16 if writer.reader.take('"') else 10
    digits = ""
    while writer.reader:
        digit = writer.reader.next()
        if digit.casefold() not in "0123456789abcdef"[:base]:
            writer.reader.put_back([digit])
            break
        digits += digit
    number = int(digits or "0", base)
    if not 0x20 <= number < 0xD800 and not 0xF900 <= number < 0xFDD0:
        raise MathError(f"{token} needs the number of a character")
    writer.atom("mtext", chr(number))


def _raised_box(writer: LatexWriter, token: str) -> None:
    height = css_length("".join(writer.reader.argument(token)))
    if height is None:
        raise MathError(f"{token} needs a length such as 1em")
    writer.out += [r"\raise", "{", height, "}"]
    writer.run(["{", r"\text", "{", *writer.reader.argument(token), "}", "}"])


def _tag(writer: LatexWriter, token: str) -> None:
    """The number by hand stands behind the formula, wherever it is written."""
    is_bare = writer.reader.take("*")
    number = text_of(writer.reader.argument(token))
    if not writer.opened:
        writer.run(_rest_of_group(writer))
    writer.atom("mtext", number if is_bare else f"({number})", {"class": "tag"})


def _rule(writer: LatexWriter, token: str) -> None:
    """A black box, which may be raised."""
    option = writer.reader.option(lambda length: css_length(length) is not None)
    sizes = [css_length("".join(writer.reader.argument(token))) for _ in range(2)]
    if None in sizes:
        raise MathError(f"{token} needs two lengths such as 1em")
    width, height = (size or "0" for size in sizes)
    writer.atom(
        "mspace",
        "",
        {"width": width, "height": height, "mathbackground": "currentcolor", "class": "ink"},
    )
    if option is not None:
        box = Element("mpadded", {"voffset": css_length("".join(option)) or "0", "class": "raised"})
        box.append(writer.atoms[-1])
        writer.atoms[-1] = box


SHAPES: Final[dict[str, Handler]] = {
    **dict.fromkeys(SIGNS, _sign),
    **FENCES_BY_NAME,
    r"\begingroup": _begin_group,
    r"\endgroup": _end_group,
    **dict.fromkeys(_LINES, _lines),
    **dict.fromkeys(_SWITCHES, _switch),
    **dict.fromkeys(_SIZE_CLASSES, _size),
    **dict.fromkeys(_OVER, _over),
    r"\textcircled": _circled,
    r"\mathscr": _roundhand,
    r"\mathsf": _sans,
    r"\dots": _dots,
    r"\char": _char,
    r"\raisebox": _raised_box,
    r"\tag": _tag,
    r"\rule": _rule,
}
"""Commands and what writes them."""
