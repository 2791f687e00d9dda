"""The map of notes: its drawing, the list and the note beside it."""
