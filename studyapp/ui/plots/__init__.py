"""Plots painted by hand, each with a table of its figures beside it."""
