"""A process that brings linked folders together and dies while it writes; made to be killed."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from studyapp.domain.study_day import Instant
from studyapp.services.linking import Linking
from studyapp.store.database import Database


def main(path: Path, migrations: Path, written: int) -> None:
    """Dies once so many files took the place of others."""
    database = Database.open(path, migrations, "a process that will be killed")
    linking = Linking(database, lambda: Instant(1))
    plan = linking.look()
    replace = Path.replace
    left = written

    def replace_or_die(source: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        done = replace(source, target)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    Path.replace = replace_or_die  # type: ignore[method-assign, assignment]
    linking.sync(plan)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
