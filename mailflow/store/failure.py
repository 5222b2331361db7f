"""When the disk, not the program, is at fault: told apart, so that no mail is blamed for it."""

import errno
import sqlite3

_MEANINGS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CORRUPT: errno.EIO,
    sqlite3.SQLITE_NOTADB: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
}


class StorageFailure(sqlite3.OperationalError, OSError):
    """The database could not be read or written; `errno` says why.

    ENOSPC: no room, and room may come. EBUSY: another process wrote for long. Everything else
    (EIO, EROFS, EACCES): nothing may be done before a person has looked at the disk.
    """


def storage_failure(error: BaseException) -> StorageFailure | None:
    """Return what an error of SQLite says about the disk; None where it is about the program."""
    code = getattr(error, "sqlite_errorcode", None)
    meaning = None if code is None else _MEANINGS.get(code & 0xFF)
    return None if meaning is None else StorageFailure(meaning, str(error))
