"""Consistent copies of everything, taken while others write, and proven by opening them.

A backup is a folder that can stand in the place of the state folder. What may have happened
since it was taken is prepared in the copy itself, so that restoring is only copying: numbers
go on far above those that were given away meanwhile, and letters that may have gone count as
unknown, which are looked up in the Sent folder before they are sent.
"""

import shutil
import sqlite3
from pathlib import Path

from mailflow.store.blobs import Blobs, fsync_folder
from mailflow.store.failure import storage_failure
from mailflow.store.revision import DATABASE

_PREPARED = (
    "UPDATE number SET next = next + 1048576",
    """UPDATE outbox SET state = 'unknown', was_unknown = 1
    WHERE state IN ('queued', 'trying', 'retry')""",
    "UPDATE inbox SET state = 'received' WHERE state = 'claimed'",
)


def copy_to(source: sqlite3.Connection, blobs: Blobs, target: Path) -> None:
    """Copy database and contents into a new folder.

    Args:
        source: an open connection to the database.
        blobs: the folder of large contents.
        target: the folder to be made; it appears whole or not at all.

    Raises:
        FileExistsError: the folder is there already.
        OSError: it could not be written; nothing appears.
    """
    if target.exists():
        msg = f"{target} exists already; a backup never overwrites another"
        raise FileExistsError(msg)
    half = target.with_name(f"{target.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    try:
        _copy_database(source, half / DATABASE)
    except sqlite3.DatabaseError as error:
        raise (storage_failure(error) or error) from error
    # after the database: what it names was on the disk before its rows
    blobs.copy_to(half / "blobs")
    fsync_folder(half)
    half.rename(target)
    fsync_folder(target.parent)


def _copy_database(source: sqlite3.Connection, path: Path) -> None:
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA synchronous=FULL")
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("BEGIN IMMEDIATE")
        for statement in _PREPARED:
            copy.execute(statement)
        copy.execute("COMMIT")
    finally:
        copy.close()
    path.chmod(0o600)
