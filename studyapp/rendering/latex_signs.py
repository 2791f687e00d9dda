r"""Signs by their commands: other names of a command, and signs that are not those of latex2mathml.

A table here goes before what latex2mathml knows. The signs are those of KaTeX as the math font has
them; their kind says how much space they get.
"""

from __future__ import annotations

from typing import Final

_ALIAS_NAMES = r"""
    \alef \aleph  \alefsym \aleph  \clubs \clubsuit  \diamonds \diamondsuit  \hearts \heartsuit
    \spades \spadesuit  \cnums \mathbb{C}  \Darr \Downarrow  \dArr \Downarrow  \darr \downarrow
    \Uarr \Uparrow  \uArr \Uparrow  \uarr \uparrow  \Harr \Leftrightarrow  \Lrarr \Leftrightarrow
    \lrArr \Leftrightarrow  \lrarr \leftrightarrow  \Larr \Leftarrow  \Rarr \Rightarrow
    \Dagger \ddagger  \doublecap \Cap  \doublecup \Cup  \exist \exists  \rq '
    \thetasym \vartheta  \weierp \wp  \lang \langle  \rang \rangle  \Upsilon ϒ  \omicron o
    \empty \emptyset  \bull \bullet
"""
ALIASES: Final = dict(zip(*[iter(_ALIAS_NAMES.split())] * 2, strict=True))
"""Other names: each with what it stands for."""

_ORDINARY_SIGNS = r"""
    \blacksquare ■  \Box □  \square □  \Diamond ◊  \diagup ⟋  \diagdown ⟍  \dag †  \ddag ‡  \lq ‘
    \circledR Ⓡ  \emptyset ∅︀  \blacklozenge ⧫  \Game ⅁  \surd √  \lmoustache ⎰  \rmoustache ⎱
"""
_BINARY_SIGNS = r"""
    \bullet ⦁  \lhd ⊲  \rhd ⊳  \triangleleft ◃  \triangleright ▹  \minuso ⦵  \centerdot ⬝  \And &
    \bigcirc ◯  \bigtriangledown ▽  \bigtriangleup △  \doublebarwedge ⩞  \smallsetminus ∖  \unlhd ⊴
    \unrhd ⊵
"""
_RELATION_SIGNS = r"""
    \blacktriangleleft ◂  \blacktriangleright ▸  \Join ⋈  \leadsto ⇝  \models ⊨  \sim ∼
    \vartriangle ▵  \ratio :  \gvertneqq ≩︀  \lvertneqq ≨︀  \varsubsetneq ⊊︀  \varsubsetneqq ⫋︀
    \varsupsetneqq ⫌︀  \ngeqq ≧̸  \ngeqslant ⩾̸  \nleqq ≦̸  \nleqslant ⩽̸  \npreceq ⪯̸  \nsucceq ⪰̸
    \nsubseteqq ⫅̸  \nsupseteqq ⫆̸  \because ∵  \therefore ∴  \frown ⌢  \smallfrown ⌢  \smile ⌣
    \smallsmile ⌣  \coloncolon ∷  \dblcolon ∷  \approxcolon ≈:  \approxcoloncolon ≈∷
    \colonapprox :≈  \Colonapprox ∷≈  \coloncolonapprox ∷≈  \colonsim :∼  \Colonsim ∷∼
    \coloncolonsim ∷∼  \simcolon ∼:  \simcoloncolon ∼∷  \colonminus :−  \coloneq :−
    \coloncolonminus ∷−  \Coloneq ∷−  \coloncolonequals ⩴  \equalscolon ≕  \equalscoloncolon =∷
    \Eqqcolon =∷  \minuscolon ∹  \minuscoloncolon −∷  \Eqcolon −∷
"""
_SMALL_RELATION_SIGNS = r"\shortmid ∣  \nshortmid ∤  \shortparallel ∥  \nshortparallel ∦"
_KINDS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    # signs: their element and its attributes
    _ORDINARY_SIGNS: ("mi", {"mathvariant": "normal"}),
    _BINARY_SIGNS: ("mo", {"lspace": "0.2222em", "rspace": "0.2222em"}),
    _RELATION_SIGNS: ("mo", {"lspace": "0.2778em", "rspace": "0.2778em", "stretchy": "false"}),
    _SMALL_RELATION_SIGNS: (
        "mo",
        {"lspace": "0.2778em", "rspace": "0.2778em", "stretchy": "false", "mathsize": "0.71em"},
    ),
    r"\colon :": ("mo", {"lspace": "0.1111em", "rspace": "0.3333em"}),
    r"\cdotp ⋅ \ldotp .": ("mo", {"lspace": "0", "rspace": "0.1667em"}),
}
SIGNS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    # command: sign, its element and the element's attributes
    name: (sign, *kind)
    for signs, kind in _KINDS.items()
    for name, sign in zip(*[iter(signs.split())] * 2, strict=True)
}
