import contextlib
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from mailflow.errors import TransientFailure
from mailflow.ports import ArrivedMail
from mailflow.transport.lmtp import LmtpIntake, arrived
from tests.transport.builders import a_raw_mail


class Taken:
    """Takes mail in, unless told what to raise."""

    def __init__(self) -> None:
        self.mails: list[ArrivedMail] = []
        self.trouble: BaseException | None = None

    def __call__(self, mail: ArrivedMail) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.mails.append(mail)


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def intake(taken: Taken) -> Iterator[LmtpIntake]:
    door = LmtpIntake("127.0.0.1", 0, taken, accepts=lambda a: a.endswith("@office.test"))
    door.start()
    yield door
    door.stop()


class Neighbour:
    """The mail server next door, speaking plain lines."""

    def __init__(self, port: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), 5)
        self.file = self.line.makefile("rb")

    def answer(self) -> str:
        while True:
            line = self.file.readline().decode()
            if line[3:4] != "-":
                return line.rstrip()

    def say(self, words: str, answers: int = 1) -> list[str]:
        self.line.sendall(words.encode())
        return [self.answer() for _ in range(answers)]

    def close(self) -> None:
        self.file.close()
        self.line.close()


@pytest.fixture
def neighbour(intake: LmtpIntake) -> Iterator[Neighbour]:
    server = Neighbour(intake.port)
    assert server.answer().startswith("220")
    yield server
    server.close()


def test_a_mail_is_taken_in_with_its_envelope(intake: LmtpIntake, taken: Taken) -> None:
    with smtplib.LMTP("127.0.0.1", intake.port) as server:
        server.sendmail("anne@client.test", ["plans+t7@office.test"], a_raw_mail())

    assert taken.mails == [arrived("anne@client.test", ("plans+t7@office.test",), a_raw_mail())]
    assert taken.mails[0].raw.startswith(b"Return-Path: <anne@client.test>\r\nFrom: Anne")


def test_a_bounce_with_its_empty_sender_is_taken_in(intake: LmtpIntake, taken: Taken) -> None:
    with smtplib.LMTP("127.0.0.1", intake.port) as server:
        server.sendmail("", ["plans@office.test"], a_raw_mail())

    assert taken.mails[0].raw.startswith(b"Return-Path: <>\r\n")


def test_the_same_mail_handed_over_again_has_the_same_number(
    intake: LmtpIntake, taken: Taken
) -> None:
    with smtplib.LMTP("127.0.0.1", intake.port) as server:
        server.sendmail("a@b.test", ["plans@office.test"], a_raw_mail(1))
        server.sendmail("a@b.test", ["plans@office.test"], a_raw_mail(1))
        server.sendmail("a@b.test", ["plans@office.test"], a_raw_mail(2))
    first, again, other = (mail.uid for mail in taken.mails)

    assert first == again != other
    assert 0 <= first < 2**63


def test_two_recipients_are_one_arrival_and_two_answers(neighbour: Neighbour, taken: Taken) -> None:
    answers = neighbour.say("LHLO next.door\r\n")
    answers += neighbour.say("MAIL FROM:<anne@client.test>\r\n")
    answers += neighbour.say(
        "RCPT TO:<plans+a@office.test>\r\nRCPT TO:<plans+b@office.test>\r\n", 2
    )
    answers += neighbour.say("DATA\r\n")
    ends = neighbour.say("Subject: x\r\n\r\nhello\r\n.\r\n", 2)

    assert [answer[:3] for answer in answers] == ["250", "250", "250", "250", "354"]
    assert [end[:3] for end in ends] == ["250", "250"]
    assert [mail.recipients for mail in taken.mails] == [
        ("plans+a@office.test", "plans+b@office.test")
    ]
    assert neighbour.say("NOOP\r\n") == ["250 OK"]


@pytest.mark.parametrize(
    "trouble",
    [TransientFailure("the disk is full"), OSError(28, "no space"), RuntimeError("a bug")],
    ids=["transient", "disk", "bug"],
)
def test_whatever_hinders_the_commit_means_later_for_each_recipient(
    neighbour: Neighbour, taken: Taken, trouble: BaseException
) -> None:
    taken.trouble = trouble
    envelope = (
        "MAIL FROM:<a@b.test>\r\nRCPT TO:<p@office.test>\r\nRCPT TO:<q@office.test>\r\nDATA\r\n"
    )
    text = "Subject: x\r\n\r\nhello\r\n.\r\n"
    neighbour.say("LHLO next.door\r\n")
    neighbour.say(envelope, 4)
    refused = neighbour.say(text, 2)
    taken.trouble = None
    neighbour.say(envelope, 4)
    accepted = neighbour.say(text, 2)

    assert [answer[:3] for answer in refused] == ["451", "451"]
    assert [answer[:3] for answer in accepted] == ["250", "250"]
    assert len(taken.mails) == 1


