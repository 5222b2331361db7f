from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from mailflow import __version__
from mailflow.domain.entry import EntryMethod
from mailflow.writing.ics import EntryFacts, bulk_entries, calendar_entry
from mailflow.writing.ics_check import Expected, check_entry
from tests.golden import golden

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FACTS = EntryFacts(
    uid="TAX-3.2.0abcdefghabcdefgh@mail.studio.example",
    sequence=0,
    dtstamp=NOW,
    method="REQUEST",
    title="Sign the engagement letter",
    ref="TAX-3",
    description="Two pages; the last one needs your name, date and place.\n\nTo answer, just "
    "reply to the mail: “done” is enough.",
    day=date(2026, 3, 10),
    start=None,
    end=None,
    organizer_name='Reed "Dana" Advisory; Ltd',
    organizer_address="dana@studio.example",
    attendee_name="Zoë Müller",
    attendee_address="zoe@acme.example",
    created=NOW,
)
MEETING = replace(
    FACTS,
    title="Kick-off meeting, Room 2",
    day=None,
    start=datetime(2026, 3, 11, 14, 0, tzinfo=timezone(timedelta(hours=1))),
    end=datetime(2026, 3, 11, 15, 0, tzinfo=timezone(timedelta(hours=1))),
)
EXPECTED = Expected("REQUEST", "dana@studio.example", "zoe@acme.example")

HOSTILE = (
    "buy milk\r\nATTENDEE:mailto:eve@evil.example",
    "buy milk\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "a\x0bb\x0cc\x1cd\x1ee\x1ff\x00g\x7fh\x85i\u2028j\u2029k",
    '\\n \\; \\, \\\\ ; , : "quoted" ^n ^\' ^^',
    "\ud800 lone surrogate \udfff",
    "=?UTF-8?Q?=0A?=Bcc: x",
    "😀" * 60,
    "é" * 200,
    "日本語の長い題名" * 20,
    "\u202eright to left",
    "",
    " " * 500,
    "x" * 5000,
)


def parsed(data: bytes) -> Any:  # noqa: ANN401 - components of a library
    calendar = Calendar.from_ical(data)
    entry = calendar.subcomponents[0]
    assert entry.errors == []
    return entry


def released(data: bytes) -> bytes:
    """Return the entry as the first release writes it, for the version is named in it."""
    return data.replace(f"mailflow {__version__}".encode(), b"mailflow 0.1.0")


def test_a_request_for_a_day_is_written_as_it_was_agreed() -> None:
    golden("entry-request.ics", released(calendar_entry(FACTS)))


def test_a_request_with_hours_is_written_as_it_was_agreed() -> None:
    golden("entry-meeting.ics", released(calendar_entry(MEETING)))


def test_a_cancellation_is_written_as_it_was_agreed() -> None:
    gone = replace(FACTS, method="CANCEL", sequence=1, dtstamp=NOW + timedelta(hours=1))
    golden("entry-cancel.ics", released(calendar_entry(gone)))


def test_a_task_is_written_as_it_was_agreed() -> None:
    golden("entry-todo.ics", released(calendar_entry(replace(FACTS, todo=True))))


def test_a_day_is_a_day_and_ends_where_the_next_begins() -> None:
    event = parsed(calendar_entry(FACTS))
    assert event["DTSTART"].dt == date(2026, 3, 10)
    assert event["DTEND"].dt == date(2026, 3, 11)
    assert event["TRANSP"] == "TRANSPARENT"


