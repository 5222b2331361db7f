"""Which schema this program speaks, and where its database lies; cheap to import."""

from mailflow.errors import MailflowError

HEAD = "0003"
"""The newest migration."""

DATABASE = "mailflow.db"
"""Name of the database in the state folder."""

BUSY_SECONDS = 30
"""How long a writer waits for another process, such as a backup or the command line."""


class NewerDatabase(MailflowError):
    """The database was written by a newer mailflow; this one must not touch it."""

    def __init__(self) -> None:
        super().__init__(
            "The database was written by a newer mailflow; nothing was changed. "
            "Install that version, or restore the backup that was made before it."
        )


class NoDatabase(MailflowError):
    """There is nothing to look at yet, or it has to be brought up first."""
