"""Bring a collection's tables to the version of this app; Alembic is imported only if need be."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from studyapp.errors import NewerCollection
from studyapp.store.failures import damaged

VERSIONS = tuple(f"{number:04}" for number in range(1, 14))
"""All revisions in migrations/, oldest first; a test compares them."""

APPLICATION_ID = 0x53545544
"""SQLite's mark of which application a file belongs to: "STUD"."""


def version_of(connection: Connection, path: Path) -> str | None:
    """The revision of the tables, None of an empty file.

    Raises DamagedCollection if the database belongs to something else, NewerCollection if a newer
    version of the app wrote it.
    """
    if _scalar(connection, "PRAGMA application_id") != APPLICATION_ID:
        if _scalar(connection, "SELECT count(*) FROM sqlite_schema") != 0:
            raise damaged(path)
        return None
    version = str(_scalar(connection, "SELECT version_num FROM alembic_version"))
    if version not in VERSIONS:
        raise NewerCollection(
            f"{path} was written by a newer version of this app (its tables have version "
            f"{version}, this app knows {VERSIONS[-1]}). It was left untouched. Install the newer "
            "version, or choose another folder with --data-dir."
        )
    return version


def upgrade(connection: Connection, migrations: Path) -> None:
    """Create the tables or bring them to the newest version, in one transaction."""
    # Importing Alembic takes longer than opening a collection that needs no upgrade.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    with connection.begin():
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _scalar(connection: Connection, sql: str) -> object:
    with connection.begin():
        return connection.exec_driver_sql(sql).scalar()
