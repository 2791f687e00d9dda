"""Writes a formula for latex2mathml, token by token, and keeps account of what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.errors import MathError
from studyapp.rendering import latex_commands
from studyapp.rendering.latex_text_commands import TEXT_SYMBOLS
from studyapp.rendering.latex_tokens import SPACE, TokenReader, is_command, start_of, verbatim
from studyapp.rendering.latex_unknown import unknown

FIRST_ATOM: Final = 0xE000
MAX_ATOMS: Final = 6000
MAX_NESTING: Final = 60


@dataclass(slots=True)
class LatexWriter:
    """Reads the author's tokens and writes those for latex2mathml."""

    handlers: Mapping[str, Handler]
    """What to do with tokens that are not `plain`."""
    names: frozenset[str] = frozenset()
    """Macros that the author may have meant by a name that is not known."""
    out: list[str] = field(default_factory=list)
    atoms: list[Element] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """What is open: `{`, `\\left`, `\\begin{name}`; innermost last."""
    starts: list[int | None] = field(default_factory=list)
    """Where each of them was opened."""
    stretch: float = 1
    """By which the rows of tables are higher than usual."""
    broken: bool = False
    """A line break stands outside every environment."""
    reader: TokenReader = field(default_factory=lambda: TokenReader(()))

    def run(self, tokens: list[str]) -> None:
        """Writes the tokens; whatever they open must be closed within them."""
        outer, self.reader = self.reader, TokenReader(tokens)
        depth = len(self.opened)
        while self.reader:
            token = self.reader.next()
            try:
                self.handlers.get(token, LatexWriter.plain)(self, token)
            except MathError as error:
                raise error.placed(token, start_of(token)) from None
        if len(self.opened) > depth:
            what, start = self.opened[-1], self.starts[-1]
            raise MathError(f"{what} is not closed").placed(what, start)
        self.reader = outer

    def plain(self, token: str) -> None:
        """A token that latex2mathml understands as it is, or nobody."""
        if (words := verbatim(token)) is not None:
            self.atom("mtext", words, {"class": "code"})
        elif not is_command(token) or token in latex_commands.known_commands():
            # latex2mathml reads \mathrm{d}, but not \mathrm {d}, as an italic d.
            self.out += [token, SPACE] if token == r"\mathrm" else [token]
        elif token in TEXT_SYMBOLS:
            self.atom("mtext", TEXT_SYMBOLS[token])
        else:
            raise self._unknown(token)

    def _unknown(self, command: str) -> MathError:
        if command in latex_commands.REFUSED:
            return MathError(latex_commands.REFUSED[command] or f"{command} is not allowed")
        return unknown(command, latex_commands.known_commands() | self.names)

    def atom(self, tag: str, text: str = "", attributes: dict[str, str] | None = None) -> None:
        if len(self.atoms) >= MAX_ATOMS:
            raise MathError("The formula is too long")
        element = Element(tag, attributes or {})
        element.text = text
        self.out.append(chr(FIRST_ATOM + len(self.atoms)))
        self.atoms.append(element)

    def open(self, what: str, token: str = "") -> None:
        """Something begins with `token`, which must be closed again."""
        self.opened.append(what)
        self.starts.append(start_of(token))
        if len(self.opened) > MAX_NESTING:
            raise MathError(f"The formula is nested more than {MAX_NESTING} deep")

    def close(self, what: str, token: str) -> None:
        if not self.opened:
            raise MathError(f"{token} has no {what} before it")
        if self.opened[-1] != what:
            raise MathError(f"{token} comes before {self.opened[-1]} is closed")
        self.opened.pop()
        self.starts.pop()

    def in_environment(self) -> bool:
        return any(what.startswith(r"\begin") for what in self.opened)

    def in_cell(self) -> bool:
        """Whether a `&` here would end the cell of a table."""
        return bool(self.opened) and self.opened[-1].startswith(r"\begin")


Handler = Callable[[LatexWriter, str], None]
"""Writes what begins with a token, which is read already."""
