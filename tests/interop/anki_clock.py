"""What time it is for Anki while tests run."""

from __future__ import annotations

import time

_NIGHT = (2, 3)
_BACK_S = 7200


def anki_now() -> int:
    """Seconds since the epoch.

    With ANKI_TEST_MODE Anki takes two hours off between two and four in the morning, so that its
    own tests do not meet the rollover.
    """
    now = int(time.time())
    return now - _BACK_S if time.localtime(now).tm_hour in _NIGHT else now
