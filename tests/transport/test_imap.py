import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.ports import PartSummary, Watermark
from mailflow.transport.imap import ImapSource
from mailflow.transport.login import AuthKind
from tests.servers import free_port
from tests.transport.builders import Box, a_raw_mail, subjects


def everything(source: ImapSource) -> list[str]:
    return subjects(source.arrivals({}))


def in_a_moment(act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(0.1, act)
    timer.start()
    return timer


def test_new_mail_is_seen_in_order_and_nothing_changes_for_others(box: Box) -> None:
    box.put(a_raw_mail(1), a_raw_mail(2))
    source = box.source()
    [batch] = source.arrivals({})

    assert [mail.raw for mail in batch] == [a_raw_mail(1), a_raw_mail(2)]
    assert [mail.size for mail in batch] == [len(a_raw_mail(1)), len(a_raw_mail(2))]
    assert {(mail.mailbox, mail.folder) for mail in batch} == {(box.settings.name, "INBOX")}
    assert box.there() == [("mail 1", False), ("mail 2", False)]


def test_what_was_seen_is_not_seen_again(box: Box) -> None:
    box.put(a_raw_mail(1))
    source = box.source()
    assert everything(source) == ["mail 1"]
    reached = source.reached()
    box.put(a_raw_mail(2))

    assert subjects(source.arrivals(reached)) == ["mail 2"]
    assert subjects(source.arrivals(source.reached())) == []


def test_a_look_that_was_not_kept_is_repeated(box: Box) -> None:
    box.put(a_raw_mail(1))
    source = box.source()

    assert everything(source) == everything(source) == ["mail 1"]


def test_the_first_start_can_begin_where_the_mailbox_stands(box: Box) -> None:
    box.put(a_raw_mail(1), a_raw_mail(2))
    source = box.source()
    marks = source.watermarks()
    box.put(a_raw_mail(3))

    assert subjects(source.arrivals(marks)) == ["mail 3"]


def test_much_mail_comes_in_batches_of_fifty(box: Box) -> None:
    box.put(*(a_raw_mail(n) for n in range(120)))
    source = box.source()
    sizes = []
    for batch in source.arrivals({}):
        sizes.append(len(batch))
        source.sign_for(batch)

    assert sizes == [50, 50, 20]
    assert box.there() == []


def test_signed_mail_is_read_and_in_the_archive(box: Box) -> None:
    box.put(a_raw_mail(1), a_raw_mail(2), a_raw_mail(3))
    source = box.source()
    [batch] = source.arrivals({})
    source.sign_for(batch[:2])
    source.sign_for(batch[:2])
    [archive] = [name for _, _, name in box.other.list_folders() if "Processed" in name]

    assert archive in {"mailflow/Processed", "INBOX.mailflow.Processed"}
    assert box.there(archive) == [("mail 1", True), ("mail 2", True)]
    assert box.there() == [("mail 3", False)]


def test_mail_that_somebody_else_marked_for_deletion_stays(box: Box) -> None:
    box.put(a_raw_mail(1), a_raw_mail(2))
    source = box.source()
    [batch] = source.arrivals({})
    box.other.select_folder("INBOX")
    box.other.delete_messages([batch[1].uid])
    source.sign_for(batch[:1])

    assert box.there() == [("mail 2", False)]


def test_the_junk_folder_is_watched_and_told_apart(box: Box) -> None:
    box.put(a_raw_mail(1))
    box.put(a_raw_mail(2), folder=box.junk)
    assert everything(box.source()) == ["mail 1"]
    source = box.source(belongs=lambda _header, _parts: True)
    mails = [mail for batch in source.arrivals({}) for mail in batch]

    assert [(mail.folder, mail.junk) for mail in mails] == [("INBOX", False), (box.junk, True)]
    source.sign_for(mails)
    assert box.there(box.junk) == []


def test_junk_that_is_not_ours_is_left_alone_though_the_mailbox_is_our_own(box: Box) -> None:
    box.put(a_raw_mail(1))
    box.put(a_raw_mail(2), a_raw_mail(3, Subject="ours"), folder=box.junk)
    source = box.source(belongs=lambda header, _parts: b"Subject: ours" in header)

    assert everything(source) == ["mail 1", "ours"]


def test_private_mail_in_a_shared_mailbox_leaves_its_number_and_nothing_else(box: Box) -> None:
    asked: list[bytes] = []

    def belongs(header: bytes, _parts: tuple[PartSummary, ...]) -> bool:
        asked.append(header)
        return b"plans+" in header

    box.put(a_raw_mail(1), a_raw_mail(2, To="plans+t7@office.test"), a_raw_mail(3))
    source = box.source(belongs=belongs, shared=True)
    mails = [mail for batch in source.arrivals({}) for mail in batch]
    source.sign_for(mails)

    assert [mail.raw for mail in mails] == [a_raw_mail(2, To="plans+t7@office.test")]
    assert box.there() == [("mail 1", False), ("mail 3", False)]
    assert len(asked) == 3
    assert b"done 1" not in b"".join(asked)
    assert subjects(source.arrivals({})) == []
    assert subjects(box.source(belongs=belongs, shared=True).arrivals(source.reached())) == []
    assert len(asked) == 3


def test_a_shared_mailbox_shows_the_parts_that_tell_whose_a_mail_is(box: Box) -> None:
    report = (
        b"From: mailer-daemon@x.test\r\nSubject: failed\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: plans@office.test\r\nMessage-ID: <ours@office.test>\r\n\r\nthe text\r\n"
        b"--b\r\nContent-Type: text/calendar; method=REPLY\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nQkVHSU46VkNBTEVOREFSDQog\r\n--b--\r\n"
    )
    seen: list[tuple[PartSummary, ...]] = []

    def belongs(_header: bytes, parts: tuple[PartSummary, ...]) -> bool:
        seen.append(parts)
        return True

    box.put(report)
    assert everything(box.source(belongs=belongs, shared=True)) == ["failed"]
    [parts] = seen

    assert [part.kind for part in parts] == [
        "text/plain",
        "message/delivery-status",
        "message/rfc822",
        "text/calendar",
    ]
    assert dict(parts[3].parameters)["method"].upper() == "REPLY"
    assert parts[0].opening == b""
    assert b"Action: failed" in parts[1].opening
    assert b"Message-ID: <ours@office.test>" in parts[2].opening
    assert b"the text" not in parts[2].opening
    assert parts[3].opening.rstrip() == b"BEGIN:VCALENDAR"


def test_of_a_giant_only_header_and_text_are_fetched(box: Box) -> None:
    giant = (
        b"From: Anne <anne@client.test>\r\nSubject: my files\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed;\r\n boundary="b"\r\nX-Last: yes\r\n\r\n'
        b"--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
        b"--c\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nfertig =C3=BC\r\n"
        b"--c\r\nContent-Type: text/html\r\n\r\n<p>fertig</p>\r\n--c--\r\n"
        b'--b\r\nContent-Type: application/pdf; name="all of it.pdf"\r\n'
        b"Content-Disposition: attachment\r\n\r\n" + b"x" * 70 + b"\r\n" * 3000 + b"--b--\r\n"
    )
    box.put(a_raw_mail(1), giant)
    [small, great] = [m for batch in box.source(whole_octets=3000).arrivals({}) for m in batch]

    assert (small.raw, small.truncated) == (a_raw_mail(1), False)
    assert (great.truncated, great.size) == (True, len(giant))
    assert great.raw.rstrip() == (
        b"X-Mailflow-Left-Behind: all of it.pdf\r\n"
        b"From: Anne <anne@client.test>\r\nSubject: my files\r\nX-Last: yes\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nfertig =C3=BC"
    )


def test_a_folder_that_was_made_anew_is_read_again(box: Box) -> None:
    folder = "plans" if "." not in box.junk else "INBOX.plans"
    box.other.create_folder(folder)
    box.put(a_raw_mail(1), a_raw_mail(2), folder=folder)
    source = box.source(folder=folder, watch_junk=False)
    assert everything(source) == ["mail 1", "mail 2"]
    marks = source.reached()
    box.other.delete_folder(folder)
    box.other.create_folder(folder)
    box.put(a_raw_mail(3), folder=folder)
    if source.reached() == box.source(folder=folder, watch_junk=False).watermarks():
        pytest.skip("this server gives the same number twice within a second")

    assert subjects(source.arrivals(marks)) == ["mail 3"]
    assert source.reached()[folder].uidvalidity != marks[folder].uidvalidity


def test_numbers_of_another_time_are_read_again_for_thirty_days_and_not_signed(box: Box) -> None:
    month_ago = datetime(2020, 1, 1, tzinfo=UTC)
    box.other.append("INBOX", a_raw_mail(1), msg_time=month_ago)
    box.put(a_raw_mail(2))
    source = box.source()
    strange = {"INBOX": Watermark(uidvalidity=1, last_uid=4_000_000)}
    [batch] = source.arrivals(strange)
    source.sign_for([replace(mail, uidvalidity=1) for mail in batch])

    assert subjects([batch]) == ["mail 2"]
    assert box.there() == [("mail 1", False), ("mail 2", False)]


def test_a_restored_state_finds_what_was_signed_meanwhile(box: Box) -> None:
    box.put(a_raw_mail(1), a_raw_mail(2))
    source = box.source()
    [batch] = source.arrivals({})
    source.sign_for(batch[:1])
    again = [m for some in source.arrived_since(datetime(2020, 1, 1, tzinfo=UTC)) for m in some]

    assert sorted(subjects([again])) == ["mail 1", "mail 2"]
    source.sign_for(again)
    assert box.there() == []


def test_sent_copies_are_kept_and_found_by_their_whole_mark(box: Box) -> None:
    source = box.source(keep_sent=True)
    assert source.find_sent("abc") is False
    source.keep_sent([a_raw_mail(1, X_Mailflow_Id="abc"), a_raw_mail(2, X_Mailflow_Id="abcde")])

    assert [source.find_sent(mark) for mark in ("abc", "abcde", "abcd", 'a"b\\c')] == [
        True,
        True,
        False,
        False,
    ]
    [sent] = [name for _, _, name in box.other.list_folders() if name.endswith("Sent")]
    assert box.there(sent) == [("mail 1", True), ("mail 2", True)]


def test_copies_are_not_kept_unless_asked_for(box: Box) -> None:
    source = box.source()
    source.keep_sent([a_raw_mail(1, X_Mailflow_Id="abc")])

    assert source.find_sent("abc") is False


def test_waiting_ends_when_mail_arrives(box: Box) -> None:
    source = box.source()
    marks = source.watermarks()
    timer = in_a_moment(lambda: box.put(a_raw_mail(1)))
    heard = source.wait(2)
    timer.join()
    while not heard or not (new := subjects(source.arrivals(marks))):
        heard = source.wait(2)

    assert new == ["mail 1"]


def test_mail_that_came_between_look_and_wait_is_not_waited_for(box: Box) -> None:
    source = box.source()
    assert everything(source) == []
    box.put(a_raw_mail(1))

    assert source.wait(60) is True


def test_waiting_ends_when_it_is_woken(box: Box) -> None:
    source = box.source()
    assert everything(source) == []
    timer = in_a_moment(source.wake)

    assert source.wait(60) is False
    timer.join()


def test_a_wake_before_the_wait_is_not_lost(box: Box) -> None:
    source = box.source()
    source.wake()

    assert source.wait(60) is False


def test_waiting_in_vain_ends_in_time_and_the_line_is_good(box: Box) -> None:
    source = box.source()
    assert everything(source) == []

    assert [source.wait(0.05), source.wait(0.05)] == [False, False]
    box.put(a_raw_mail(1))
    assert everything(source) == ["mail 1"]


def test_a_wrong_password_is_told_apart(box: Box) -> None:
    with pytest.raises(LoginRefused, match="refuses the login"):
        everything(box.source(password="wrong"))


def test_a_token_where_none_is_known_is_refused_in_words(box: Box) -> None:
    with pytest.raises(LoginRefused, match="access tokens"):
        everything(box.source(auth=AuthKind.XOAUTH2))


def test_nobody_at_the_door_is_no_refusal(box: Box) -> None:
    with pytest.raises(TransientFailure) as failure:
        everything(box.source(port=free_port()))

    assert not isinstance(failure.value, LoginRefused)


def test_a_folder_that_is_not_there_is_told(box: Box) -> None:
    with pytest.raises(TransientFailure, match="the folder Nowhere cannot be opened"):
        everything(box.source(folder="Nowhere"))


def test_the_sent_folder_is_worked_on_while_another_thread_listens(box: Box) -> None:
    source = box.source(keep_sent=True)
    assert everything(source) == []
    heard: list[bool] = []
    listener = threading.Thread(target=lambda: heard.append(source.wait(30)))
    listener.start()
    for number in range(5):
        source.keep_sent([a_raw_mail(number, X_Mailflow_Id=f"mark-{number}")])
        assert source.find_sent(f"mark-{number}") is True
    source.wake()
    listener.join()

    assert heard == [False]
