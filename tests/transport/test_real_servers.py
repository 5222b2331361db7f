"""The wires on real Dovecot and Postfix: locks, restarts, and a whole way from hand to hand."""

import queue
import shutil
import smtplib
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from mailflow.errors import TransientFailure
from mailflow.ports import ArrivedMail, OutcomeKind, Watermark
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.lmtp import LmtpIntake
from mailflow.transport.smtp import SmtpSubmission
from mailflow.transport.smtp_line import SmtpSettings
from mailflow.transport.sockets import Security
from tests.servers import PASSWORD, Dovecot, Postfix, need, open_folder
from tests.transport.builders import FixedClock, a_raw_mail, a_sealed_mail, subjects

pytestmark = pytest.mark.servers
SENT, TRANSIENT, PERMANENT = OutcomeKind.SENT, OutcomeKind.TRANSIENT, OutcomeKind.PERMANENT


def source_at(port: int, user: str, **facts: object) -> ImapSource:
    usual: dict[str, object] = {
        "name": user,
        "host": "127.0.0.1",
        "port": port,
        "security": Security.NONE,
        "user": user,
        "password": PASSWORD,
        "timeout": 10.0,
        "watch_junk": False,
    }
    settings = ImapSettings(**{**usual, **facts})  # type: ignore[arg-type]  # a builder takes any fact
    return ImapSource(settings, FixedClock(datetime.now(UTC)))  # noqa: TID251 - Dovecot stamps mail with its own present


def hand_in(server: Dovecot, user: str, *mails: bytes) -> None:
    with smtplib.LMTP("127.0.0.1", server.lmtp_port) as door:
        for mail in mails:
            door.sendmail("anne@client.test", [user], mail)


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    need("dovecot")
    with open_folder("dovecot-own") as folder, Dovecot(folder) as server:
        yield server


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_locked_line_reads_and_listens(dovecot: Dovecot, security: Security) -> None:
    port = dovecot.imaps_port if security is Security.TLS else dovecot.imap_port
    user = f"{security}@office.test"
    hand_in(dovecot, user, a_raw_mail(1))
    facts = {"security": security, "ca_file": str(dovecot.certificate)}
    with closing(source_at(port, user, **facts)) as source:
        assert subjects(source.arrivals({})) == ["mail 1"]
        hand_in(dovecot, user, a_raw_mail(2))
        assert source.wait(10)
        assert subjects(source.arrivals(source.reached())) == ["mail 2"]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_proves_nothing_ends_the_talk(
    dovecot: Dovecot, security: Security
) -> None:
    port = dovecot.imaps_port if security is Security.TLS else dovecot.imap_port
    source = source_at(port, "x@office.test", security=security)

    with pytest.raises(TransientFailure, match="certificate does not prove its name"):
        source.watermarks()


def test_plus_addresses_reach_the_mailbox(dovecot: Dovecot) -> None:
    hand_in(dovecot, "plussed+t7@office.test", a_raw_mail(1))
    with closing(source_at(dovecot.imap_port, "plussed@office.test")) as source:
        assert subjects(source.arrivals({})) == ["mail 1"]


def test_a_server_that_dies_while_we_listen_loses_nothing(own_dovecot: Dovecot) -> None:
    user = "plans@office.test"
    hand_in(own_dovecot, user, a_raw_mail(1))
    with closing(source_at(own_dovecot.imap_port, user)) as source:
        assert subjects(source.arrivals({})) == ["mail 1"]
        timer = threading.Timer(0.2, own_dovecot.crash)
        timer.start()
        assert source.wait(20) is True
        timer.join()
        with pytest.raises(TransientFailure):
            subjects(source.arrivals(source.reached()))
        own_dovecot.start()
        hand_in(own_dovecot, user, a_raw_mail(2))

        assert source.wait(20) is True
        assert subjects(source.arrivals(source.reached())) == ["mail 2"]


def test_a_mailbox_that_was_rebuilt_is_read_again(own_dovecot: Dovecot) -> None:
    user = "plans@office.test"
    hand_in(own_dovecot, user, a_raw_mail(1), a_raw_mail(2))
    with closing(source_at(own_dovecot.imap_port, user)) as source:
        assert subjects(source.arrivals({})) == ["mail 1", "mail 2"]
        marks = source.reached()
        own_dovecot.stop()
        shutil.rmtree(own_dovecot.user_folder(user))
        own_dovecot.start()
        hand_in(own_dovecot, user, a_raw_mail(3))
        old = {"INBOX": Watermark(marks["INBOX"].uidvalidity - 1, 99)}

        assert subjects(source.arrivals(old)) == ["mail 3"]


