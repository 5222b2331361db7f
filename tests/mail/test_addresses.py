import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.addresses import is_plain_address, read_addresses, same_address
from mailflow.mail.message import MailAddress
from mailflow.mail.parse import parse_message
from tests.mail.builders import raw_mail

# Fields that some reader takes for the client's, and fields that no reader agrees upon.
FORGED = (
    "client@good.example<x@evil.example>",
    "client@good.example <x@evil.example>",
    "<client@good.example>x@evil.example",
    "<client@good.example> <x@evil.example>",
    "client@good.example;x@evil.example",
    "client@good.example, <x@evil.example>",
    "client@good.example,x@evil.example",
    "client@good.example)x@evil.example",
    "client@good.example(x@evil.example)",
    "client@good.example (<x@evil.example>)",
    "(client@good.example) x@evil.example, y@evil.example",
    "client@good.example\\ <x@evil.example>",
    '"client@good.example',
    "=?utf-8?q?client=40good.example=3E=20?=@evil.example",
    "=?utf-8?q?client=40good.example?=",
    "=?utf-8?q?Carol_=3Cclient=40good.example=3E?= <x@evil.example>",
    "=?utf-8?q?x?=client@good.example",
    "<@evil.example:client@good.example>",
    "<client@good.example@evil.example>",
    "client@good.example@evil.example",
    '"client@good.example"@evil.example',
    '"client"@good.example',
    '"cli ent"@good.example',
    "cli(x)ent@good.example",
    "client@(x)good.example",
    "client @ good.example",
    "client@good .example",
    "client@good.example.",
    ".client@good.example",
    "client@[192.0.2.1]",
    "client＠good.example",
    "client@gооd.example",
    "client@good。example",
    "cli\u200bent@good.example",
    "clıent@good.example",
    "client@good.example\u2028",
    "Group: client@good.example;",
    "undisclosed-recipients:;",
    "Carol Jones",
    "<>",
    "",
    "client@good.example" + "(" * 40,
    '"' + "\\a" * 1000,
    "client@good.example,,,",
    ", client@good.example",
)


@pytest.mark.parametrize("field", FORGED)
def test_a_from_that_two_programs_could_read_differently_has_no_sender(field: str) -> None:
    message = parse_message(raw_mail(sender=field))

    assert message.sender is None or message.sender.address == "x@evil.example"
    assert message.sender is not None or message.sender_problem


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("carol@good.example", "", "carol@good.example"),
        ("<carol@good.example>", "", "carol@good.example"),
        ("Carol Jones <carol@good.example>", "Carol Jones", "carol@good.example"),
        ('"Jones, Carol" <carol@good.example>', "Jones, Carol", "carol@good.example"),
        ('"Carol \\"CJ\\" Jones" <c@good.example>', 'Carol "CJ" Jones', "c@good.example"),
        ("Jones, Carol <c@good.example>", "Carol", "c@good.example"),
        ("Zoë Müller <z@good.example>", "Zoë Müller", "z@good.example"),
        ("=?utf-8?q?Zo=C3=AB?= <z@good.example>", "Zoë", "z@good.example"),
        ("=?utf-8?q?M=C3=BCller=2C_Zo=C3=AB?= <z@good.example>", "Müller, Zoë", "z@good.example"),
        ('"=?utf-8?q?Zo=C3=AB?=" <z@good.example>', "Zoë", "z@good.example"),
        ("=?utf-8?q?Zo=C3=AB?= M. <z@good.example>", "Zoë M.", "z@good.example"),
        ("Carol (Acme) <c@good.example>", "Carol (Acme)", "c@good.example"),
        ("c@good.example (Carol)", "Carol", "c@good.example"),
        ('"c@good.example" <c@good.example>', "c@good.example", "c@good.example"),
        ("Carol via List <c+x_y-z@sub.good.example>", "Carol via List", "c+x_y-z@sub.good.example"),
        ("O'Neil & Sons <o'neil@good.example>", "O'Neil & Sons", "o'neil@good.example"),
        ("C <C@Good.Example>", "C", "C@Good.Example"),
    ],
)
def test_one_plain_address_is_the_sender(field: str, name: str, address: str) -> None:
    message = parse_message(raw_mail(sender=field))

    assert message.sender_problem is None
    assert message.sender == MailAddress(name, address)
    assert message.authors == (MailAddress(name, address),)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda raw: raw + b"", None),
        (lambda raw: b"From: x@evil.example\n" + raw, "the mail has more than one From field"),
        (
            lambda raw: raw.replace(b"\n\n", b"\nfrom : x@evil.example\n\n", 1),
            "the mail has more than one From field",
        ),
        (
            lambda raw: raw.replace(b"Subject:", b"Subject: x\rFrom: x@evil.example\nX-Y:"),
            "the mail has more than one From field",
        ),
        (lambda raw: raw.replace(b"From:", b"X-From:"), "the mail has no From field"),
        (lambda raw: raw.replace(b"From: c", b"From: =?x?="), None),
    ],
)
def test_exactly_one_from_field_makes_a_sender(change: object, problem: str | None) -> None:
    assert callable(change)
    message = parse_message(change(raw_mail()))

    assert message.sender is None or problem is None
    assert problem is None or message.sender_problem == problem


