"""Which files a card may show, and under which addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.rendering.media import media_url, note_url, plain_name, sound_html


@pytest.mark.parametrize(
    ("address", "name"),
    [
        pytest.param("a.png", "a.png", id="plain"),
        pytest.param("my%20pic.png", "my pic.png", id="encoded"),
        pytest.param(" ü (1).png ", "ü (1).png", id="any letters"),
        pytest.param("..a", "..a", id="dots"),
        pytest.param("", None, id="empty"),
        pytest.param(".", None, id="folder"),
        pytest.param("..", None, id="folder above"),
        pytest.param("%2e%2e", None, id="folder above, encoded"),
        pytest.param("../a.png", None, id="path"),
        pytest.param("a%2fb.png", None, id="path, encoded"),
        pytest.param("a\\b.png", None, id="path on Windows"),
        pytest.param("C:a.png", None, id="drive"),
        pytest.param("https://example.org/a.png", None, id="web"),
        pytest.param("data:image/png;base64,AA", None, id="data"),
        pytest.param("a\x00.png", None, id="control character"),
        pytest.param("a" * 256, None, id="long"),
    ],
)
def test_plain_names(address: str, name: str | None) -> None:
    assert plain_name(address) == name


@given(st.text(min_size=1))
def test_names_survive_their_address(name: str) -> None:
    if plain_name(name) == name:
        address = media_url(name)
        assert address.isascii()
        assert plain_name(address.removeprefix("studyapp://media/")) == name


def test_addresses_are_encoded() -> None:
    assert note_url("a/b c?#") == "studyapp://note/a%2Fb%20c%3F%23"
    assert sound_html('a".mp3') == '<audio controls src="studyapp://media/a%22.mp3"></audio>'
    assert sound_html("<b>/x") == "[sound:&lt;b&gt;/x]"
