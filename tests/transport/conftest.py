"""Mailboxes on real servers."""

from collections.abc import Iterator

import pytest

from mailflow.demo.world import MailWorld
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.sockets import Security
from tests.servers import PASSWORD, Dovecot, dovecot, old_dovecot, postfix
from tests.transport.builders import Box, FixedClock

__all__ = ["dovecot", "old_dovecot", "postfix"]


@pytest.fixture(scope="session")
def world() -> Iterator[MailWorld]:
    with MailWorld(FixedClock()) as world:
        yield world


@pytest.fixture
def pymap_box(world: MailWorld, request: pytest.FixtureRequest) -> Iterator[Box]:
    address = box_name(request)
    world.add_account(address, PASSWORD)
    yield from opened(world.imap_port, address, "Junk")


@pytest.fixture
def dovecot_box(dovecot: Dovecot, request: pytest.FixtureRequest) -> Iterator[Box]:
    yield from opened(dovecot.imap_port, box_name(request), "Spamverdacht")


@pytest.fixture
def old_dovecot_box(old_dovecot: Dovecot, request: pytest.FixtureRequest) -> Iterator[Box]:
    yield from opened(old_dovecot.imap_port, box_name(request), "INBOX.Spamverdacht")


@pytest.fixture(
    params=[
        "pymap_box",
        pytest.param("dovecot_box", marks=pytest.mark.servers),
        pytest.param("old_dovecot_box", marks=pytest.mark.servers),
    ]
)
def box(request: pytest.FixtureRequest) -> Box:
    """An empty mailbox of its own for each test, on each kind of server."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Box)
    return found


def box_name(request: pytest.FixtureRequest) -> str:
    name = "".join(c if c.isalnum() else "-" for c in request.node.name).lower()
    return f"{name[:60]}@office.test"


def opened(port: int, address: str, junk: str) -> Iterator[Box]:
    settings = ImapSettings(
        name=address,
        host="127.0.0.1",
        port=port,
        security=Security.NONE,
        user=address,
        password=PASSWORD,
        timeout=10.0,
    )
    box = Box(settings, junk)
    yield box
    box.close()
