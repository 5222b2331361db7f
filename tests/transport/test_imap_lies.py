import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.ports import ArrivedMail, Belongs, PartSummary, Watermark
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings, is_refusal
from mailflow.transport.login import AuthKind, TokenSource
from mailflow.transport.sockets import Security
from tests.transport.builders import FixedClock, a_certificate, a_raw_mail, subjects
from tests.transport.lying_imap import Lie, LyingImap

THREE = {uid: a_raw_mail(uid) for uid in (1, 2, 3)}


@contextmanager
def looking_at(
    server: LyingImap,
    *,
    token: TokenSource | None = None,
    belongs: Belongs | None = None,
    **facts: object,
) -> Iterator[ImapSource]:
    usual: dict[str, object] = {
        "name": "plans@office.test",
        "host": "127.0.0.1",
        "port": server.port,
        "security": Security.NONE,
        "user": "plans",
        "password": "secret",
        "timeout": 5.0,
    }
    settings = ImapSettings(**{**usual, **facts})  # type: ignore[arg-type]  # a builder takes any fact
    source = ImapSource(settings, FixedClock(), belongs=belongs, token=token)
    try:
        yield source
    finally:
        source.close()


def new_in(source: ImapSource) -> list[str]:
    return subjects(source.arrivals({}))


# --- looking ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "noise",
    [
        b"* 9 FETCH (UID 99 BODY[] {3}\r\nbad FLAGS (\\Seen))\r\n",
        b"* 9 FETCH (UID 2 FLAGS (\\Seen))\r\n",
        b"* 12 EXISTS\r\n* 3 EXPUNGE\r\n* OK still here\r\n",
        b"* 9 FETCH nonsense\r\n* 9 FETCH (\r\n* 9 FETCH )))\r\n",
    ],
)
def test_what_was_not_asked_for_is_left_aside(noise: bytes) -> None:
    lies = {("FETCH", n): Lie(noise, truth=True) for n in (1, 2)}
    with LyingImap(dict(THREE), lies) as server, looking_at(server) as source:
        assert new_in(source) == ["mail 1", "mail 2", "mail 3"]


def test_mail_that_vanishes_before_it_is_fetched_is_skipped() -> None:
    with LyingImap(dict(THREE)) as server, looking_at(server) as source:
        server.lies["FETCH", 2] = Lie(
            b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\nTAG OK\r\n" % (len(THREE[1]), THREE[1])
        )
        server.lies["FETCH", 3] = Lie(b"TAG OK and none of them has a size any more\r\n")

        assert new_in(source) == ["mail 1"]
        assert source.reached() == {"INBOX": Watermark(7, 3)}


def test_mail_that_is_there_and_cannot_be_read_arrives_empty() -> None:
    nil = b"* 1 FETCH (UID 2 BODY[] NIL)\r\nTAG OK\r\n"
    with LyingImap({2: THREE[2]}, {("FETCH", 2): Lie(nil)}) as server, looking_at(server) as source:
        [batch] = source.arrivals({})

    assert [(mail.raw, mail.truncated, mail.size) for mail in batch] == [(b"", True, len(THREE[2]))]


def test_a_short_mail_in_quotes_is_a_mail() -> None:
    quoted = b'* 1 FETCH (BODY[] "Subject: a \\"b\\"" UID 2)\r\nTAG OK\r\n'
    with (
        LyingImap({2: THREE[2]}, {("FETCH", 2): Lie(quoted)}) as server,
        looking_at(server) as source,
    ):
        [batch] = source.arrivals({})

    assert batch[0].raw == b'Subject: a "b"'


