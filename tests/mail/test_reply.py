import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.reply import Segment, SentMail, VisibleAnswer, visible_answer

ON = "On Mon, May 4, 2026 at 9:12 AM Dana Vogel <dana@studio.example> wrote:"
LETTER = """Hello Carol,

1. Send the bank statements
   by Friday, 6 March
2. Sign the engagement letter
   by Tuesday, 10 March

Just answer this mail.

Ref: 1aaaaaaab-k3m9qa2x
"""
ITEMS = ((1, "1. Send the bank statements"), (2, "Sign the engagement letter"))
SENT = SentMail(LETTER, ITEMS)


def marked(text: str, mark: str = "> ") -> str:
    return "\n".join((mark + line).rstrip() for line in text.splitlines())


def segments(text: str | None, html: str | None = None) -> list[tuple[str, int | None]]:
    return [(one.text, one.n) for one in visible_answer(text, html, SENT).segments]


def test_a_mail_without_any_body_says_nothing() -> None:
    assert visible_answer(None, None) == VisibleAnswer("")


def test_what_is_left_out_is_kept_beside() -> None:
    answer = visible_answer(f"Done\n\n{ON}\n> sign?\n\n-- \nCarol\n", None)

    assert answer.text == "Done"
    assert answer.dropped == (f"{ON}\nsign?", "--\nCarol")


def test_answers_between_quoted_lines_come_with_the_lines_above_them() -> None:
    answer = visible_answer(f"{ON}\n> 1. statements\n\nsent\n\n> 2. letter\n\nFriday\n", None)

    assert answer.segments == (Segment("sent", "1. statements"), Segment("Friday", "2. letter"))
    assert answer.text == "sent\n\nFriday"
    assert not answer.uncertain


def test_an_answer_above_everything_stands_under_nothing() -> None:
    assert visible_answer(f"All done\n\n{ON}\n> x", None).segments == (Segment("All done"),)


def test_each_answer_gets_the_number_of_the_item_above_it() -> None:
    quoted = marked(LETTER).replace("> 2.", "\nsent on Monday\n\n> 2.")

    text = f"Hi Dana\n\n{ON}\n\n{quoted}\n\nCarol"

    assert segments(text) == [("Hi Dana", None), ("sent on Monday", 1), ("Carol", None)]


def test_unmarked_quotes_are_found_by_our_own_words() -> None:
    text = "Hello\n\n" + LETTER.replace("6 March\n", "6 March\nsent\n") + "\nRegards\nCarol"

    assert segments(text) == [("Hello", None), ("sent", 1), ("Regards\nCarol", None)]


def test_a_sign_off_like_ours_stays_hers() -> None:
    letter = "Hello Carol,\n\nplease send the bank statements today.\n\nKind regards,\nDana\n"
    text = f"Done.\n\nKind regards,\nCarol\n\n{ON}\n{marked(letter)}"

    assert visible_answer(text, None, SentMail(letter)).text == "Done.\n\nKind regards,\nCarol"


def test_an_edited_due_line_is_an_answer() -> None:
    text = f"{ON}\n" + marked(LETTER.replace("Friday, 6 March", "Friday, 13 March"))

    assert segments(text) == [("by Friday, 13 March", 1)]


def test_words_typed_behind_an_item_belong_to_it() -> None:
    text = "From: Dana <dana@studio.example>\nSent: 4 May 2026 09:12\nTo: Carol\nSubject: x\n\n"

    answer = visible_answer(text + LETTER.replace("letter\n", "letter: signed\n"), None, SENT)

    assert answer.segments == (Segment("signed", "2. Sign the engagement letter", 2),)


def test_an_answer_typed_inside_the_quote_is_kept_and_doubted() -> None:
    text = f"{ON}\n" + marked(LETTER.replace("2. Sign", "statements are out\n2. Sign"))

    answer = visible_answer(text, None, SENT)

    assert [(one.text, one.n) for one in answer.segments] == [("statements are out", 1)]
    assert answer.uncertain


def test_an_answer_below_the_list_stands_under_no_item() -> None:
    assert segments(f"{ON}\n{marked(LETTER)}\n\nboth done") == [("both done", None)]


def test_an_answer_below_a_shortened_list_stands_under_no_item() -> None:
    items = "\n".join(line for line in LETTER.splitlines() if line[:2] in {"1.", "2.", "  "})

    assert segments(f"{ON}\n{marked(items)}\n\nboth done") == [("both done", None)]


def test_an_answer_below_one_item_and_above_the_rest_stands_under_it() -> None:
    head, tail = marked(LETTER).split(">    by Tuesday", 1)

    assert segments(f"{ON}\n{head}\ndone\n\n>    by Tuesday{tail}") == [("done", 2)]


