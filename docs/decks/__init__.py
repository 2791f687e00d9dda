"""The pictures of the shipped decks, drawn by a script."""
