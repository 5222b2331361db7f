import ssl
from contextlib import closing
from pathlib import Path

import pytest

from mailflow.ports import Outcome, OutcomeKind, SealedMail
from mailflow.transport.login import AuthKind
from mailflow.transport.smtp import SmtpSubmission
from mailflow.transport.smtp_line import SmtpSettings
from mailflow.transport.sockets import Security
from tests.transport.builders import a_certificate, a_raw_mail, a_sealed_mail
from tests.transport.lying_smtp import Lie, LyingSmtp

SENT, TRANSIENT, PERMANENT, UNKNOWN = (
    OutcomeKind.SENT,
    OutcomeKind.TRANSIENT,
    OutcomeKind.PERMANENT,
    OutcomeKind.UNKNOWN,
)
PLAIN_ONLY = ("8BITMIME", "AUTH PLAIN LOGIN")


def settings_for(server: LyingSmtp, **facts: object) -> SmtpSettings:
    usual: dict[str, object] = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": Security.NONE,
        "timeout": 5.0,
    }
    return SmtpSettings(**{**usual, **facts})  # type: ignore[arg-type]  # a builder takes any fact


def submitted(settings: SmtpSettings, *mails: SealedMail) -> list[Outcome]:
    with closing(SmtpSubmission(settings)) as way_out:
        return list(way_out.submit(mails))


def outcomes(server: LyingSmtp, count: int, **facts: object) -> list[Outcome]:
    mails = [a_sealed_mail(n) for n in range(1, count + 1)]
    return submitted(settings_for(server, **facts), *mails)


def kinds(told: list[Outcome]) -> list[OutcomeKind]:
    return [outcome.kind for outcome in told]


def numbers(server: LyingSmtp) -> list[int]:
    """Which mails the server truly has, by their subjects."""
    return [int(mail.split(b"Subject: mail ")[1].split(b"\r\n")[0]) for mail in server.taken]


@pytest.fixture(params=[("PIPELINING", *PLAIN_ONLY), PLAIN_ONLY], ids=["pipelined", "one by one"])
def offers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return tuple(request.param)


def test_mails_leave_in_order_over_one_line(offers: tuple[str, ...]) -> None:
    with LyingSmtp(extensions=offers) as server:
        told = outcomes(server, 5)

    assert kinds(told) == [SENT] * 5
    assert numbers(server) == [1, 2, 3, 4, 5]
    assert server.connections == 1


def test_the_octets_that_arrive_are_the_octets_that_were_sealed(offers: tuple[str, ...]) -> None:
    mail = a_sealed_mail(1, data=a_raw_mail(1, ".hidden\r\n..two\r\nend\r\n."))
    with LyingSmtp(extensions=offers) as server:
        [outcome] = submitted(settings_for(server), mail)

    assert outcome.kind is SENT
    assert server.taken == [mail.data]


@pytest.mark.parametrize(
    ("lie", "expected"),
    [
        (Lie(then="cut"), UNKNOWN),
        (Lie(take=True, then="cut"), UNKNOWN),
        (Lie(take=True, then="reset"), UNKNOWN),
        (Lie(b"nonsense"), UNKNOWN),
        (Lie(b"354 go on for ever"), UNKNOWN),
        (Lie(b"451 said after taking it", take=True), TRANSIENT),
        (Lie(b"421 good night", then="cut"), TRANSIENT),
        (Lie(b"554 no thanks"), PERMANENT),
    ],
)
def test_what_happens_at_the_dot_decides(
    lie: Lie, expected: OutcomeKind, offers: tuple[str, ...]
) -> None:
    with LyingSmtp({("dot", 2): lie}, extensions=offers) as server:
        told = outcomes(server, 4)

    assert kinds(told) == [SENT, expected, SENT, SENT]
    assert [n for n in numbers(server) if n != 2] == [1, 3, 4]


