"""The card's page: what it shows, and everything that a card must not do."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from studyapp.rendering.design import DARK, LIGHT
from studyapp.ui.card_script import WORLD
from studyapp.ui.card_view import CardView

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082".replace(" ", "")
)

LONG = "<p>long</p>" * 100


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> Iterator[CardView]:
    """The view, with one picture in its media folder."""
    media = tmp_path / "media"
    media.mkdir()
    (media / "dot.png").write_bytes(PIXEL)
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (media / "link.png").symlink_to(tmp_path / "secret.png")
    view = CardView(media, LIGHT, 1.0)
    view.resize(800, 500)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.shut_down()
    view.close()


def show(qtbot: QtBot, view: CardView, html: str, token: int = 1, **how: bool) -> None:
    with qtbot.waitSignal(view.painted, timeout=20_000, check_params_cb=lambda each: each == token):
        view.show_card(html, token, **how)


def ask(qtbot: QtBot, view: CardView, script: str) -> object:
    """The answer of the page to a script of the test, in the app's own world."""
    with qtbot.waitCallback() as callback:
        view.page.runJavaScript(script, WORLD, callback)
    answer: object = callback.args[0]
    return answer


def test_it_shows_what_it_is_given(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<p>What is 2 &lt; 3?</p>")
    assert ask(qtbot, view, "document.getElementById('card').innerText") == "What is 2 < 3?"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<script>document.title = 'ran'</script>", id="script"),
        pytest.param("<img src='x' onerror=\"document.title = 'ran'\">", id="handler"),
        pytest.param("<svg onload=\"document.title = 'ran'\"></svg>", id="svg"),
        pytest.param(
            "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
            id="frame",
        ),
        pytest.param("<details ontoggle=\"document.title = 'ran'\" open>x</details>", id="toggle"),
    ],
)
def test_a_card_runs_no_script(qtbot: QtBot, view: CardView, html: str) -> None:
    show(qtbot, view, html)
    show(qtbot, view, "after", token=2)
    assert ask(qtbot, view, "document.title") != "ran"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<img src='http://127.0.0.1:9/a.png'>", id="picture"),
        pytest.param("<link rel=stylesheet href='http://127.0.0.1:9/a.css'>", id="style"),
        pytest.param("<iframe src='http://127.0.0.1:9/'></iframe>", id="frame"),
        pytest.param("<video src='http://127.0.0.1:9/a.mp4' autoplay></video>", id="video"),
        pytest.param("<img src='file:///etc/hostname'>", id="file"),
    ],
)
def test_no_request_leaves(qtbot: QtBot, view: CardView, html: str) -> None:
    """The page's own policy stops each before the interceptor; that one is tested below."""
    show(qtbot, view, html)
    show(qtbot, view, "after", token=2)
    loaded = "performance.getEntriesByType('resource').filter(e => e.responseStatus).length"
    assert ask(qtbot, view, loaded) in (0, 0.0, None)


def test_the_interceptor_stops_what_a_policy_would_let_through(
    qtbot: QtBot, view: CardView
) -> None:
    page = QWebEnginePage(view._sealed.profile)  # without the shell's policy
    with qtbot.waitSignal(page.loadFinished):
        page.setHtml("<img src='http://127.0.0.1:9/a.png'>", QUrl("studyapp://assets/"))
    qtbot.waitUntil(lambda: view.blocked_requests > 0)
    shiboken6.delete(page)


@pytest.mark.parametrize(
    ("name", "width"),
    [
        pytest.param("dot.png", 1, id="medium"),
        pytest.param("link.png", 0, id="symbolic-link"),
        pytest.param("..%2Fsecret.png", 0, id="escaped-parent"),
        pytest.param("%2Fetc%2Fhostname", 0, id="absolute"),
        pytest.param("missing.png", 0, id="missing"),
    ],
)
def test_only_media_files_are_read(qtbot: QtBot, view: CardView, name: str, width: int) -> None:
    show(qtbot, view, f"<img id='it' src='studyapp://media/{name}'>")

    def settled() -> bool:
        return ask(qtbot, view, "document.getElementById('it').complete") is True

    qtbot.waitUntil(settled)
    assert ask(qtbot, view, "document.getElementById('it').naturalWidth") == width


