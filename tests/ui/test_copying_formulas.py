"""Formulas leave a card as LaTeX: by the menu, by keys, and within a selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from studyapp.domain.notes import DeckText
from tests.ui.conftest import StartApp
from tests.ui.running_app import RunningApp, basic

FRONT = r"The loss $\frac{a}{b} < 1$ of *it*, and" "\n\n$$\\sum_i x_i$$\n\nthen $y$."
DECK = DeckText("Maths", "maths", notes=(basic("n", FRONT, "back"), basic("m", "none", "b")))
PLAIN = DeckText("Plain", "plain", notes=(basic("n", "no formula", "b"),))
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def card(start_app: StartApp) -> RunningApp:
    """A question with three formulas is on the screen."""
    QGuiApplication.clipboard().clear()
    app = start_app([DECK])
    app.start_first_deck()
    return app


def ask(app: RunningApp, script: str) -> object:
    with app.qtbot.waitCallback() as callback:
        app.window.study.card.view._ask(script, callback)
    answer: object = callback.args[0]
    return answer


def wait_for_copy(app: RunningApp, text: str) -> None:
    app.qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == text)


def select(app: RunningApp, start: str, end: str) -> None:
    """Select from before the element or text node `start` to behind `end`, both in script."""
    ask(
        app,
        "(function () { const r = document.createRange();"
        f"r.setStart({start}, 0); const e = {end}; r.setEnd(e, e.childNodes.length || 1);"
        "const s = window.getSelection(); s.removeAllRanges(); s.addRange(r); return 1; })()",
    )


def menu_at(app: RunningApp, selector: str) -> QMenu:
    """The context menu of a place in the middle of an element."""
    box = ask(
        app,
        "(b => [(b.left + b.right) / 2, (b.top + b.bottom) / 2].join(' '))"
        f"(document.querySelector({selector!r}).getBoundingClientRect())",
    )
    x, y = (round(float(each)) for each in str(box).split())
    view = app.window.study.card.view
    view._view.customContextMenuRequested.emit(QPoint(x, y))
    app.qtbot.waitUntil(lambda: bool(view.findChildren(QMenu)))
    (menu,) = view.findChildren(QMenu)
    return menu


def test_screen_readers_find_mathml_with_its_source(card: RunningApp) -> None:
    assert ask(card, "document.querySelector('#card math').namespaceURI") == (
        "http://www.w3.org/1998/Math/MathML"
    )
    annotation = "#card math annotation[encoding='application/x-tex']"
    assert ask(card, f'document.querySelector("{annotation}").textContent') == r"\frac{a}{b} < 1"


@pytest.mark.parametrize(
    ("selector", "latex"),
    [
        pytest.param("math mfrac", r"\frac{a}{b} < 1", id="in-the-line"),
        pytest.param(".math-display math", r"\sum_i x_i", id="on-its-own"),
    ],
)
def test_the_menu_of_a_formula_copies_it(card: RunningApp, selector: str, latex: str) -> None:
    menu = menu_at(card, selector)
    assert [action.text() for action in menu.actions()] == ["Copy", "Copy formula as LaTeX"]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == latex
    menu.close()


def test_the_menu_of_text_offers_no_formula(card: RunningApp) -> None:
    menu = menu_at(card, "em")
    assert [action.text() for action in menu.actions()] == ["Copy"]
    menu.close()


def test_all_formulas_of_a_card_are_copied_by_a_key(card: RunningApp) -> None:
    with card.qtbot.waitSignal(card.window.study.told) as told:
        card.press(Qt.Key.Key_C, modifier=CTRL_SHIFT)
    assert told.args == ["Copied 3 formulas as LaTeX"]
    assert QGuiApplication.clipboard().text() == "\\frac{a}{b} < 1\n\\sum_i x_i\ny"


def test_only_the_selected_formulas_are_copied_if_something_is_selected(card: RunningApp) -> None:
    select(card, "document.querySelector('#card p').firstChild", "document.querySelector('em')")
    with card.qtbot.waitSignal(card.window.study.told) as told:
        card.press(Qt.Key.Key_C, modifier=CTRL_SHIFT)
    assert told.args == ["Copied 1 formula as LaTeX"]
    wait_for_copy(card, r"\frac{a}{b} < 1")


def test_a_card_without_a_formula_says_so(start_app: StartApp) -> None:
    app = start_app([PLAIN])
    app.start_first_deck()
    with app.qtbot.waitSignal(app.window.study.told) as told:
        app.press(Qt.Key.Key_C, modifier=CTRL_SHIFT)
    assert told.args == ["There is no formula here"]


def test_a_selection_over_formulas_is_copied_with_their_latex(card: RunningApp) -> None:
    select(
        card,
        "document.querySelector('#card p').firstChild",
        "document.querySelector('#card section').lastElementChild",
    )
    card.press(Qt.Key.Key_C, modifier=CTRL)
    wait_for_copy(
        card, "The loss $\\frac{a}{b} < 1$ of it, and\n\n$$\\sum_i x_i$$\n\nthen $y$\u2060."
    )


def test_a_selection_within_a_formula_copies_the_whole_formula(card: RunningApp) -> None:
    select(card, "document.querySelector('mfrac')", "document.querySelector('mfrac')")
    card.press(Qt.Key.Key_C, modifier=CTRL)
    wait_for_copy(card, r"$\frac{a}{b} < 1$")
    assert ask(card, "document.body.children.length") == 2


def test_a_selection_without_a_formula_is_copied_with_its_style(card: RunningApp) -> None:
    paragraph = "document.querySelector('em').parentElement"
    select(card, f"{paragraph}.childNodes[2]", f"{paragraph}.lastChild")
    card.press(Qt.Key.Key_C, modifier=CTRL)
    wait_for_copy(card, "of it,")
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    assert "<em>it</em>" in data.html()
