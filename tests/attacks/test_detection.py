"""A browser without any of the app's walls does act on attacks, and the watch sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.corpus import Places, read_attacks
from tests.attacks.listener import Listener

BROWSER = Path(__file__).with_name("bare_browser.py")


def shown_without_walls(name: str, places: Places) -> str:
    """The title of the page after the attack."""
    (text,) = [each.text for each in read_attacks(places) if str(each) == name]
    walls = "QTWEBENGINE_CHROMIUM_FLAGS"
    done = subprocess.run(
        [sys.executable, BROWSER],
        input=text,
        env=os.environ | {walls: "--disable-gpu"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "name", ["event handlers: a picture that fails", "parsers that disagree: xmp"]
)
def test_a_script_would_be_seen_to_run(places: Places, name: str) -> None:
    assert shown_without_walls(name, places) == "1"


@pytest.mark.parametrize(
    "name", ["requests: a picture in several sizes", "requests: a host to be reached early"]
)
def test_a_request_would_be_heard(listener: Listener, places: Places, name: str) -> None:
    shown_without_walls(name, places)
    assert listener.calls > 0
