import pytest

from mailflow.mail.automatic import (
    MailKind,
    calendar_method,
    classify,
    has_automatic_subject,
    reaction,
)
from mailflow.mail.message import InboundMessage
from tests.mail.builders import read


def report(kind: str, machine_part: str) -> InboundMessage:
    return read(
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"',
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
        body=f"--b\n\nsorry\n--b\nContent-Type: message/{machine_part}\n\nA: b\n--b--\n",
    )


@pytest.mark.parametrize(
    "fields",
    [
        ("Auto-Submitted: auto-replied",),
        ("Auto-Submitted: auto-replied; owner-email=x@y.example",),
        ("Auto-Submitted: auto-generated (zimbra; vacation)",),
        ("Auto-Submitted:",),
        ("X-Autoreply: yes",),
        ("X-Autorespond: 1",),
        ("X-Auto-Reply-From: x@y.example",),
        ("X-FC-MachineGenerated: true",),
        ("X-POST-MessageClass: 9; Autoresponder",),
        ("Precedence: auto_reply",),
        ("Preference: auto_reply",),
        ("Return-Path: <>",),
        ("Return-Path: < >",),
        ("X-Auto-Response-Suppress: All", "X-MS-Exchange-Inbox-Rules-Loop: x@y.example"),
    ],
)
def test_automatic_replies_are_known_by_their_fields(fields: tuple[str, ...]) -> None:
    assert classify(read(*fields, "In-Reply-To: <1@x.example>")) is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    "fields",
    [
        ("Auto-Submitted: no",),
        ("Auto-Submitted: No (really)",),
        ("X-Autoreply: no",),
        ("X-Auto-Response-Suppress: All",),
        ("X-Auto-Response-Suppress: DR, OOF",),
        ("Precedence: normal",),
        ("Return-Path: <carol@acme.example>",),
        ("List-Unsubscribe: <mailto:x@y.example>",),
        (),
    ],
)
def test_people_are_not_taken_for_machines(fields: tuple[str, ...]) -> None:
    assert classify(read(*fields)) is MailKind.HUMAN


@pytest.mark.parametrize(
    "fields",
    [("List-Id: <l.example>",), ("Precedence: Bulk",), ("Feedback-ID: x",), ("List-Post: NO",)],
)
def test_list_mail_is_told(fields: tuple[str, ...]) -> None:
    assert classify(read(*fields)) is MailKind.LIST


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (report("delivery-status", "delivery-status"), MailKind.DSN),
        (report("delivery-status", "global-delivery-status"), MailKind.DSN),
        (report("disposition-notification", "disposition-notification"), MailKind.MDN),
        (report("feedback-report", "feedback-report"), MailKind.ARF),
        (read("X-Failed-Recipients: x@y.example"), MailKind.DSN),
        (read("From: Mail <MAILER-DAEMON@x.example>", "Return-Path: <>"), MailKind.DSN),
        (read("From: mailer-daemon@x.example"), MailKind.HUMAN),
        (read("Content-Type: multipart/report; report-type=delivery-status"), MailKind.DSN),
        (read("Content-Type: x/y; report-type=disposition-notification"), MailKind.MDN),
    ],
)
def test_reports_are_told_apart(message: InboundMessage, kind: MailKind) -> None:
    assert classify(message) is kind


def test_a_bounce_that_a_person_passes_on_is_a_persons_mail() -> None:
    bounce = (
        "Content-Type: multipart/report; boundary=r\n\n--r\nContent-Type: message/delivery-status\n"
    )
    message = read(
        'Content-Type: multipart/mixed; boundary="b"',
        body="--b\n\nWhat is this?\n--b\nContent-Type: message/rfc822\n\n"
        f"{bounce}\nA: b\n--r--\n--b--\n",
    )

    assert message.report is None
    assert classify(message) is MailKind.HUMAN


