"""Makes the font of the signs that stretch: arrows, accents and bars of many lengths.

STIX Two Math puts long arrows and bars together from parts, some of which do not fit, and has few
lengths of its accents. Here most lengths are a glyph of their own, drawn from the same outlines.
`python -m tests.rendering.reference.stretch_font` wants `pip install "fonttools[woff]"` first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-not-found]
from fontTools.otlLib.builder import buildMathTable  # type: ignore[import-not-found]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-not-found]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

FONTS: Final = Path(__file__).parents[3] / "studyapp" / "rendering" / "assets" / "fonts"
SOURCE: Final = FONTS / "STIXTwoMath-Regular.woff2"
TARGET: Final = FONTS / "STIXTwoStretch-Regular.woff2"
FAMILY: Final = "STIX Two Stretch"
ARROWS: Final = {
    # sign: its shortest length, in 1/1000 em as KaTeX has it, and where it is drawn apart
    **dict.fromkeys("→←", (1470, 474)),
    "⇒": (1530, 300),
    "⇐": (1530, 588),
    **dict.fromkeys("↔⇔⇌⇋⇄", (1750, 474)),
    "↦": (1500, 474),
    **dict.fromkeys("↩↪", (1080, 474)),
    **dict.fromkeys("⇀⇁", (978, 400)),
    **dict.fromkeys("↼↽", (978, 578)),
    "↠": (948, 236),
    "↞": (948, 712),
    "=": (948, 360),
}
ACCENTS: Final = {
    # sign: its outlines in the source, from the narrowest on
    "^": ("circumflex.s1", "circumflex.s2", "circumflex.s3"),
    "ˇ": ("caroncomb.s1", "caroncomb.s2", "caroncomb.s3"),
    "~": ("tilde.s1", "tilde.s2", "tilde.s3"),
    "˷": ("tildebelowcomb.s1", "tildebelowcomb.s2", "tildebelowcomb.s3"),
}
BARS: Final = {
    # sign: width, and where its bars stand; taller ones are put together from parts
    "|": (333, ((138, 195),)),
    "‖": (500, ((138, 195), (305, 362))),
}
_HEIGHTS = """
    930 1050 1200 1350 1500 1650 1800 2000 2200 2400 2700 3000 3400 3900 4600 5500
