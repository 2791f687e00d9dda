"""A spaced-repetition desktop app for people who learn hard technical material."""

__version__ = "0.1.0"