def test_our_own_mail_is_ours_before_anything_else() -> None:
    assert classify(read("Auto-Submitted: auto-generated"), own=True) is MailKind.OWN


def calendar(method: str, parameter: str = "") -> InboundMessage:
    return read(
        f"Content-Type: text/calendar{parameter}",
        body=f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n",
    )


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (calendar("REPLY", "; method=REPLY"), MailKind.CALENDAR),
        (calendar("COUNTER"), MailKind.CALENDAR),
        (calendar("refresh"), MailKind.CALENDAR),
        (calendar("REQUEST", "; method=REPLY"), MailKind.HUMAN),
        (calendar("REQUEST", "; method=REQUEST"), MailKind.HUMAN),
        (calendar("PUBLISH"), MailKind.HUMAN),
        (
            read("Content-Type: text/calendar; method=REPLY", body="BEGIN:VCALENDAR"),
            MailKind.CALENDAR,
        ),
    ],
)
def test_answers_to_invitations_are_told_from_invitations(
    message: InboundMessage, kind: MailKind
) -> None:
    assert classify(message) is kind


def test_the_calendars_own_method_is_believed() -> None:
    assert calendar_method("reply", b"x\r\nMETHOD: request\r\n") == "REQUEST"
    assert calendar_method("reply", b"") == "REPLY"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: papers",
        "Out of Office: back on Monday",
        "AW: Automatische Antwort: Unterlagen",
        "Re: AW: Abwesenheitsnotiz",
        "Réponse automatique : papiers",
        "Respuesta automática: papeles",
        "自動応答: 書類",
        "自动答复：文件",
        "رد تلقائي: الأوراق",
        "Автоответ: документы",
    ],
)
def test_subjects_of_automatic_replies_need_a_second_sign(subject: str) -> None:
    field = f"Subject: {subject}"
    answer = read(field, "In-Reply-To: <1@x.example>")

    assert has_automatic_subject(subject)
    assert classify(read(field)) is MailKind.AUTO_REPLY
    assert classify(answer) is MailKind.HUMAN
    assert classify(answer, seconds_after_ours=3_600) is MailKind.HUMAN
    assert classify(answer, seconds_after_ours=4) is MailKind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    ["Re: papers", "We switched on automatic reply", "", ":::", "Re: " * 200, "x: out of office"],
)
def test_other_subjects_are_no_sign(subject: str) -> None:
    assert not has_automatic_subject(subject)


def gmail_reaction(json: str) -> InboundMessage:
    kind = "Content-Type: text/vnd.google.email-reaction+json; charset=utf-8"
    page = "Content-Type: text/html\n\nx"
    body = f"--b\n\nCarol reacted via Gmail\n--b\n{kind}\n\n{json}\n--b\n{page}\n--b--\n"
    return read('Content-Type: multipart/alternative; boundary="b"', body=body)


@pytest.mark.parametrize(
    ("message", "emoji"),
    [
        (gmail_reaction('{"emoji": "👍", "version": 1}'), "👍"),
        (gmail_reaction("{}"), ""),
        (read("Content-Type: text/vnd.google.email-reaction+json", body='{"emoji":"🎉"}'), "🎉"),
        (read(body="\nCarol Jones reacted to your message:\n\nHello\n"), ""),
        (
            read("Content-Type: text/html", body="<p>Carol <b>reacted to your message:</b>\n</p>"),
            "",
        ),
        (read(body="Carol Müller hat auf Ihre Nachricht reagiert:\n"), ""),
        (read(body="Nobody reacted to your message, so I do it now.\n"), None),
        (read(body="Done!\nVic reacted to your message\n"), None),
        (read(), None),
    ],
)
def test_a_click_on_an_emoji_is_told_from_an_answer(
    message: InboundMessage, emoji: str | None
) -> None:
    assert reaction(message) == emoji
    assert classify(message) is (MailKind.HUMAN if emoji is None else MailKind.REACTION)
