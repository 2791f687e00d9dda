r"""Environments and what stands in them: rows, columns, lines, and how far rows stand apart."""

from __future__ import annotations

import re
from typing import Final

from studyapp.errors import MathError
from studyapp.rendering.latex_commands import ENVIRONMENTS, STRETCH, WITH_OPTION
from studyapp.rendering.latex_unknown import unknown
from studyapp.rendering.latex_writer import Handler, LatexWriter
from studyapp.rendering.math_length import css_length
from studyapp.rendering.mathml_tables import DASHED_RULE_CLASS, GRID, LINES, RULE_CLASS

_FACTOR = re.compile(r"\d+\.?\d*|\.\d+")
_MOST: Final = 10.0


def _rule(writer: LatexWriter, token: str) -> None:
    """A line across a table becomes an atom at the start of the row below it."""
    if not writer.in_cell():
        raise MathError(f"{token} stands outside of a table")
    is_dashed = token == r"\hdashline"
    writer.atom("mspace", attributes={"class": DASHED_RULE_CLASS if is_dashed else RULE_CLASS})


def _stretch(writer: LatexWriter, token: str) -> None:
    """What it stands for from here on, which the expansion of macros leaves behind it."""
    factor = "".join(writer.reader.argument(token)).strip()
    if _FACTOR.fullmatch(factor) is None:
        raise MathError(f"{token} must stand for a number such as 1.5")
    writer.stretch = min(float(factor), _MOST)


def _begin(writer: LatexWriter, token: str) -> None:
    name = "".join(writer.reader.argument(token))
    if name not in ENVIRONMENTS:
        raise unknown(f"\\begin{{{name}}}", (f"\\begin{{{known}}}" for known in ENVIRONMENTS))
    writer.open(f"\\begin{{{name}}}", token)
    columns, lines = _columns(writer, name)
    if lines or writer.stretch != 1:
        writer.out.append(rf"\class{{{GRID} {writer.stretch:g} {lines}}}")
    writer.out += ["{", ENVIRONMENTS[name][0], *columns]


def _columns(writer: LatexWriter, name: str) -> tuple[list[str], str]:
    """What latex2mathml is told of the columns, `{lcr}`, `[r]` or nothing; the lines as `GRID`."""
    option = writer.reader.option(_is_alignment) if name in WITH_OPTION else None
    if name.startswith(("alignat", "alignedat")):
        writer.reader.argument(name)
    if ENVIRONMENTS[name][0] == r"\begin{array}":
        columns = "".join(writer.reader.argument(name))
        return ["{", _alignment(columns), "}"], _lines(columns)
    is_aligned = option and name.endswith("matrix*")
    return ["[", _alignment("".join(option or ())), "]"] if is_aligned else [], ""


def _is_alignment(option: str) -> bool:
    return bool(option) and set(option) <= set("tbclr")


def _alignment(columns: str) -> str:
    return "".join(column for column in columns if column in "lcr") or "c"


def _lines(columns: str) -> str:
    """Empty if there are none."""
    edges = re.split("[lcr]", re.sub("[^lcr|:]", "", columns))
    lines = "".join(str(LINES.index(edge) if edge in LINES else 1) for edge in edges)
    return lines if lines.strip("0") else ""


def _end(writer: LatexWriter, token: str) -> None:
    name = "".join(writer.reader.argument(token))
    writer.close(f"\\begin{{{name}}}", f"\\end{{{name[:40]}}}")
    writer.out += [ENVIRONMENTS[name][1], "}"]


def _substack(writer: LatexWriter, token: str) -> None:
    writer.open(r"\begin{substack}")
    writer.out += [token, "{"]
    writer.run(writer.reader.argument(token))
    writer.close(r"\begin{substack}", token)
    writer.out.append("}")


def _line_break(writer: LatexWriter, token: str) -> None:
    writer.reader.take("*")
    writer.reader.option(lambda gap: css_length(gap) is not None)
    if not writer.in_environment():
        if writer.opened:
            raise MathError("A line break stands inside a group")
        writer.broken = True
    writer.out.append(r"\\")


def _ampersand(writer: LatexWriter, token: str) -> None:
    if not writer.in_cell():
        raise MathError(r"& stands outside of an aligned environment; write \& for the sign")
    writer.out.append(token)


TABLES: Final[dict[str, Handler]] = {
    **dict.fromkeys((r"\\", r"\cr", r"\newline"), _line_break),
    **dict.fromkeys((r"\hline", r"\hdashline"), _rule),
    STRETCH: _stretch,
    r"\begin": _begin,
    r"\end": _end,
    r"\substack": _substack,
    "&": _ampersand,
}
"""Commands and what writes them."""
