"""What this room adds to Python-Markdown: fewer surprises for authors, and bounded work."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    NOIMG,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from studyapp.rendering.budget import WORK_PER_BRACKET, Budget, TooMuchWork
from studyapp.rendering.marks import HAS_MARK
from studyapp.rendering.pieces import Pieces

MAX_REFERENCES: Final = 100
"""References to footnotes in one text."""
_STRIKE = r"()~~(?=\S)(.+?)(?<=\S)~~"
_HARD_BREAK = r"\\\n"
_NO_ADDRESS = r"\s<>\[\]()\x02\x03\ufdd0-\ufdef"  # \x02 and \x03 enclose what is converted already
_MAY_HOLD_MARKUP = re.compile(r"[\\`*_\[\]!<>&~\x02\x03]|https?://|  \n")
"""What each inline pattern above, and of Python-Markdown, begins with."""
_ADDRESS = rf"(?<![\w@/])https?://[^{_NO_ADDRESS}]*[^{_NO_ADDRESS}.,;:!?'\"*_~]"


class CardExtension(Extension):
    """Strikethrough, hard breaks, bare addresses; slots in attributes; bounded search for links."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = Pieces()
        """Those of the text that is converted next."""
        self.budget = Budget()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        md.ESCAPED_CHARS += ["$", "|", "~", "<", "[", "]", "="]
        patterns = md.inlinePatterns
        links = NOIMG + r"\["
        images = r"!\["
        patterns.register(_Reference(links, md, self), "reference", 170)
        patterns.register(_Metered(links, md, self), "link", 160)
        patterns.register(_Image(images, md, self), "image_link", 150)
        patterns.register(_ImageReference(images, md, self), "image_reference", 140)
        patterns.register(_ShortReference(links, md, self), "short_reference", 130)
        patterns.register(_ShortImageReference(images, md, self), "short_image_ref", 125)
        patterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "hard_break", 185)
        patterns.register(_Address(_ADDRESS, md), "address", 85)
        patterns.register(SimpleTagInlineProcessor(_STRIKE, "del"), "strike", 55)
        md.treeprocessors.register(_PlainText(md), "plain_text", 25)
        md.treeprocessors.register(_RestoreAttributes(md, self), "restore_attributes", 1)


class NumberedFootnotes(FootnoteExtension):
    """Footnotes whose ids are numbers behind a prefix, so that no author chooses an id."""

    prefix = ""
    _references = 0

    def reset(self) -> None:
        super().reset()
        self._references = 0

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802  the library's names
        return super().makeFootnoteId(self._number(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        self._references += found
        if self._references > MAX_REFERENCES:
            # Python-Markdown looks at all those before for each of them.
            raise TooMuchWork(f"This text refers to footnotes more than {MAX_REFERENCES} times")
        return super().makeFootnoteRefId(self._number(id), found)

    def _number(self, label: str) -> str:
        return f"{self.prefix}{list(self.footnotes).index(label) + 1}"


class Converter:
    """Python-Markdown as this room sets it up; not for two threads at once."""

    def __init__(self) -> None:
        self._card = CardExtension()
        self._footnotes = NumberedFootnotes(BACKLINK_TITLE="Back to the text")
        tables = TableExtension(use_align_attribute=True)
        extensions = [self._card, self._footnotes, tables, SaneListExtension()]
        self._markdown = Markdown(extensions=extensions)
        # A registry looks whether it is sorted each time that a pattern is taken from it.
        patterns = list(self._markdown.inlinePatterns)
        self._markdown.treeprocessors["inline"].inlinePatterns = patterns  # type: ignore[attr-defined]

    def convert(self, text: str, pieces: Pieces, footnotes: str) -> str:
        """HTML of a text with slots, not yet safe; raises what Python-Markdown raises."""
        self._card.pieces = pieces
        self._card.budget = Budget(len(text))
        self._card.budget.spend(text.count("<") * WORK_PER_BRACKET)
        self._footnotes.prefix = footnotes
        return self._markdown.reset().convert(text)


class _Address(InlineProcessor):
    """`https://…` that stands in the text without brackets becomes a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        link = Element("a", {"href": m[0]})
        link.text = m[0]
        return link, m.start(0), m.end(0)


class _Metered(LinkInlineProcessor):
    """A link; what is read in search of its end is counted, since Python-Markdown reads far."""

    def __init__(self, pattern: str, md: Markdown, card: CardExtension) -> None:
        super().__init__(pattern, md)
        self._card = card

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        found = super().getText(data, index)
        self._card.budget.spend(found[1] - index + WORK_PER_BRACKET)
        return found

    def getLink(  # noqa: N802
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        found = super().getLink(data, index)
        self._card.budget.spend(max(found[2] - index, 0))
        return found


class _Image(_Metered, ImageInlineProcessor):
    """The same for `![…](…)`."""


class _Reference(_Metered, ReferenceInlineProcessor):
    """The same for `[…][…]`."""


class _ShortReference(_Metered, ShortReferenceInlineProcessor):
    """The same for `[…]`."""


class _ImageReference(_Metered, ImageReferenceInlineProcessor):
    """The same for `![…][…]`."""


class _ShortImageReference(_Metered, ShortImageReferenceInlineProcessor):
    """The same for `![…]`."""


class _PlainText(Treeprocessor):
    """Spares text without markup the search for each kind of it: most of a long table's time."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _MAY_HOLD_MARKUP.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _MAY_HOLD_MARKUP.search(element.tail):
                element.tail = AtomicString(element.tail)


class _RestoreAttributes(Treeprocessor):
    """Attributes, such as a link's address, hold text: what was taken out is put back into them."""

    def __init__(self, md: Markdown, card: CardExtension) -> None:
        super().__init__(md)
        self._card = card

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.items():
                if HAS_MARK.search(value):
                    element.set(name, self._card.pieces.restore(value))