"""
HEIGHTS: Final = tuple(map(int, _HEIGHTS.split()))
"""Of bars; those that are asked for by name are among them."""
NARROWEST_ACCENT: Final = 500
LENGTHS: Final = 16
"""Chromium reads no more of one sign; longer arrows are put together from parts."""
LONGEST: Final = 5500
"""Of these glyphs."""
JOINT: Final = 300
"""How far two parts of an arrow may overlap."""
_REPEATS: Final = 1
_CONSTANTS: Final = ("AxisHeight", "AccentBaseHeight", "FlattenedAccentBaseHeight")

Move = Callable[[float], float]
"""Where a point of the source stands in a glyph: both as x."""
Part = tuple[str, int, int, int, int]
"""A glyph, whether it repeats, its joints at both ends, its width."""


@dataclass(slots=True)
class Drawn:
    """What the new font consists of."""

    source: TTFont
    glyphs: dict[str, object] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    variants: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    assemblies: dict[str, tuple[list[Part], int]] = field(default_factory=dict)
    tall: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    tall_assemblies: dict[str, tuple[list[Part], int]] = field(default_factory=dict)

    def add(self, name: str, width: int, outline: str, move: Move) -> None:
        """A glyph with an outline of the source, its points moved."""
        recorded = DecomposingRecordingPen(self.source.getGlyphSet())
        self.source.getGlyphSet()[outline].draw(recorded)
        pen = TTGlyphPen(None)
        for verb, points in recorded.value:
            getattr(pen, verb)(*((round(move(point[0])), point[1]) for point in points))
        self.glyphs[name] = pen.glyph()
        self.widths[name] = width

    def width(self, outline: str) -> int:
        """Of a glyph of the source."""
        return int(self.source["hmtx"][outline][0])

    def lengths(self, sign: str, shortest: int) -> Iterator[tuple[str, int]]:
        """Name and length of each glyph of a sign."""
        base = glyph_of(sign)
        step = (LONGEST / shortest) ** (1 / (LENGTHS - 1))
        self.variants[base] = [
            (f"{base}.{number}" if number else base, round(shortest * step**number))
            for number in range(LENGTHS)
        ]
        yield from self.variants[base]


def glyph_of(sign: str) -> str:
    """Its name in the new font."""
    return f"uni{ord(sign):04X}"


def main() -> None:
    drawn = Drawn(TTFont(SOURCE), {".notdef": TTGlyphPen(None).glyph()}, {".notdef": 500})
    for sign in ARROWS:
        _draw_arrow(drawn, sign)
    for sign in ACCENTS:
        _draw_accent(drawn, sign)
    for sign in BARS:
        _draw_bars(drawn, sign)
    _save(drawn)


def _draw_arrow(drawn: Drawn, sign: str) -> None:
    shortest, apart = ARROWS[sign]
    outline = drawn.source.getBestCmap()[ord(sign)]
    width = drawn.width(outline)
    for name, length in drawn.lengths(sign, shortest):
        drawn.add(name, length, outline, _drawn_apart(apart, length - width))
    # What is cut off of a part is laid flat upon its end, where it encloses nothing.
    left, middle, right = (f"{glyph_of(sign)}.{part}" for part in ("left", "middle", "right"))
    drawn.add(left, apart + JOINT, outline, lambda x: x if x <= apart else apart + JOINT)
    drawn.add(middle, 3 * JOINT, outline, lambda x: 0 if x <= apart else 3 * JOINT)
    drawn.add(
        right, width - apart + JOINT, outline, lambda x: 0 if x <= apart else x - apart + JOINT
    )
    parts = [
        (left, 0, 0, JOINT, drawn.widths[left]),
        (middle, _REPEATS, JOINT, JOINT, drawn.widths[middle]),
        (right, 0, JOINT, 0, drawn.widths[right]),
    ]
    drawn.assemblies[glyph_of(sign)] = parts, 0


def _drawn_apart(apart: int, by: int) -> Move:
    return lambda x: x + by if x > apart else x


def _draw_accent(drawn: Drawn, sign: str) -> None:
    for name, length in drawn.lengths(sign, NARROWEST_ACCENT):
        widths = {outline: drawn.width(outline) for outline in ACCENTS[sign]}
        nearest = min(widths, key=lambda outline: abs(widths[outline] - length))
        drawn.add(name, length, nearest, _widened(length / widths[nearest]))


def _widened(factor: float) -> Move:
    return lambda x: x * factor


def _draw_bars(drawn: Drawn, sign: str) -> None:
    width, bars = BARS[sign]
    base = glyph_of(sign)
    axis = drawn.source["MATH"].table.MathConstants.AxisHeight.Value
    for height in HEIGHTS:
        pen = TTGlyphPen(None)
        for left, right in bars:
            top, bottom = axis + height // 2, axis - height // 2
            pen.moveTo((left, bottom))
            for corner in ((left, top), (right, top), (right, bottom)):
                pen.lineTo(corner)
            pen.closePath()
        name = f"{base}.{height}" if height != HEIGHTS[0] else base
        drawn.glyphs[name], drawn.widths[name] = pen.glyph(), width
        drawn.tall.setdefault(base, []).append((name, height))
    name, height = drawn.tall[base][4]
    part = (name, 0, height // 3, height // 3, height)
    drawn.tall_assemblies[base] = [part, (name, _REPEATS, *part[2:])], 0


def _save(drawn: Drawn) -> None:
    source, builder = drawn.source, FontBuilder(drawn.source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(list(drawn.glyphs))
    builder.setupCharacterMap({ord(sign): glyph_of(sign) for sign in (*ARROWS, *ACCENTS, *BARS)})
    builder.setupGlyf(drawn.glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {name: (width, table[name].xMin) for name, width in drawn.widths.items()}
    )
    head = source["hhea"]
    builder.setupHorizontalHeader(ascent=head.ascent, descent=head.descent)
    builder.setupNameTable(_names(source))
    builder.setupOS2(sTypoAscender=head.ascent, sTypoDescender=head.descent)
    builder.setupPost(keepGlyphNames=False)
    constants = source["MATH"].table.MathConstants
    buildMathTable(
        builder.font,
        constants={name: getattr(constants, name).Value for name in _CONSTANTS},
        # Says nothing, but browsers refuse the table without this part.
        italicsCorrections={".notdef": 0},
        horizGlyphVariants=drawn.variants,
        horizGlyphAssembly=drawn.assemblies,
        vertGlyphVariants=drawn.tall,
        vertGlyphAssembly=drawn.tall_assemblies,
    )
    builder.font.flavor = "woff2"
    builder.font.save(TARGET)


def _names(source: TTFont) -> dict[str, str]:
    return {
        "copyright": source["name"].getDebugName(0),
        "familyName": FAMILY,
        "styleName": "Regular",
        "fullName": FAMILY,
        "psName": "STIXTwoStretch-Regular",
        "description": "Outlines of STIX Two Math in many lengths",
        "licenseDescription": source["name"].getDebugName(13),
        "licenseInfoURL": source["name"].getDebugName(14),
    }


if __name__ == "__main__":
    main()
