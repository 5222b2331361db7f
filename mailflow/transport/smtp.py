"""Submission (RFC 6409): mail leaves by one kept line, many to a line, one outcome each.

Round trips are the price of SMTP. Where the server offers PIPELINING (RFC 2920) the text of
one mail, its dot and the envelope of the next go out in one write; everywhere else the same
words go one by one.
"""

import re
import smtplib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.ports import Outcome, OutcomeKind, SealedMail
from mailflow.transport.login import TokenSource
from mailflow.transport.smtp_line import Reply, SmtpLine, SmtpSettings, open_line

MAILS_PER_LINE = 50
IDLE_SECONDS = 60.0

_END = b"\r\n.\r\n"
_RESET = b"RSET\r\n"
_PATH = re.compile(r"[^\s<>\x00-\x1f\x7f-\x9f]*")
"""What can stand between angle brackets without ending them or the line."""


class _CutBeforeTheDot(Exception):
    """The line went while the mail could not yet have been taken."""


@dataclass(slots=True)
class _KeptLine:
    """A line and what was done with it.

    Attributes:
        line: logged in and ready for MAIL.
        used_at: monotonic seconds of its last use.
        handed: mails whose outcome is known on it.
        open_transaction: a refused envelope still stands there; RSET comes first.
        announced: mail whose envelope was sent with the text of the mail before it.
    """

    line: SmtpLine
    used_at: float
    handed: int = 0
    open_transaction: bool = False
    announced: SealedMail | None = None

    @property
    def pipelining(self) -> bool:
        return self.line.has_extn("pipelining")


class SmtpSubmission:
    """The way out over one server; fits `ports.Submission`.

    One thread uses one. The line is kept for the next call, 60 seconds without use at most
    (looked at by that call); `close` says goodbye at once.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        token: TokenSource | None = None,
        connect: Callable[[SmtpSettings, TokenSource | None], SmtpLine] = open_line,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._token = token
        self._connect = connect
        self._monotonic = monotonic
        self._kept: _KeptLine | None = None

    def submit(self, mails: Sequence[SealedMail]) -> Iterator[Outcome]:
        """Hand over each mail in order; one outcome a mail, each as soon as it is known.

        A line that goes is opened anew as long as it did some good before it went; when it
        did none the rest of the mails are TRANSIENT and were not tried.
        """
        closed_door: Outcome | None = None
        try:
            faults = [*map(_fault_of, mails), "there is no next mail"]
            for position, mail in enumerate(mails):
                if faults[position]:
                    yield Outcome(OutcomeKind.PERMANENT, faults[position])
                elif closed_door is not None:
                    yield closed_door
                else:
                    following = None if faults[position + 1] else mails[position + 1]
                    outcome, closed_door = self._hand_over(mail, following)
                    yield outcome
        finally:
            if self._kept is not None and self._kept.announced is not None:
                self._drop()  # whoever asked went away between two mails

    def close(self) -> None:
        """Say goodbye; the answer to it changes nothing."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            kept.line.leave()

    def _hand_over(
        self, mail: SealedMail, following: SealedMail | None
    ) -> tuple[Outcome, Outcome | None]:
        """Return the outcome, and the outcome of all further mails when the door is closed."""
        while True:
            try:
                kept = self._ready_line()
            except TransientFailure as failure:
                refused = isinstance(failure, LoginRefused)
                outcome = Outcome(
                    OutcomeKind.TRANSIENT, str(failure), login_refused=refused, unreachable=True
                )
                return outcome, outcome
            did_good = kept.handed > 0
            try:
                outcome = self._one_mail(kept, mail, following)
            except (_CutBeforeTheDot, smtplib.SMTPServerDisconnected) as cut:
                self._drop()
                if did_good:
                    continue
                outcome = Outcome(OutcomeKind.TRANSIENT, f"the line was cut before the mail: {cut}")
                return outcome, outcome
            return outcome, outcome if outcome.login_refused else None

    def _ready_line(self) -> _KeptLine:
        now = self._monotonic()
        kept = self._kept
        if kept is not None and kept.announced is None:
            worn = kept.handed >= MAILS_PER_LINE or now - kept.used_at > IDLE_SECONDS
            if worn or kept.line.sock is None:
                self.close()
                kept = None
        if kept is None:
            kept = self._kept = _KeptLine(self._connect(self._settings, self._token), now)
        kept.used_at = now
        return kept

    def _one_mail(self, kept: _KeptLine, mail: SealedMail, following: SealedMail | None) -> Outcome:
        fault = _unfit(mail, kept.line)
        if fault:
            kept.handed += 1
            return Outcome(OutcomeKind.PERMANENT, fault)
        refusal = self._ask(kept, mail)
        if refusal is not None:
            kept.handed += 1
            return _refused(refusal)
        if not kept.pipelining or kept.handed + 1 >= MAILS_PER_LINE:
            following = None
        if following is not None and _unfit(following, kept.line):
            following = None
        return self._give_text(kept, mail, following)

    def _ask(self, kept: _KeptLine, mail: SealedMail) -> Reply | None:
        """Go through MAIL, RCPT and DATA; return the first no, None when text is awaited.

        Raises:
            _CutBeforeTheDot: the server leaves (421) or speaks something else than SMTP.
            SMTPServerDisconnected: it left.
        """
        refusal: Reply | None = None
        text_awaited = False
        for reply in _envelope_replies(kept, mail):
            text_awaited = reply.code == 354
            if reply.code >= 400 and refusal is None:
                refusal = reply
                if not kept.pipelining:
                    break
        kept.open_transaction = refusal is not None
        if refusal is None and not text_awaited:
            msg = "the server does not ask for the mail"
            raise _CutBeforeTheDot(msg)
        if refusal is not None and text_awaited:  # RFC 2920 section 3.1: a text of nothing
            kept.line.send(b".\r\n")
            kept.line.reply()
        return refusal

    def _give_text(
        self, kept: _KeptLine, mail: SealedMail, following: SealedMail | None
    ) -> Outcome:
        text = _stuffed(mail.data)
        ahead = b"" if following is None else b"".join(_envelope(following, kept))
        try:
            _push(kept.line, text + ahead, len(text))
        except _CutBeforeTheDot as cut:
            return self._early_no(kept, cut)
        kept.announced = following
        try:
            reply = kept.line.reply()
        except smtplib.SMTPServerDisconnected as cut:
            self._drop()
            return Outcome(OutcomeKind.UNKNOWN, f"the line was cut after the mail: {cut}")
        kept.handed += 1
        outcome = _answered(reply)
        if reply.code == 421 or outcome.kind is OutcomeKind.UNKNOWN:
            self._drop()
        return outcome

    def _early_no(self, kept: _KeptLine, cut: _CutBeforeTheDot) -> Outcome:
        """Some servers say no (552) and leave before they have heard the end."""
        try:
            reply = kept.line.reply()
        except smtplib.SMTPServerDisconnected:
            raise cut from None
        if reply.code < 400:
            raise cut
        self._drop()
        return _refused(reply)

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.line.close()
            self._kept = None


