"""An export that the disk has no space for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studyapp.anki.export import write_package
from studyapp.errors import StorageError
from tests.anki.building import NOON, basic, exported

if sys.platform == "win32":
    pytest.skip("file sizes cannot be limited here", allow_module_level=True)

import resource


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    """The system refuses longer files, as it does when a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    "size_bytes", [pytest.param(60_000, id="soon"), pytest.param(0, id="at-once")]
)
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, size_bytes: int) -> None:
    package = tmp_path / "package.apkg"
    package.write_text("an older export")
    notes = [exported(basic(f"n{i}", back=f"{i} word " * 200)) for i in range(100)]
    with files_of_at_most(size_bytes), pytest.raises(StorageError, match="free space"):
        write_package(package, notes, at=NOON)
    assert package.read_text() == "an older export"
    assert list(tmp_path.iterdir()) == [package]
