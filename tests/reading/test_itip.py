from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.reading.itip import AnswerKind, CalendarAnswer, read_calendar_answer

UID = "TAX-3.2.0abcdefghabcdefgh@mail.studio.example"


def calendar(*lines: str, method: str = "REPLY", component: str = "VEVENT") -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", f"METHOD:{method}")
    entry = (f"BEGIN:{component}", *lines, f"END:{component}")
    return "".join(f"{line}\r\n" for line in (*head, *entry, "END:VCALENDAR")).encode()


def reply(
    partstat: str = "ACCEPTED", *more: str, method: str = "REPLY", component: str = "VEVENT"
) -> bytes:
    return calendar(
        f"UID:{UID}",
        "DTSTAMP:20260303T101500Z",
        "SEQUENCE:1",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:carol@acme.example",
        "ORGANIZER:mailto:dana@studio.example",
        *more,
        method=method,
        component=component,
    )


def read(data: bytes, method: str | None = "REPLY") -> CalendarAnswer | None:
    return read_calendar_answer(((method, data),))


def kind(data: bytes) -> AnswerKind | None:
    answer = read(data)
    return None if answer is None else answer.kind


def test_an_accepted_entry_is_read_with_whose_it_is_and_when() -> None:
    assert read(reply()) == CalendarAnswer(
        kind=AnswerKind.ACCEPTED,
        uid=UID,
        sequence=1,
        dtstamp=datetime(2026, 3, 3, 10, 15, tzinfo=UTC),
        attendee="carol@acme.example",
    )


def test_the_other_answers_are_told_apart() -> None:
    assert kind(reply("TENTATIVE")) is AnswerKind.TENTATIVE
    assert kind(reply("DECLINED")) is AnswerKind.DECLINED
    assert kind(reply("DELEGATED")) is AnswerKind.DELEGATED
    assert kind(reply("declined")) is AnswerKind.DECLINED


def test_an_answer_that_is_none_says_nothing() -> None:
    assert read(reply("NEEDS-ACTION")) is None
    assert read(reply("X-WHATEVER")) is None


def test_a_completed_event_is_no_answer_we_know() -> None:
    assert read(reply("COMPLETED")) is None
    assert kind(reply("ACCEPTED", "STATUS:COMPLETED")) is AnswerKind.ACCEPTED


def test_a_task_is_completed_in_any_of_four_ways() -> None:
    ways = (
        reply("COMPLETED", component="VTODO"),
        reply("ACCEPTED", "STATUS:COMPLETED", component="VTODO"),
        reply("IN-PROCESS", "PERCENT-COMPLETE:100", component="VTODO"),
        reply("ACCEPTED", "COMPLETED:20260303T101000Z", component="VTODO"),
    )
    assert [kind(data) for data in ways] == [AnswerKind.COMPLETED] * 4


def test_a_declined_task_is_not_completed() -> None:
    data = reply("DECLINED", "PERCENT-COMPLETE:100", component="VTODO")
    assert kind(data) is AnswerKind.DECLINED


def test_a_task_in_process_is_only_that() -> None:
    data = reply("IN-PROCESS", "PERCENT-COMPLETE:50", component="VTODO")
    assert kind(data) is AnswerKind.IN_PROCESS


def test_googles_answer_brings_its_comment_as_a_parameter() -> None:
    data = calendar(
        f"UID:{UID}",
        "DTSTART;VALUE=DATE:20260310",
        "DTSTAMP:20260303T101500Z",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Carol",
        " Jones;X-NUM-GUESTS=0;X-RESPONSE-COMMENT=\"not before ^'Friday^', sorry\":mai",
        " lto:Carol@Acme.example",
        "SEQUENCE:0",
    )
    answer = read(data)
    assert answer is not None
    assert answer.kind is AnswerKind.DECLINED
    assert answer.comment == 'not before "Friday", sorry'
    assert answer.attendee == "carol@acme.example"


