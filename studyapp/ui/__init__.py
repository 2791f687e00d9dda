"""The window: PySide6 only; one screen, one file."""
