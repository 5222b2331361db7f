from pathlib import Path

import pytest

from mailflow.mail.parse import parse_message
from mailflow.mail.reply import SentMail, VisibleAnswer, visible_answer

CORPUS = Path(__file__).parent.parent / "corpus" / "extract"
MAILS = sorted(path for path in CORPUS.glob("*.eml") if not path.name.endswith(".sent.eml"))


def extracted(path: Path) -> VisibleAnswer:
    mail = parse_message(path.read_bytes())
    beside = path.with_suffix(".sent.eml")
    if not beside.exists():
        return visible_answer(mail.text, mail.html)
    ours = parse_message(beside.read_bytes())
    return visible_answer(mail.text, mail.html, SentMail(ours.text or "", html=ours.html))


def lines_that_count(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_every_mail_of_the_corpus_gives_what_its_author_typed(path: Path) -> None:
    expected = path.with_name(path.stem + ".expected.txt").read_text(encoding="utf-8")

    assert lines_that_count(extracted(path).text) == lines_that_count(expected)


def test_the_corpus_is_wide_enough() -> None:
    kinds = {path.name.partition("--")[0] for path in MAILS}

    assert len(MAILS) >= 400
    assert kinds >= {"inline", "header", "whole", "ours", "forward", "signature", "tagline"}


@pytest.mark.parametrize(
    "path", [path for path in MAILS if path.name.startswith("ours--")], ids=lambda path: path.stem
)
def test_what_we_sent_is_never_taken_for_an_answer_even_without_its_html(path: Path) -> None:
    mail = parse_message(path.read_bytes())
    ours = parse_message(path.with_suffix(".sent.eml").read_bytes())
    expected = path.with_name(path.stem + ".expected.txt").read_text(encoding="utf-8")

    answer = visible_answer(mail.text, mail.html, SentMail(ours.text or ""))

    assert lines_that_count(answer.text) == lines_that_count(expected) or answer.uncertain