@pytest.mark.parametrize(
    "lie",
    [
        Lie(b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\nx"),
        Lie(b"* 1 FETCH (UID 1 BODY[] {500}\r\nshort)\r\nTAG OK\r\n", then="cut"),
        Lie(b"* 1 FETCH (UID 1 BODY[] {3}\r\nlonger than said)\r\nTAG OK\r\n"),
        Lie(b"TAG NO [LIMIT] too much today\r\n"),
        Lie(b"TAG BAD what\r\n"),
        Lie(b"* BYE [UNAVAILABLE] leaving\r\n", then="cut"),
        Lie(b"HTTP/1.1 200 OK\r\n"),
        Lie(b"* 1 FETCH (UID 1", then="cut"),
        Lie(then="cut"),
        Lie(then="reset"),
        Lie(b"x" * 1_100_000),
    ],
    ids=lambda lie: f"{lie.say[:40]!r} {lie.then}",
)
def test_a_failing_server_is_a_failure_for_now_and_the_next_look_is_whole(lie: Lie) -> None:
    with LyingImap(dict(THREE), {("FETCH", 2): lie}) as server, looking_at(server) as source:
        with pytest.raises(TransientFailure, match="new mail cannot be fetched"):
            new_in(source)
        assert source.reached() == {}
        assert new_in(source) == ["mail 1", "mail 2", "mail 3"]


def test_a_silent_server_is_left_after_the_timeout() -> None:
    with (
        LyingImap(dict(THREE), {("SEARCH", 1): Lie(then="silence")}) as server,
        looking_at(server, timeout=0.2) as source,
        pytest.raises(TransientFailure),
    ):
        new_in(source)


def test_numbers_that_change_their_meaning_half_way_end_the_look() -> None:
    server = LyingImap({uid: a_raw_mail(uid) for uid in range(1, 101)})
    with server, looking_at(server) as source:
        batches = source.arrivals({})
        first = next(iter(batches))
        server.uidvalidity = 8
        source.sign_for(first)
        rest = list(batches)

    assert len(first) == 50
    assert rest == []
    assert server.count("MOVE") == 0


def test_a_server_that_does_not_tell_the_next_number_is_searched() -> None:
    with LyingImap(dict(THREE), tells_next=False) as server, looking_at(server) as source:
        seen = {"INBOX": Watermark(7, 3)}
        assert subjects(source.arrivals(seen)) == []
        assert source.watermarks() == seen
        server.mails[9] = a_raw_mail(9)

        assert subjects(source.arrivals(seen)) == ["mail 9"]


def test_an_absurd_next_number_costs_a_few_searches() -> None:
    with LyingImap(dict(THREE), uidnext=4_294_967_295) as server, looking_at(server) as source:
        assert new_in(source) == ["mail 1", "mail 2", "mail 3"]

    assert server.count("SEARCH") < 30


def test_nothing_new_costs_one_command() -> None:
    with LyingImap(dict(THREE)) as server, looking_at(server) as source:
        assert new_in(source) != []
        before = len(server.heard)
        assert subjects(source.arrivals(source.reached())) == []

    assert server.heard[before:] == ['EXAMINE "INBOX"']


def test_of_a_mail_nested_beyond_reason_the_header_decides() -> None:
    deep = b"(" * 5000 + b")" * 5000
    header = b"BODY[HEADER]<0> {6}\r\na: b\r\n)\r\nTAG OK\r\n"
    lies = {
        ("FETCH", 1): Lie(b"* 1 FETCH (UID 1 BODYSTRUCTURE " + deep + b" " + header),
        ("FETCH", 2): Lie(b"* 1 FETCH (UID 1 " + header),
    }
    asked: list[tuple[bytes, tuple[PartSummary, ...]]] = []

    def belongs(header: bytes, parts: tuple[PartSummary, ...]) -> bool:
        asked.append((header, parts))
        return True

    with (
        LyingImap({1: THREE[1]}, lies) as server,
        looking_at(server, belongs=belongs, shared=True) as source,
    ):
        assert new_in(source) == ["mail 1"]

    assert asked == [(b"a: b\r\n", ())]


# --- signing ------------------------------------------------------------------------------


def signed(capabilities: str) -> list[str]:
    with LyingImap(dict(THREE), capabilities=capabilities) as server, looking_at(server) as source:
        mails: list[ArrivedMail] = [m for batch in source.arrivals({}) for m in batch]
        source.sign_for(mails[:2])
    after = server.heard.index('SELECT "INBOX"')
    verbs = {"UID"}
    return [words for words in server.heard[after:] if words.split()[0] in verbs]


def test_mail_moves_in_one_command_where_the_server_can() -> None:
    assert signed("IMAP4rev1 MOVE UIDPLUS AUTH=PLAIN") == [
        "UID STORE 1,2 +FLAGS.SILENT (\\Seen)",
        'UID MOVE 1,2 "mailflow/Processed"',
    ]


def test_without_move_mail_is_copied_and_only_it_is_expunged() -> None:
    assert signed("IMAP4rev1 UIDPLUS AUTH=PLAIN")[1:] == [
        'UID COPY 1,2 "mailflow/Processed"',
        "UID STORE 1,2 +FLAGS.SILENT (\\Deleted)",
        "UID EXPUNGE 1,2",
    ]


def test_without_uidplus_nothing_is_expunged() -> None:
    assert signed("IMAP4rev1 AUTH=PLAIN")[1:] == [
        'UID COPY 1,2 "mailflow/Processed"',
        "UID STORE 1,2 +FLAGS.SILENT (\\Deleted)",
    ]


# --- listening ----------------------------------------------------------------------------


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
    lies = {("listening", 1): Lie(b"* OK st"), ("DONE", 1): Lie(b"ill here\r\n", truth=True)}
    server = LyingImap(lies=lies)
    with server, listening_to(server, context, tmp_path) as source:
        source.wake()
        server.lies["DONE", 1] = Lie(b"", truth=True)
        server.lies["listening", 1] = Lie(b"* OK still\r\n")
        assert source.wait(10) is False
        assert source.wait(0.05) is False

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


# --- the login ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("[AUTHENTICATIONFAILED] Authentication failed.", True),
        ("LOGIN failed.", True),
        ("Invalid credentials (Failure)", True),
        ("[EXPIRED] please choose a new password, and try again", True),
        ("[UNAVAILABLE] Temporary authentication failure.", False),
        ("[LIMIT] Too many simultaneous connections.", False),
        ("BYE try later", False),
        ("socket error: EOF", False),
        ("Server busy", False),
    ],
)
def test_a_refused_login_is_told_from_a_busy_server(said: str, *, refused: bool) -> None:
    assert is_refusal(said) is refused