@pytest.mark.parametrize("then", ["cut", "reset"])
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_a_line_that_did_good_and_is_cut_in_the_envelope_is_opened_anew(
    stage: str, then: str, offers: tuple[str, ...]
) -> None:
    with LyingSmtp({(stage, 3): Lie(then=then)}, extensions=offers) as server:
        told = outcomes(server, 4)

    assert kinds(told) == [SENT] * 4
    assert numbers(server) == [1, 2, 3, 4]
    assert server.connections == 2


def test_a_line_cut_within_a_great_text_never_leaves_the_mail_unknown() -> None:
    great = a_sealed_mail(1, data=a_raw_mail(1, "x" * 70 + "\r\n" * 3_000_000))
    offers = ("PIPELINING",)
    with LyingSmtp({("text", 1): Lie(then="reset")}, extensions=offers) as server:
        told = submitted(settings_for(server), great, a_sealed_mail(2))

    assert kinds(told) == [TRANSIENT, TRANSIENT]
    assert server.taken == []


def test_a_server_that_never_does_any_good_is_left_alone() -> None:
    lies = {("mail", n): Lie(then="cut") for n in range(1, 20)}
    with LyingSmtp(lies) as server:
        told = outcomes(server, 10)

    assert kinds(told) == [TRANSIENT] * 10
    assert server.connections == 1


@pytest.mark.parametrize(
    ("stage", "answer", "expected"),
    [
        ("rcpt", b"550 5.1.1 no such person", PERMANENT),
        ("rcpt", b"450 4.2.0 greylisted", TRANSIENT),
        ("mail", b"451 4.3.0 not now", TRANSIENT),
        ("mail", b"553 not from you", PERMANENT),
        ("data", b"554 nobody wants it", PERMANENT),
    ],
)
def test_a_refused_envelope_spoils_no_other_mail(
    stage: str, answer: bytes, expected: OutcomeKind, offers: tuple[str, ...]
) -> None:
    with LyingSmtp({(stage, 2): Lie(answer)}, extensions=offers) as server:
        told = outcomes(server, 3)

    assert kinds(told) == [SENT, expected, SENT]
    assert told[1].answer == answer.decode()
    assert [n for n in numbers(server) if n != 2] == [1, 3]
    assert server.connections == 1


def test_a_bad_goodbye_changes_nothing() -> None:
    with LyingSmtp({("quit", 1): Lie(b"451 who are you")}) as server:
        told = outcomes(server, 2)

    assert kinds(told) == [SENT, SENT]
    assert server.heard[-1] == "QUIT"


def test_an_endless_answer_to_the_dot_is_the_answer_it_began_with() -> None:
    with LyingSmtp({("dot", 1): Lie(take=True, then="flood")}) as server:
        told = outcomes(server, 2)

    assert kinds(told) == [SENT, SENT]
    assert len(told[0].answer) < 400
    assert numbers(server) == [1, 2]


def test_an_answer_line_without_end_cuts_the_line() -> None:
    with LyingSmtp({("dot", 1): Lie(b"250 " + b"x" * 100_000, take=True)}) as server:
        told = outcomes(server, 1)

    assert kinds(told) == [UNKNOWN]


def test_a_silent_server_is_not_waited_for_longer_than_the_timeout() -> None:
    with LyingSmtp({("dot", 1): Lie(b"250-one", take=True)}) as server:
        told = outcomes(server, 1, timeout=0.2)

    assert kinds(told) == [UNKNOWN]
    assert "silent" in told[0].answer


def test_text_dot_and_the_next_envelope_travel_together() -> None:
    with LyingSmtp(extensions=("PIPELINING",)) as server:
        outcomes(server, 2)
    order = [words.split()[0] for words in server.heard]

    assert order == ["EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA", "QUIT"]


def test_a_line_carries_fifty_mails_and_no_more(offers: tuple[str, ...]) -> None:
    with LyingSmtp(extensions=offers) as server:
        told = outcomes(server, 101)

    assert kinds(told) == [SENT] * 101
    assert server.connections == 3
    assert server.heard.count("QUIT") == 3


