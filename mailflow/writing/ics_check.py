"""A second look at a calendar message before it leaves: what is wrong with it, if anything.

It shares no code with the writer and asks the icalendar library for its opinion, so that a
mistake of the writer does not hide here too (RFC 5545 section 3, RFC 5546 section 3.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mailflow.domain.entry import EntryMethod

_LINE_OCTETS = 75
_NEEDED = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "ORGANIZER", "ATTENDEE")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the letter around a calendar message says.

    Attributes:
        method: of the MIME part.
        sender: address in From.
        recipient: address the letter goes to.
        sequence: of the last message about this entry, None for the first.
        dtstamp: of the last message (aware), None for the first.
    """

    method: EntryMethod
    sender: str
    recipient: str
    sequence: int | None = None
    dtstamp: datetime | None = None


def check_entry(data: bytes, expected: Expected) -> tuple[str, ...]:
    """Return what is wrong with a calendar message, in plain words; empty means nothing."""
    wrong = tuple(_line_problems(data))
    if wrong:
        return wrong
    from icalendar import Calendar  # noqa: PLC0415 - slow to load, and not every command needs it

    try:
        calendar: Any = Calendar.from_ical(data)
    except ValueError as error:
        return (f"it cannot be read: {error}",)
    if calendar.name != "VCALENDAR":
        return ("it is no calendar",)
    return tuple(_calendar_problems(calendar, expected))


def _line_problems(data: bytes) -> Iterator[str]:
    if not data.endswith(b"END:VCALENDAR\r\n"):
        yield "it does not end as a calendar"
    lines = data.split(b"\r\n")
    if any(b"\r" in line or b"\n" in line for line in lines):
        yield "a line does not end with CR LF"
    if any(len(line) > _LINE_OCTETS for line in lines):
        yield "a line is longer than 75 octets"
    if any(octet < 32 and octet not in b"\t\r\n" for octet in set(data)):
        yield "a control character is in it"


def _calendar_problems(calendar: Any, expected: Expected) -> Iterator[str]:  # noqa: ANN401
    if str(calendar.get("METHOD")) != expected.method:
        yield f"METHOD is not {expected.method}"
    entries = [c for c in calendar.subcomponents if c.name in {"VEVENT", "VTODO"}]
    if len(entries) != 1 or len(calendar.subcomponents) != 1:
        yield "it does not hold exactly one entry"
        return
    entry = entries[0]
    if calendar.errors or entry.errors:
        yield "it has lines that cannot be read"
        return
    missing = [key for key in _NEEDED if key not in entry]
    if missing:
        yield f"it lacks {', '.join(missing)}"
        return
    yield from _partner_problems(entry, expected)
    yield from _time_problems(entry, expected)


def _partner_problems(entry: Any, expected: Expected) -> Iterator[str]:  # noqa: ANN401
    if isinstance(entry["ATTENDEE"], list):
        yield "it has several ATTENDEEs"
    elif str(entry["ATTENDEE"]) != f"mailto:{expected.recipient}":
        yield "ATTENDEE is not the recipient"
    if str(entry["ORGANIZER"]) != f"mailto:{expected.sender}":
        yield "ORGANIZER is not the sender"


def _time_problems(entry: Any, expected: Expected) -> Iterator[str]:  # noqa: ANN401
    start, end = entry["DTSTART"].dt, entry.get("DTEND", entry.get("DUE"))
    if end is None or type(end.dt) is not type(start) or not end.dt > start:
        yield "it does not end after it starts"
    if isinstance(start, datetime) and start.utcoffset() is None:
        yield "its hours have no zone"
    if expected.sequence is not None and entry["SEQUENCE"] < expected.sequence:
        yield "SEQUENCE fell"
    stamp = entry["DTSTAMP"].dt
    if expected.dtstamp is not None and stamp <= expected.dtstamp.astimezone(UTC):
        yield "DTSTAMP did not rise"
