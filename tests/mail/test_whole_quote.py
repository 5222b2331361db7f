"""Most answers stand above our mail as it went out; they are read without tracing its words."""

from mailflow.mail.lines import body_of_text
from mailflow.mail.reply import SentMail, visible_answer
from mailflow.mail.sent_quote import whole_quote

OURS = """Hello Carol,

Here are your next 2 To Dos:

1. Send the bank statements
2. Approve the cover

Just answer this mail.
"""
ITEMS = ((1, "1. Send the bank statements"), (2, "2. Approve the cover"))
LINE = "On Mon, 2 Mar 2026 at 10:12, Dana Reed <office@studio.example> wrote:"


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


def test_our_whole_mail_below_an_answer_is_found_by_its_lines() -> None:
    body = body_of_text(f"1 done\n\n{LINE}\n\n{quoted(OURS)}")
    assert whole_quote(body, OURS) == 4
    assert body.bare[4] == "Hello Carol,"


def test_what_stands_above_our_whole_mail_is_the_answer() -> None:
    answer = visible_answer(f"1 done\n\n{LINE}\n\n{quoted(OURS)}", None, SentMail(OURS, ITEMS))
    assert answer.text == "1 done"
    assert not answer.uncertain
    assert [segment.n for segment in answer.segments] == [None]


def test_a_line_typed_into_our_mail_is_not_lost() -> None:
    inside = quoted(OURS).replace("> 2. Approve", "done\n> 2. Approve")
    answer = visible_answer(f"{LINE}\n\n{inside}", None, SentMail(OURS, ITEMS))
    assert [(segment.text, segment.n) for segment in answer.segments] == [("done", 1)]


def test_a_line_typed_below_our_mail_is_not_lost() -> None:
    answer = visible_answer(f"{quoted(OURS)}\nBoth are done.", None, SentMail(OURS, ITEMS))
    assert answer.text == "Both are done."


def test_a_mail_of_a_line_or_two_is_traced_by_its_words() -> None:
    assert whole_quote(body_of_text("> Thank you!\n"), "Thank you!\n") is None