def test_a_second_from_inside_a_forwarded_mail_is_not_the_mails_own() -> None:
    message = parse_message(raw_mail(body="From: x@evil.example\n\nDone\n"))

    assert message.sender == MailAddress("", "carol@acme.example")


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (
            "a@b.example, C D <c@d.example>; e@f.example",
            ["a@b.example", "c@d.example", "e@f.example"],
        ),
        ('"Doe, J." <j@d.example>, x@y.example (Mister X)', ["j@d.example", "x@y.example"]),
        (
            "Team: a@b.example, B <c@d.example>;, e@f.example",
            ["a@b.example", "c@d.example", "e@f.example"],
        ),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?Bob_=3Cbob=40x=2Eexample=3E?=", ["bob@x.example"]),
        ("<a@b.example", ["a@b.example"]),
        ('"open <a@b.example>', ["a@b.example"]),
        ("John x@y.example", ["x@y.example"]),
        ("<@relay.example:a@b.example>", ["a@b.example"]),
        ("mailto:a@b.example", ["a@b.example"]),
        (",,, ; :", []),
        ("nobody", []),
    ],
)
def test_recipients_are_read_generously(field: str, found: list[str]) -> None:
    assert [one.address for one in read_addresses(field)] == found


def test_at_most_five_hundred_recipients_are_read() -> None:
    assert len(read_addresses("a@b.example, " * 1000)) == 500


@given(st.text(alphabet='ab@<>()",;:\\= ?.\n漢', max_size=80))
def test_any_field_may_be_read_and_never_makes_a_strange_sender(text: str) -> None:
    read_addresses(text)
    message = parse_message(raw_mail(sender=text))

    assert message.sender is None or is_plain_address(message.sender.address)


def test_addresses_are_equal_but_for_the_case_of_ascii_letters() -> None:
    assert same_address("Carol@ACME.example", "carol@acme.example")
    assert not same_address("carol@acme.example", "carol@acme.example ")
    assert not same_address("Ｃarol@acme.example", "carol@acme.example")
    assert not same_address("\u212aim@acme.example", "kim@acme.example")


def test_servers_notes_of_the_recipient_are_kept_apart_from_to() -> None:
    message = parse_message(
        raw_mail(
            "Delivered-To: dana+x@studio.example",
            "X-Original-To: dana+x@studio.example",
            "Envelope-To: <box@host.example>",
        )
    )

    assert [one.address for one in message.to] == ["dana@studio.example"]
    assert [one.address for one in message.delivered_to] == [
        "dana+x@studio.example",
        "box@host.example",
    ]