def test_outlooks_answer_is_read_with_its_zones_of_1601() -> None:
    data = (
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nPRODID:Microsoft Exchange Server 2010\r\n"
        "VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\n"
        "DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\n"
        "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"
        "END:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Carol:MAILTO:carol@acme.example\r\n"
        "COMMENT;LANGUAGE=de-DE:Passt\\, danke\\n\r\n"
        f"UID:{UID}\r\nSUMMARY;LANGUAGE=de-DE:Zugesagt: Kick-off\r\n"
        "DTSTART;TZID=W. Europe Standard Time:20260311T140000\r\n"
        "DTEND;TZID=W. Europe Standard Time:20260311T150000\r\nCLASS:PUBLIC\r\n"
        "DTSTAMP:20260303T101500Z\r\nSEQUENCE:2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    answer = read(data.encode())
    assert answer is not None
    assert (answer.kind, answer.sequence, answer.comment) == (
        AnswerKind.ACCEPTED,
        2,
        "Passt, danke",
    )


def test_a_counter_brings_the_proposed_start() -> None:
    data = reply(
        "TENTATIVE",
        "DTSTART;TZID=W. Europe Standard Time:20260312T160000",
        "DTEND;TZID=W. Europe Standard Time:20260312T170000",
        "X-MS-OLK-ORIGINALSTART;TZID=W. Europe Standard Time:20260311T140000",
        method="COUNTER",
    )
    answer = read(data)
    assert answer is not None
    assert answer.kind is AnswerKind.COUNTERED
    assert answer.new_start == datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
    assert answer.new_end == datetime(2026, 3, 12, 16, 0, tzinfo=UTC)


def test_a_counter_may_propose_a_day() -> None:
    answer = read(reply("TENTATIVE", "DTSTART;VALUE=DATE:20260312", method="COUNTER"))
    assert answer is not None
    assert answer.new_start == date(2026, 3, 12)


def test_a_start_in_an_unknown_zone_is_not_guessed() -> None:
    answer = read(
        reply("TENTATIVE", "DTSTART;TZID=Nowhere/At All:20260312T160000", method="COUNTER")
    )
    assert answer is not None
    assert answer.new_start is None


def test_a_start_without_a_counter_proposes_nothing() -> None:
    answer = read(reply("ACCEPTED", "DTSTART:20260312T160000Z"))
    assert answer is not None
    assert answer.new_start is None


def test_a_refresh_asks_for_the_entry_again() -> None:
    assert kind(reply("NEEDS-ACTION", method="REFRESH")) is AnswerKind.REFRESH


def test_an_invitation_of_their_own_is_no_answer() -> None:
    for method in ("REQUEST", "CANCEL", "PUBLISH", "ADD", "DECLINECOUNTER"):
        assert read(reply(method=method)) is None


def test_the_calendar_is_believed_more_than_the_part() -> None:
    assert read(reply(method="REQUEST"), method="REPLY") is None
    without = reply().replace(b"METHOD:REPLY\r\n", b"")
    assert read(without) is not None
    assert read(without, method=None) is None


def test_the_first_part_with_a_method_counts() -> None:
    parts = ((None, b"not a calendar"), ("REPLY", reply("DECLINED")), ("REPLY", reply()))
    answer = read_calendar_answer(parts)
    assert answer is not None
    assert answer.kind is AnswerKind.DECLINED
    assert read_calendar_answer(()) is None


def test_an_assistant_is_named() -> None:
    data = reply().replace(
        b"ATTENDEE;PARTSTAT=ACCEPTED",
        b'ATTENDEE;SENT-BY="mailto:Bob@acme.example";PARTSTAT=ACCEPTED',
    )
    answer = read(data)
    assert answer is not None
    assert answer.sent_by == "bob@acme.example"


def test_an_answer_needs_one_attendee_and_a_uid() -> None:
    assert read(reply("ACCEPTED", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@evil.example")) is None
    assert read(reply().replace(b"mailto:carol@acme.example", b"urn:x")) is None
    assert read(reply().replace(b"mailto:carol@acme.example", b"mailto:a@b, c@d")) is None
    assert read(reply().replace(f"UID:{UID}\r\n".encode(), b"")) is None
    assert read(reply().replace(UID.encode(), b"x" * 700)) is None


def test_a_broken_date_costs_only_the_date() -> None:
    answer = read(reply().replace(b"20260303T101500Z", b"yesterday"))
    assert answer is not None
    assert answer.dtstamp is None
    assert answer.uid == UID


def test_a_broken_sequence_counts_as_none() -> None:
    for text in (b"-1", b"many", b"9" * 4000):
        answer = read(reply().replace(b"SEQUENCE:1", b"SEQUENCE:" + text))
        assert answer is not None
        assert answer.sequence == 0


def test_controls_never_come_through() -> None:
    answer = read(reply("ACCEPTED", "COMMENT:a\x0bb\x1cc\\nd"))
    assert answer is not None
    assert answer.comment == "abc\nd"


def test_what_goes_beyond_the_bounds_is_not_opened() -> None:
    bulky = reply("ACCEPTED", "COMMENT:" + "x" * 300_000)
    crowd = reply("ACCEPTED", *(["BEGIN:VALARM", "END:VALARM"] * 60))
    assert read(bulky) is None
    assert read(crowd) is None


def test_a_zone_described_in_the_mail_is_not_believed() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    )
    data = reply("TENTATIVE", "DTSTART;TZID=Own:20260312T160000", method="COUNTER")
    answer = read(data.replace(b"BEGIN:VEVENT", zone.encode(), 1))
    assert answer is not None
    assert answer.new_start is None


def test_an_alarm_says_nothing_about_the_entry() -> None:
    alarm = ("BEGIN:VALARM", "ATTENDEE:mailto:eve@evil.example", "UID:other", "END:VALARM")
    assert read(reply("ACCEPTED", *alarm)) == read(reply())


def test_a_rule_that_never_ends_is_not_followed() -> None:
    assert kind(reply("ACCEPTED", "RRULE:FREQ=SECONDLY;INTERVAL=1")) is AnswerKind.ACCEPTED


def test_what_is_no_calendar_is_no_answer() -> None:
    twice = reply() + reply()
    for data in (b"", b"<html>", b"BEGIN:VCALENDAR\r\n", reply().decode().encode("utf-16"), twice):
        assert read(data) is None
    assert read(b"BEGIN:VEVENT\r\nEND:VEVENT\r\n") is None


def test_careless_programs_are_understood() -> None:
    assert read(reply().replace(b"\r\n", b"\n")) == read(reply())
    assert read(b"\xef\xbb\xbf" + reply()) == read(reply())
    assert read(reply().replace(b"mailto:", b"MAILTO:")) == read(reply())
    latin = reply("ACCEPTED", "COMMENT:Grüße").decode().encode("latin-1")
    assert kind(latin) is AnswerKind.ACCEPTED


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_no_bytes_make_it_fail(data: st.DataObject) -> None:
    good = reply("TENTATIVE", "COMMENT:hello", "DTSTART:20260312T160000Z", method="COUNTER")
    at = data.draw(st.integers(0, len(good)))
    until = data.draw(st.integers(at, min(len(good), at + 30)))
    noise = data.draw(
        st.binary(max_size=40)
        | st.sampled_from([b"\r\n", b";", b":", b'"', b"BEGIN:VEVENT\r\n", b"TZID=x:", b"\\", b"^"])
    )
    answer = read(good[:at] + noise + good[until:])
    assert answer is None or (answer.uid != "" and answer.attendee.count("@") == 1)
