"""The few lines of script that the app runs in a card's page, in a world of its own.

A card itself runs no script. What is passed in goes through JSON, so nothing of a card can become
code. Each function returns at once; painting is told on the console, behind a secret word that a
page cannot know.
"""

from __future__ import annotations

import json

WORLD = 1
"""The isolated world: it sees the page's elements, and the page sees nothing of it."""

_SHOW = """
(function (html, keepPlace, word) {
    const root = document.getElementById("card");
    const place = keepPlace ? window.scrollY : 0;
    // While parts are read, each of them would have a part with dir="auto" read from its start.
    root.innerHTML = html.replace(/(<(?:section|footer) class="\\w+") dir="auto">/g, "$1>");
    for (const part of root.querySelectorAll(":scope > :is(section, footer)")) part.dir = "auto";
    window.scrollTo({top: place, behavior: "instant"});
    const answer = keepPlace && root.querySelector(":scope > .answer");
    if (answer) {
        const box = answer.getBoundingClientRect();
        const below = box.bottom + 32 - window.innerHeight;
        if (below > 0) {
            const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
            window.scrollBy({
                top: Math.min(below, box.top - 32), behavior: still ? "instant" : "smooth"
            });
        }
    }
    requestAnimationFrame(function () {
        const channel = new MessageChannel();
        channel.port1.onmessage = function () { console.info(word); channel.port1.close(); };
        channel.port2.postMessage(0);
    });
    return root.offsetHeight;
})(%s, %s, %s)
"""

_DRESS = """
(function (theme, scale) {
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.setProperty("--scale", scale);
})(%s, %s)
"""

_SCROLL = """
window.scrollBy({top: window.innerHeight * %s, behavior: "instant"})
"""

_LINK = """
(function () {
    const link = document.activeElement && document.activeElement.closest("#card a[href]");
    return link ? link.href : "";
})()
"""

_NEXT_LINK = """
(function () {
    const links = Array.from(document.querySelectorAll("#card a[href]"));
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement);
    links[(at + 1) % links.length].focus({focusVisible: true});
    return true;
})()
"""

_REPLAY = """
(function () {
    const sounds = Array.from(document.querySelectorAll("#card audio"));
    sounds.forEach(function (sound, at) {
        sound.pause();
        sound.currentTime = 0;
        sound.onended = function () { if (at + 1 < sounds.length) sounds[at + 1].play(); };
    });
    if (sounds.length) sounds[0].play().catch(function () {});
    return sounds.length;
})()
"""


def show(html: str, *, keep_place: bool, word: str) -> str:
    """Swap the card's content; with `keep_place` nothing moves unless the answer is out of view."""
    return _SHOW % (json.dumps(html), json.dumps(keep_place), json.dumps(word))


def dress(theme: str, scale: float) -> str:
    """Change the theme and the size of text without loading the page again."""
    return _DRESS % (json.dumps(theme), json.dumps(scale))


def scroll(pages: float) -> str:
    """Scroll down by so many heights of the view; up if negative."""
    return _SCROLL % json.dumps(pages)


def focused_link() -> str:
    """The address of the link that has the keyboard's focus; "" if it is not on a link."""
    return _LINK


def focus_next_link() -> str:
    """Give the keyboard's focus to the link after the one that has it; false if there is none."""
    return _NEXT_LINK


def replay() -> str:
    """Play the card's sounds from their beginnings, one after the other; how many there are."""
    return _REPLAY
