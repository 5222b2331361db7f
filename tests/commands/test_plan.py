"""`mailflow plan parse`: a plan on standard input, the same as JSON or text."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.plan import parse_plan

EXAMPLE = Path(__file__).parents[2] / "docs" / "plans" / "tax-return.txt"


@pytest.fixture(autouse=True)
def _in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILFLOW_NOW", "2026-02-20T09:00:00+00:00")


def parsed(
    raw: bytes, *, eml: bool = False, locale: str = "en-GB"
) -> tuple[dict[str, object], int]:
    output, status = parse_plan(raw, as_json=True, eml=eml, locale=locale)
    found: dict[str, object] = json.loads(output)
    return found, status


def test_a_plan_becomes_json() -> None:
    found, status = parsed(
        b"Subject: plan: 2026 tax return\n\n"
        b"Client: Carol Jones <carol@acme.example>, Acme Ltd\nGoal: no penalty\n\n"
        b"# Gather\n- Send the statements @Carol by Fri 6 March, with vic@studio.example\n"
        b"    As PDF.\n    In one mail.\n- Sign it @Carol after #1\n"
        b"Milestone: Records complete by 13 March\n# Prepare\n- Draft it @Zoe\n"
    )

    assert status == 1
    assert found == {
        "title": "2026 tax return",
        "code": "TAX",
        "client": "Acme Ltd",
        "people": ["carol@acme.example", "vic@studio.example"],
        "headers": {
            "client": "Carol Jones <carol@acme.example>, Acme Ltd",
            "goal": "no penalty",
        },
        "phases": [
            {
                "title": "Gather",
                "todos": [
                    {
                        "n": 1,
                        "title": "Send the statements",
                        "kind": "send",
                        "responsible": "carol@acme.example",
                        "helpers": ["vic@studio.example"],
                        "due": "2026-03-06",
                        "after": [],
                        "details": "As PDF.\nIn one mail.",
                    },
                    {
                        "n": 2,
                        "title": "Sign it",
                        "kind": "do",
                        "responsible": "carol@acme.example",
                        "helpers": [],
                        "due": None,
                        "after": [1],
                        "details": "",
                    },
                ],
                "milestone": {"title": "Records complete", "due": "2026-03-13"},
            },
            {
                "title": "Prepare",
                "todos": [
                    {
                        "n": 3,
                        "title": "Draft it",
                        "kind": "do",
                        "responsible": None,
                        "helpers": [],
                        "due": None,
                        "after": [],
                        "details": "",
                    }
                ],
                "milestone": None,
            },
        ],
        "problems": [
            {
                "line": 13,
                "text": "- Draft it @Zoe",
                "message": (
                    "Nobody on the plan or in the address book is called “Zoe”. Write the address "
                    "beside the name, “Zoe <name@firm.example>”, in the line “With:” or “Client:”."
                ),
            }
        ],
    }


def test_a_plan_without_problems_exits_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    found, status = parsed(EXAMPLE.read_bytes())

    assert (status, found["problems"]) == (0, [])
    assert capsys.readouterr().err == ""


def test_problems_are_told_on_standard_error_one_sentence_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, status = parsed(b"Plan: x\nClient: Carol <carol@acme.example>\n- One\n- Two @Zoe\n")

    lines = capsys.readouterr().err.splitlines()
    assert status == 1
    assert [line.partition(":")[0] for line in lines] == ["line 3", "line 4"]


def test_without_json_the_plan_comes_back_with_its_dates_and_weekdays() -> None:
    output, status = parse_plan(EXAMPLE.read_bytes(), as_json=False, eml=False, locale="en-GB")

    assert status == 0
    assert "1. Send the bank statements | Carol Jones | Fri 27 February 2026 | [send]" in output
    assert parse_plan(output.encode(), as_json=False, eml=False, locale="en-GB") == (output, 0)


def test_a_whole_mail_is_read_with_its_subject_and_files() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Dana <dana@studio.example>", "plan: The garden"
    mail.set_content("Client: Carol <carol@acme.example>\n")
    mail.add_attachment(
        b"To do;Who;When\nSign it;Carol;6 March\n", maintype="text", subtype="csv", filename="a.csv"
    )
    found, status = parsed(mail.as_bytes(), eml=True)

    assert (status, found["title"]) == (0, "The garden")
    assert [todo["title"] for todo in found["phases"][0]["todos"]] == ["Sign it"]  # type: ignore[index]  # JSON


def test_a_mail_that_cannot_be_read_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    raw = b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nClient: x\n"
    found, status = parsed(raw, eml=True)

    assert status == 1
    assert len(found["problems"]) == 1  # type: ignore[arg-type]  # JSON
    assert capsys.readouterr().err.startswith("line 0: ")


@pytest.mark.parametrize(("locale", "due"), [("en-GB", "2026-04-03"), ("en-US", "2026-03-04")])
def test_the_locale_decides_about_dates(locale: str, due: str) -> None:
    raw = b"Plan: x\nClient: Carol <carol@acme.example>\n- Sign it @Carol by 03/04\n"
    found, status = parsed(raw, locale=locale)

    assert status == 0
    assert found["phases"][0]["todos"][0]["due"] == due  # type: ignore[index]  # JSON


def test_problems_are_told_in_the_language_of_the_locale() -> None:
    raw = "Plan: x\nKunde: Carol <carol@acme.example>\n- Prüfen @Zoe bis 6. März\n".encode()
    found, _ = parsed(raw, locale="de-DE")

    assert "Zoe" in str(found["problems"])
    assert "Nobody" not in str(found["problems"])


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02" * 1000, b"hello\n", b"PK\x03\x04rubbish"])
def test_what_is_no_plan_exits_with_one_and_a_sentence(
    raw: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    found, status = parsed(raw)

    assert status == 1
    assert found["problems"] != []
    assert capsys.readouterr().err.endswith(".\n")
