"""The SMTP half of the mail world: takes mail from those who log in, delivers at once."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

AUTHSERV_ID = "mx.mailworld.test"
"""Name under which the world vouches for senders (RFC 8601 section 2.2)."""

_ADDRESS = re.compile(rb"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+")


@dataclass(frozen=True, slots=True)
class Handed:
    """A mail that was handed in and is about to be delivered.

    Attributes:
        login: who is known to have handed it in; empty for mail from outside.
        sender: envelope sender; empty for bounces.
        recipient: envelope recipient.
        data: the mail as it came.
    """

    login: str
    sender: str
    recipient: str
    data: bytes


def account_of(address: str) -> str:
    """Return the account that an address leads to: small letters, without its +detail."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def header_field(raw: bytes, name: bytes) -> list[bytes]:
    """Return the unfolded values of all fields of this name, in their order."""
    header = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    wanted = name.lower() + b":"
    lines = [line for line in header.split(b"\r\n") if line.lower().startswith(wanted)]
    return [line[len(wanted) :].strip() for line in lines]


def addresses_in(values: list[bytes]) -> list[str]:
    """Return all addresses in some header values."""
    return [found.decode("utf-8", "replace") for v in values for found in _ADDRESS.findall(v)]


def stamped(mail: Handed, now: datetime) -> bytes:
    """Return the mail as a receiving server writes it: with path, time and its verdict.

    The verdict is true: the world knows who logged in. Foreign fields that claim the world's
    name are removed (RFC 8601 section 5).
    """
    senders = addresses_in(header_field(mail.data, b"From"))
    honest = bool(mail.login) and [account_of(s) for s in senders] == [mail.login]
    domain = senders[0].rpartition("@")[2] if senders else "none.invalid"
    verdict = "pass" if honest else "fail"
    fields = [
        f"Return-Path: <{mail.sender}>",
        f"Delivered-To: {mail.recipient}",
        f"Received: from mailworld.test by {AUTHSERV_ID} with ESMTPA; {format_datetime(now)}",
        f"Authentication-Results: {AUTHSERV_ID}; dmarc={verdict} header.from={domain}",
    ]
    top = "".join(f"{field}\r\n" for field in fields).encode("utf-8", "replace")
    claims = f"authentication-results: {AUTHSERV_ID}".encode()
    header, gap, body = mail.data.partition(b"\r\n\r\n")
    lines = [line for line in header.split(b"\r\n") if not line.lower().startswith(claims)]
    return top + b"\r\n".join(lines) + gap + body


class WorldSubmission:
    """aiosmtpd's handler: who may hand in, to whom, and what becomes of it."""

    def __init__(
        self, passwords: dict[str, str], deliver: Callable[[Handed], Awaitable[None]]
    ) -> None:
        """Prepare.

        Args:
            passwords: by account; looked at anew each time.
            deliver: lays a mail into the mailbox of its recipient.
        """
        self._passwords = passwords
        self._deliver = deliver

    async def listen(self, host: str, port: int) -> asyncio.Server:
        """Open the SMTP door, in the running loop."""
        # aiosmtpd writes every address into its log.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: self._speaker(loop), host, port)

    def _speaker(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        speaker = SMTP(
            self,
            hostname=AUTHSERV_ID,
            enable_SMTPUTF8=True,
            auth_require_tls=False,  # loopback, and passwords that live for an hour
            authenticator=self._authenticate,
            loop=loop,
        )
        speaker.line_length_limit = 100_000
        return speaker

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: object
    ) -> AuthResult:
        if not isinstance(login, LoginPassword):
            return AuthResult(success=False, handled=False)
        account = login.login.decode("utf-8", "replace").lower()
        known = self._passwords.get(account)
        right = known is not None and known.encode() == login.password
        return AuthResult(success=right, handled=False, auth_data=account)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd looks for this name
        self,
        _server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Let people send in their own name alone."""
        if not session.authenticated:
            return "530 5.7.0 log in first"
        if address not in {"", "<>"} and account_of(address) != session.auth_data:
            return "553 5.7.1 this is not your address"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 ok"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd looks for this name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Refuse whoever does not live in this world."""
        if account_of(address) not in self._passwords:
            return "550 5.1.1 nobody here has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Deliver to each recipient before the mail is acknowledged."""
        content: Any = envelope.content
        sender = (envelope.mail_from or "").strip("<>")
        for recipient in envelope.rcpt_tos:
            await self._deliver(Handed(str(session.auth_data), sender, recipient, bytes(content)))
        return "250 2.0.0 delivered"
