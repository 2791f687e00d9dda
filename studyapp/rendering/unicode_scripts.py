"""Raised and lowered characters of Unicode."""

from __future__ import annotations

from typing import Final

_RAISED: Final = {
    **dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    **dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)),
    **dict(zip("βγδθφχ", "ᵝᵞᵟᶿᵠᵡ", strict=True)),
    **dict(zip("+-−=()′″‴⊤ ", "⁺⁻⁻⁼⁽⁾′″‴ᵀ ", strict=True)),
}
_LOWERED: Final = {
    **dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    **dict(zip("βγρφχ", "ᵦᵧᵨᵩᵪ", strict=True)),
    **dict(zip("+-−=() ", "₊₋₋₌₍₎ ", strict=True)),
}


def raised(text: str) -> str | None:
    """The text as a superscript, without spaces, or None if Unicode lacks a character of it."""
    return _in(_RAISED, text)


def lowered(text: str) -> str | None:
    """The text as a subscript, without spaces, or None if Unicode lacks a character of it."""
    return _in(_LOWERED, text)


def _in(script: dict[str, str], text: str) -> str | None:
    if not text or any(char not in script for char in text):
        return None
    return "".join(script[char] for char in text).replace(" ", "")
