"""Mails as programs really write them, each with what must be read from it."""

import tomllib
from pathlib import Path

import pytest

from mailflow.mail.automatic import classify
from mailflow.mail.bounce import read_bounces
from mailflow.mail.parse import parse_message

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.eml"))


def test_the_corpus_is_there() -> None:
    assert len(CORPUS) >= 15


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_real_mail_is_read_as_people_see_it(path: Path, line_end: bytes) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    message = parse_message(path.read_bytes().replace(b"\n", line_end))
    found: dict[str, object] = {
        "sender": message.sender.address if message.sender else "",
        "name": message.sender.name if message.sender else "",
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else "",
        "text": message.text.strip() if message.text is not None else "",
        "html": message.html is not None,
        "kind": classify(message).value,
        "attachments": [
            f"{one.name}|{one.media_type}|{'inline' if one.inline else 'file'}"
            for one in message.attachments
        ],
        "methods": [one.method for one in message.calendars],
        "bounced": [f"{one.recipient}|{one.status}|{one.hard}" for one in read_bounces(message)]
        if message.report
        else [],
        "answers": list(message.in_reply_to),
        "delivered_to": [one.address for one in message.delivered_to],
        "defects": list(message.defects),
    }

    assert {key: found[key] for key in expected} == expected
