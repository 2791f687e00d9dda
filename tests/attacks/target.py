"""The real card view with a folder of media, and all that can be seen of what it does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.rendering.design import LIGHT
from studyapp.ui.card_files import Served
from studyapp.ui.card_script import WORLD
from studyapp.ui.card_view import CardView

CANARY: Final = "the canary that no card may read"
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c489".replace(" ", "")
    + "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
_ACTS = "document.title=1"
_MEDIA: Final = {
    "dot.png": _DOT,
    "page.html": f"<script>parent.document.{_ACTS}</script>{CANARY}".encode(),
    "drawing.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{_ACTS}"/>'.encode(),
    "style.css": b"* { display: none }",
    "script.js": _ACTS.encode(),
}
_SHOWN = re.compile(
    r"studyapp://(?:assets/(?:STIXTwo[A-Za-z-]+\.woff2)?|media/(?:dot\.png|drawing\.svg)(?:[?#].*)?)"
)
"""What the page may be given: its shell, its fonts, and pictures of the collection."""

_OF_THE_BROWSER = ("Blocked attempt to create a WebMediaPlayer",)
"""What the browser itself says when it protects itself."""

_STATE = """
(function () {
    const card = document.getElementById("card");
    const tags = element => element.tagName.toLowerCase() + (element.id && "#" + element.id);
    return JSON.stringify({
        title: document.title,
        address: location.href.split("#")[0],
        root: document.documentElement.cloneNode(false).outerHTML,
        head: Array.from(document.head.children, tags),
        style: document.head.querySelector("style").textContent.length,
        body: Array.from(document.body.children, tags),
        body_attributes: document.body.attributes.length,
        fonts: document.getElementById("fonts").outerHTML,
        frames: window.length,
        focus: document.activeElement === document.body,
        canary: document.documentElement.textContent.includes(%s),
    });
})()
"""
_INSIDE = """
(function () {
    const card = document.getElementById("card");
    const again = document.implementation.createHTMLDocument("").body;
    again.innerHTML = card.innerHTML;
    return JSON.stringify({
        parts: Array.from(card.children, each => each.tagName.toLowerCase()),
        acting: Array.from(
            card.querySelectorAll("*"),
            each => Array.from(each.attributes, its => its.name)
                .filter(name => name.startsWith("on") || name === "style")
        ).flat(),
        alike: again.innerHTML === card.innerHTML,
    });
})()
"""
_CLICK = """
(function (known, most) {
    const fresh = [];
    for (const each of document.querySelectorAll("#card :is(a, area, button, summary, input)")) {
        const kind = each.outerHTML.replace(/\\/\\/note\\/.*|#fn.*/s, "");
        if (known.includes(kind) || fresh.includes(kind) || fresh.length === most) continue;
        fresh.push(kind);
        each.click();
    }
    return fresh.join("\\0");
})(%s, 20)
"""


@dataclass
class Seen:
    """What happened since the view was made."""

    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    served: list[str] = field(default_factory=list)
    clicked: list[str] = field(default_factory=list)
    longest_turn: float = 0.0
    """Seconds between two turns of the event loop."""


class Target:
    """A view to attack; `close` it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.seen = Seen()
        self._last = perf_counter()
        self.view = CardView(_media_folder(folder), LIGHT, 1.0)
        self._token = 0
        self._note_all()
        self.view.resize(800, 500)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.show("<p>before</p>")
        self.untouched = self.state()

    def show(self, html: str) -> None:
        """Put it into the page, and come back once it is painted."""
        self._token += 1
        token = self._token
        with self.qtbot.waitSignal(
            self.view.painted, timeout=20_000, check_params_cb=lambda each: each == token
        ):
            self.view.show_card(html, token)

    def click(self) -> None:
        """Click what is like nothing that was clicked before.

        Of all only some: the browser stops a page that navigates 200 times in ten seconds.
        """
        self.seen.clicked += str(self._ask(_CLICK % json.dumps(self.seen.clicked))).split("\0")

    def state(self) -> dict[str, object]:
        """The page outside of the card."""
        return dict(json.loads(str(self._ask(_STATE % json.dumps(CANARY)))))

    def direction(self) -> str:
        """The direction that the card's part asks for, and the one that it gets."""
        return str(
            self._ask(
                "(part => part.dir + ' ' + getComputedStyle(part).direction)"
                "(document.getElementById('card').firstChild)"
            )
        )

    def inside(self) -> dict[str, object]:
        """What the browser made of the card."""
        return dict(json.loads(str(self._ask(_INSIDE))))

    def harm(self, *expected: str) -> list[str]:
        """All that should not have happened."""
        state = self.state()
        found = [name for name in state if state[name] != self.untouched[name]]
        found = [name for name in found if name not in expected]
        found += [f"gave {url}" for url in self.seen.served if not _SHOWN.fullmatch(url)]
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        found += [f"opened {each}" for each in windows if each is not self.view]
        if any(not url.startswith(("http://", "https://")) for url in self.seen.links):
            found.append(f"links: {self.seen.links}")
        return found

    def has_run(self) -> bool:
        """Whether a script of an attack wrote to the console."""
        return any(message in ("ran", "0 1") for message in self.seen.console)

    def watch_turns(self) -> None:
        """From now on note how long the event loop takes for a turn."""
        self._last = perf_counter()
        self._timer = QTimer(self.view)
        self._timer.timeout.connect(self._turn)
        self._timer.start(5)

    def close(self) -> None:
        self.view.shut_down()
        self.view.close()

    def _turn(self) -> None:
        now = perf_counter()
        self.seen.longest_turn = max(self.seen.longest_turn, now - self._last)
        self._last = now

    def _ask(self, script: str) -> object:
        with self.qtbot.waitCallback(timeout=20_000) as callback:
            self.view.page.runJavaScript(script, WORLD, callback)
        answer: object = callback.args[0]
        return answer

    def _note_all(self) -> None:
        self.view.link_activated.connect(self.seen.links.append)
        self.view.note_activated.connect(self.seen.notes.append)
        self.view._page.told.connect(self._note_message)
        read = self.view._files.read

        def noted(url: str) -> Served | None:
            served = read(url)
            if served is not None:
                self.seen.served.append(url)
            return served

        self.view._files.read = noted  # type: ignore[method-assign]

    def _note_message(self, message: str) -> None:
        if not message.startswith((self.view._secret, *_OF_THE_BROWSER)):
            self.seen.console.append(message)


def _media_folder(folder: Path) -> Path:
    media = folder / "media"
    media.mkdir()
    for name, content in _MEDIA.items():
        (media / name).write_bytes(content)
    (folder / "secret.png").write_bytes(_DOT)
    (media / "link.png").symlink_to(folder / "secret.png")
    return media
