"""Whether the sender of a mail is who From says: two sources, both failing closed.

The stamp is the Authentication-Results field (RFC 8601) of the one server that the operator
trusts; Exchange Online writes it without naming itself. Where no server stamps, the DKIM
signatures (RFC 6376) are checked on the raw bytes. Neither is an authority of its own: what
follows from a stamp is decided elsewhere.
"""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from mailflow.mail.message import InboundMessage

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

TOPMOST = "!topmost"
NO_TRUST = "none"
_FIELD_LIMIT = 8_192
_SIGNATURES = 5
_SIGNED_OCTETS = 10 * 1024 * 1024
_SIGNATURE_AGE = timedelta(days=7)
_CLOCK_SKEW = timedelta(hours=10)
_KEY_BITS = 1024
_MUST_BE_SIGNED = frozenset(("from", "to", "date", "subject"))
_PIECE = re.compile(r'[()"]|\\.?|[^()"\\]+', re.DOTALL)
_AROUND_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_SEPARATORS = re.compile(r"[;=\s]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,60}")

FindText = Callable[[str], bytes | None]
"""Returns the TXT record of a DNS name, None when there is none; joined, undecoded."""


class StampResult(StrEnum):
    """What is known of the sender."""

    PASS = "pass"  # noqa: S105 - RFC 8601 section 2.7, no secret
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a source says about the sender of one mail.

    Attributes:
        result: PASS only when the very domain in From was proven; FAIL when the source says
            it is not, or cannot be read; NONE when it says nothing.
        domain: the domain in From, in lower case.
        signature: digest of the DKIM signature that passed, to tell a replay; else empty.
    """

    result: StampResult
    domain: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class _Finding:
    method: str
    result: str
    properties: dict[str, str]


def read_stamp(message: InboundMessage, trust: str) -> Stamp:
    """Return what the trusted server says about the sender.

    Args:
        message: the mail.
        trust: the name by which the server signs its stamps (`mx.google.com`), `*.` and the
            end of its names, `!topmost` for Exchange Online, or `none`.
    """
    domain = _sender_domain(message)
    value = _trusted_value(message.headers("authentication-results"), trust)
    if value is None:
        return Stamp(StampResult.NONE, domain)
    findings = _read_findings(value, named=trust != TOPMOST)
    if findings is None or not domain:
        return Stamp(StampResult.FAIL, domain)
    dmarc = [finding for finding in findings if finding.method == "dmarc"]
    if not dmarc:
        return Stamp(StampResult.NONE, domain)
    if all(_proves(finding, domain) for finding in dmarc):
        return Stamp(StampResult.PASS, domain)
    if all(finding.result in {"none", "temperror", "bestguesspass"} for finding in dmarc):
        return Stamp(StampResult.NONE, domain)
    return Stamp(StampResult.FAIL, domain)


def check_dkim(raw: bytes, message: InboundMessage, now: datetime, find_text: FindText) -> Stamp:
    """Return PASS when a DKIM signature of the sender's organisation holds, else NONE.

    A signature counts only when it covers the whole body and From, To, Date and Subject, is
    at most 7 days old and was made with a key of at least 1024 bits. A broken signature
    proves nothing: mailing lists and some servers break them.

    Args:
        raw: the mail as it arrived.
        message: the same, read.
        now: the present moment (aware).
        find_text: looks up a TXT record.
    """
    domain = _sender_domain(message)
    signatures = message.headers("dkim-signature")[:_SIGNATURES]
    if domain and len(raw) <= _SIGNED_OCTETS:
        for index, signature in enumerate(signatures):
            tags = _tags(signature)
            due = _is_worth_checking(tags, message, now) and _aligned(tags["d"], domain)
            if due and _verifies(raw, index, find_text):
                code = hashlib.sha256("".join(tags["b"].split()).encode("utf-8"))
                return Stamp(StampResult.PASS, domain, code.hexdigest())
    return Stamp(StampResult.NONE, domain)


def _sender_domain(message: InboundMessage) -> str:
    return message.sender.address.rpartition("@")[2].lower() if message.sender else ""


def _trusted_value(values: tuple[str, ...], trust: str) -> str | None:
    """The topmost stamp of the trusted server; further down anybody may have written it."""
    if trust in {"", NO_TRUST}:
        return None
    if trust == TOPMOST:
        unnamed = values and "=" in values[0].partition(";")[0]
        return values[0] if unnamed else None
    return next((value for value in values if _is_named(value, trust.lower())), None)


def _is_named(value: str, trust: str) -> bool:
    words = value.partition(";")[0].lower().split()
    name = words[0] if words else ""
    return name.endswith(trust[1:]) if trust.startswith("*.") else name == trust


def _proves(finding: _Finding, domain: str) -> bool:
    return finding.result == "pass" and finding.properties.get("header.from") == domain


def _read_findings(value: str, *, named: bool) -> list[_Finding] | None:
    """The results in a stamp; None when it is not of the form of RFC 8601 section 2.2."""
    plain = _without_comments(value[: _FIELD_LIMIT + 1]) if len(value) <= _FIELD_LIMIT else None
    if plain is None:
        return None
    items = [_AROUND_EQUALS.sub("=", item).split() for item in plain.rstrip("; \t").split(";")]
    findings: list[_Finding] = []
    for words in items[1:] if named else items:
        if words == ["none"] or (not named and (not words or "=" not in words[0])):
            continue  # older stamps of Exchange Online have bare domains between the results
        method, equals, result = "".join(words[:1]).lower().partition("=")
        if not (equals and _WORD.fullmatch(method) and _WORD.fullmatch(result)):
            return None
        pairs = [word.lower().partition("=") for word in words[1:]]
        properties = {key: told for key, _, told in reversed(pairs)}
        if len(properties) != len(pairs) and method == "dmarc":
            return None
        findings.append(_Finding(method.partition("/")[0], result, properties))
    return findings


def _without_comments(value: str) -> str | None:
    """The value without comments, quoted strings as single words; None when one stays open."""
    out: list[str] = []
    depth, quoted = 0, False
    for piece in _PIECE.findall(value):
        if piece == '"' and not depth:
            quoted = not quoted
        elif quoted:
            out.append(_SEPARATORS.sub("_", piece))
        elif piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
        elif not depth:
            out.append(piece)
        if depth < 0:
            return None
    return None if depth or quoted else "".join(out)


def _tags(signature: str) -> dict[str, str]:
    """The tags of a signature (RFC 6376 section 3.2)."""
    pairs = (tag.partition("=") for tag in signature[:_FIELD_LIMIT].split(";"))
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def _is_worth_checking(tags: dict[str, str], message: InboundMessage, now: datetime) -> bool:
    signed = {name.strip().lower() for name in tags.get("h", "").split(":")}
    if "l" in tags or not {"d", "b", "s"} <= tags.keys() or not signed >= _MUST_BE_SIGNED:
        return False
    made = _moment(tags["t"], now) if "t" in tags else message.date
    if made is None or not now - _SIGNATURE_AGE <= made <= now + _CLOCK_SKEW:
        return False
    ends = _moment(tags["x"], now) if "x" in tags else now
    return ends is not None and ends >= now


def _moment(seconds: str, now: datetime) -> datetime | None:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(seconds), tz=now.tzinfo)
    return None


def _aligned(signer: str, domain: str) -> bool:
    """Whether both domains are of one organisation (relaxed alignment, RFC 7489 section 3.1)."""
    signer = signer.lower()
    if signer == domain:
        return True
    organisation = _suffixes().privatesuffix(domain)
    return organisation is not None and organisation == _suffixes().privatesuffix(signer)


def _verifies(raw: bytes, index: int, find_text: FindText) -> bool:
    # Loading the library takes longer than checking a hundred mails, and with a trusted
    # server no mail needs it.
    import dkim  # noqa: PLC0415 - see above

    def look_up(name: bytes | str, timeout: int = 5) -> bytes | None:  # noqa: ARG001 - dkimpy's own
        return find_text(name.decode("ascii") if isinstance(name, bytes) else name)

    with suppress(dkim.DKIMException, *_VERIFIERS_FAIL_WITH):
        checker = dkim.DKIM(raw, logger=_Silence(), minkey=_KEY_BITS)
        return bool(checker.verify(idx=index, dnsfunc=look_up))
    return False


class _Silence:
    """Takes what the library would log: it may be of a mail, and no log of ours holds that."""

    def debug(self, *_: object) -> None:
        """Forget it."""

    info = warning = error = debug


_VERIFIERS_FAIL_WITH = (
    *(ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - reads a list of 9,000 names

    return PublicSuffixList()
