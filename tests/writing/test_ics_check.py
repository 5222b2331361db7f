from dataclasses import replace
from datetime import timedelta

from mailflow.writing.ics import bulk_entries, calendar_entry
from mailflow.writing.ics_check import check_entry
from tests.writing.test_ics import EXPECTED, FACTS, MEETING, NOW

GOOD = calendar_entry(FACTS)


def problems(old: bytes, new: bytes) -> tuple[str, ...]:
    assert old in GOOD
    return check_entry(GOOD.replace(old, new), EXPECTED)


def test_what_we_write_has_no_problems() -> None:
    for facts in (FACTS, MEETING, replace(FACTS, todo=True), replace(MEETING, todo=True)):
        assert check_entry(calendar_entry(facts), EXPECTED) == ()


def test_a_message_must_be_newer_than_the_last() -> None:
    last = replace(EXPECTED, sequence=0, dtstamp=NOW)
    assert check_entry(GOOD, last) == ("DTSTAMP did not rise",)
    assert check_entry(GOOD, replace(last, dtstamp=NOW - timedelta(seconds=1))) == ()
    assert check_entry(GOOD, replace(EXPECTED, sequence=1)) == ("SEQUENCE fell",)


def test_the_partners_must_be_those_of_the_letter() -> None:
    assert check_entry(GOOD, replace(EXPECTED, sender="other@studio.example")) == (
        "ORGANIZER is not the sender",
    )
    assert check_entry(GOOD, replace(EXPECTED, recipient="other@acme.example")) == (
        "ATTENDEE is not the recipient",
    )
    assert problems(
        b"STATUS:CONFIRMED", b"ATTENDEE:mailto:eve@evil.example\r\nSTATUS:CONFIRMED"
    ) == ("it has several ATTENDEEs",)


def test_the_method_must_be_that_of_the_part() -> None:
    assert check_entry(GOOD, replace(EXPECTED, method="CANCEL")) == ("METHOD is not CANCEL",)


def test_exactly_one_entry_is_allowed() -> None:
    two = bulk_entries((FACTS, FACTS)).replace(b"METHOD:PUBLISH", b"METHOD:REQUEST")
    assert check_entry(two, EXPECTED) == ("it does not hold exactly one entry",)


def test_what_must_be_there_is_missed() -> None:
    assert problems(b"SEQUENCE:0\r\n", b"") == ("it lacks SEQUENCE",)


def test_an_end_before_the_start_is_seen() -> None:
    assert problems(b"DTEND;VALUE=DATE:20260311", b"DTEND;VALUE=DATE:20260310") == (
        "it does not end after it starts",
    )
    assert problems(b"DTEND;VALUE=DATE:20260311", b"DTEND:20260311T000000Z") == (
        "it does not end after it starts",
    )


def test_hours_without_a_zone_are_seen() -> None:
    data = calendar_entry(MEETING)
    local = data.replace(b"T130000Z", b"T130000").replace(b"T140000Z", b"T140000")
    assert check_entry(local, EXPECTED) == ("its hours have no zone",)


def test_bad_lines_are_seen() -> None:
    assert problems(b"SEQUENCE:0\r\n", b"SEQUENCE:0\n") == ("a line does not end with CR LF",)
    assert problems(b"SEQUENCE:0", b"X-LONG:" + b"x" * 70) == ("a line is longer than 75 octets",)
    assert problems(b"SEQUENCE:0", b"SEQUENCE:0\x0b") == ("a control character is in it",)
    assert check_entry(GOOD[:-20], EXPECTED) == ("it does not end as a calendar",)


def test_broken_lines_are_seen() -> None:
    assert problems(b"DTSTART;VALUE=DATE:20260310", b"DTSTART;VALUE=DATE:2026-99-10") != ()
    assert check_entry(b"END:VCALENDAR\r\n", EXPECTED) != ()
    assert check_entry(b"BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", EXPECTED) != ()