def test_the_words_of_a_refusal_are_told() -> None:
    no = Lie(b"TAG NO [AUTHENTICATIONFAILED] wrong\r\n")
    with (
        LyingImap(lies={("CREDENTIALS", 1): no}) as server,
        looking_at(server) as source,
        pytest.raises(LoginRefused, match=r"refuses the login of plans: .*wrong"),
    ):
        new_in(source)


def test_a_goodbye_at_the_login_is_no_refusal() -> None:
    bye = Lie(b"* BYE try later\r\n", then="cut")
    with (
        LyingImap(lies={("CREDENTIALS", 1): bye}) as server,
        looking_at(server) as source,
        pytest.raises(TransientFailure) as failure,
    ):
        new_in(source)

    assert not isinstance(failure.value, LoginRefused)


@pytest.mark.parametrize("kind", [AuthKind.XOAUTH2, AuthKind.OAUTHBEARER])
def test_a_token_opens_the_mailbox(kind: AuthKind) -> None:
    with (
        LyingImap(dict(THREE)) as server,
        looking_at(server, auth=kind, token=lambda: "tok") as source,
    ):
        assert new_in(source) == ["mail 1", "mail 2", "mail 3"]

    assert server.count(f"AUTHENTICATE {kind.name}") == 1


def test_a_refused_token_is_heard_out_to_its_reason() -> None:
    lies = {
        ("CREDENTIALS", 1): Lie(b"+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"),
        ("CREDENTIALS", 2): Lie(b"TAG NO [AUTHENTICATIONFAILED] expired\r\n"),
    }
    with (
        LyingImap(lies=lies) as server,
        looking_at(server, auth=AuthKind.OAUTHBEARER, token=lambda: "old") as source,
        pytest.raises(LoginRefused, match="expired"),
    ):
        new_in(source)

    assert server.heard[-1] == "AQ=="


def test_a_token_that_cannot_be_had_now_is_a_failure_for_now() -> None:
    def none() -> str:
        msg = "the token server is away"
        raise TransientFailure(msg)

    with (
        LyingImap() as server,
        looking_at(server, auth=AuthKind.XOAUTH2, token=none) as source,
        pytest.raises(TransientFailure, match="the token server is away"),
    ):
        new_in(source)


def test_waiting_with_a_dead_password_does_not_hammer_the_server() -> None:
    no = Lie(b"TAG NO [AUTHENTICATIONFAILED] wrong\r\n")
    with LyingImap(lies={("CREDENTIALS", 0): no}) as server, looking_at(server) as source:
        source.wait(0.1)
        source.wait(0.1)

    assert server.connections == 2


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
