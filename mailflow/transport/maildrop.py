"""A folder of .eml files as a mailbox: for the demo, for tests, and for pipes of one's own."""

import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from mailflow.errors import TransientFailure
from mailflow.ports import ArrivedMail, Watermark
from mailflow.transport.doorbell import Doorbell

TAKEN = ".taken"
WHOLE_OCTETS = 40_000_000
SHOWN_OF_A_GIANT = 256_000
_MAILS_PER_BATCH = 50
_OCTETS_PER_BATCH = 8_000_000
_GLANCE_SECONDS = 0.25


class MaildropSource:
    """Takes files in the order of their names; fits `ports.MailSource`.

    A file counts when its name ends in `.eml`, begins with no dot, and nobody is still
    writing it; links count never, so that nobody makes us read what they cannot. Signed mail
    moves to `.taken/` below the folder. The number of a mail is made of name and content: the
    same file laid there again is the same mail, and another of its name is not.
    """

    def __init__(self, folder: Path, *, name: str = "maildrop") -> None:
        """Prepare; the folder is looked for at each look.

        Args:
            folder: where files are laid.
            name: what the source is called in the inbox.
        """
        self._folder = folder
        self._name = name
        self._bell = Doorbell()
        self._looked_at = 0
        self._unfinished = False
        self._file_of: dict[int, str] = {}

    @property
    def name(self) -> str:
        """Name of the source."""
        return self._name

    def arrivals(self, seen: dict[str, Watermark]) -> Iterator[Sequence[ArrivedMail]]:
        """Yield what lies in the folder, whatever was `seen`: it is gone when it was signed.

        Raises:
            TransientFailure: the folder cannot be read.
        """
        del seen
        self._looked_at = self._changed_at()
        self._unfinished = False
        self._file_of.clear()
        batch: list[ArrivedMail] = []
        octets = 0
        for file_name in self._names():
            mail = self._read(file_name)
            if mail is None:
                continue
            if len(batch) == _MAILS_PER_BATCH or (batch and octets > _OCTETS_PER_BATCH):
                yield tuple(batch)
                batch, octets = [], 0
            batch.append(mail)
            octets += len(mail.raw)
        if batch:
            yield tuple(batch)

    def _names(self) -> list[str]:
        try:
            names = [entry.name for entry in os.scandir(self._folder)]
        except OSError as error:
            msg = f"the folder {self._folder} cannot be read: {error.strerror}"
            raise TransientFailure(msg) from error
        return sorted(name for name in names if name.endswith(".eml") and name[0] != ".")

    def _read(self, file_name: str) -> ArrivedMail | None:
        """Return the mail in a file; None when it is no file, gone, or still being written."""
        try:
            number = os.open(self._folder / file_name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return None
        try:
            return self._mail(number, file_name)
        finally:
            os.close(number)

    def _mail(self, number: int, file_name: str) -> ArrivedMail | None:
        before = os.fstat(number)
        if not stat.S_ISREG(before.st_mode) or before.st_size == 0:
            return None
        if _is_written(number):
            self._unfinished = True
            return None
        giant = before.st_size > WHOLE_OCTETS
        with open(number, "rb", closefd=False) as file:
            raw = file.read(SHOWN_OF_A_GIANT if giant else before.st_size)
        if len(raw) < before.st_size and not giant:  # it shrank: somebody writes it anew
            self._unfinished = True
            return None
        digest = hashlib.sha256(file_name.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(raw)
        uid = int.from_bytes(digest.digest()[:8], "big") >> 1
        self._file_of[uid] = file_name
        return ArrivedMail(
            mailbox=self._name,
            folder="",
            uidvalidity=0,
            uid=uid,
            raw=raw,
            size=before.st_size,
            truncated=giant,
        )

    def arrived_since(self, day: date) -> Iterator[Sequence[ArrivedMail]]:
        """Yield nothing: what was taken lies in `.taken/`, and may be laid back by hand."""
        del day
        yield from ()

    def reached(self) -> dict[str, Watermark]:
        """Return nothing: the folder itself remembers what was taken."""
        return {}

    def watermarks(self) -> dict[str, Watermark]:
        """Return nothing: what lies in the folder is meant to be taken, from the first day."""
        return {}

    def sign_for(self, mails: Sequence[ArrivedMail]) -> None:
        """Move the files to `.taken/`; a file that is gone or was replaced is left.

        Raises:
            TransientFailure: the files cannot be moved.
        """
        taken = self._folder / TAKEN
        try:
            taken.mkdir(exist_ok=True)
            for mail in mails:
                name = self._file_of.pop(mail.uid, "")
                again = self._read(name) if name else None
                if again is not None and again.uid == mail.uid:
                    kept = name
                    if (taken / name).exists():
                        kept = f"{name.removesuffix('.eml')}.{mail.uid:x}.eml"
                    with suppress(FileNotFoundError):
                        (self._folder / name).rename(taken / kept)
        except OSError as error:
            msg = f"mail cannot be moved to {taken}: {error.strerror}"
            raise TransientFailure(msg) from error

    def wait(self, seconds: float) -> bool:
        """Wait until the folder changes, as `ports.MailSource.wait`."""
        end = time.monotonic() + seconds
        while True:
            if self._changed_at() != self._looked_at:
                self._looked_at = self._changed_at()
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            rung, _ = self._bell.wait(min(left, _GLANCE_SECONDS))
            if rung or self._unfinished:  # that a writer closes its file changes nothing else
                return not rung

    def _changed_at(self) -> int:
        """Return a number that changes when a file comes, goes or grows; 0: no folder."""
        try:
            entries = [entry.stat(follow_symlinks=False) for entry in os.scandir(self._folder)]
        except OSError:
            return 0
        return hash(tuple(sorted((entry.st_ino, entry.st_mtime_ns) for entry in entries)))

    def wake(self) -> None:
        """End a `wait` in another thread."""
        self._bell.ring()

    def find_sent(self, mailflow_id: str) -> bool | None:
        """Return None: a folder of files keeps no sent mail."""
        del mailflow_id
        return None

    def keep_sent(self, mails: Sequence[bytes]) -> None:
        """Keep nothing: a folder of files has no place for it."""

    def close(self) -> None:
        """Do nothing: no file stays open."""


def _is_written(number: int) -> bool:
    """Tell whether somebody has the file open for writing.

    Linux grants a read lease only while nobody writes (fcntl(2), F_SETLEASE). Where leases
    are not to be had the answer is no.
    """
    try:
        fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(number, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
