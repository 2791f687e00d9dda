"""Mends what latex2mathml writes, so that browsers draw it as TeX would set it.

Browsers draw MathML Core. What latex2mathml writes for MathML 3 (`menclose`, `columnalign`, fonts,
movable limits, named spaces) is turned into what Core has, or into classes for the style sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.errors import MathError
from studyapp.rendering.mathml_leaves import LEAVES, flatten_leaf, mend_leaf
from studyapp.rendering.mathml_rows import is_tall, mend_row
from studyapp.rendering.mathml_scripts import PARTS, fold_base, mend_scripts
from studyapp.rendering.mathml_spacing import tighten
from studyapp.rendering.mathml_symbols import IN_MANY_LENGTHS, LONG
from studyapp.rendering.mathml_tables import CENTRED, GRID, mend_table, set_grid

MAX_DEPTH: Final = 200
_ENCLOSURES = {
    "box": "boxed",
    "updiagonalstrike": "cancel",
    "downdiagonalstrike": "bcancel",
    "updiagonalstrike downdiagonalstrike": "xcancel",
    "horizontalstrike": "sout",
}
_LAPS: Final = {"-1width": "llap", "-0.5width": "clap"}
_SIZES: Final = {"small": "0.9em", "footnote": "0.8em", "sixpoint": "0.6em"}
_LABEL_PADDING = "0.556em"  # which latex2mathml gives the label of an arrow


def repair(element: Element, atoms: Sequence[Element], depth: int = 0) -> Element:
    """Mends a tree in place and puts the atoms in; MathError for what must not be drawn."""
    if depth > MAX_DEPTH:
        raise MathError("The formula is nested too deeply")
    if element.tag in LEAVES and len(element) == 0:
        return mend_leaf(element, atoms)
    element[:] = [_bare(repair(child, atoms, depth + 1), element) for child in element]
    mend = _MENDERS.get(element.tag)
    if mend is not None:
        mend(element)
    return element


def _bare(child: Element, parent: Element) -> Element:
    """The child without a needless row around it."""
    if child.tag != "mrow" or len(child) != 1 or child.attrib:
        return child
    inner = child[0]
    if inner.tag != "mo":
        return inner
    if parent.tag in _ROWS and "form" not in inner.attrib:
        # Braces around an operator make a letter of it: {,} {=}
        inner.attrib |= {"lspace": "0", "rspace": "0"}
        return inner
    return child


def _mend_square_root(root: Element) -> None:
    mend_row(root)
    if not any(is_tall(child) for child in root):
        # WORKAROUND for Chromium, which gives every radical the width of the tallest one.
        root.set("class", "short")


def _mend_root(root: Element) -> None:
    fold_base(root)
    if not is_tall(root[0]):
        root.set("class", "short")


def _mend_style(style: Element) -> None:
    mend_row(style)
    if style.get("scriptlevel") == "2":
        _keep_fractions_small(style)
    if len(style) == 1 and style[0].tag == "mtable" and style.get("scriptlevel") == "1":
        style[0].set("class", "tight")


def _keep_fractions_small(style: Element) -> None:
    """The smallest size does not become smaller within a fraction."""
    for fraction in style.iter("mfrac"):
        for at, part in enumerate(fraction):
            fraction[at] = Element("mstyle", {"displaystyle": "false", "scriptlevel": "2"})
            fraction[at].append(part)


def _mend_group(group: Element) -> None:
    mend_row(group)
    name = group.get("class", "")
    if name in _SIZES:
        group.tag, group.attrib = "mstyle", {"mathsize": _SIZES[name]}
    elif name == "joined":
        group.attrib = {}
        group[0].set("class", "aligned joined")
    elif name == CENTRED:
        group.attrib = {}
        group[0].set("class", CENTRED)
    elif name.startswith(GRID):
        set_grid(group)


def _mend_enclosure(element: Element) -> None:
    element.tag = "mrow"
    element.attrib = {"class": _ENCLOSURES.get(element.get("notation", ""), "boxed")}
    mend_row(element)


def _mend_padding(element: Element) -> None:
    if "mathbackground" in element.attrib:
        element.set("class", "padded")
    if _is_raised(element):
        element.set("class", "raised")
    if lap := _LAPS.get(element.get("lspace", "")):
        element.set("class", lap)
    if element.get("lspace") == _LABEL_PADDING:
        element.tag, element.attrib = "mrow", {}
        element[:] = [_label_space(), *element[:-1], _label_space()]
    mend_row(element)


def _is_raised(element: Element) -> bool:
    offset = element.get("voffset", "0")
    return not offset.startswith("-") and any(digit in offset for digit in "123456789")


def _label_space() -> Element:
    return Element("mspace", {"width": "0.4em"})


def _mend_scripts(element: Element) -> None:
    mend_scripts(element)
    for script in element[1:]:
        if script.tag != "mo":
            tighten(script)


def _mend_labelled(element: Element) -> None:
    """Scripts; and arrows that are as long as their label."""
    _mend_scripts(element)
    base = element[0]
    if base.tag == "mstyle" and len(base) == 1 and (base[0].text or "") in IN_MANY_LENGTHS:
        element[0] = base[0]
        element[0].attrib = dict(LONG)
        if not is_tall(element[-1]):
            element[-1].set("class", "label")


_ROWS: Final = frozenset(("mrow", "mstyle", "msqrt", "mphantom", "mtd"))
_MENDERS: Final[dict[str, Callable[[Element], None]]] = {
    **dict.fromkeys(LEAVES, flatten_leaf),
    **dict.fromkeys(PARTS, mend_scripts),
    **dict.fromkeys(("msub", "msup", "msubsup", "munder"), _mend_scripts),
    **dict.fromkeys(("mover", "munderover"), _mend_labelled),
    **dict.fromkeys(("mphantom", "mtd"), mend_row),
    "mrow": _mend_group,
    "mpadded": _mend_padding,
    "mstyle": _mend_style,
    "msqrt": _mend_square_root,
    "mroot": _mend_root,
    "mtable": mend_table,
    "menclose": _mend_enclosure,
}
