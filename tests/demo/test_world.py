import socket
import threading
from collections.abc import Iterator

import pytest

from mailflow.demo.world import AUTHSERV_ID, MailWorld, PersonMailbox, Posted
from mailflow.errors import LoginRefused, PermanentFailure, TransientFailure
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.sockets import Security
from tests.transport.builders import FixedClock, a_raw_mail

ANNE, PLANS = "anne@client.test", "plans@office.test"


@pytest.fixture
def world() -> Iterator[MailWorld]:
    with MailWorld(FixedClock()) as world:
        yield world


@pytest.fixture
def anne(world: MailWorld) -> PersonMailbox:
    return world.add_account(ANNE, "anne's password")


@pytest.fixture
def office(world: MailWorld) -> PersonMailbox:
    return world.add_account("Plans@Office.test", "the office's")


def from_anne(**fields: str) -> bytes:
    return a_raw_mail(1, From=f"Anne <{ANNE}>", **{"To": PLANS, **fields})


def verdicts(raw: bytes) -> list[bytes]:
    """The fields by which somebody vouches for the sender."""
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line for line in lines if line.lower().startswith(b"authentication-results:")]


def test_people_write_to_each_other(anne: PersonMailbox, office: PersonMailbox) -> None:
    anne.send(from_anne())
    [mail] = office.read_new()

    assert mail.endswith(from_anne())
    assert office.read_new() == ()
    assert anne.read_new() == ()


def test_a_plus_address_leads_to_the_account_and_is_told(
    anne: PersonMailbox, office: PersonMailbox
) -> None:
    anne.send(from_anne(To="Plans+t7.key@office.test"))
    [mail] = office.read_new()

    assert b"\r\nDelivered-To: Plans+t7.key@office.test\r\n" in mail


def test_a_mail_goes_to_all_whom_it_names(
    world: MailWorld, anne: PersonMailbox, office: PersonMailbox
) -> None:
    ben = world.add_account("ben@client.test", "ben's")
    anne.send(from_anne(Cc="Ben <ben@client.test>"))
    assert [len(person.read_new()) for person in (office, ben, anne)] == [1, 1, 0]
    anne.send(from_anne(Cc="Ben <ben@client.test>"), "ben@client.test")
    assert [len(person.read_new()) for person in (office, ben, anne)] == [0, 1, 0]


def test_nobody_lives_at_an_unknown_address(anne: PersonMailbox, world: MailWorld) -> None:
    with pytest.raises(PermanentFailure, match="550"):
        anne.send(from_anne(To="nobody@office.test"))
    with pytest.raises(KeyError):
        world.deliver("x@y.test", "nobody@office.test", from_anne())

    assert world.posted == ()


def test_the_timeline_has_every_mail_as_it_was_handed_in(
    world: MailWorld, anne: PersonMailbox, office: PersonMailbox
) -> None:
    anne.send(from_anne())
    world.deliver("", ANNE, b"Subject: bounce\r\n\r\nsorry\r\n")
    now = FixedClock().now()

    assert world.posted == (
        Posted(now, ANNE, PLANS, from_anne()),
        Posted(now, "", ANNE, b"Subject: bounce\r\n\r\nsorry\r\n"),
    )
    assert office.address == PLANS


def test_the_world_vouches_for_those_who_write_in_their_own_name(
    anne: PersonMailbox, office: PersonMailbox
) -> None:
    anne.send(from_anne())
    anne.send(a_raw_mail(2, From="The boss <boss@office.test>", To=PLANS))
    anne.send(a_raw_mail(3, From=f"{ANNE}, boss@office.test", To=PLANS))
    told = [verdicts(mail) for mail in office.read_new()]

    assert told == [
        [f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from=client.test".encode()],
        [f"Authentication-Results: {AUTHSERV_ID}; dmarc=fail header.from=office.test".encode()],
        [f"Authentication-Results: {AUTHSERV_ID}; dmarc=fail header.from=client.test".encode()],
    ]


def test_a_mail_that_vouches_for_itself_loses_its_word(
    world: MailWorld, office: PersonMailbox
) -> None:
    claim = f"{AUTHSERV_ID}; dmarc=pass header.from=client.test"
    world.deliver("evil@x.test", PLANS, from_anne(Authentication_Results=claim))
    [mail] = office.read_new()

    assert verdicts(mail) == [
        f"Authentication-Results: {AUTHSERV_ID}; dmarc=fail header.from=client.test".encode()
    ]


def test_nobody_sends_from_an_address_that_is_not_theirs(
    anne: PersonMailbox, office: PersonMailbox, world: MailWorld
) -> None:
    anne.address = office.address
    with pytest.raises(PermanentFailure, match="not your address"):
        anne.send(from_anne())

    assert world.posted == ()


def test_a_wrong_password_opens_nothing(world: MailWorld, anne: PersonMailbox) -> None:
    settings = ImapSettings(
        ANNE, world.host, world.imap_port, Security.NONE, user=ANNE, password="wrong"
    )
    source = ImapSource(settings, FixedClock())
    with pytest.raises(LoginRefused):
        source.watermarks()
    stranger = PersonMailbox(world.host, (world.imap_port, world.smtp_port), ANNE, "wrong")
    with pytest.raises(TransientFailure, match="refuses the login"):
        stranger.send(from_anne(To=ANNE))
    stranger.close()

    assert anne.read_new() == ()


def test_somebody_who_waits_is_told_of_mail(anne: PersonMailbox, office: PersonMailbox) -> None:
    assert office.read_new() == ()
    timer = threading.Timer(0.1, lambda: anne.send(from_anne()))
    timer.start()

    assert len(office.read_new(wait=20)) == 1
    timer.join()


def test_junk_is_laid_where_junk_lies(world: MailWorld, office: PersonMailbox) -> None:
    world.deliver("x@y.test", PLANS, from_anne(), folder="Junk")
    settings = ImapSettings(
        PLANS, world.host, world.imap_port, Security.NONE, user=PLANS, password=office.password
    )
    source = ImapSource(settings, FixedClock(), belongs=lambda _header, _parts: True)
    arrived = [mail.junk for batch in source.arrivals({}) for mail in batch]
    source.close()

    assert office.read_new() == ()
    assert arrived == [True]


def test_a_world_that_was_left_is_gone() -> None:
    with MailWorld(FixedClock()) as world:
        ports = (world.imap_port, world.smtp_port)
    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 2)
    with MailWorld(FixedClock(), imap_port=ports[0], smtp_port=ports[1]) as again:
        assert (again.imap_port, again.smtp_port) == ports
        with pytest.raises(OSError, match="in use"):
            MailWorld(FixedClock(), imap_port=ports[0]).__enter__()


def test_a_world_that_was_not_entered_says_so() -> None:
    with pytest.raises(RuntimeError, match="`with`"):
        MailWorld(FixedClock()).add_account(ANNE, "x")
