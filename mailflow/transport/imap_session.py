"""One kept line to a mailbox: opened when it is needed, let go when it fails."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from mailflow.transport.imap_folders import Folders, find_folders
from mailflow.transport.imap_line import ImapLine, ImapSettings, open_mailbox, told_as_transient
from mailflow.transport.login import AuthKind, TokenSource

_TOKEN_SESSION_SECONDS = 3000.0
"""Servers end a session with its token, after an hour; we go first."""
_UNUSED_SECONDS = 600.0
"""Servers close a line that was silent for half an hour (RFC 3501 section 5.4), some earlier."""


class ImapSession:
    """Keeps one line, and remembers which folder stands open on it.

    Every method opens the line when there is none, and raises TransientFailure when that
    fails or the server does; the line is closed then.
    """

    def __init__(self, settings: ImapSettings, token: TokenSource | None) -> None:
        self._settings = settings
        self._token = token
        self._line: ImapLine | None = None
        self._folders: Folders | None = None
        self._standing: tuple[str, bool, int] | None = None
        self._used_at = 0.0

    @contextmanager
    def speaking(self, what_failed: str) -> Iterator[ImapLine]:
        """Give the line for a few commands.

        Args:
            what_failed: the beginning of the sentence that is told when one fails.

        Raises:
            TransientFailure: with that sentence and the server's words.
        """
        line = self._line
        if line is None:
            line = self._line = open_mailbox(self._settings, self._token)
            self._used_at = time.monotonic()
        done = False
        try:
            with told_as_transient(what_failed):
                yield line
            self._used_at = time.monotonic()
            done = True
        finally:
            if not done:
                self.close()

    def _leave_worn_line(self) -> None:
        """Close a line that the server has closed already, or soon will."""
        if self._line is None:
            return
        now = time.monotonic()
        by_token = self._settings.auth is not AuthKind.PASSWORD
        old = by_token and now - self._line.opened_at > _TOKEN_SESSION_SECONDS
        if old or now - self._used_at > _UNUSED_SECONDS:
            self.close()

    def places(self) -> Folders:
        """Return the names of the special folders, looked up once a line."""
        self._leave_worn_line()
        if self._folders is None:
            with self.speaking("the folders cannot be listed") as line:
                self._folders = find_folders(line, self._settings.archive)
        return self._folders

    def enter(self, folder: str) -> tuple[int, int | None]:
        """EXAMINE a folder anew; return its UIDVALIDITY and UIDNEXT (None: not told)."""
        self._leave_worn_line()
        with self.speaking(f"the folder {folder} cannot be opened") as line:
            return self._select(line, folder, readonly=True)

    def still_in(self, folder: str, validity: int) -> bool:
        """Stand in `folder` again, reading only; tell whether its numbers still mean the same."""
        self._leave_worn_line()
        if self._standing == (folder, True, validity):
            return True
        return self.enter(folder)[0] == validity

    def open_for_change(self, folder: str, validity: int) -> bool:
        """SELECT a folder; tell whether its numbers still mean the same."""
        self._leave_worn_line()
        with self.speaking(f"the folder {folder} cannot be opened for change") as line:
            return self._select(line, folder, readonly=False)[0] == validity

    def _select(self, line: ImapLine, folder: str, *, readonly: bool) -> tuple[int, int | None]:
        self._standing = None
        told = line.select_folder(folder, readonly=readonly)
        validity = int(told.get(b"UIDVALIDITY", 0))
        self._standing = (folder, readonly, validity)
        next_uid = told.get(b"UIDNEXT")
        return validity, None if next_uid is None else int(next_uid)

    def search(self, criteria: str | list[object]) -> list[int]:
        """UID SEARCH in the open folder; return the numbers in their order, each once."""
        with self.speaking("the folder cannot be searched") as line:
            return sorted({int(uid) for uid in line.search(criteria)})

    def forget_places(self) -> None:
        """Look the folders up again at the next need."""
        self._folders = None

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            line, self._line = self._line, None
            self._folders = None
            self._standing = None
            line.leave()
