"""The wires: how mail comes in and goes out.

`flow` is written against these; `store`, `transport` and `daemon` fit them, and the tests
bring in-memory twins. Values that cross a door stand beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


@dataclass(frozen=True, slots=True)
class PartSummary:
    """One leaf of a mail's structure, as the server tells it before the mail is fetched.

    Attributes:
        kind: media type in lower case, such as `text/calendar` or `message/rfc822`.
        parameters: names (lower case) and values of Content-Type, such as `("method", "REPLY")`.
        size: octets, encoded as on the wire.
        opening: the first octets of the small parts that tell whose mail it is (calendar
            answers, delivery reports and the header they return); empty for all others.
    """

    kind: str
    parameters: tuple[tuple[str, str], ...]
    size: int
    opening: bytes = b""


Belongs = Callable[[bytes, tuple[PartSummary, ...]], bool]
"""Decides by header block and structure whether a mail in a shared mailbox is ours."""


class MailSource(Protocol):
    """A mailbox that is looked into; one thread uses one source.

    `wake`, `find_sent` and `keep_sent` may be called by others meanwhile.
    """

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

    def arrived_since(self, day: date) -> Iterator[Sequence[ArrivedMail]]:
        """Yield all mail since `day`, what was archived too: for a state that was restored.

        Raises:
            TransientFailure: as `arrivals`.
        """
        ...

    def reached(self) -> dict[str, Watermark]:
        """Return how far `arrivals` has looked, by folder, what was left alone included.

        To be kept once all its batches are committed: in a shared mailbox it spares a second
        look at mail that is none of ours.
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

        Raises:
            TransientFailure: the server cannot be reached; sign again later.
        """
        ...

    def wait(self, seconds: float) -> bool:
        """Wait until something may have arrived (IDLE, RFC 2177) or `seconds` passed.

        Returns True when the server said that something changed, or when the line was lost
        and something may have. Returns early after `wake`, which any thread may call. Never
        raises for a failing server, and never returns at once again and again because of one.
        """
        ...

    def wake(self) -> None:
        """End a `wait` in another thread."""
        ...

    def find_sent(self, mailflow_id: str) -> bool | None:
        """Tell whether the Sent folder has a mail with this X-Mailflow-Id.

        None: there is no Sent folder to look in.

        Raises:
            TransientFailure: the server cannot be reached; ask again later.
        """
        ...

    def keep_sent(self, mails: Sequence[bytes]) -> None:
        r"""Append copies of sent mails to the Sent folder with `\Seen`, where configured.

        Raises:
            TransientFailure: the server cannot be reached; some may have been kept.
        """
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
        login_refused: True when nothing can be sent before a person mends the password.
        unreachable: True when the server was not spoken to: no mail would have gone.
    """

    kind: OutcomeKind
    answer: str = ""
    login_refused: bool = False
    unreachable: bool = False


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
