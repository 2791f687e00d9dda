"""Which files a note calls for, and names that every system takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.media_names import MAX_BYTES, media_names, safe_name


@pytest.mark.parametrize(
    ("markdown", "names"),
    [
        pytest.param("![a](plane.svg) and [sound:b c.mp3]", ("plane.svg", "b c.mp3"), id="both"),
        pytest.param('![a](a%20b.png "title") ![](<c d.png>)', ("a b.png", "c d.png"), id="space"),
        pytest.param("<img width=3 src='x.png'><IMG SRC=y.png>", ("x.png", "y.png"), id="html"),
        pytest.param("![a](https://a.b/c.png) ![](a/b.png)", (), id="elsewhere"),
        pytest.param("`![a](b.png)`\n\n```\n[sound:c.mp3]\n```", (), id="code"),
        pytest.param("![a](a.png) ![b](a.png)", ("a.png",), id="twice"),
    ],
)
def test_names(markdown: str, names: tuple[str, ...]) -> None:
    assert media_names(markdown) == names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("plane.svg", "plane.svg", id="good"),
        pytest.param("../../etc/passwd", "etcpasswd", id="path"),
        pytest.param('a<b>:"c"|?*.png', "abc.png", id="signs"),
        pytest.param("CON.png", "_CON.png", id="device"),
        pytest.param("", "file", id="empty"),
        pytest.param(".png", "png", id="only-an-ending"),
        pytest.param("e\u0301.png", "é.png", id="composed"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= MAX_BYTES
    assert safe_name(safe) == safe
    assert not set(safe) & set('/\\:<>"|?*[]^\0')
