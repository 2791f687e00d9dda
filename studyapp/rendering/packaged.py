"""Files that come with this room."""

from __future__ import annotations


def packaged(path: str) -> bytes:
    """The content of a file below `assets`."""
    from importlib.resources import files  # noqa: PLC0415  a slow import

    return files("studyapp.rendering").joinpath("assets", *path.split("/")).read_bytes()
