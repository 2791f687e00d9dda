"""The options of a deck: its preset and its own daily limits."""
