"""Figures of a collection out of columns of reviews and cards; pure."""
