"""Every attack, shown in the real web view: nothing runs, nothing leaves, nothing is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from studyapp.ui.card_script import WORLD
from tests.attacks.corpus import Attack, Places, faces, read_attacks
from tests.attacks.listener import Listener
from tests.attacks.target import Target

BATCH = 150_000
"""Characters that are put into the page at once; a longer card goes alone."""
TURN = 1.0
"""Seconds that a turn of the app's event loop may take while attacks are shown."""
_PART = re.compile('<(section|hr|footer) class="(?:question|answer|divide|about)"')


def pages(attack: Attack) -> Iterator[str]:
    """All different contents of the page that an attack's cards lead to."""
    html = [part for face in faces(attack) for part in (face.question_html, face.answer_html)]
    yield from dict.fromkeys(html)


def batches(attacks: Iterable[Attack]) -> Iterator[tuple[list[Attack], str]]:
    names: list[Attack] = []
    html = ""
    for attack in attacks:
        more = "".join(pages(attack))
        if names and len(html) + len(more) > BATCH:
            yield names, html
            names, html = [], ""
        names.append(attack)
        html += more
    yield names, html


def test_no_attack_on_a_card_does_harm(target: Target, listener: Listener, places: Places) -> None:
    everything = list(batches(read_attacks(places)))
    target.watch_turns()
    for attacks, html in everything:
        among = f"one of {attacks[0]} … {attacks[-1]}"
        target.show(html)
        inside = target.inside()
        assert inside["parts"] == _PART.findall(html), among
        assert inside["acting"] == [], among
        assert inside["alike"], f"{among}: read again it is something else"
        target.click()
        assert target.harm() == [], among
        assert target.seen.console == [], among
        assert target.view.blocked_requests == 0, among
        assert listener.calls == 0, among
    target.show("<p>after</p>")
    assert target.harm() == []
    assert target.seen.longest_turn < TURN


WITHOUT_THE_FIRST_WALL = (
    "scripts",
    "event handlers",
    "addresses of scripts",
    "data, files and other schemes",
    "addresses of the app's own",
    "requests",
    "style",
    "drawings",
    "MathML as HTML",
    "parsers that disagree",
    "names that the page uses",
)
"""Groups whose attacks act as they stand, were they put into a page as they are."""
LEAVES_FOR_AN_EMPTY_PAGE = "a link to a page of the browser"


def test_the_page_stands_without_the_sanitiser(
    target: Target, listener: Listener, places: Places
) -> None:
    attacks = [
        each
        for each in read_attacks(places)
        if each.group in WITHOUT_THE_FIRST_WALL
        and each.name != LEAVES_FOR_AN_EMPTY_PAGE
        and len(each.text) < 2_000  # what is only large is the sanitiser's to keep out
    ]
    target.watch_turns()
    for attack in attacks:
        target.show(attack.text)
        target.click()
        assert target.harm("focus", "frames") == [], attack
        assert not target.has_run(), attack
        assert listener.calls == 0, attack
    target.show("<p>after</p>")
    assert target.harm() == []
    assert target.seen.longest_turn < TURN


def test_the_card_comes_back_in_place_of_an_empty_page(target: Target) -> None:
    target.show("<a href='about:blank'>a</a>")
    with target.qtbot.waitSignal(target.view.painted, timeout=20_000):
        target.view.page.runJavaScript("document.querySelector('a').click()", WORLD)
    assert target.harm() == []
