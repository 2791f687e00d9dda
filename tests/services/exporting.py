"""Exports until it is killed: `python -m tests.services.exporting COLLECTION TARGET`.

Tells how far it is, a line for each note.
"""

from __future__ import annotations

import sys
from pathlib import Path

from studyapp.domain.study_day import Instant
from studyapp.services.exchange import Everything, Exchange, Form, Request


def tell(done: int, _total: int) -> bool:
    print(done, flush=True)
    return True


def main() -> None:
    """Export once."""
    collection, target = map(Path, sys.argv[1:])
    form = Form(target.suffix[1:])
    Exchange(collection, lambda: Instant(1)).write(Request(Everything(), form, True), target, tell)
    print("written", flush=True)


if __name__ == "__main__":
    main()