def test_answers_in_our_html_are_found_in_the_html() -> None:
    html = (
        '<blockquote type="cite"><div data-mailflow="letter"><p>Hello Carol,</p>'
        "<div>1. Send the bank statements</div><p>by Friday, 6 March</p><div>sent</div>"
        "<div>2. Sign the engagement letter</div><p>by Tuesday, 10 March</p></div></blockquote>"
    )

    assert segments(None, html) == [("sent", 1)]


def test_our_buttons_are_never_an_answer() -> None:
    html = (
        '<p>ok</p><blockquote><div data-mailflow="letter"><div>1. Send the bank statements</div>'
        '<div>by Friday, 6 March</div><a href="mailto:dana@studio.example?body=1%20done">Done</a>'
        "<div>2. Sign the engagement letter</div></div></blockquote>"
    )

    assert segments(None, html) == [("ok", None)]


def test_labels_of_our_buttons_are_known_as_ours() -> None:
    text = f"{ON}\n" + marked(LETTER.replace("2. Sign", "Done\nQuestion\n2. Sign"))

    answer = visible_answer(text, None, SentMail(LETTER, ITEMS, labels=("Done", "Question")))

    assert answer.text == ""


def test_what_one_form_frees_the_other_must_confirm() -> None:
    text = f"{ON}\n" + marked(LETTER.replace("2. Sign", "Done\n2. Sign"))
    html = f'<blockquote type="cite">{LETTER}</blockquote>'

    assert visible_answer(text, html, SENT).text == ""


def test_the_html_lends_its_border_to_the_text() -> None:
    text = "Yes, sent.\n\nFrá Dana\n\nPlease send the statements by Friday afternoon.\n"
    html = (
        '<div>Yes, sent.</div><div id="appendonsend"></div><div id="divRplyFwdMsg">Frá Dana</div>'
        "<div>Please send the statements by Friday afternoon.</div>"
    )

    assert visible_answer(text, html).text == "Yes, sent."


def test_the_text_is_preferred_when_both_know_the_border() -> None:
    html = "<p>one <b>two</b></p><blockquote>old</blockquote>"

    assert visible_answer(f"*one* two\n\n{ON}\n> old", html).text == "*one* two"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I called them and they wrote:\nwe need two days.",
        "From: London\nTo: Paris\nDate: 3 May 2026",
        "see >>> import this\n>>> print(1)",
        "a -- b\n-- c\n-- d",
        "***\n\nstars\n\n***",
        "1. done\n2. Friday",
        "Sent from my desk, it is easier than from my phone.",
    ],
)
def test_a_mail_without_a_quote_stays_whole(text: str) -> None:
    assert visible_answer(text, None).text == text


def test_a_header_block_above_everything_is_doubted() -> None:
    text = "Gesendet: 4. Mai 2026 09:12\nVon: Dana <d@x.example>\nBetreff: x\n\nIch mache das."

    answer = visible_answer(text, None)

    assert (answer.text, answer.uncertain) == ("Ich mache das.", True)


def test_an_attribution_with_nothing_above_keeps_what_is_below() -> None:
    answer = visible_answer(f"{ON}\n\nIs this an answer?", None)

    assert (answer.text, answer.uncertain) == ("Is this an answer?", True)


def test_nothing_but_a_signature_is_doubted() -> None:
    answer = visible_answer(None, '<div id="Signature">I will do it on Friday</div>')

    assert (answer.text, answer.uncertain) == ("", True)


def test_a_mark_that_nobody_sees_is_no_answer() -> None:
    assert visible_answer("\ufeff\n\u200b\n\n> old", None).text == ""
    assert visible_answer(" " * 2_000 + "Done", None).text == "Done"


def test_more_than_we_read_is_doubted() -> None:
    answer = visible_answer("line\n" * 6_000, None)

    assert answer.uncertain
    assert len(answer.text.splitlines()) == 5_000


TEXTS = st.text("abAB> \n:-_*@<>|0123.\u200f\u202bبכ文。：", max_size=300)


@given(TEXTS, TEXTS)
def test_no_text_breaks_it(text: str, html: str) -> None:
    answer = visible_answer(text, html, SENT)

    assert "\n\n".join(one.text for one in answer.segments).strip() == answer.text


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "<p>", "</div>", "<b>", "<blockquote>", "<hr>", "x", "<br>", "<td>", "</b>"]
        )
    )
)
def test_no_html_breaks_it(tags: list[str]) -> None:
    html = "".join(tags)

    assert visible_answer(None, html, SENT).text.count("x") <= html.count("x")


@given(st.lists(st.text("abcdefgh ijk", min_size=1).filter(str.strip), min_size=1, max_size=9))
def test_own_lines_above_a_marked_quote_all_stay(lines: list[str]) -> None:
    own = "\n".join(line.strip() for line in lines)

    assert visible_answer(f"{own}\n\n{ON}\n> old\n> older\n", None).text == own
