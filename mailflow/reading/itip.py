"""What a calendar program answers to one of our entries (RFC 5546 sections 3.2.3 to 3.2.7).

An answer that says "accepted" says that the entry was seen, never that the work is done; only
a task that is marked as completed says so. What is read here is unproven: whose answer it is
and whether it is newer than the last is decided by whoever knows the entry.

The library reads single lines and never sees the file as a whole before its size and the
number of its components are known; recurrences are never expanded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

MOST_OCTETS = 256 * 1024
MOST_COMPONENTS = 50
_COMMENT_LIMIT = 2000
_ADDRESS_LIMIT = 254
_UID_LIMIT = 600
_MOST_SEQUENCE = 2**31 - 1

_FOLD = re.compile(rb"\r?\n[ \t]")
_BEGIN = re.compile(rb"\s*BEGIN\s*:", re.IGNORECASE)
_MARK = re.compile(rb"\s*(BEGIN|END)\s*:\s*([A-Z0-9-]{1,40})\s*", re.IGNORECASE)
_NAME = re.compile(rb"\s*([A-Z0-9-]{1,40})\s*[;:]", re.IGNORECASE)
_FRAMES = frozenset({b"VCALENDAR", b"VEVENT", b"VTODO"})
_PROPERTIES = frozenset(
    b"METHOD UID SEQUENCE DTSTAMP ATTENDEE COMMENT DTSTART DTEND DUE STATUS"
    b" PERCENT-COMPLETE COMPLETED".split()
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MAILTO = re.compile("mailto:", re.IGNORECASE)


class AnswerKind(StrEnum):
    """What the person did in her calendar."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    COMPLETED = "completed"
    COUNTERED = "countered"
    DELEGATED = "delegated"
    IN_PROCESS = "in process"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """One answer from a calendar program.

    Attributes:
        kind: what was done.
        uid: of the entry, as it was echoed.
        sequence: of the entry that was answered; 0 where the answer names none.
        dtstamp: when the answer was made (aware, UTC); None where it does not say.
        attendee: address of whoever answers, in lower case; may differ from From.
        comment: what she typed along with it, cleaned; may be empty.
        new_start: for `COUNTERED`, the start she proposes: a date, or an instant (aware).
        new_end: its end where the proposal names one.
        sent_by: address of whoever answered for her, in lower case; else empty.
    """

    kind: AnswerKind
    uid: str
    sequence: int
    dtstamp: datetime | None
    attendee: str
    comment: str = ""
    new_start: date | datetime | None = None
    new_end: date | datetime | None = None
    sent_by: str = ""


def read_calendar_answer(calendars: tuple[tuple[str | None, bytes], ...]) -> CalendarAnswer | None:
    """Return the answer that a mail's calendar parts give, or None where they give none.

    None is also what an invitation of their own, a broken file, or one beyond the bounds is:
    a human mail then, which is never accepted or answered by itself.

    Args:
        calendars: `method` parameter of the MIME part and the part's bytes, in the order of
            the mail. The first that is a calendar with a method counts; where the parameter
            differs from what the calendar says, the calendar is believed (as Outlook does).
    """
    for parameter, data in calendars:
        calendar = _opened(data)
        if calendar is None:
            continue
        method = (_text(calendar.get("METHOD")) or parameter or "").strip().upper()
        if method:
            return _answer(calendar, method)
    return None


def _opened(data: bytes) -> Any:  # noqa: ANN401 - components of a library
    """Return the calendar in these bytes, None where they are too much or none."""
    if len(data) > MOST_OCTETS:
        return None
    lines = _FOLD.sub(b"", data.removeprefix(b"\xef\xbb\xbf")).splitlines()
    if sum(bool(_BEGIN.match(line)) for line in lines) > MOST_COMPONENTS:
        return None
    from icalendar import Calendar  # noqa: PLC0415 - slow to load, and few mails need it

    try:
        calendar = Calendar.from_ical(b"\r\n".join(_needed(lines)))
    # The library answers broken input with errors of many kinds, its parsers' own among them.
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return None
    return calendar if getattr(calendar, "name", None) == "VCALENDAR" else None


def _needed(lines: list[bytes]) -> Iterator[bytes]:
    """Yield the few lines an answer is read from; zones, rules and alarms are not among them.

    A zone described in a mail may hold a rule without an end; the names of zones that
    programs use are known without it.
    """
    inside = 0
    for line in lines:
        mark = _MARK.fullmatch(line)
        if mark is None:
            name = _NAME.match(line)
            # A line without a name breaks the calendar, and that must stay so.
            if not inside and (name is None or name[1].upper() in _PROPERTIES):
                yield line.strip()
        elif mark[2].upper() not in _FRAMES:
            inside += 1 if mark[1].upper() == b"BEGIN" else -1
            inside = max(0, inside)
        elif not inside:
            yield line.strip()


