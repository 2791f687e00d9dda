"""The attributes, styles and classes that are read, and those that change nothing that is seen."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.looks import classes
from tests.rendering.reference.markup import css

_READ_NAMES = """
    displaystyle scriptlevel mathsize mathcolor mathbackground mathvariant style class form lspace
    rspace stretchy largeop movablelimits minsize maxsize accent accentunder linethickness width
    height depth voffset notation columnalign columnspacing columnlines rowlines rowspacing
"""
_READ: Final = frozenset(_READ_NAMES.split())
_HARMLESS: Final = frozenset(
    (
        "display",  # the caller says which
        "xmlns",  # the same elements with and without
        *("fence", "separator"),  # of no effect in MathML Core
        "symmetric",  # true of every fence that grows
        *("href", "id"),  # a link or a name, drawn as what it holds
        "linebreak",  # where a line may end
    )
)
_STYLE_NAMES = """
    color font-size font-weight math-depth margin-left position border padding-left padding-right
    padding-top padding-bottom border-top border-bottom border-left border-right text-align
"""
_STYLES: Final = frozenset(_STYLE_NAMES.split())
_HARMLESS_STYLES: Final = frozenset(
    (
        "padding",  # room around a line, and for what is raised; that on a ground is read
        *("display", "justify-content", "right", "bottom"),  # how a lap is done
        *("width", "height"),  # of a table that carries a number at the margin; of arrows
        "text-shadow",  # poor man's bold, which is read from the weight
    )
)
_CLASS_NAMES = """
    mathscr tml-vec tml-eqn tml-tag tml-tageqn tml-right tml-left upstrike downstrike tml-xcancel
    sout textcircle phasor-angle tml-shift-left mtr-glue mml-eqn-num katex

    aligned left right ruled boxed cancel bcancel xcancel overline underline vec bold italic sans
    code script above below back1 back2 back3 actuarial phase circled oversegment undersegment
    llap clap rlap padded tag wide1 wide2 wide3 wide4 dots joined dashed ink raised
    stretched centred frame edge twice
    back4 back5 back6 back7 back8 back9 back10 back11 back12 back13 back14 back15 back16 back17
    back18
"""
_CLASSES: Final = frozenset(_CLASS_NAMES.split())


def check(element: Element) -> None:
    """ValueError for anything in an element that might be seen and that nothing here reads."""
    unread = {
        *(element.attrib.keys() - _READ - _HARMLESS),
        *(css(element).keys() - _STYLES - _HARMLESS_STYLES),
        *(classes(element) - _CLASSES),
    }
    if unread:
        raise ValueError(f"<{element.tag}> has {', '.join(sorted(unread))}, which is not known")
