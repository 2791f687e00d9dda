"""The only room that knows genanki and Anki's formats."""
