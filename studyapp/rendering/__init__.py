"""Markdown and LaTeX to safe HTML, MathML and plain text."""
