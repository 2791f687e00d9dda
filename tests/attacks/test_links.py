"""Before a link is opened the user sees where it really leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from studyapp.ui.links import MAX_SHOWN, ask_to_open


class Browser(QObject):
    """Stands where the system's browser would be."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qtbot: QtBot) -> Iterator[Browser]:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")  # type: ignore[arg-type]
    yield browser
    QDesktopServices.unsetUrlHandler("https")


@pytest.mark.parametrize(
    ("address", "host", "shown"),
    [
        pytest.param("https://a.example/b", "a.example", "https://a.example/b", id="plain"),
        pytest.param(
            "https://bank.example@evil.example/", "evil.example", "https://evil.example/", id="user"
        ),
        pytest.param(
            "https://a:b@evil.example:8080/",
            "evil.example",
            "https://evil.example:8080/",
            id="password",
        ),
        pytest.param(
            "https://\u0430pple.com/",
            "xn--pple-43d.com",
            "https://xn--pple-43d.com/",
            id="cyrillic",
        ),
        pytest.param(
            "https://a.example。evil.example/",
            "a.example.evil.example",
            "https://a.example.evil.example/",
            id="ideographic-stop",
        ),
        pytest.param(
            "https://evil.example/\u202egro.knab",
            "evil.example",
            "https://evil.example/%E2%80%AEgro.knab",
            id="direction",
        ),
        pytest.param("https://0x7f.1/", "127.0.0.1", "https://127.0.0.1/", id="number"),
        pytest.param("HTTPS://A.EXAMPLE/B", "a.example", "https://a.example/B", id="capitals"),
    ],
)
def test_the_true_host_is_shown(qtbot: QtBot, address: str, host: str, shown: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ask_to_open(parent, address)
    assert isinstance(box, QMessageBox)
    assert box.text() == f"Open this page of {host} in the browser?"
    assert box.informativeText() == shown
    box.reject()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https:///a", id="no-host"),
        pytest.param("https:a", id="no-slashes"),
        pytest.param("https://a.example%2f.evil.example/", id="escaped-slash"),
        pytest.param("https://a.example%00.evil.example/", id="escaped-nul"),
        pytest.param("https://ex\u202eample.org/", id="direction-in-host"),
        pytest.param("data:text/html,a", id="data"),
        pytest.param("studyapp://assets/", id="app"),
    ],
)
def test_what_has_no_host_cannot_be_opened(qtbot: QtBot, address: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_to_open(parent, address) is None


def test_a_long_address_is_cut_behind_its_host(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ask_to_open(parent, "https://a.example/" + "b" * 5_000)
    assert isinstance(box, QMessageBox)
    assert len(box.informativeText()) == MAX_SHOWN
    assert box.informativeText().startswith("https://a.example/b")
    box.reject()


def test_what_was_shown_is_opened(qtbot: QtBot, browser: Browser) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ask_to_open(parent, "https://bank.example@evil.example/a")
    assert isinstance(box, QMessageBox)
    (button,) = [each for each in box.buttons() if each.text() == "Open"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert browser.opened == ["https://evil.example/a"]


def test_nothing_is_opened_before_the_user_agrees(qtbot: QtBot, browser: Browser) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ask_to_open(parent, "https://evil.example/a")
    assert isinstance(box, QMessageBox)
    box.reject()
    assert browser.opened == []
