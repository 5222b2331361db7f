import base64
import json
from typing import Any

import pytest

from mailflow.commands.streams import extract_lines, parse_lines

HEAD = "From: carol@acme.example\nTo: dana@studio.example\nSubject: Re: papers\n"


def line(eml: str, **more: str) -> str:
    return json.dumps({"id": 7, "eml": base64.b64encode(eml.encode()).decode(), **more})


def extracted(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in extract_lines(lines)]


def test_what_was_typed_comes_with_its_segments() -> None:
    [row] = extracted(line(f"{HEAD}\nDone!\n\n> Where is it?\n\nHere.\n"))

    assert row == {
        "id": 7,
        "text": "Done!\n\nHere.",
        "uncertain": False,
        "segments": [
            {"text": "Done!", "quoted": ""},
            {"text": "Here.", "quoted": "Where is it?"},
        ],
        "reason": None,
    }


@pytest.mark.parametrize(
    "broken",
    ["{", "[" * 100_000, '"text"', "[1]", '{"id": 1}', '{"eml": 3}', '{"eml": "\u00e4"}'],
)
def test_a_broken_line_gets_a_reason_and_ends_nothing(broken: str) -> None:
    first, second = extracted(broken, line(f"{HEAD}\nDone!\n"))

    assert first["reason"]
    assert (second["text"], second["reason"]) == ("Done!", None)


def test_a_mail_that_nobody_can_read_says_why() -> None:
    [row] = extracted(line(f"{HEAD}Content-Type: application/pkcs7-mime\n\nMIIB\n"))

    assert (row["text"], row["reason"]) == ("", "the mail is encrypted, or sealed in one piece")


def test_an_answer_is_read_though_the_mail_before_it_cannot_be() -> None:
    unreadable = base64.b64encode(b"X: " + b"x" * 1_000_000 + b"\n\n").decode()

    [row] = extracted(line(f"{HEAD}\nDone!\n", sent=unreadable))

    assert (row["text"], row["reason"]) == ("Done!", None)


def test_parts_of_a_mail_are_named() -> None:
    [answer] = parse_lines([line(f"{HEAD}Content-Type: application/pdf; name=../a.pdf\n\nx\n")])
    row = json.loads(answer)

    assert (row["subject"], row["from"]) == ("Re: papers", "carol@acme.example")
    assert row["attachments"] == [{"name": "a.pdf", "type": "application/pdf", "size": 2}]