def _answer(calendar: Any, method: str) -> CalendarAnswer | None:  # noqa: ANN401
    entry = next((c for c in calendar.subcomponents if c.name in {"VEVENT", "VTODO"}), None)
    if entry is None:
        return None
    uid = _text(entry.get("UID"))
    attendee = _only_attendee(entry)
    if not uid or len(uid) > _UID_LIMIT or attendee is None:
        return None
    kind = _kind(entry, method, _parameter(attendee, "PARTSTAT").upper())
    if kind is None:
        return None
    countered = kind is AnswerKind.COUNTERED
    return CalendarAnswer(
        kind=kind,
        uid=uid,
        sequence=_sequence(entry),
        dtstamp=_instant(_moment(entry, "DTSTAMP")),
        attendee=_address(attendee),
        comment=_comment(entry, attendee),
        new_start=_moment(entry, "DTSTART") if countered else None,
        new_end=(_moment(entry, "DTEND") or _moment(entry, "DUE")) if countered else None,
        sent_by=_address(_parameter(attendee, "SENT-BY")),
    )


_PARTSTATS = {
    "ACCEPTED": AnswerKind.ACCEPTED,
    "TENTATIVE": AnswerKind.TENTATIVE,
    "DECLINED": AnswerKind.DECLINED,
    "DELEGATED": AnswerKind.DELEGATED,
    "IN-PROCESS": AnswerKind.IN_PROCESS,
}


def _kind(entry: Any, method: str, partstat: str) -> AnswerKind | None:  # noqa: ANN401
    match method:
        case "COUNTER":
            return AnswerKind.COUNTERED
        case "REFRESH":
            return AnswerKind.REFRESH
        case "REPLY" if entry.name == "VTODO" and _completed(entry, partstat):
            return AnswerKind.COMPLETED
        case "REPLY":
            return _PARTSTATS.get(partstat)
        case _:
            return None


def _completed(entry: Any, partstat: str) -> bool:  # noqa: ANN401
    """Return whether a task is said to be finished; an unwilling answer never says so."""
    if partstat in {"DECLINED", "DELEGATED"}:
        return False
    return (
        partstat == "COMPLETED"
        or _text(entry.get("STATUS")).upper() == "COMPLETED"
        or _text(entry.get("PERCENT-COMPLETE")) == "100"
        or _moment(entry, "COMPLETED") is not None
    )


def _only_attendee(entry: Any) -> Any:  # noqa: ANN401
    """Return the one ATTENDEE an answer must have, else None (RFC 5546 section 3.2.3)."""
    found = entry.get("ATTENDEE")
    if isinstance(found, list):
        return found[0] if len(found) == 1 else None
    return found if _address(found) else None


def _address(value: object) -> str:
    """Return the bare address of a `mailto:` in lower case, empty where there is none."""
    text = _text(value).strip().strip('"')
    if not _MAILTO.match(text):
        return ""
    address = text[len("mailto:") :].strip().lower()
    plain = address.count("@") == 1 and not any(c.isspace() or c in "<>,;" for c in address)
    return address if plain and len(address) <= _ADDRESS_LIMIT else ""


def _comment(entry: Any, attendee: Any) -> str:  # noqa: ANN401
    """Return what was typed along: COMMENT, or Google's parameter of the attendee."""
    found = entry.get("COMMENT", ())
    texts = [_text(c) for c in (found if isinstance(found, list) else (found,)) if c]
    texts.append(_parameter(attendee, "X-RESPONSE-COMMENT"))
    whole = "\n".join(dict.fromkeys(filter(None, map(str.strip, texts))))
    return whole[:_COMMENT_LIMIT].strip()


def _sequence(entry: Any) -> int:  # noqa: ANN401
    text = _text(entry.get("SEQUENCE")).strip()
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_SEQUENCE))
    return min(int(text), _MOST_SEQUENCE) if plain else 0


def _moment(entry: Any, key: str) -> date | datetime | None:  # noqa: ANN401
    """Return a date, or an instant with its zone; None where it is absent or floats."""
    value = entry.get(key)
    if value is None or isinstance(value, list) or _broken(value):
        return None
    found = getattr(value, "dt", None)
    if isinstance(found, datetime):
        return _instant(found)
    return found if isinstance(found, date) else None


def _instant(found: date | datetime | None) -> datetime | None:
    # An unknown zone leaves the time without one; to guess it would move the appointment.
    if not isinstance(found, datetime) or found.utcoffset() is None:
        return None
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return None


def _parameter(value: object, key: str) -> str:
    """Return one parameter of a property, empty where it has none or several."""
    found = getattr(value, "params", {}).get(key, "")
    return _text(found) if isinstance(found, str) else ""


def _text(value: object) -> str:
    if value is None or isinstance(value, list) or _broken(value):
        return ""
    return _CONTROLS.sub("", str(value))


def _broken(value: object) -> bool:
    return type(value).__name__ == "vBroken"
