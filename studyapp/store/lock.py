"""One process at a time may write a collection."""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from studyapp.errors import CollectionInUse, StorageError


class WriteLock:
    """Held from opening to closing; the operating system frees it when the process dies."""

    def __init__(self, collection: Path, holder: str) -> None:
        """`holder`: what to call this process when another one wants the lock."""
        self._lock = FileLock(collection.with_suffix(".lock"), blocking=False)
        # Beside the lock: Windows lets nobody read a file that is locked.
        self._holder_file = collection.with_suffix(".holder.json")
        self._holder = holder
        self._collection = collection

    def acquire(self) -> None:
        """Raises CollectionInUse, naming the holder, or StorageError."""
        try:
            self._lock.acquire()
            self._holder_file.write_text(
                json.dumps({"name": self._holder, "pid": os.getpid()}), encoding="utf-8"
            )
        except Timeout:
            raise CollectionInUse(
                f"{self._collection} is in use by {self._other_holder()}. "
                "Close that first; nothing was changed."
            ) from None
        except OSError as failure:
            self.release()
            raise StorageError(
                f"{self._collection.parent} cannot be written ({failure.strerror}). Check its "
                "permissions and free space, or choose another folder with --data-dir."
            ) from failure

    def release(self) -> None:
        """Safe to call more than once."""
        self._lock.release()

    def _other_holder(self) -> str:
        try:
            holder = json.loads(self._holder_file.read_text(encoding="utf-8"))
            return f"{holder['name']} (process {holder['pid']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
