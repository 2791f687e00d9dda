"""`python -m studyapp`, and the `studyapp` command."""

from __future__ import annotations

import sys

from studyapp.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
