"""Which mail a machine wrote: what must not be answered, and mostly not be read as an answer.

RFC 3834, RFC 3464, RFC 8098, RFC 5965, RFC 6047, and what mail programs really send. The
first test that holds decides; the order is that of `MailKind`.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from mailflow.mail.message import InboundMessage, ReportKind

_QUICK_SECONDS = 120
_METHOD = re.compile(rb"^METHOD:[ \t]*([A-Za-z]{1,20})[ \t]*\r?$", re.MULTILINE)
_ANSWERS = frozenset(("REPLY", "COUNTER", "REFRESH"))
_TAG = re.compile(r"<[^<>]*>")
_EMOJI = re.compile(r'"emoji"\s*:\s*"([^"\\]{1,40})"')
_OPENING = 400
_CALENDAR_OCTETS = 262_144


class MailKind(StrEnum):
    """What wrote a mail, and to what end."""

    OWN = "own"
    DSN = "delivery report"
    MDN = "read receipt"
    ARF = "complaint"
    CALENDAR = "calendar answer"
    AUTO_REPLY = "automatic reply"
    REACTION = "reaction"
    LIST = "list or bulk mail"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class _Signs:
    any_value: tuple[str, ...]
    holding: tuple[tuple[str, tuple[str, ...]], ...]
    list_fields: tuple[str, ...]
    list_precedence: frozenset[str]
    bouncing: frozenset[str]
    reply_marks: frozenset[str]
    automatic: tuple[str, ...]
    reaction_type: str
    reaction_phrases: tuple[tuple[str, str], ...]


def classify(
    message: InboundMessage, *, own: bool = False, seconds_after_ours: float | None = None
) -> MailKind:
    """Return what wrote a mail.

    Args:
        message: the mail.
        own: whether `carriers.is_own_message` says that it is ours.
        seconds_after_ours: how long after our letter to this person it arrived; None when
            there was none or nobody knows.
    """
    if own:
        return MailKind.OWN
    tests: tuple[tuple[MailKind, Callable[[InboundMessage], bool]], ...] = (
        (MailKind.DSN, _is_delivery_report),
        (MailKind.MDN, _is_read_receipt),
        (MailKind.ARF, _is_complaint),
        (MailKind.CALENDAR, is_calendar_answer),
        (MailKind.AUTO_REPLY, _is_automatic),
        (MailKind.REACTION, lambda mail: reaction(mail) is not None),
        (MailKind.LIST, _is_from_list),
    )
    kind = next((kind for kind, holds in tests if holds(message)), MailKind.HUMAN)
    if kind is MailKind.HUMAN and has_automatic_subject(message.subject):
        quick = seconds_after_ours is not None and seconds_after_ours < _QUICK_SECONDS
        if quick or not message.in_reply_to:
            return MailKind.AUTO_REPLY
    return kind


def has_automatic_subject(subject: str) -> bool:
    """Tell whether a subject begins as automatic replies do; a weak sign, never proof."""
    signs = _signs()
    rest = subject.lower().strip()
    for _ in range(5):
        mark, colon, behind = rest.partition(":")
        if not colon or mark.strip() not in signs.reply_marks:
            break
        rest = behind.strip()
    return rest.startswith(signs.automatic)


def is_calendar_answer(message: InboundMessage) -> bool:
    """Tell whether a mail answers an invitation (RFC 5546: REPLY, COUNTER or REFRESH)."""
    return any(calendar_method(part.method, part.data) in _ANSWERS for part in message.calendars)


def calendar_method(declared: str, calendar: bytes) -> str:
    """Return the method of a calendar in capitals: the calendar's own word, else the declared one.

    Where the two differ the common programs believe the calendar, and so do we.
    """
    found = _METHOD.search(calendar[:_CALENDAR_OCTETS])
    return found[1].decode("ascii").upper() if found else declared.upper()


def reaction(message: InboundMessage) -> str | None:
    """Return what a person clicked on instead of writing; None for any other mail.

    It is the emoji, or empty when the mail only says that there was one.
    """
    signs = _signs()
    for part in message.attachments:
        if part.media_type == signs.reaction_type:
            found = _EMOJI.search(part.content[:1000].decode("utf-8", "replace"))
            return found[1] if found else ""
    opening = message.text or _TAG.sub(" ", (message.html or "")[: 20 * _OPENING])
    worded = (line for line in opening[:_OPENING].splitlines() if any(map(str.isalpha, line)))
    return "" if _tells_a_reaction(next(worded, ""), signs) else None


def _tells_a_reaction(line: str, signs: _Signs) -> bool:
    folded = " ".join(line.lower().split()).rstrip(" .:!")
    return any(
        folded.startswith(head) and folded.endswith(tail) for head, tail in signs.reaction_phrases
    )


def _is_delivery_report(message: InboundMessage) -> bool:
    if message.report:
        return message.report.kind is ReportKind.DELIVERY
    if "delivery-status" in (message.header("content-type") or "").lower():
        return True
    if message.header("x-failed-recipients") is not None:
        return True
    return _has_null_path(message) and _is_from_mail_system(message)


def _is_read_receipt(message: InboundMessage) -> bool:
    if message.report:
        return message.report.kind is ReportKind.DISPOSITION
    return "disposition-notification" in (message.header("content-type") or "").lower()


def _is_complaint(message: InboundMessage) -> bool:
    return message.report is not None and message.report.kind is ReportKind.FEEDBACK


def _is_automatic(message: InboundMessage) -> bool:
    signs = _signs()
    values = dict(reversed(message.fields))
    submitted = values.get("auto-submitted", "no").partition(";")[0].partition("(")[0]
    if submitted.strip().lower() != "no" or _has_null_path(message):
        return True
    if any(values.get(name, "no").strip().lower() != "no" for name in signs.any_value):
        return True
    for name, words in signs.holding:
        value = values.get(name, "").lower()
        if any(word in value for word in words):
            return True
    suppressed = "all" in values.get("x-auto-response-suppress", "").lower()
    return suppressed and "x-ms-exchange-inbox-rules-loop" in values


def _is_from_list(message: InboundMessage) -> bool:
    signs = _signs()
    if any(message.header(name) is not None for name in signs.list_fields):
        return True
    return (message.header("precedence") or "").strip().lower() in signs.list_precedence


def _has_null_path(message: InboundMessage) -> bool:
    """Whether it was sent so that no answer can come (RFC 5321 section 4.5.5)."""
    return (message.header("return-path") or "-").replace(" ", "") == "<>"


def _is_from_mail_system(message: InboundMessage) -> bool:
    bouncing = _signs().bouncing
    return any(one.address.partition("@")[0].lower() in bouncing for one in message.authors)


@cache
def _signs() -> _Signs:
    table = tomllib.loads(
        files("mailflow.mail").joinpath("data/automatic.toml").read_text(encoding="utf-8")
    )
    holding = table["fields"]["holding"]
    return _Signs(
        any_value=tuple(table["fields"]["any_value"]),
        holding=tuple((name, tuple(words)) for name, words in holding.items()),
        list_fields=tuple(table["lists"]["present"]),
        list_precedence=frozenset(table["lists"]["precedence"]),
        bouncing=frozenset(table["senders"]["bouncing"]),
        reply_marks=frozenset(table["subjects"]["reply_marks"]),
        automatic=tuple(table["subjects"]["automatic"]),
        reaction_type=table["reactions"]["media_type"],
        reaction_phrases=tuple(
            (head, tail)
            for head, _, tail in (line.partition("…") for line in table["reactions"]["phrases"])
        ),
    )
