"""One line to a submission server: the door, the login, and bounded reading."""

import smtplib
import socket
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.transport.login import AuthKind, SaslAnswer, TokenSource, sasl_answer
from mailflow.transport.sockets import Security, client_context, open_socket, secured

_LINE_OCTETS = 4096
"""RFC 5321 section 4.5.3.1.5 asks for 512; some servers tell stories."""
_REPLY_LINES = 100
_GOODBYE_SECONDS = 2.0
_SAID_LETTERS = 300
_LOGIN_CODES = frozenset({530, 534, 535, 538})
"""RFC 4954 section 6: said of us and not of the mail, even in answer to MAIL."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where mail is handed in (RFC 6409) and as whom.

    Attributes:
        host: name, which the certificate must prove.
        port: 465 for TLS, 587 for STARTTLS (RFC 8314 section 3.3).
        security: see `Security`.
        user: login name; empty: no login.
        password: for `AuthKind.PASSWORD`.
        auth: how to log in.
        timeout: seconds that the server may be silent.
        ca_file: certificates to trust in place of the system's.
    """

    host: str
    port: int
    security: Security = Security.TLS
    user: str = ""
    password: str = field(default="", repr=False)
    auth: AuthKind = AuthKind.PASSWORD
    timeout: float = 60.0
    ca_file: str = ""


class Reply(NamedTuple):
    """What the server answered.

    Attributes:
        code: three digits; -1 when it was not an SMTP answer.
        text: its words on one line, without control characters.
    """

    code: int
    text: str

    @property
    def about_login(self) -> bool:
        """Whether it speaks of who we are rather than of the mail."""
        return self.code in _LOGIN_CODES

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


def readable(words: bytes) -> str:
    """Return what a server said as one printable line of bounded length."""
    text = words[: 4 * _SAID_LETTERS].decode("utf-8", "replace")
    if not text.isprintable():
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text[:_SAID_LETTERS]


class SmtpLine(smtplib.SMTP):
    """smtplib's connection with a reader that cannot be flooded or starved.

    smtplib reads an answer for as long as lines come and each octet of it for a full timeout;
    here an answer has a length and a time.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._held = bytearray()
        # smtplib would look its own name up in the DNS; RFC 5321 section 4.1.3 takes a number.
        super().__init__(
            settings.host, settings.port, local_hostname="localhost", timeout=settings.timeout
        )
        address = self.wire().getsockname()[0]
        self.local_hostname = f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    # smtplib calls this to connect; the stubs do not know it.
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = open_socket(host, port, timeout)
        if self._settings.security is Security.TLS:
            return secured(line, client_context(self._settings.ca_file), host)
        return line

    def starttls(self, *_: Any, **__: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the old signature
        """Turn to TLS, and forget all that was said before (RFC 3207 section 4.2).

        Raises:
            OSError: the server cannot or will not, or its certificate proves nothing.
        """
        if not self.has_extn("starttls"):
            msg = "the server offers no STARTTLS, which is required here"
            raise smtplib.SMTPNotSupportedError(msg)
        code, words = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, words)
        line = self.wire()
        self.sock = None
        self._held.clear()  # words that somebody slipped in before the lock closed
        context = client_context(self._settings.ca_file)
        self.sock = secured(line, context, self._settings.host)
        self.esmtp_features = {}
        self.ehlo_resp = self.helo_resp = None
        self.does_esmtp = False
        return code, words

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer; of an endless one the beginning counts, and the line is closed.

        Raises:
            SMTPServerDisconnected: the line was cut, or nothing came in time.
        """
        deadline = time.monotonic() + self._settings.timeout
        said: list[bytes] = []
        while True:
            line = self._read_line(deadline)
            said.append(line[4:].strip())
            code = int(line[:3]) if line[:3].isdigit() else -1
            if code == -1 or line[3:4] != b"-":
                return code, b"\n".join(said)
            if len(said) >= _REPLY_LINES:
                self.close()
                return code, b"\n".join(said)

    def reply(self) -> Reply:
        """Read one answer, as `getreply`."""
        code, words = self.getreply()
        return Reply(code, readable(words))

    def _read_line(self, deadline: float) -> bytes:
        while b"\n" not in self._held:
            if len(self._held) > _LINE_OCTETS:
                self.close()
                msg = "the server's answer has no end"
                raise smtplib.SMTPServerDisconnected(msg)
            self._held += self._receive(deadline)
        line, _, self._held = self._held.partition(b"\n")
        return bytes(line)

    def _receive(self, deadline: float) -> bytes:
        line = self.wire()
        try:
            line.settimeout(max(0.001, deadline - time.monotonic()))
            words = line.recv(_LINE_OCTETS)
        except OSError as error:
            self.close()
            msg = "the server is silent" if isinstance(error, TimeoutError) else str(error)
            raise smtplib.SMTPServerDisconnected(msg) from error
        if not words:
            self.close()
            msg = "the server closed the line"
            raise smtplib.SMTPServerDisconnected(msg)
        line.settimeout(self._settings.timeout)
        return words

    def wire(self) -> socket.socket:
        """Return the socket.

        Raises:
            SMTPServerDisconnected: the line is closed already.
        """
        if self.sock is None:
            msg = "the line is closed"
            raise smtplib.SMTPServerDisconnected(msg)
        return self.sock

    def leave(self) -> None:
        """Say goodbye; whatever the server makes of it, its 250s stand."""
        try:
            self.wire().settimeout(_GOODBYE_SECONDS)
            self.putcmd("QUIT")
            self._read_line(time.monotonic() + _GOODBYE_SECONDS)
        except OSError:
            pass
        finally:
            self.close()


