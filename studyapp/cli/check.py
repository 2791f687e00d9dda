"""Checking a collection from the command line."""

from __future__ import annotations

import sys

from studyapp.services.checking import Checking, told


def check(checking: Checking, *, is_dry: bool) -> int:
    """Tell what is wrong, and mend it unless `is_dry`; how many kinds of faults are left."""
    found = checking.find() if is_dry else checking.mend()
    if not found:
        print("Nothing is wrong with the collection.")
        return 0
    print(told(found))
    if is_dry:
        print(
            "Nothing was changed: `studyapp check` without --dry-run mends this.", file=sys.stderr
        )
        return len(found)
    return 0
