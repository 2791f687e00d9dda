"""The pictures of the shipped decks: drawn by the script, safe, small, and readable anywhere."""

from __future__ import annotations

import re
from itertools import combinations
from math import isclose
from pathlib import Path
from statistics import linear_regression

import pytest

from docs.decks import credit, goodhart, residual_stream, training
from docs.decks.canvas import FAINT, PANEL, PAPER, SMALL, number
from docs.decks.draw_pictures import FOLDER, PICTURES, draw
from studyapp.rendering.design import LIGHT
from tests.decks.drawing import Drawing, read
from tests.rendering.test_style import contrast

MAX_BYTES = 12_000
MARGIN = 12
"""The least space between a label and the panel's edge, in pixels."""
WIDTHS = range(420, 561)
READABLE, VISIBLE = 4.5, 3.0
"""Contrast ratios that WCAG 2.2 asks of text and of graphics."""
ORNAMENTS = {FAINT, LIGHT.line, PAPER}
"""Lines that tell nothing by themselves: grids, the panel's rim, the inside of a ring."""
KNOWN = {
    "svg": {"role", "width", "height", "viewBox", "font-family", "font-size", "fill"},
    "title": set[str](),
    "desc": set[str](),
    "g": {"fill", "text-anchor", "font-size"},
    "rect": {"x", "y", "width", "height", "rx", "fill"},
    "circle": {"cx", "cy", "r", "fill"},
    "path": {"d", "fill", "stroke-linecap"},
    "text": {"x", "y", "fill", "text-anchor", "font-size", "font-weight"},
    "tspan": {"dy", "font-size"},
}
STROKE = {"stroke", "stroke-width", "stroke-dasharray"}
DRAWN = {"rect", "circle", "path"}

each_picture = pytest.mark.parametrize("name", PICTURES)


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def drawing(name: str) -> Drawing:
    return read(text_of(name))


def words_in(name: str) -> set[str]:
    return {label.words for label in drawing(name).labels()}


def test_committed_pictures_are_those_of_the_script(tmp_path: Path) -> None:
    draw(tmp_path)
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in FOLDER.glob("align-*.svg")}
    assert sorted(committed) == sorted(drawn)
    stale = [name for name, content in drawn.items() if committed[name] != content]
    assert stale == [], "draw them anew: python -m docs.decks.draw_pictures"


@each_picture
def test_picture_is_small(name: str) -> None:
    assert (FOLDER / f"{name}.svg").stat().st_size <= MAX_BYTES


@each_picture
def test_picture_has_only_known_elements_and_attributes(name: str) -> None:
    """So there is no script, no style, no reference to anything within or without."""
    for element in drawing(name).root.iter():
        allowed = KNOWN[element.tag] | (STROKE if element.tag in DRAWN else set())
        assert set(element.attrib) - allowed == set()
        assert not any(re.search(r"url|:|&", value) for value in element.attrib.values())
    assert "<!" not in text_of(name)


@each_picture
def test_picture_has_its_size_a_title_and_a_description(name: str) -> None:
    root = drawing(name).root
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    assert root.attrib["viewBox"] == f"0 0 {width} {height}"
    assert width in WIDTHS
    title, about = root[0], root[1]
    assert (title.tag, about.tag) == ("title", "desc")
    assert title.text
    assert len((about.text or "").split()) >= 15


def test_titles_are_unique() -> None:
    titles = {drawing(name).root[0].text for name in PICTURES}
    assert len(titles) == len(PICTURES)


@each_picture
def test_no_text_is_too_small(name: str) -> None:
    sizes = [element.get("font-size") for element in drawing(name).root.iter()]
    assert min(int(size) for size in sizes if size) >= SMALL >= 13


@each_picture
def test_text_stands_out_from_what_is_behind_it(name: str) -> None:
    picture = drawing(name)
    for label in picture.labels():
        for point in label.sample():
            ground = picture.behind(point, 0, label.order)
            assert ground, label
            assert contrast(label.colour, ground) >= READABLE, (label, ground)


@each_picture
def test_lines_and_rims_are_visible(name: str) -> None:
    colours = {element.get("stroke", FAINT) for element in drawing(name).elements} - ORNAMENTS
    assert {colour for colour in colours if contrast(colour, PANEL) < VISIBLE} == set()


@each_picture
def test_labels_keep_clear_of_the_edge_and_of_each_other(name: str) -> None:
    picture = drawing(name)
    labels = picture.labels()
    width, height = (int(picture.root.attrib[side]) for side in ("width", "height"))
    for label in labels:
        assert label.left >= MARGIN, label
        assert label.right <= width - MARGIN, label
        assert label.size + MARGIN <= label.baseline <= height - MARGIN, label
    assert [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])] == []


@each_picture
def test_no_line_runs_through_a_label(name: str) -> None:
    picture = drawing(name)
    crossed = [
        (label.words, path) for label in picture.labels() for path in picture.crossing(label, FAINT)
    ]
    assert crossed == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(12.0, "12", id="whole"),
        pytest.param(12.34, "12.3", id="rounded"),
        pytest.param(-0.04, "0", id="no-negative-zero"),
    ],
)
def test_lengths_are_short(value: float, written: str) -> None:
    assert number(value) == written


def test_norm_grows_to_the_number_of_the_text() -> None:
    assert f"{residual_stream.norm_at(30):.1f}" == "432.2"
    assert {"432.2", "5 %", "1.16 %"} <= words_in("align-norm-growth")


def test_line_of_expected_truth_fits_the_model_s_outputs() -> None:
    persuasion, truth = zip(*goodhart.outputs(20_000), strict=True)
    slope, start = linear_regression(persuasion, truth)
    assert slope == pytest.approx(goodhart.SLOPE, abs=0.01)
    assert start == pytest.approx(goodhart.expected_truth(0), abs=0.02)
    assert {"filtering: 2.5", "0.8"} <= words_in("align-goodhart-conditional")


def test_reinforcement_learning_would_choose_c() -> None:
    assert goodhart.MEAN_C > goodhart.MEAN_A
    assert isclose(goodhart.ALPHA + goodhart.BETA + goodhart.GAMMA, 1)


def test_step_follows_the_gradient_downhill() -> None:
    u, v = training.START
    tiny = 1e-6
    slope = training.gradient(u, v)
    assert slope == pytest.approx(
        (
            (training.loss(u + tiny, v) - training.loss(u - tiny, v)) / (2 * tiny),
            (training.loss(u, v + tiny) - training.loss(u, v - tiny)) / (2 * tiny),
        )
    )
    assert training.loss(u, v) == pytest.approx(max(training.LEVELS))
    after = u - training.RATE * slope[0], v - training.RATE * slope[1]
    assert training.loss(*after) < training.loss(u, v)


def test_gradient_shares_mirror_the_deserved_ones() -> None:
    deserved = credit.shares([1, 2, 4])
    assert credit.shares([8, 4, 2]) == pytest.approx(deserved[::-1])
    assert deserved == pytest.approx([1 / 7, 2 / 7, 4 / 7])
    assert {"w1 = 1", "w2 = 2", "w3 = 4", "= 8"} <= words_in("align-product-gradient")
