"""Changes single notes of a deck file and leaves every other byte of it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from studyapp.deckfile.blocks import read_blocks
from studyapp.deckfile.front_matter import read_front_matter
from studyapp.deckfile.parse import parse
from studyapp.deckfile.write import write, written_note
from studyapp.domain.notes import DeckText, Note

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one note."""

    note: Note
    text: str
    """With the blank lines up to the next note."""
    has_id: bool
    """Whether its text says its key, which is otherwise made from its front."""


@dataclass(frozen=True, slots=True)
class SplitDeck:
    """A deck file's text by its notes: the head and the blocks one after another are the text."""

    deck: DeckText
    front_matter: str
    gap: str
    """Between the front matter and the first note."""
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return "".join((self.front_matter, self.gap, *(block.text for block in self.blocks)))


def split(text: str, file: str) -> SplitDeck:
    """Raises DeckFileError as `parse` does."""
    deck = parse(text, file)
    lines = text.split("\n")
    plain = text.removeprefix(_MARK).replace("\r\n", "\n").split("\n")
    end = read_front_matter(plain).end
    raw, _ = read_blocks(plain[end:], end + 1)
    starts = [each.front.line - 1 for each in raw]
    ends = [*starts[1:], len(lines)][: len(starts)]
    blocks = tuple(
        Block(note, _joined(lines, start, until), "id" in each.metadata)
        for note, each, start, until in zip(deck.notes, raw, starts, ends, strict=True)
    )
    first = starts[0] if starts else len(lines)
    return SplitDeck(deck, _joined(lines, 0, end), _joined(lines, end, first), blocks)


def _joined(lines: list[str], start: int, until: int) -> str:
    """The lines with their ends; the last line of a text has none."""
    ends = "\n" if until < len(lines) and until > start else ""
    return "\n".join(lines[start:until]) + ends


def spliced(
    whole: SplitDeck,
    changed: Mapping[str, Note | None],
    added: Iterable[Note] = (),
    head: DeckText | None = None,
) -> str:
    """The text with notes changed by their keys, or gone (None), and others added at the end.

    Each note that is left without an `id:` gets one, so that its front can be changed later. `head`
    is a deck whose front matter takes the place of the present one. Raises ContentError if the
    format cannot hold that.
    """
    is_crlf = "\r\n" in whole.text
    parts = [whole.front_matter + whole.gap if head is None else _head(whole, head)]
    for block in whole.blocks:
        wanted = changed.get(block.note.key, block.note)
        if wanted is not None:
            parts.append(_put(block, wanted, is_crlf=is_crlf))
        elif block is whole.blocks[-1]:
            # The end of the file stays as its author left it.
            parts[-1] = _without_blank_end(parts[-1])[0] + _without_blank_end(block.text)[1]
    for note in added:
        parts[-1] = _with_blank_line(parts[-1], is_crlf=is_crlf)
        parts.append(_ended(written_note(note), is_crlf=is_crlf))
    return "".join(parts)


def _put(block: Block, note: Note, *, is_crlf: bool) -> str:
    own, blank = _without_blank_end(block.text)
    if note != block.note:
        return _ended(written_note(note), is_crlf=is_crlf).rstrip("\r\n") + blank
    if block.has_id:
        return block.text
    return own + _ended(f"\nid: {note.key}", is_crlf=is_crlf) + blank


def _without_blank_end(text: str) -> tuple[str, str]:
    """The text up to the end of its last line that is not blank, and the rest."""
    end = text.find("\n", len(text.rstrip(" \t\r\n")))
    if end > 0 and text[end - 1] == "\r":
        end -= 1
    return (text, "") if end < 0 else (text[:end], text[end:])


def _with_blank_line(text: str, *, is_crlf: bool) -> str:
    end = "\r\n" if is_crlf else "\n"
    missing = 2 - text[len(text.rstrip("\r\n")) :].count("\n")
    return text + end * max(missing, 0)


def _ended(text: str, *, is_crlf: bool) -> str:
    return text.replace("\n", "\r\n") if is_crlf else text


def _head(whole: SplitDeck, head: DeckText) -> str:
    mark = _MARK if whole.front_matter.startswith(_MARK) else ""
    text = write(replace(head, notes=()))
    return mark + _ended(text, is_crlf="\r\n" in whole.text) + whole.gap
