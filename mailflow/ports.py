"""Every door between the journeys and the outside world, on one page.

`flow` is written against these; `store`, `transport` and `daemon` fit them, and the tests
bring in-memory twins. Values that cross a door stand beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Clock(Protocol):
    """The present moment; the only source of it."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        ...


# --- intake: mail that arrives ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a folder has been read (RFC 3501 section 2.3.1.1).

    Attributes:
        uidvalidity: the UIDVALIDITY under which `last_uid` was seen; 0 before the first look.
        last_uid: the highest UID that was taken in and committed.
    """

    uidvalidity: int = 0
    last_uid: int = 0


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """One mail as it stands in a mailbox, before anything was understood of it.

    Attributes:
        mailbox: name of the source, such as the mailbox address or `lmtp`.
        folder: folder in which it stands; empty where the source has none.
        uidvalidity: generation of the folder's numbers; 0 where the source has none.
        uid: number in the folder, unique with mailbox, folder and uidvalidity.
        raw: the whole mail as received; of an oversized mail only header and text.
        size: octets on the server; greater than `len(raw)` when `truncated`.
        truncated: True when the mail was over the limit and its attachments were left there.
        recipients: envelope recipients where the source knows them (LMTP), else empty.
        junk: True when it stood in the junk folder.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int
    raw: bytes
    size: int
    truncated: bool = False
    recipients: tuple[str, ...] = ()
    junk: bool = False


class MailSource(Protocol):
    """A mailbox that is looked into; one thread uses one source."""

    @property
    def name(self) -> str:
        """Name of the source: the mailbox address, or the folder of files."""
        ...

    def arrivals(self, seen: dict[str, Watermark]) -> Iterator[Sequence[ArrivedMail]]:
        """Yield what is new since `seen` (by folder), in batches of at most 50.

        Nothing changes on the server. When UIDVALIDITY moved, the folder's recent mail is
        yielded again; whoever keeps it recognises it by its content.

        Raises:
            TransientFailure: the server cannot be reached or refuses the login.
        """
        ...

    def watermarks(self) -> dict[str, Watermark]:
        """Return where each folder stands now, for the first, shy start.

        Raises:
            TransientFailure: the server cannot be reached.
        """
        ...

    def sign_for(self, mails: Sequence[ArrivedMail]) -> None:
        r"""Mark mail as taken in: `\Seen` and MOVE to the archive folder (RFC 6851).

        Doing it again for mail that was moved already changes nothing.
        """
        ...

    def wait(self, seconds: float) -> bool:
        """Wait until something may have arrived (IDLE, RFC 2177) or `seconds` passed.

        Returns True when the server said that something changed. Returns early after
        `wake`, which any thread may call.
        """
        ...

    def wake(self) -> None:
        """End a `wait` in another thread."""
        ...

    def find_sent(self, mailflow_id: str) -> bool | None:
        """Tell whether the Sent folder has a mail with this X-Mailflow-Id; None: cannot say."""
        ...

    def keep_sent(self, mails: Sequence[bytes]) -> None:
        r"""Append copies of sent mails to the Sent folder with `\Seen`, where configured."""
        ...

    def close(self) -> None:
        """Let go of the connection; the next call opens a new one."""
        ...


# --- submission: mail that leaves ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SealedMail:
    """A mail whose bytes will never change again, ready for one recipient.

    Attributes:
        outbox_id: row in the outbox.
        sender: envelope sender (RFC 5321 MAIL FROM).
        recipient: the one envelope recipient.
        data: RFC 5322 bytes with CRLF line ends.
    """

    outbox_id: int
    sender: str
    recipient: str
    data: bytes


class OutcomeKind(StrEnum):
    """How one submission ended."""

    SENT = "sent"
    TRANSIENT = "transient"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one submission ended, and what the server said.

    Attributes:
        kind: see `OutcomeKind`; UNKNOWN only when the line was cut after the final dot.
        answer: the server's words or the failure, one line, for the outbox row.
    """

    kind: OutcomeKind
    answer: str = ""


class Submission(Protocol):
    """The way out (RFC 6409): tries once and reports; trying again is the outbox's business."""

    def submit(self, mails: Sequence[SealedMail]) -> Iterator[Outcome]:
        """Hand over each mail in order over one kept connection; one outcome a mail.

        Never raises for a failing server: that is an outcome too. A mail that was not tried
        because the connection went before it is TRANSIENT.
        """
        ...

    def close(self) -> None:
        """Say goodbye to the server."""
        ...
