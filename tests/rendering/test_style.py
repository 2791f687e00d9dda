"""The card's style sheet is readable in both themes."""

from __future__ import annotations

import re

import pytest

from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.rendering.highlight import block_html
from studyapp.rendering.mathml_writer import CLASSES
from studyapp.rendering.style import card_css, theme_css

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio by WCAG 2.2: 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def text_colours() -> set[str]:
    """The variables that the style sheet gives to text."""
    return set(re.findall(r"[ {]color: var\(--([a-z-]+)\)", card_css()))


@BOTH
@pytest.mark.parametrize("ground", ["window", "rail"])
def test_all_text_and_code_stands_out(theme: Theme, ground: str) -> None:
    for name in text_colours():
        ratio = contrast(getattr(theme, name), getattr(theme, ground))
        assert ratio >= 4.5, (name, round(ratio, 2))


@BOTH
def test_marked_text_stands_out(theme: Theme) -> None:
    assert contrast(theme.text, theme.mark) >= 4.5


def test_code_uses_colours() -> None:
    assert {"accent", "due", "learning", "new", "muted"} <= text_colours()


def test_no_colour_is_fixed() -> None:
    rules = card_css().replace(theme_css(LIGHT), "").replace(theme_css(DARK), "")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", re.sub(r"#(?:card|fonts)\b", "", rules)) == []


def test_every_variable_is_defined() -> None:
    used = set(re.findall(r"var\((--[a-z-]+)\)", card_css()))
    defined = set(re.findall(r"(--[a-z-]+):", card_css()))
    assert used - defined == {"--scale"}  # the shell defines it


def test_formulas_have_a_rule_for_each_of_their_classes() -> None:
    styled = set(re.findall(r"\.([a-z0-9]+)", card_css()))
    assert styled >= CLASSES


@BOTH
def test_a_theme_is_chosen_by_an_attribute(theme: Theme) -> None:
    css = theme_css(theme)
    assert css.startswith(f':root[data-theme="{theme.name}"] {{')
    assert f"--on-accent: {theme.on_accent};" in css


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        pytest.param("return", "k", id="keyword"),
        pytest.param("'a'", "s1", id="string"),
        pytest.param("1", "mi", id="number"),
        pytest.param("# a", "c1", id="comment"),
        pytest.param("def f(): 0", "nf", id="function"),
    ],
)
def test_parts_of_code_are_coloured(code: str, kind: str) -> None:
    assert f'class="{kind}"' in block_html(code, "python")
    assert re.search(rf"\.code \.{kind}\b", card_css())