def click(qtbot: QtBot, view: CardView) -> None:
    """Click at the upper left of the card's text."""
    box = ask(
        qtbot,
        view,
        "(b => [b.left + 5, b.top + 5].join(' '))"
        "(document.querySelector('a').getBoundingClientRect())",
    )
    x, y = (round(float(each)) for each in str(box).split())
    target = view._view.focusProxy()
    assert isinstance(target, QWidget)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def test_a_link_to_the_web_is_told_and_not_followed(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<a href='https://example.org/a?b=c'>a link</a>")
    with qtbot.waitSignal(view.link_activated) as told:
        click(qtbot, view)
    assert told.args == ["https://example.org/a?b=c"]
    assert view.page.url().toString() == "studyapp://assets/"


def test_a_link_to_a_note_is_told(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<a href='studyapp://note/gw-latent-space'>a link</a>")
    with qtbot.waitSignal(view.note_activated) as told:
        click(qtbot, view)
    assert told.args == ["gw-latent-space"]
    assert view.page.url().toString() == "studyapp://assets/"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://example.org/", id="web"),
        pytest.param("file:///etc/hostname", id="file"),
        pytest.param("data:text/html,<b>x</b>", id="data"),
        pytest.param("studyapp://assets/other", id="other-page"),
        pytest.param("javascript:document.title='ran'", id="script"),
    ],
)
def test_the_page_goes_nowhere(qtbot: QtBot, view: CardView, address: str) -> None:
    show(qtbot, view, "question")
    kind = QWebEnginePage.NavigationType.NavigationTypeOther
    assert not view.page.acceptNavigationRequest(QUrl(address), kind, True)
    ask(qtbot, view, f"location.href = {address!r}")
    show(qtbot, view, "still here", token=2)
    assert ask(qtbot, view, "document.body.innerText") == "still here"


def test_the_theme_changes_without_a_new_page(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<p>question</p>")
    background = "getComputedStyle(document.body).color"
    before = ask(qtbot, view, background)
    ask(qtbot, view, "window.mark = 1")
    view.dress(DARK, 1.5)
    assert ask(qtbot, view, "window.mark") == 1
    assert ask(qtbot, view, background) != before
    assert ask(qtbot, view, "document.getElementById('card').innerText") == "question"


def test_the_size_of_text_follows_the_scale(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<p id='it'>question</p>")
    size = "parseFloat(getComputedStyle(document.getElementById('it')).fontSize)"
    before = ask(qtbot, view, size)
    view.dress(LIGHT, 2.0)
    assert isinstance(before, int | float)
    assert ask(qtbot, view, size) == pytest.approx(2 * before)


def test_the_question_stays_where_it_is_when_the_answer_comes(qtbot: QtBot, view: CardView) -> None:
    question = "<p id='q'>question</p>"
    place = "document.getElementById('q').getBoundingClientRect().top"
    show(qtbot, view, question)
    before = ask(qtbot, view, place)
    show(qtbot, view, question + "<div class='answer'>answer</div>", 2, keep_place=True)
    assert ask(qtbot, view, place) == before


def test_an_answer_below_the_fold_comes_into_view(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, LONG)
    show(qtbot, view, LONG + "<section class='answer'>answer</section>", 2, keep_place=True)
    bottom = "document.querySelector('.answer').getBoundingClientRect().bottom - innerHeight"

    def visible() -> bool:
        below = ask(qtbot, view, bottom)
        return isinstance(below, int | float) and below < 0

    qtbot.waitUntil(visible)


def test_a_new_card_begins_at_its_top(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, LONG)
    view.scroll_pages(2)
    assert ask(qtbot, view, "window.scrollY") != 0
    show(qtbot, view, LONG, 2)
    assert ask(qtbot, view, "window.scrollY") == 0


def test_a_crash_of_the_page_brings_the_card_back(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<p>question</p>", 7)
    with qtbot.waitSignal(view.painted, timeout=20_000) as again:
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    assert again.args == [7]
    assert ask(qtbot, view, "document.getElementById('card').innerText") == "question"


def test_a_second_crash_at_the_same_card_is_told(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "<p>question</p>")
    with qtbot.waitSignal(view.painted, timeout=20_000):
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    with qtbot.waitSignal(view.failed):
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("painted 3", id="no-secret"),
        pytest.param("", id="empty"),
    ],
)
def test_the_console_of_a_page_tells_nothing_without_the_secret(
    qtbot: QtBot, view: CardView, message: str
) -> None:
    show(qtbot, view, "question")
    with qtbot.assertNotEmitted(view.painted):
        ask(qtbot, view, f"console.info({message!r})")


def test_the_context_menu_has_copy_and_nothing_else(qtbot: QtBot, view: CardView) -> None:
    show(qtbot, view, "question")
    view._view.customContextMenuRequested.emit(QPoint(5, 5))
    qtbot.waitUntil(lambda: bool(view.findChildren(QMenu)))
    (menu,) = view.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Copy"]
    menu.close()
