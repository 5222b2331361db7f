"""Calendar entries as bytes: one To Do, one person, one message (RFC 5545, 5546, 6047).

Lines are written by hand, because that takes microseconds and every octet is known; tests
compare the result with what the icalendar library reads from it. Times are UTC, so that no
zone needs to be explained to any program; a day without hours is a date, not midnight.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from mailflow import __version__
from mailflow.domain.entry import EntryMethod

TITLE_LIMIT = 120
DESCRIPTION_LIMIT = 3500
NAME_LIMIT = 64
LINE_OCTETS = 75
"""RFC 5545 section 3.1: a content line is folded so that no line is longer."""

_HALF_HOUR = timedelta(minutes=30)
_ONE_DAY = timedelta(days=1)
# Controls but tab and line feed, and what has no place in UTF-8: lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"[^\s<>\"(),;:\\@\x00-\x1f\x7f]+@[^\s<>\"(),;:\\@\x00-\x1f\x7f]+")
_UID = re.compile(r"[!-~]{1,600}")


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What one calendar message says.

    Attributes:
        uid: never changes for this To Do and person; printable ASCII.
        sequence: see `domain.entry`.
        dtstamp: of this message (aware).
        method: what the calendar is asked to do.
        title: of the To Do.
        ref: as people see it, such as `TAX-3`.
        description: what, and how to answer; plain text.
        day: for an entry of a whole day.
        start: for an entry with hours (aware); wins over `day`.
        end: end of the hours (aware); alone it is a moment by which something is due.
        organizer_name: the provider's name.
        organizer_address: the address that reads calendar answers; never changes.
        attendee_name: the recipient's name.
        attendee_address: the recipient.
        created: when the entry was first told (aware); None where that was another message.
        todo: write a VTODO, for programs with lists of tasks.
    """

    uid: str
    sequence: int
    dtstamp: datetime
    method: EntryMethod
    title: str
    ref: str
    description: str
    day: date | None
    start: datetime | None
    end: datetime | None
    organizer_name: str
    organizer_address: str
    attendee_name: str
    attendee_address: str
    created: datetime | None = None
    todo: bool = False


def calendar_entry(facts: EntryFacts) -> bytes:
    """Return one VCALENDAR with exactly one VEVENT, or VTODO; equal facts give equal bytes.

    Raises:
        ValueError: an address or the UID cannot stand in a calendar, or there is neither a
            day nor hours. Addresses are checked when people are added, so this is a bug.
    """
    return _calendar(facts.method, _component(facts, published=False))


def bulk_entries(entries: tuple[EntryFacts, ...]) -> bytes:
    """Return one VCALENDAR with all entries, a file to save: METHOD:PUBLISH, nobody is asked.

    Such a file is never mailed inline: some mail programs show its bare text.

    Raises:
        ValueError: as for `calendar_entry`.
    """
    return _calendar(
        "PUBLISH", (line for facts in entries for line in _component(facts, published=True))
    )


def _calendar(method: str, lines: Iterator[str]) -> bytes:
    whole = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//mailflow//mailflow {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        *lines,
        "END:VCALENDAR",
    )
    plain = [
        line if len(line) <= LINE_OCTETS and line.isascii() else _folded(line) for line in whole
    ]
    return ("\r\n".join(plain) + "\r\n").encode()


def _component(facts: EntryFacts, *, published: bool) -> Iterator[str]:
    name = "VTODO" if facts.todo else "VEVENT"
    cancelled = facts.method == "CANCEL" and not published
    title = entry_text(facts.title, TITLE_LIMIT) or entry_text(facts.ref, TITLE_LIMIT)
    summary = _escaped(title)
    if not _UID.fullmatch(facts.uid):
        raise ValueError(facts.uid)
    yield f"BEGIN:{name}"
    yield f"UID:{facts.uid}"
    yield f"DTSTAMP:{_instant(facts.dtstamp)}"
    yield f"SEQUENCE:{facts.sequence}"
    if facts.created is not None:
        yield f"CREATED:{_instant(facts.created)}"
    yield f"LAST-MODIFIED:{_instant(facts.dtstamp)}"
    yield from _todo_times(facts) if facts.todo else _event_times(facts)
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{_description(facts)}"
    if not published:
        yield from _partners(facts)
    yield from _status(facts, cancelled=cancelled)
    if not cancelled:
        yield from _alarm(facts, summary)
    yield f"END:{name}"