def open_line(settings: SmtpSettings, token: TokenSource | None = None) -> SmtpLine:
    """Connect, lock the line as the settings ask, and log in.

    Raises:
        LoginRefused: the server says no to user and password, or to the token.
        TransientFailure: nobody at the door, no TLS where it is required, a bad certificate.
    """
    try:
        line = SmtpLine(settings)
    except smtplib.SMTPResponseException as answer:
        raise TransientFailure(_unwelcome(answer)) from answer
    except (OSError, ValueError) as error:
        raise TransientFailure(_unreachable(settings, error)) from error
    try:
        _greet(line, settings)
        if settings.user:
            _log_in(line, sasl_answer(settings.auth, settings.user, settings.password, token))
    except smtplib.SMTPResponseException as answer:
        line.close()
        raise TransientFailure(_unwelcome(answer)) from answer
    except (OSError, ValueError) as error:
        line.close()
        raise TransientFailure(_unreachable(settings, error)) from error
    except TransientFailure:
        line.close()
        raise
    return line


def _greet(line: SmtpLine, settings: SmtpSettings) -> None:
    line.ehlo_or_helo_if_needed()
    if settings.security is Security.STARTTLS:
        line.starttls()
        line.ehlo_or_helo_if_needed()


def _log_in(line: SmtpLine, answer: SaslAnswer) -> None:
    """AUTH (RFC 4954); a password goes by PLAIN, or by LOGIN where only that is known."""
    offered = line.esmtp_features.get("auth", "").upper().split()
    if answer.mechanism == "PLAIN" and "PLAIN" not in offered and "LOGIN" in offered:
        _, user, password = answer.opening.split(b"\0")
        line.docmd("AUTH", "LOGIN")
        line.docmd(_base64(user))
        line.putcmd(_base64(password))
    else:
        line.putcmd("AUTH", f"{answer.mechanism} {_base64(answer.opening)}")
    reply = line.reply()
    if reply.code == 334:  # the reasons of a refusal come as one more challenge
        line.putcmd(_base64(answer.after_refusal))
        reply = line.reply()
    if reply.code == 235:
        return
    if reply.code >= 500:
        msg = f"the submission server refuses the login: {reply}"
        raise LoginRefused(msg)
    msg = f"the submission server cannot log us in now: {reply}"
    raise TransientFailure(msg)


def _base64(words: bytes) -> str:
    return b64encode(words).decode("ascii")


def _unwelcome(answer: smtplib.SMTPResponseException) -> str:
    words = answer.smtp_error
    said = readable(words if isinstance(words, bytes) else words.encode("utf-8", "replace"))
    return f"the submission server will not talk to us now: {answer.smtp_code} {said}"


def _unreachable(settings: SmtpSettings, error: Exception) -> str:
    where = f"{settings.host}:{settings.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {where} does not prove its name: {error.verify_message}"
    return f"the submission server {where} cannot be used: {error}"
