"""Writes the text form of a deck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

import tomli_w

from studyapp.deckfile.blocks import ESCAPED_KEYWORD, KEYWORD_LINE, without_blank_ends
from studyapp.deckfile.characters import CONTROL
from studyapp.deckfile.front_matter import DELIMITER
from studyapp.deckfile.macros_table import write_macros
from studyapp.deckfile.parse import parse
from studyapp.deckfile.retired_table import write_retired
from studyapp.domain.markup import closes_fence, opening_fence
from studyapp.domain.notes import DeckText, Note, NoteKind, Source
from studyapp.errors import ContentError, DeckFileError, Problem

_CR = re.compile(r"\r\n?")


def write(deck: DeckText) -> str:
    """The deck as a file's text, which `parse` reads back as `normal(deck)`.

    Raises ContentError that says what the format cannot hold, such as a note without an answer.
    """
    deck = normal(deck)
    parts = [f"{DELIMITER}\n{_front_matter(deck)}{DELIMITER}\n"]
    parts += [f"\n{written_note(note)}" for note in deck.notes]
    try:
        again = parse("".join(parts), deck.name)
    except DeckFileError as error:
        raise _refusal(deck, _refused(deck, parts, error.problems)) from error
    if again != deck:
        raise _refusal(deck, _changed(deck, again))
    return "".join(parts)


def normal(deck: DeckText) -> DeckText:
    """The deck with its texts in the form that a file gives them; it looks the same when shown.

    Line breaks become LF, blank lines at the ends go, as do control characters and what UTF-8
    cannot hold, a code block that is left open is closed, and a source becomes one line.
    """
    notes = tuple(
        replace(
            note,
            front=_closed(_clean(note.front)),
            back=_closed(_clean(note.back)),
            source=_clean(note.source).replace("\n", " ").strip(),
        )
        for note in deck.notes
    )
    return replace(deck, description=_clean(deck.description), notes=notes)


def _clean(text: str) -> str:
    return without_blank_ends(CONTROL.sub("", _CR.sub("\n", text)).split("\n"))


def _closed(text: str) -> str:
    fence = None
    for line in text.split("\n"):
        fence = _fence_after(line, fence)
    return text if fence is None else f"{text}\n{fence}"


def _fence_after(line: str, fence: str | None) -> str | None:
    """The fence of the code block that is open behind `line`, if `fence` was open before it."""
    if fence is None:
        return opening_fence(line)
    return None if closes_fence(fence, line) else fence


def _front_matter(deck: DeckText) -> str:
    values: dict[str, str | list[dict[str, str]]] = {"deck": deck.name, "key": deck.key}
    if deck.description:
        # Of several lines the last one ends too, so that the closing quotes stand alone.
        end = "\n" if "\n" in deck.description else ""
        values["description"] = deck.description + end
    if deck.sources:
        values["sources"] = [_source(source) for source in deck.sources]
    text = tomli_w.dumps(values, multiline_strings=True)
    if any(line.rstrip() == DELIMITER for line in text.split("\n")):
        text = tomli_w.dumps(values)  # A +++ in the description would end the front matter.
    return text + write_macros(deck.macros) + write_retired(deck.retired)


def _source(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        **({"author": source.author} if source.author else {}),
        **({"date": source.date} if source.date else {}),
        **({"file": source.file} if source.file else {}),
    }


def written_note(note: Note) -> str:
    """The lines of a note in normal form; nothing is checked."""
    cloze = note.kind is NoteKind.CLOZE
    lines = [*_field("C" if cloze else "Q", note.front)]
    if note.back or not cloze:
        lines += _field("A", note.back)
    lines += [f"id: {note.key}"]
    lines += [f"tags: {' '.join(note.tags)}"] if note.tags else []
    lines += [f"links: {' '.join(note.links)}"] if note.links else []
    lines += [f"source: {note.source}"] if note.source else []
    lines += ["kind: reversed"] if note.kind is NoteKind.REVERSED else []
    return "\n".join(lines) + "\n"


def _field(word: str, text: str) -> Iterator[str]:
    first, *more = text.split("\n")
    fence = opening_fence(first)
    if fence is not None or first.startswith((" ", "\t")):
        yield f"{word}:"
        yield first
    else:
        yield f"{word}: {first}" if first else f"{word}:"
    for line in more:
        inside = fence is not None
        fence = _fence_after(line, fence)
        yield line if inside else _escaped(line)


def _escaped(line: str) -> str:
    keyword = KEYWORD_LINE.fullmatch(line) or ESCAPED_KEYWORD.match(line)
    return f"\\{line}" if keyword else line


def _refusal(deck: DeckText, reasons: Iterable[str]) -> ContentError:
    return ContentError("\n".join((f"{deck.name} cannot be written as a deck file:", *reasons)))


def _refused(deck: DeckText, parts: list[str], problems: Iterable[Problem]) -> Iterator[str]:
    """What the parser said, with the note in place of a line that the author never saw."""
    names = ["The head", *(f"The note {note.key}" for note in deck.notes)]
    owners = [name for name, part in zip(names, parts, strict=True) for _ in part.split("\n")[1:]]
    for problem in problems:
        yield f"{owners[problem.line - 1]}: {problem.message}. {problem.remedy}."


def _changed(deck: DeckText, again: DeckText) -> Iterator[str]:
    for note, other in zip_longest(deck.notes, again.notes):
        if note != other:
            name = note.key if note is not None else other.key
            yield f"The note {name} would read back as something else. " + (
                "Keep its id, tags and links free of white space and line breaks."
            )
            return