def _event_times(facts: EntryFacts) -> Iterator[str]:
    start, end = _hours(facts)
    if isinstance(start, datetime) and isinstance(end, datetime):
        yield f"DTSTART:{_instant(start)}"
        yield f"DTEND:{_instant(end)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(start)}"
        yield f"DTEND;VALUE=DATE:{_day(end)}"


def _todo_times(facts: EntryFacts) -> Iterator[str]:
    """Yield start and due of a task; older programs ask for both (RFC 2446 section 3.4.2)."""
    start, end = _hours(facts)
    if isinstance(start, datetime) and isinstance(end, datetime):
        begin = min(facts.dtstamp, start)
        yield f"DTSTART:{_instant(begin)}"
        yield f"DUE:{_instant(end)}"
    else:
        day = min(facts.dtstamp.astimezone(UTC).date(), start - _ONE_DAY)
        yield f"DTSTART;VALUE=DATE:{_day(day)}"
        yield f"DUE;VALUE=DATE:{_day(start)}"
    yield "PRIORITY:5"


def _hours(facts: EntryFacts) -> tuple[datetime, datetime] | tuple[date, date]:
    """Return start and exclusive end; something due at a moment takes the half hour before."""
    start, end = facts.start, facts.end
    if start is None and end is not None:
        start = end - _HALF_HOUR
    if start is not None:
        return (start, end) if end is not None and end > start else (start, start + _HALF_HOUR)
    if facts.day is None:
        raise ValueError(facts.ref)
    return facts.day, facts.day + _ONE_DAY


def _partners(facts: EntryFacts) -> Iterator[str]:
    organizer = _address(facts.organizer_address)
    attendee = _address(facts.attendee_address)
    yield f"ORGANIZER{_named(facts.organizer_name)}:mailto:{organizer}"
    yield (
        f"ATTENDEE{_named(facts.attendee_name)};CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION"
        f";ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{attendee}"
    )


def _status(facts: EntryFacts, *, cancelled: bool) -> Iterator[str]:
    if cancelled:
        yield "STATUS:CANCELLED"
    else:
        yield "STATUS:NEEDS-ACTION" if facts.todo else "STATUS:CONFIRMED"
    if not facts.todo:
        timed = facts.start is not None
        yield "TRANSP:OPAQUE" if timed else "TRANSP:TRANSPARENT"
        # Exchange believes this more than TRANSP.
        yield f"X-MICROSOFT-CDO-BUSYSTATUS:{'BUSY' if timed else 'FREE'}"


def _alarm(facts: EntryFacts, summary: str) -> Iterator[str]:
    """Yield the reminder: nine in the morning of the day before, or half an hour before."""
    timed = facts.start is not None or facts.end is not None
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{summary}"
    related = ";RELATED=END" if facts.todo else ""
    yield f"TRIGGER{related}:{'-PT30M' if timed else '-PT15H'}"
    yield "END:VALARM"


def _description(facts: EntryFacts) -> str:
    text = entry_text(facts.description, DESCRIPTION_LIMIT)
    ref = entry_text(facts.ref, NAME_LIMIT)
    whole = text if ref in text else f"{text}\n\n{ref}".lstrip("\n")
    return _escaped(whole)


def entry_text(text: str, limit: int) -> str:
    """Return a text that may stand in a calendar: no controls but tab and line feed.

    What is longer than `limit` characters ends with an ellipsis.
    """
    clean = _FORBIDDEN.sub("", text[: limit * 4].replace("\r\n", "\n").replace("\r", "\n")).strip()
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def _named(name: str) -> str:
    """Return the CN parameter, always quoted, or nothing for an empty name.

    A circumflex and a quotation mark are written as RFC 6868 says. Programs disagree on what a
    backslash means in a parameter, so none is written.
    """
    clean = entry_text(name, NAME_LIMIT).replace("^", "^^").replace('"', "^'")
    clean = clean.replace("\\", "/").replace("\n", " ").replace("\t", " ")
    return f';CN="{clean}"' if clean else ""


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(address)
    return address


def _instant(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{_day(utc)}T{utc.hour:02}{utc.minute:02}{utc.second:02}Z"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _folded(line: str) -> str:
    """Return a content line folded between characters."""
    octets = line.encode()
    if len(octets) <= LINE_OCTETS:
        return line
    parts, start, room = [], 0, LINE_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a character of several octets
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LINE_OCTETS - 1  # a continued line begins with a blank
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode()


def _escaped(text: str) -> str:
    # Four replacements take a tenth of the time that one translation takes.
    text = text.replace("\\", "\\\\").replace(";", "\\;")
    return text.replace(",", "\\,").replace("\n", "\\n")