def test_the_line_is_kept_for_the_next_call_until_it_was_idle_for_a_minute() -> None:
    now = [0.0]
    with LyingSmtp() as server:
        way_out = SmtpSubmission(settings_for(server), monotonic=lambda: now[0])
        for moment in (0.0, 59.0, 118.0, 179.0):
            now[0] = moment
            assert kinds(list(way_out.submit([a_sealed_mail()]))) == [SENT]
        way_out.close()

    assert server.connections == 2


def test_a_kept_line_that_the_server_closed_meanwhile_costs_nothing() -> None:
    with LyingSmtp({("dot", 1): Lie(b"250 ok", take=True, then="cut")}) as server:
        way_out = SmtpSubmission(settings_for(server))
        first = list(way_out.submit([a_sealed_mail(1)]))
        second = list(way_out.submit([a_sealed_mail(2)]))
        way_out.close()

    assert kinds([*first, *second]) == [SENT, SENT]
    assert numbers(server) == [1, 2]


def test_a_caller_who_leaves_half_way_sends_nothing_more() -> None:
    with LyingSmtp() as server:
        way_out = SmtpSubmission(settings_for(server))
        asked = way_out.submit([a_sealed_mail(n) for n in range(1, 4)])
        assert next(asked).kind is SENT
        asked.close()  # type: ignore[attr-defined]  # a generator, as all iterators of this kind
        rest = list(way_out.submit([a_sealed_mail(9)]))
        way_out.close()

    assert kinds(rest) == [SENT]
    assert numbers(server) == [1, 9]


def test_nobody_at_the_door_is_transient_for_all() -> None:
    with LyingSmtp() as server:
        settings = settings_for(server)
    told = submitted(settings, a_sealed_mail(1), a_sealed_mail(2))

    assert kinds(told) == [TRANSIENT, TRANSIENT]
    assert not told[0].login_refused


@pytest.mark.parametrize("banner", [b"554 go away", b"421 too busy"])
def test_an_unfriendly_greeting_says_nothing_of_the_mail(banner: bytes) -> None:
    with LyingSmtp({("banner", 1): Lie(banner, then="cut")}) as server:
        told = outcomes(server, 1)

    assert kinds(told) == [TRANSIENT]
    assert banner.decode() in told[0].answer


def test_user_and_password_are_told_by_plain() -> None:
    with LyingSmtp() as server:
        told = outcomes(server, 1, user="büro", password="geheim ß")

    assert kinds(told) == [SENT]
    assert "AUTH PLAIN AGLDvHJvAGdlaGVpbSDDnw==" in server.heard


def test_user_and_password_are_told_by_login_where_plain_is_unknown() -> None:
    lies = {
        ("auth", 1): Lie(b"334 VXNlcg=="),
        ("yw5uzq==", 1): Lie(b"334 UGFzcw=="),  # "anne" is a command to this server
        ("cgfzcw==", 1): Lie(b"235 ok"),  # and "pass" another
    }
    with LyingSmtp(lies, extensions=("AUTH LOGIN",)) as server:
        told = outcomes(server, 1, user="anne", password="pass")

    assert kinds(told) == [SENT]
    assert server.heard[1:4] == ["AUTH LOGIN", "YW5uZQ==", "cGFzcw=="]


def test_a_refused_password_is_told_apart_from_a_busy_server() -> None:
    with LyingSmtp({("auth", 1): Lie(b"535 5.7.8 wrong password")}) as server:
        wrong = outcomes(server, 2, user="anne", password="x")
    with LyingSmtp({("auth", 1): Lie(b"454 4.7.0 try later")}) as server:
        busy = outcomes(server, 1, user="anne", password="x")

    assert kinds(wrong) == [TRANSIENT, TRANSIENT]
    assert [outcome.login_refused for outcome in [*wrong, *busy]] == [True, True, False]


def test_a_server_that_wants_a_login_first_does_not_condemn_the_mail() -> None:
    with LyingSmtp({("mail", 1): Lie(b"530 5.7.0 authentication required")}) as server:
        told = outcomes(server, 2)

    assert kinds(told) == [TRANSIENT, TRANSIENT]
    assert told[0].login_refused


