import pytest

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.ports import ArrivedMail, PartSummary, Watermark
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import is_refusal
from mailflow.transport.login import AuthKind
from tests.transport.builders import a_raw_mail, subjects
from tests.transport.lying_imap import Lie, LyingImap, looking_at

THREE = {uid: a_raw_mail(uid) for uid in (1, 2, 3)}


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
