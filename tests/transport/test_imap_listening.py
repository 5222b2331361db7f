import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest

from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.sockets import Security
from tests.transport.builders import FixedClock, a_certificate, a_raw_mail, subjects
from tests.transport.lying_imap import Lie, LyingImap, looking_at

THREE = {uid: a_raw_mail(uid) for uid in (1, 2, 3)}


def new_in(source: ImapSource) -> list[str]:
    return subjects(source.arrivals({}))


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def context(request: pytest.FixtureRequest, tmp_path: Path) -> ssl.SSLContext | None:
    if not request.param:
        return None
    key, certificate = a_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def listening_to(
    server: LyingImap, context: ssl.SSLContext | None, tmp_path: Path
) -> Iterator[ImapSource]:
    server.context = context
    security = Security.TLS if context is not None else Security.NONE
    ca_file = str(tmp_path / "127.0.0.1.pem") if context is not None else ""
    with looking_at(server, security=security, ca_file=ca_file) as source:
        yield source


@pytest.mark.parametrize(
    "words",
    [
        b"* 1 EXISTS\r\n",
        b"* OK still here\r\n* 1 EXISTS\r\n",
        b"* 4 EXPUNGE\r\n* 3 FETCH (FLAGS (\\Seen))\r\n* 1 RECENT\r\n",
    ],
)
def test_news_is_heard_whole_and_in_pieces(
    words: bytes, context: ssl.SSLContext | None, tmp_path: Path
) -> None:
    for in_pieces in (False, True):
        server = LyingImap(lies={("listening", 0): Lie(words)}, in_pieces=in_pieces)
        with server, listening_to(server, context, tmp_path) as source:
            assert [source.wait(10) for _ in range(3)] == [True] * 3
        assert server.connections == 1


def test_news_told_before_the_server_listens_is_heard() -> None:
    with (
        LyingImap(lies={("IDLE", 1): Lie(b"* 1 EXISTS\r\n", truth=True)}) as server,
        looking_at(server) as source,
    ):
        assert source.wait(10) is True


def test_a_line_that_has_begun_is_read_to_its_end(
    context: ssl.SSLContext | None, tmp_path: Path
) -> None:
    lies = {
        ("listening", 1): Lie(b"* OK st"),
        ("DONE", 1): Lie(b"ill here\r\n", truth=True),
        ("listening", 2): Lie(b"* 1 EX"),
        ("DONE", 2): Lie(b"ISTS\r\n", truth=True),
    }
    server = LyingImap(lies=lies)
    with server, listening_to(server, context, tmp_path) as source:
        assert [source.wait(0.1), source.wait(0.1), source.wait(0.1)] == [False, True, False]

    assert server.connections == 1


@pytest.mark.parametrize(
    "lie",
    [
        Lie(then="cut"),
        Lie(then="reset"),
        Lie(b"* BYE AccessTokenExpired\r\n"),
        Lie(b"* 1 EXI", then="cut"),
        Lie(b"garbage without end" * 100_000),
    ],
    ids=lambda lie: f"{lie.say[:20]!r} {lie.then}",
)
def test_a_line_lost_while_listening_is_opened_anew_without_haste(
    lie: Lie, context: ssl.SSLContext | None, tmp_path: Path
) -> None:
    server = LyingImap(lies={("listening", 0): lie})
    with server, listening_to(server, context, tmp_path) as source:
        heard = [source.wait(0.1) for _ in range(4)]
        server.lies.clear()
        server.mails.update(THREE)

        assert heard[0] is True
        assert server.connections == 4
        assert new_in(source) == ["mail 1", "mail 2", "mail 3"]


def test_a_deaf_line_is_noticed_when_done_is_not_answered() -> None:
    with (
        LyingImap(lies={("listening", 1): Lie(then="silence")}) as server,
        looking_at(server, timeout=0.2) as source,
    ):
        assert source.wait(0.05) is True
        assert source.wait(0.05) is False

    assert server.connections == 2


def test_a_server_without_idle_is_asked() -> None:
    with (
        LyingImap(dict(THREE), capabilities="IMAP4rev1 AUTH=PLAIN") as server,
        looking_at(server) as source,
    ):
        assert new_in(source) != []
        assert source.wait(0.05) is False
        server.lies["NOOP", 2] = Lie(b"* 4 EXISTS\r\n", truth=True)
        assert source.wait(0.05) is True

    assert server.count("NOOP") == 2


def test_a_server_that_declines_to_let_us_listen_is_not_pestered() -> None:
    with (
        LyingImap(lies={("IDLE", 0): Lie(b"TAG NO not today\r\n")}) as server,
        looking_at(server) as source,
    ):
        heard = [source.wait(0.1) for _ in range(3)]

    assert heard[0] is True
    assert server.connections == 3


class Calls:
    """Counts what this thread calls, Python's and C's."""

    def __init__(self) -> None:
        self.number = 0

    def __enter__(self) -> Self:
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _count(self, _frame: object, event: str, _argument: object) -> None:
        self.number += event in {"call", "c_call"}


@pytest.mark.parametrize("lie", [Lie(), Lie(then="cut"), Lie(b"* OK st")])
def test_listening_does_no_work_while_nothing_is_said(
    lie: Lie, context: ssl.SSLContext | None, tmp_path: Path
) -> None:
    lies = {("listening", 0): lie}
    if lie.say:
        lies["DONE", 0] = Lie(b"ill here\r\n", truth=True)
    server = LyingImap(lies=lies)
    with server, listening_to(server, context, tmp_path) as source:
        source.wait(0.01)
        with Calls() as short:
            source.wait(0.05)
        with Calls() as long:
            source.wait(0.6)

    assert long.number < short.number + 2000
    assert long.number < 10_000


def test_a_source_can_be_woken_from_a_pause_after_a_loss() -> None:
    with LyingImap() as server:
        port = server.port
    settings = ImapSettings("x", "127.0.0.1", port, Security.NONE, user="u", password="p")
    source = ImapSource(settings, FixedClock())
    source.wait(0.01)
    timer = threading.Timer(0.1, source.wake)
    timer.start()

    assert source.wait(30) is False
    timer.join()
