"""A logged-in line to a mailbox, and what its troubles mean."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from imapclient import IMAPClient

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.transport.imap_wire import ImapWire
from mailflow.transport.login import AuthKind, SaslAnswer, TokenSource, sasl_answer
from mailflow.transport.sockets import Security, client_context

WHOLE_OCTETS = 40_000_000

TROUBLE = (imaplib.IMAP4.error, OSError, ValueError, KeyError, TypeError)
"""What a server can make imaplib and IMAPClient raise; the last three by nonsense."""

_BUSY = re.compile(
    r"\[(?:UNAVAILABLE|LIMIT|INUSE|SERVERBUG|OVERQUOTA)\b|\bBYE\b|"
    r"temporar|try again|too many|later|unavailable|busy|\bEOF\b|timed out",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\[(?:AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED|CONTACTADMIN|PRIVACYREQUIRED)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Which mailbox is watched, and how.

    Attributes:
        name: what the mailbox is called in the inbox: its address.
        host: name, which the certificate must prove.
        port: 993 for TLS (RFC 8314 section 3.2), 143 else.
        security: see `Security`.
        user: login name.
        password: for `AuthKind.PASSWORD`.
        auth: how to log in.
        folder: the folder that is watched.
        archive: where mail goes when it was taken in; `/` parts the levels, whatever the
            server's own sign for it is.
        shared: the mailbox holds private mail too; only what belongs to us is touched.
        watch_junk: look into the junk folder too, for mail that belongs to us.
        keep_sent: append copies of sent mail to the Sent folder; for servers that keep none.
        timeout: seconds that the server may be silent within a command.
        whole_octets: mail above this size is fetched as header and text alone.
        ca_file: certificates to trust in place of the system's.
    """

    name: str
    host: str
    port: int
    security: Security = Security.TLS
    user: str = ""
    password: str = field(default="", repr=False)
    auth: AuthKind = AuthKind.PASSWORD
    folder: str = "INBOX"
    archive: str = "mailflow/Processed"
    shared: bool = False
    watch_junk: bool = True
    keep_sent: bool = False
    timeout: float = 60.0
    whole_octets: int = WHOLE_OCTETS
    ca_file: str = ""


class ImapLine(IMAPClient):  # type: ignore[misc]  # IMAPClient ships no types
    """IMAPClient on our own wire: bounded, keeping the line alive, and without its chatter.

    Attributes:
        wire: the connection, for the commands that are spoken without IMAPClient.
        opened_at: monotonic seconds.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self._wire_settings = settings
        self.opened_at = time.monotonic()
        tls = settings.security is Security.TLS
        super().__init__(settings.host, settings.port, ssl=tls, timeout=settings.timeout)
        # IMAPClient turns imaplib's debugging on: each mail would be written out as text.
        self.wire.debug = 0
        self.normalise_times = False

    def _create_IMAP4(self) -> ImapWire:  # noqa: N802 - IMAPClient calls it so
        settings = self._wire_settings
        tls = settings.security is Security.TLS
        context = client_context(settings.ca_file) if tls else None
        self.wire = ImapWire(
            settings.host, settings.port, context=context, timeout=settings.timeout
        )
        return self.wire

    def can(self, capability: str) -> bool:
        """Tell whether the server offers a capability, such as `MOVE`."""
        return bool(self.has_capability(capability))

    def leave(self) -> None:
        """Close the line; a goodbye would wait for an answer, and none is needed."""
        with suppress(*TROUBLE):
            self.wire.shutdown()


def open_mailbox(settings: ImapSettings, token: TokenSource | None = None) -> ImapLine:
    """Connect, lock the line as the settings ask, and log in.

    Raises:
        LoginRefused: the server says no to user and password, or to the token.
        TransientFailure: nobody at the door, a bad certificate, or a server that is busy.
    """
    with told_as_transient(f"the mailbox at {settings.host}:{settings.port} cannot be opened"):
        line = ImapLine(settings)
    try:
        with told_as_transient(f"the server {settings.host} cannot lock the line"):
            if settings.security is Security.STARTTLS:
                line.starttls(client_context(settings.ca_file))
        _log_in(line, settings, token)
    except TransientFailure:
        line.leave()
        raise
    return line


def _log_in(line: ImapLine, settings: ImapSettings, token: TokenSource | None) -> None:
    answer = sasl_answer(settings.auth, settings.user, settings.password, token)
    try:
        if answer.mechanism != "PLAIN" or line.can("AUTH=PLAIN"):
            line.sasl_login(answer.mechanism, _Speaker(answer))
        else:
            line.login(_quotable(settings.user), settings.password)
    except TROUBLE as error:
        said = _said(error)
        if isinstance(error, imaplib.IMAP4.error) and is_refusal(said):
            msg = f"the mail server refuses the login of {settings.user}: {said}"
            raise LoginRefused(msg) from error
        msg = f"the mail server cannot log us in now: {said}"
        raise TransientFailure(msg) from error


class _Speaker:
    """Says our words first, and hears a refusal out."""

    def __init__(self, answer: SaslAnswer) -> None:
        self._words = iter((answer.opening, answer.after_refusal))

    def __call__(self, _challenge: bytes) -> bytes:
        return next(self._words, b"")


def _quotable(user: str) -> str:
    """Quote a login name with signs that imaplib would send bare."""
    if user.isalnum():
        return user
    return '"' + user.replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_refusal(said: str) -> bool:
    """Tell a wrong password from a busy server by the words of a failed login.

    The response code decides (RFC 5530); where there is none, a server that speaks of later
    is busy, and any other no is a no.
    """
    if _REFUSED.search(said):
        return True
    return not _BUSY.search(said)


def _said(error: BaseException) -> str:
    words = " ".join(str(error).split())
    if words.startswith(("b'", 'b"')):  # imaplib hands on the octets as they came
        words = words[2:-1]
    return words[:300]


@contextmanager
def told_as_transient(what_failed: str) -> Iterator[None]:
    """Turn all that a server can do to us within into one TransientFailure.

    Raises:
        TransientFailure: with the sentence and the server's words.
    """
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        msg = f"{what_failed}: its certificate does not prove its name: {error.verify_message}"
        raise TransientFailure(msg) from error
    except TROUBLE as error:
        said = _said(error) or type(error).__name__
        msg = f"{what_failed}: {said}"
        raise TransientFailure(msg) from error
