"""Spans of time and amounts in words."""

from __future__ import annotations

MS_PER_SECOND = 1000
S_PER_MINUTE = 60
S_PER_HOUR = 3600


def about(ms: int) -> str:
    """A span as one tells it: "less than a minute", "9 min", "1 h 20 min"."""
    minutes = round(ms / MS_PER_SECOND / S_PER_MINUTE)
    if minutes < 1:
        return "less than a minute"
    hours, minutes = divmod(minutes, 60)
    return " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min")) if n)


def countdown(ms: int) -> str:
    """A span that runs down, rounded up to full seconds: "2:05", "1:00:00"."""
    seconds = max(0, -(-ms // MS_PER_SECOND))
    hours, rest = divmod(seconds, S_PER_HOUR)
    minutes, seconds = divmod(rest, S_PER_MINUTE)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def counted(number: int, one: str, many: str = "") -> str:
    """Such as "1 card" or "2 cards"; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
