"""The text form of a deck: parse and write."""
