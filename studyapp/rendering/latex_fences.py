r"""Fences whose size is given by name, and sets and brackets with a bar between theirs."""

from __future__ import annotations

from typing import Final

from studyapp.errors import MathError
from studyapp.rendering.latex_writer import Handler, LatexWriter
from studyapp.rendering.mathml_symbols import BARS, LONG
from studyapp.rendering.mathml_writer import CLASSES

_DELIMITERS = r"""
    ( (  ) )  [ [  ] ]  < ⟨  > ⟩  / /  | |  . .  ⟨ ⟨  ⟩ ⟩  ⌈ ⌈  ⌉ ⌉  ⌊ ⌊  ⌋ ⌋  ‖ ‖  ↑ ↑  ↓ ↓
    \{ {  \} }  \lbrace {  \rbrace }  \lbrack [  \rbrack ]  \langle ⟨  \rangle ⟩  \lt ⟨  \gt ⟩
    \vert |  \lvert |  \rvert |  \mid |  \Vert ‖  \lVert ‖  \rVert ‖  \| ‖  \backslash \
    \lfloor ⌊  \rfloor ⌋  \lceil ⌈  \rceil ⌉  \lgroup ⟮  \rgroup ⟯  \lmoustache ⎰  \rmoustache ⎱
    \ulcorner ⌜  \urcorner ⌝  \llcorner ⌞  \lrcorner ⌟  \llbracket ⟦  \rrbracket ⟧
    \uparrow ↑  \downarrow ↓  \updownarrow ↕  \Uparrow ⇑  \Downarrow ⇓  \Updownarrow ⇕
"""
_SIGNS_OF_DELIMITERS: Final = dict(zip(*[iter(_DELIMITERS.split())] * 2, strict=True))
_SIZES: Final = {"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
_STEPS: Final = {height: f"{step}" for step, height in enumerate(_SIZES.values(), 1)}
_FIT: Final = {
    # signs: class that takes away the room that browsers keep for their largest size; behind it
    # stands the number of the size
    **dict.fromkeys("([{⟨⌈⌊)]}⟩⌉⌋", "big"),
    **dict.fromkeys("/\\", "slant"),
}
_SIDES: Final = {
    # last letter of the command: attributes of the fence
    "": {"lspace": "0", "rspace": "0"},
    "l": {"form": "prefix"},
    "r": {"form": "postfix"},
    "m": {"form": "infix", "lspace": "0.2778em", "rspace": "0.2778em"},
}
BIG_FENCES: Final = {
    # command: attributes of the fence
    f"\\{size}{side}": {"stretchy": "true", "minsize": height, "maxsize": height, **space}
    for size, height in _SIZES.items()
    for side, space in _SIDES.items()
}


BEGINNINGS: Final = frozenset(("{", r"\left", r"\begin", r"\begingroup"))
ENDS: Final = frozenset(("}", r"\right", r"\end", r"\endgroup"))


def _big(writer: LatexWriter, token: str) -> None:
    r"""`\big` and its like with the delimiter that follows."""
    delimiter = "".join(writer.reader.argument(token)).strip()
    if delimiter not in _SIGNS_OF_DELIMITERS:
        raise MathError(f"{token} is followed by {delimiter[:40]}, which is no delimiter")
    if delimiter != ".":
        sign, fence = _SIGNS_OF_DELIMITERS[delimiter], BIG_FENCES[token]
        fit = _FIT.get(sign, "") + _STEPS[fence["minsize"]]
        if fit in CLASSES:
            fence = {**fence, "class": fit}
        writer.atom("mo", sign, {**fence, **LONG} if sign in BARS else fence)


_BARS: Final = ("|", r"\vert", r"\mid", r"\|")
_SETS: Final[dict[str, tuple[list[str], list[str], list[str], bool]]] = {
    # command: what stands before, for a bar, and behind; whether for every bar
    r"\set": ([r"\{", r"\,"], [r"\mid"], [r"\,", r"\}"], False),
    r"\Set": (
        [r"\left", r"\{", r"\:"],
        [r"\;", r"\middle", r"\vert", r"\;"],
        [r"\:", r"\right", r"\}"],
        False,
    ),
    r"\Braket": (
        [r"\left", r"\langle"],
        [r"\,", r"\middle", r"\vert", r"\,"],
        [r"\right", r"\rangle"],
        True,
    ),
}


def _set(writer: LatexWriter, token: str) -> None:
    """Between its fences the bar, or the first one, is as tall as they are."""
    before, bar, behind, is_every = _SETS[token]
    content: list[str] = []
    depth = bars = 0
    for each in writer.reader.argument(token):
        depth += (each in BEGINNINGS) - (each in ENDS)
        is_bar = each in _BARS and not depth and (is_every or not bars)
        bars += is_bar
        content += bar if is_bar else [each]
    writer.run(["{", *before, *content, *behind, "}"])


FENCES_BY_NAME: Final[dict[str, Handler]] = {
    **dict.fromkeys(BIG_FENCES, _big),
    **dict.fromkeys(_SETS, _set),
}
"""Commands and what writes them."""