def test_a_refused_token_is_heard_out_to_its_reason() -> None:
    lies = {
        ("auth", 1): Lie(b"334 eyJzdGF0dXMiOiI0MDEifQ=="),
        ("aq==", 1): Lie(b"535 5.7.8 expired"),
    }
    with LyingSmtp(lies, extensions=("AUTH OAUTHBEARER",)) as server:
        settings = settings_for(server, user="anne", auth=AuthKind.OAUTHBEARER)
        with closing(SmtpSubmission(settings, token=lambda: "tok")) as way_out:
            told = list(way_out.submit([a_sealed_mail()]))

    assert told == [
        Outcome(
            TRANSIENT,
            "the submission server refuses the login: 535 5.7.8 expired",
            login_refused=True,
            unreachable=True,
        )
    ]


def test_mail_that_could_smuggle_another_is_never_written() -> None:
    bad = [
        a_sealed_mail(1, data=b"Subject: x\r\n\r\nhello\n.\r\nMAIL FROM:<x@y>\r\n"),
        a_sealed_mail(2, recipient="a@b.test>\r\nRCPT TO:<c@d.test"),
        a_sealed_mail(3, recipient="nobody"),
    ]
    with LyingSmtp() as server:
        told = submitted(settings_for(server), *bad, a_sealed_mail(4))

    assert kinds(told) == [PERMANENT] * 3 + [SENT]
    assert numbers(server) == [4]


def test_mail_beyond_the_servers_size_is_refused_before_it_is_sent() -> None:
    with LyingSmtp(extensions=("PIPELINING", "SIZE 500")) as server:
        mails = [a_sealed_mail(1), a_sealed_mail(2, data=a_raw_mail(2, "x" * 600))]
        told = submitted(settings_for(server), *mails, a_sealed_mail(3))

    assert kinds(told) == [SENT, PERMANENT, SENT]
    assert "SIZE=" in server.heard[1]


def test_letters_beyond_ascii_in_an_address_need_the_servers_consent() -> None:
    mail = a_sealed_mail(1, recipient="jürgen@client.test")
    with LyingSmtp(extensions=("SMTPUTF8",)) as server:
        able = submitted(settings_for(server), mail)
        assert server.heard[1] == "MAIL FROM:<plans@office.test> SMTPUTF8"
    with LyingSmtp(extensions=()) as server:
        unable = submitted(settings_for(server), mail)

    assert kinds([*able, *unable]) == [SENT, PERMANENT]


def server_context(folder: Path) -> tuple[ssl.SSLContext, str]:
    key, certificate = a_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def test_starttls_is_taken_and_the_certificate_checked(tmp_path: Path) -> None:
    context, certificate = server_context(tmp_path)
    with LyingSmtp(extensions=("STARTTLS", "PIPELINING"), context=context) as server:
        told = outcomes(server, 3, security=Security.STARTTLS, ca_file=certificate)

    assert kinds(told) == [SENT] * 3
    assert [words.split()[0] for words in server.heard[:3]] == ["EHLO", "STARTTLS", "EHLO"]


def test_a_certificate_that_proves_nothing_ends_the_talk(tmp_path: Path) -> None:
    context, _ = server_context(tmp_path)
    with LyingSmtp(extensions=("STARTTLS",), context=context) as server:
        told = outcomes(server, 1, security=Security.STARTTLS, user="anne", password="secret")

    assert kinds(told) == [TRANSIENT]
    assert "certificate" in told[0].answer
    assert not any(words.startswith("AUTH") for words in server.heard)


def test_a_server_without_starttls_never_hears_the_password() -> None:
    with LyingSmtp(extensions=("AUTH PLAIN",)) as server:
        told = outcomes(server, 1, security=Security.STARTTLS, user="anne", password="secret")

    assert kinds(told) == [TRANSIENT]
    assert not any(words.startswith("AUTH") for words in server.heard)
