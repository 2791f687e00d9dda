"""The numbers that the documentation claims, measured beside Anki's in one run."""
