"""The fixtures of the window, for scenarios."""

from __future__ import annotations

from tests.ui.conftest import app, clock, pytest_collection_modifyitems, start_app

__all__ = ["app", "clock", "pytest_collection_modifyitems", "start_app"]