def test_hours_are_told_in_utc_and_keep_the_time_busy() -> None:
    event = parsed(calendar_entry(MEETING))
    assert event["DTSTART"].dt == datetime(2026, 3, 11, 13, 0, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
    assert event["TRANSP"] == "OPAQUE"


def test_a_moment_by_which_something_is_due_takes_the_half_hour_before() -> None:
    due = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
    event = parsed(calendar_entry(replace(FACTS, day=None, end=due)))
    assert event["DTSTART"].dt == due - timedelta(minutes=30)
    assert event["DTEND"].dt == due
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_cancellation_has_no_alarm() -> None:
    event = parsed(calendar_entry(replace(FACTS, method="CANCEL")))
    assert event["STATUS"] == "CANCELLED"
    assert event.subcomponents == []
    assert event["UID"] == FACTS.uid


def test_a_task_is_due_after_it_starts() -> None:
    late = replace(FACTS, todo=True, day=date(2026, 1, 5))
    for facts in (replace(FACTS, todo=True), late, replace(MEETING, todo=True)):
        todo = parsed(calendar_entry(facts))
        assert todo.name == "VTODO"
        assert todo["DTSTART"].dt < todo["DUE"].dt
        assert type(todo["DTSTART"].dt) is type(todo["DUE"].dt)
        assert todo["PRIORITY"] == 5


def test_the_names_come_through_with_quotes_and_semicolons() -> None:
    event = parsed(calendar_entry(FACTS))
    assert event["ORGANIZER"].params["CN"] == 'Reed "Dana" Advisory; Ltd'
    assert event["ATTENDEE"].params["CN"] == "Zoë Müller"
    assert event["ATTENDEE"].email == "zoe@acme.example"


def test_the_reference_is_added_where_the_description_lacks_it() -> None:
    assert str(parsed(calendar_entry(FACTS))["DESCRIPTION"]).endswith("\n\nTAX-3")
    told = replace(FACTS, description="Answer TAX-3.")
    assert str(parsed(calendar_entry(told))["DESCRIPTION"]) == "Answer TAX-3."


def test_a_title_of_nothing_but_controls_is_replaced_by_the_reference() -> None:
    assert parsed(calendar_entry(replace(FACTS, title="\x00\x01 ")))["SUMMARY"] == "TAX-3"


def test_an_address_that_would_break_the_line_is_refused() -> None:
    for address in ("eve@evil.example\r\nX:y", "no address", "a@b,c@d", "", '"a b"@c'):
        with pytest.raises(ValueError, match=r"^"):
            calendar_entry(replace(FACTS, attendee_address=address))


def test_a_uid_that_would_break_the_line_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^"):
        calendar_entry(replace(FACTS, uid="a\r\nb"))


def test_an_entry_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="TAX-3"):
        calendar_entry(replace(FACTS, day=None))


def test_a_file_to_save_holds_all_entries_and_asks_nobody() -> None:
    data = bulk_entries((FACTS, replace(MEETING, uid="other@x")))
    calendar = Calendar.from_ical(data)
    assert calendar["METHOD"] == "PUBLISH"
    assert [event["UID"] for event in calendar.subcomponents] == [FACTS.uid, "other@x"]
    assert not any("ATTENDEE" in event for event in calendar.subcomponents)


def shown(text: str, limit: int) -> str:
    """Say by other means than the writer's what of a text a calendar may show."""
    kept = (
        text[: limit * 4].replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore")
    ).decode()
    drawn = "".join(
        c
        for c in kept
        if c in "\t\n"
        or not (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\ufffe\uffff")
    ).strip()
    return drawn if len(drawn) <= limit else drawn[: limit - 1].rstrip() + "…"


texts = st.text(max_size=300) | st.sampled_from(HOSTILE)


@settings(deadline=None, max_examples=200)
@given(texts, texts, texts, st.booleans(), st.sampled_from(["REQUEST", "CANCEL"]))
def test_any_text_comes_back_as_it_was_written_and_nothing_else_does(
    title: str, description: str, name: str, todo: bool, method: EntryMethod
) -> None:
    facts = replace(
        FACTS,
        title=title,
        description=description,
        organizer_name=name,
        attendee_name=name,
        todo=todo,
        method=method,
    )
    data = calendar_entry(facts)
    assert check_entry(data, replace(EXPECTED, method=method)) == ()
    entry = parsed(data)
    assert str(entry["SUMMARY"]) == (shown(title, 120) or "TAX-3")
    body = shown(description, 3500)
    whole = body if "TAX-3" in body else f"{body}\n\nTAX-3".lstrip("\n")
    assert str(entry["DESCRIPTION"]) == whole
    called = shown(name, 64).replace("\n", " ").replace("\t", " ").replace("\\", "/")
    assert entry["ATTENDEE"].params.get("CN", "") == called
    assert entry["ORGANIZER"].params.get("CN", "") == called
    assert set(entry.keys()) <= {
        *("UID", "DTSTAMP", "SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "DUE"),
        *("PRIORITY", "SUMMARY", "DESCRIPTION", "ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }


@settings(deadline=None)
@given(texts)
def test_lines_are_short_and_end_as_they_must(text: str) -> None:
    data = calendar_entry(replace(FACTS, title=text, description=text, attendee_name=text))
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(0 < len(line) <= 75 for line in lines)
    assert not any(octet < 32 and octet != 9 for line in lines for octet in line)
    for line in lines:
        line.decode()


@settings(deadline=None)
@given(st.dates(date(1970, 1, 1), date(2199, 12, 30)), st.booleans())
def test_any_day_comes_back(day: date, todo: bool) -> None:
    entry = parsed(calendar_entry(replace(FACTS, day=day, todo=todo)))
    assert entry["DUE" if todo else "DTSTART"].dt == day


def test_equal_facts_give_equal_bytes() -> None:
    assert calendar_entry(FACTS) == calendar_entry(replace(FACTS))
