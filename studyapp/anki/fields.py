"""A note's Markdown as the fields of its Anki note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import NamedTuple, TypeAlias

from studyapp.anki import marks
from studyapp.anki.cloze_text import with_marks
from studyapp.anki.formulas import FormulaProblem, Formulas
from studyapp.anki.notation import plain_to_field, to_field
from studyapp.anki.note_types import BOTH_WAYS
from studyapp.anki.plain_field import plain_html
from studyapp.domain.card_making import ordinals
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.markdown import marked_to_html
from studyapp.rendering.marks import clean
from studyapp.rendering.media import plain_name

MediaName: TypeAlias = Callable[[str], str]
"""What a file is called in Anki, by the name that a note gives it."""

_TITLE_LENGTH = 120
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_CODE_IN_PARAGRAPH = re.compile(rf"<p>((?:{marks.CLOZE}|\s)*<pre[ >].*?</pre>.*?)</p>", re.DOTALL)
_MARKS_AS_CODE = re.compile(f'<span class="err">((?:{marks.CLOZE})+)</span>')


class AnkiFields(NamedTuple):
    """What Anki is given of a note."""

    values: tuple[str, ...]
    """HTML, in the order of the fields of `note_type(note.kind)`."""
    ordinals: tuple[int, ...]
    """Of the cards that Anki makes of them."""
    problems: tuple[FormulaProblem, ...]
    """Formulas that this app cannot draw; they are in the fields all the same."""
    media: tuple[str, ...]
    """Names of the files that the fields show or play, each once, as the note has them."""
    unknown: tuple[str, ...] = ()
    """Commands of its formulas that Anki does not know, each once."""
    revision: int = 0
    """How often this app has changed its mind on how to write such fields."""


def _same(name: str) -> str:
    return name


class _Conversion:
    """Markdown to HTML with our marks, for one note."""

    def __init__(self, key: str, macros: Macros, media_name: MediaName = _same) -> None:
        self.formulas = Formulas(key, macros)
        self.media: dict[str, None] = {}
        self._media_name = media_name

    def html(self, markdown: str, footnotes: str) -> str:
        """`markdown` is clean; `footnotes` is a letter that sets apart those of this field."""
        plain = plain_html(markdown, self.formulas.draw)
        return self._converted(markdown, footnotes) if plain is None else f"<p>{plain}</p>"

    def field(self, markdown: str, footnotes: str) -> tuple[str, tuple[int, ...]]:
        """As `to_field` of its HTML."""
        if not markdown:
            return "", ()
        plain = plain_html(markdown, self.formulas.draw)
        if plain is None:
            return to_field(_inner(self._converted(markdown, footnotes)))
        field = plain_to_field(plain)
        return to_field(plain) if field is None else (field, ())

    def _converted(self, markdown: str, footnotes: str) -> str:
        html = marked_to_html(markdown, self.formulas.draw, self._picture, self._sound, footnotes)
        return _CODE_IN_PARAGRAPH.sub(r"\1", _MARKS_AS_CODE.sub(r"\1", html.strip()))

    def _picture(self, name: str) -> str:
        self.media[name] = None
        return self._media_name(name)  # which is an address for Anki; it decodes none

    def _sound(self, name: str) -> str:
        plain = plain_name(marks.without_marks(name))
        if plain is None:
            return escape(f"[sound:{name}]")
        self.media[plain] = None
        return marks.SOUND[0] + escape(self._media_name(plain)) + marks.SOUND[1]


def anki_fields(
    note: Note,
    titles: Mapping[str, str],
    macros: Macros = NO_MACROS,
    media_name: MediaName = _same,
) -> AnkiFields:
    """The fields of a note; `titles` has those of the notes it is linked to, by their keys.

    Formulas are written without `macros`, without those that they define themselves, and without
    those of this app that Anki does not know.
    """
    conversion = _Conversion(note.key, macros, media_name)
    front, numbers = conversion.field(_front(note), "q")
    back, _ = conversion.field(clean(note.back), "a")
    source, _ = conversion.field(clean(note.source), "s")
    values = [front, back, source, _related(note.links, titles)]
    if note.kind is NoteKind.CLOZE:
        made = tuple(number - 1 for number in numbers)
    else:
        made = ordinals(note)
        values.append(BOTH_WAYS if note.kind is NoteKind.REVERSED else "")
    formulas = conversion.formulas
    return AnkiFields(
        tuple(values),
        made,
        tuple(formulas.problems),
        tuple(conversion.media),
        tuple(formulas.unknown),
        int(formulas.is_rewritten),
    )


def title(note: Note, macros: Macros = NO_MACROS) -> str:
    """The first paragraph of the front in one line: escaped text, and formulas in our marks.

    Clozes are blank, and sounds left out, since Anki would play them.
    """
    html = marks.without_sounds(_Conversion(note.key, macros).html(_front(note), "t"))
    first = _PARAGRAPH.match(html)
    words = _TAG.sub("", first[1]) if first else _TAG.sub(" ", html)
    return _shortened(" ".join(marks.blanked(words).split()))


def _shortened(line: str) -> str:
    """The line up to a space after `_TITLE_LENGTH` that is not within a formula."""
    for space in re.finditer(" ", line[_TITLE_LENGTH:]):
        start = line[: _TITLE_LENGTH + space.start()]
        if marks.ends_in_text(start):
            return f"{start} …"
    return line


def _front(note: Note) -> str:
    """Markdown, with our marks in the place of clozes."""
    front = clean(note.front)
    return with_marks(front) if note.kind is NoteKind.CLOZE else front


def _inner(html: str) -> str:
    """The HTML, without the element around it if that is a single paragraph."""
    alone = _PARAGRAPH.fullmatch(html)
    return alone[1] if alone else html


def _related(keys: Iterable[str], titles: Mapping[str, str]) -> str:
    """The linked notes as a list; the keys are kept for whoever reads the package."""
    items = [
        f'<li data-key="{escape(clean(key))}">{titles[key]}</li>' for key in keys if key in titles
    ]
    return to_field(f"<ul>{''.join(items)}</ul>")[0] if items else ""
