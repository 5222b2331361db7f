from pathlib import Path

import pytest

from mailflow.errors import UnreadableMail
from mailflow.mail.authentication import check_dkim, read_stamp
from mailflow.mail.automatic import MailKind, classify
from mailflow.mail.bounce import read_bounces
from mailflow.mail.build import seal
from mailflow.mail.carriers import carriers
from mailflow.mail.fingerprint import fingerprint
from mailflow.mail.keys import CodeHint, verify
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import header_only, parse_message
from tests.mail.builders import INSTANCE, KEYRING, MONDAY, a_letter
from tests.mail.hostile import collection, mutations
from tests.mail.test_corpus import CORPUS

SMALL = dict(collection(2_000))
LARGE = dict(collection(300_000))
OWN = ("dana@studio.example",)


def outcome(raw: bytes) -> InboundMessage | str:
    """What the mail says, after all readers of this room have looked at it, or why not."""
    header_only(raw)
    try:
        message = parse_message(raw)
    except UnreadableMail as refused:
        return refused.reason
    for carrier in carriers(message, INSTANCE, OWN, "+"):
        known = verify(KEYRING, carrier.claim, instance=INSTANCE, recipient="carol@acme.example")
        assert not (known and isinstance(carrier.claim, CodeHint))
    assert classify(message) in MailKind
    read_bounces(message)
    fingerprint(message, authentic=False)
    for trust in ("mx.google.com", "!topmost"):
        read_stamp(message, trust)
    check_dkim(raw, message, MONDAY, lambda _: None)
    return message


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_hostile_mail_is_read_or_refused_for_a_named_reason(name: str, line_end: bytes) -> None:
    found = outcome(SMALL[name].replace(b"\n", line_end))

    assert found
    if isinstance(found, InboundMessage):
        assert found.sender is not None or found.sender_problem
        text = "".join([found.subject, found.text or "", found.html or ""])
        assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize("name", LARGE)
def test_a_large_hostile_mail_is_no_worse(name: str) -> None:
    assert outcome(LARGE[name])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_damaged_mail_is_read_or_refused(path: Path) -> None:
    for damaged in mutations(path.read_bytes(), count=40, seed=7):
        assert outcome(damaged)


def test_a_damaged_letter_of_ours_is_never_taken_for_another_letter() -> None:
    raw = seal(a_letter())
    for damaged in mutations(raw, count=200, seed=3):
        found = outcome(damaged)
        if isinstance(found, InboundMessage):
            proven = {
                carrier.letter_id
                for carrier in carriers(found, INSTANCE, OWN, "+")
                if verify(KEYRING, carrier.claim, instance=INSTANCE, recipient="carol@acme.example")
            }
            assert proven <= {4711}