def _push(line: SmtpLine, words: bytes, dot: int) -> None:
    """Write `words`, whose first `dot` octets end with the final dot of a mail.

    Counts what the system took: the server cannot have seen a dot that never left here.
    A failure after the dot is not told; the answer, or its absence, will tell.

    Raises:
        _CutBeforeTheDot: the line failed before the dot was taken.
    """
    wire = line.wire()
    view = memoryview(words)
    taken = 0
    try:
        while taken < len(view):
            taken += wire.send(view[taken:])
    except OSError as error:
        if taken < dot:
            raise _CutBeforeTheDot(str(error)) from error


def _envelope_replies(kept: _KeptLine, mail: SealedMail) -> Iterator[Reply]:
    """Say the envelope, unless it was announced already, and yield what is answered.

    Raises:
        _CutBeforeTheDot: the server leaves (421) or speaks something else than SMTP.
        SMTPServerDisconnected: it left.
    """
    words = _envelope(mail, kept)
    announced, kept.announced = kept.announced is mail, None
    if kept.pipelining and not announced:
        kept.line.send(b"".join(words))
    for word in words:
        if not kept.pipelining:
            kept.line.send(word)
        reply = kept.line.reply()
        if reply.code == 421 or reply.code < 200 or (word is _RESET and reply.code >= 400):
            raise _CutBeforeTheDot(str(reply))
        if word is not _RESET:
            yield reply


def _envelope(mail: SealedMail, kept: _KeptLine) -> list[bytes]:
    """MAIL, RCPT and DATA for one recipient, and RSET before them where one is owed."""
    options = ""
    if kept.line.has_extn("size"):
        options += f" SIZE={len(mail.data)}"  # RFC 1870
    if kept.line.has_extn("8bitmime") and not mail.data.isascii():
        options += " BODY=8BITMIME"  # RFC 6152
    if not (mail.sender + mail.recipient).isascii():
        options += " SMTPUTF8"  # RFC 6531 section 3.4
    words = [
        f"MAIL FROM:<{mail.sender}>{options}\r\n".encode(),
        f"RCPT TO:<{mail.recipient}>\r\n".encode(),
        b"DATA\r\n",
    ]
    return [_RESET, *words] if kept.open_transaction else words


def _stuffed(data: bytes) -> bytes:
    """Double the dots at line starts and end with the final one (RFC 5321 section 4.5.2)."""
    text = data.replace(b"\r\n.", b"\r\n..")
    if text.startswith(b"."):
        text = b"." + text
    return text.removesuffix(b"\r\n") + _END


def _fault_of(mail: SealedMail) -> str:
    """Return why this can be sent nowhere; empty when it can."""
    if not (_PATH.fullmatch(mail.sender) and _PATH.fullmatch(mail.recipient)):
        return "the envelope holds something that is not an address"
    if "@" not in mail.recipient:
        return "the recipient is not an address"
    lines = mail.data.count(b"\r\n")
    if mail.data.count(b"\n") != lines or mail.data.count(b"\r") != lines:
        # RFC 5321 section 2.3.8; some servers take a bare one for the end of the mail.
        return "the mail holds a bare CR or LF, which must not be sent"
    return ""


def _unfit(mail: SealedMail, line: SmtpLine) -> str:
    """Return why this server will never take the mail; empty when it may."""
    if not (mail.sender + mail.recipient).isascii() and not line.has_extn("smtputf8"):
        return "the server takes no addresses with letters beyond ASCII (no SMTPUTF8)"
    limit = line.esmtp_features.get("size", "")
    if limit.isascii() and limit.isdigit() and 0 < int(limit) < len(mail.data):
        return f"the mail has {len(mail.data)} octets, and the server takes {limit} at most"
    return ""


def _refused(reply: Reply) -> Outcome:
    if reply.about_login:
        return Outcome(OutcomeKind.TRANSIENT, str(reply), login_refused=True)
    kind = OutcomeKind.PERMANENT if reply.code >= 500 else OutcomeKind.TRANSIENT
    return Outcome(kind, str(reply))


def _answered(reply: Reply) -> Outcome:
    """Sort the answer to the dot; what is no answer leaves the mail unknown."""
    if 200 <= reply.code < 300:
        return Outcome(OutcomeKind.SENT, str(reply))
    if 400 <= reply.code < 600:
        return _refused(reply)
    return Outcome(OutcomeKind.UNKNOWN, f"the server answered the mail with: {reply}")
