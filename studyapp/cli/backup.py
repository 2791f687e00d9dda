"""`studyapp backup`: making, listing and putting back copies of the collection."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from studyapp.errors import NotFound
from studyapp.services.care import Care
from studyapp.store.backup import Backup


def back_up(care: Care, options: argparse.Namespace) -> str:
    """Do what is asked for; what to tell of it. Raises NotFound, StorageError."""
    if options.list:
        return "\n".join(map(_line, care.backups()))
    if options.restore is None:
        return f"Backed up to {care.back_up_now().path}."
    chosen = _wanted(care, options.restore)
    aside = care.restore(chosen, "putting back a backup")
    return f"{chosen.path.name} is in place. What was there before is kept as {aside}."


def _line(copy: Backup) -> str:
    made = datetime.fromtimestamp(copy.made_at / 1000).astimezone()
    return f"{made:%Y-%m-%d %H:%M}  {copy.size_bytes / 1e6:8.1f} MB  {copy.path}"


def _wanted(care: Care, file: str) -> Backup:
    if not file:
        newest = care.newest_sound_backup()
        if newest is None:
            raise NotFound("There is no sound backup.")
        return newest
    chosen = Path(file).resolve()
    for copy in care.backups():
        if copy.path.resolve() == chosen:
            return copy
    raise NotFound(f"{chosen} is none of the backups. `studyapp backup --list` shows them.")
