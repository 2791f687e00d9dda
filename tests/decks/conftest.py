"""The web engine, in which the decks' cards are measured."""

from __future__ import annotations

from studyapp.app import prepare_web_engine

prepare_web_engine()
