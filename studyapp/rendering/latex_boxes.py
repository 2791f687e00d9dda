r"""Colours, boxes and grounds, and what is set in the middle of the line."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import SubElement

from studyapp.errors import MathError
from studyapp.rendering.latex_text import text_runs
from studyapp.rendering.latex_writer import Handler, LatexWriter
from studyapp.rendering.mathml_writer import COLOUR

_COLOUR_OF_STYLE = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]*?)\s*(?=;|$)", re.IGNORECASE)


def _colour(writer: LatexWriter, token: str) -> None:
    writer.out += [token, "{", _colour_of(writer, token), "}"]
    if token == r"\colorbox":
        writer.out.append("{")
        writer.atom("mtext", _words(writer, token))
        writer.out.append("}")


def _framed(writer: LatexWriter, token: str) -> None:
    """Words on a ground; what is seen of the ground below it is a line around it."""
    line, ground = _colour_of(writer, token), _colour_of(writer, token)
    words = _words(writer, token)
    writer.atom("mrow", attributes={"mathbackground": line, "class": "frame"})
    inner = SubElement(writer.atoms[-1], "mpadded", {"mathbackground": ground, "class": "padded"})
    SubElement(inner, "mtext").text = words


def _colour_of(writer: LatexWriter, token: str) -> str:
    colour = "".join(writer.reader.argument(token))
    if COLOUR.fullmatch(colour) is None:
        raise MathError(f"{token} needs a colour such as red or #c00000")
    return colour


def _words(writer: LatexWriter, token: str) -> str:
    runs = list(text_runs(writer.reader.argument(token), ""))
    if any(run.math for run in runs):
        raise MathError(f"{token} holds words alone")
    return "".join(run.text for run in runs)


def _styled(writer: LatexWriter, token: str) -> None:
    """Of a style for the web only the colour of the type counts: nothing else fits a formula."""
    found = _COLOUR_OF_STYLE.findall("".join(writer.reader.argument(token)))
    content = ["{", *writer.reader.argument(token), "}"]
    if found and COLOUR.fullmatch(found[-1]):
        content = ["{", r"\textcolor", "{", found[-1], "}", *content, "}"]
    writer.run(content)


def _centred(writer: LatexWriter, token: str) -> None:
    """A table of one cell, since tables stand in the middle of the line."""
    writer.open("{")
    writer.out += ["{", r"\class{centred}", "{", r"\begin{matrix}"]
    writer.run(["{", *writer.reader.argument(token), "}"])
    writer.close("{", token)
    writer.out += [r"\end{matrix}", "}", "}"]


BOXES: Final[dict[str, Handler]] = {
    **dict.fromkeys((r"\color", r"\textcolor", r"\colorbox"), _colour),
    r"\fcolorbox": _framed,
    r"\htmlStyle": _styled,
    r"\vcenter": _centred,
}
"""Commands and what writes them."""