@pytest.fixture(params=[Security.TLS, Security.STARTTLS])
def way_out(postfix: Postfix, request: pytest.FixtureRequest) -> Iterator[SmtpSubmission]:
    settings = SmtpSettings(
        "127.0.0.1",
        postfix.tls_port if request.param is Security.TLS else postfix.port,
        request.param,
        user="plans@office.test",
        password=PASSWORD,
        timeout=20.0,
        ca_file=str(postfix.certificate),
    )
    with closing(SmtpSubmission(settings)) as way_out:
        yield way_out


def test_mail_goes_the_whole_way_and_refusals_stay_their_own(
    way_out: SmtpSubmission, dovecot: Dovecot, request: pytest.FixtureRequest
) -> None:
    user = f"anne-{abs(hash(request.node.name))}@client.test"
    mails = [a_sealed_mail(n, recipient=user) for n in range(60)]
    mails[10] = a_sealed_mail(10, recipient="gone@client.test")
    mails[20] = a_sealed_mail(20, recipient="later@client.test")
    told = [outcome.kind for outcome in way_out.submit(mails)]
    expected = [SENT] * 60
    expected[10], expected[20] = PERMANENT, TRANSIENT
    with closing(source_at(dovecot.imap_port, user)) as source:
        arrived: set[str] = set()
        seen: dict[str, Watermark] = {}
        while len(arrived) < 58:
            source.wait(20)
            arrived |= set(subjects(source.arrivals(seen)))
            seen = source.reached()

    assert told == expected
    assert arrived == {f"mail {n}" for n in range(60) if n not in {10, 20}}


def test_a_wrong_password_is_a_refused_login(postfix: Postfix) -> None:
    settings = SmtpSettings(
        "127.0.0.1", postfix.port, Security.STARTTLS, user="x", password="wrong",
        ca_file=str(postfix.certificate),
    )  # fmt: skip
    with closing(SmtpSubmission(settings)) as way_out:
        [outcome] = way_out.submit([a_sealed_mail()])

    assert (outcome.kind, outcome.login_refused) == (TRANSIENT, True)


def test_a_login_that_is_required_and_not_given_does_not_condemn_the_mail(
    postfix: Postfix,
) -> None:
    settings = SmtpSettings("127.0.0.1", postfix.port, Security.NONE)
    with closing(SmtpSubmission(settings)) as way_out:
        [outcome] = way_out.submit([a_sealed_mail()])

    assert outcome.kind is not SENT


class StubbornDoor:
    """Has no space left until it is told that it has."""

    def __init__(self) -> None:
        self.full = True
        self.tried = threading.Event()
        self.came = threading.Event()
        self.taken: queue.Queue[ArrivedMail] = queue.Queue()

    def __call__(self, mail: ArrivedMail) -> None:
        if self.full:
            self.tried.set()
            raise OSError(28, "no space left")
        self.taken.put(mail)
        self.came.set()


@pytest.fixture
def door() -> Iterator[tuple[StubbornDoor, int]]:
    receive = StubbornDoor()
    intake = LmtpIntake("127.0.0.1", 0, receive)
    intake.start()
    yield receive, intake.port
    intake.stop()


@pytest.fixture
def relay(dovecot: Dovecot, door: tuple[StubbornDoor, int]) -> Iterator[Postfix]:
    need("master")
    routes = {"office.test": door[1]}
    with open_folder("postfix-own") as folder, Postfix(folder, dovecot.sasl, routes) as server:
        yield server


def test_postfix_keeps_what_our_door_does_not_take_and_brings_it_again(
    relay: Postfix, door: tuple[StubbornDoor, int]
) -> None:
    receive, _ = door
    with smtplib.SMTP("127.0.0.1", relay.port) as client:
        client.login("anne@client.test", PASSWORD)
        both = ["plans+a@office.test", "plans+b@office.test"]
        client.sendmail("anne@client.test", both, a_raw_mail(1))
    assert receive.tried.wait(20)
    receive.full = False
    for _ in range(40):
        relay.flush()
        if receive.came.wait(0.5):
            break
    mail = receive.taken.get(timeout=1)

    assert mail.recipients == ("plans+a@office.test", "plans+b@office.test")
    assert mail.raw.startswith(b"Return-Path: <anne@client.test>\r\nReceived: ")
    assert receive.taken.empty()