@pytest.mark.parametrize("text", ["a\nb\r\n", "a\rb\r\n", "a\n.\nMAIL FROM:<x@y>\r\n"])
def test_a_bare_line_end_is_refused(neighbour: Neighbour, taken: Taken, text: str) -> None:
    neighbour.say("LHLO next.door\r\n")
    neighbour.say("MAIL FROM:<a@b.test>\r\nRCPT TO:<p@office.test>\r\nDATA\r\n", 3)
    [answer] = neighbour.say(f"Subject: x\r\n\r\n{text}.\r\n")

    assert answer.startswith("550")
    assert taken.mails == []


def test_a_giant_is_refused_and_the_line_goes_on(intake: LmtpIntake, taken: Taken) -> None:
    giant = b"Subject: x\r\n\r\n" + (b"x" * 998 + b"\r\n") * 40_100
    with smtplib.LMTP("127.0.0.1", intake.port) as server:
        server.ehlo_or_helo_if_needed()
        assert server.esmtp_features["size"] == "40000000"
        server.esmtp_features.clear()
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            server.sendmail("a@b.test", ["p@office.test"], giant)
        server.sendmail("a@b.test", ["p@office.test"], a_raw_mail())

    assert refusal.value.smtp_code == 552
    assert len(taken.mails) == 1


def test_a_line_longer_than_the_standard_allows_is_taken_all_the_same(
    intake: LmtpIntake, taken: Taken
) -> None:
    with smtplib.LMTP("127.0.0.1", intake.port) as server:
        server.sendmail("a@b.test", ["p@office.test"], a_raw_mail(1, "x" * 200_000))

    assert taken.mails[0].size > 200_000


def test_a_stranger_address_is_refused_at_once(intake: LmtpIntake, taken: Taken) -> None:
    with smtplib.LMTP("127.0.0.1", intake.port) as server:
        server.ehlo_or_helo_if_needed()
        server.mail("a@b.test")
        code, _ = server.rcpt("someone@else.test")
    assert code == 550
    assert taken.mails == []


def test_the_same_door_speaks_smtp(taken: Taken) -> None:
    door = LmtpIntake("127.0.0.1", 0, taken, smtp=True)
    door.start()
    with smtplib.SMTP("127.0.0.1", door.port) as server:
        server.sendmail("a@b.test", ["p@office.test", "q@office.test"], a_raw_mail())
    door.stop()

    assert [mail.recipients for mail in taken.mails] == [("p@office.test", "q@office.test")]


def test_commands_may_be_sent_in_one_go(neighbour: Neighbour, taken: Taken) -> None:
    one = "MAIL FROM:<a@b.test>\r\nRCPT TO:<p@office.test>\r\nDATA\r\n"
    text = "Subject: x\r\n\r\nhello\r\n.\r\n"
    neighbour.say("LHLO next.door\r\n")
    answers = neighbour.say(one, 3) + neighbour.say(text + one, 4) + neighbour.say(text)

    assert [a[:3] for a in answers] == ["250", "250", "354", "250", "250", "250", "354", "250"]
    assert len(taken.mails) == 2


def stopping(door: LmtpIntake, begin: Callable[[], None]) -> None:
    thread = threading.Thread(target=door.stop)
    thread.start()
    begin()
    thread.join()


def test_mail_in_hand_is_answered_before_the_door_closes(taken: Taken) -> None:
    held, go_on = threading.Event(), threading.Event()

    def slowly(mail: ArrivedMail) -> None:
        held.set()
        go_on.wait(5)
        taken(mail)

    door = LmtpIntake("127.0.0.1", 0, slowly)
    door.start()
    server, idler = Neighbour(door.port), Neighbour(door.port)
    for one in (server, idler):
        one.answer()
        one.say("LHLO next.door\r\n")
    server.say("MAIL FROM:<a@b.test>\r\nRCPT TO:<p@office.test>\r\nDATA\r\n", 3)
    server.line.sendall(b"Subject: x\r\n\r\nhello\r\n.\r\n")
    held.wait(5)
    stopping(door, go_on.set)

    assert server.answer() == "250 2.0.0 taken in"
    with contextlib.suppress(ConnectionError):
        assert idler.file.readline() == b""
    assert len(taken.mails) == 1
    server.close()
    idler.close()


def test_a_closed_door_can_be_opened_by_another(taken: Taken) -> None:
    first = LmtpIntake("127.0.0.1", 0, taken)
    first.start()
    with pytest.raises(OSError, match="address already in use"):
        LmtpIntake("127.0.0.1", first.port, taken).start()
    first.stop()
    second = LmtpIntake("127.0.0.1", first.port, taken)
    second.start()
    with smtplib.LMTP("127.0.0.1", second.port) as server:
        server.sendmail("a@b.test", ["p@office.test"], a_raw_mail())
    second.stop()

    assert len(taken.mails) == 1
