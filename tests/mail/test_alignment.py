import textwrap

from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.alignment import Trace, folded_words, original_of, trace_lines

LETTER = """Hello Carol,

These are open for you:

1. Send the bank statements
   by Friday, 6 March
2. Sign the engagement letter
   by Tuesday, 10 March

Just answer this mail.

Ref: 1aaaaaaab-k3m9qa2x
"""
WORDS = [line for line in LETTER.splitlines() if line.strip()]


def ours(*lines: str, letter: str = LETTER) -> list[bool]:
    return [trace.ours for trace in trace_lines(lines, original_of(letter))]


def only(line: str, letter: str = LETTER) -> Trace:
    return trace_lines([line], original_of(letter))[0]


def test_every_line_of_the_letter_is_found() -> None:
    assert ours(*WORDS) == [True] * len(WORDS)


def test_case_width_and_punctuation_do_not_matter() -> None:
    assert ours("SEND THE BANK STATEMENTS!", "Ｓｉｇｎ the engagement letter") == [True, True]


def test_a_line_of_two_words_alone_is_nobodys() -> None:
    assert ours("on Friday") == [False]


def test_a_due_line_is_found_after_an_answer_in_between() -> None:
    found = ours("1. Send the bank statements", "sent on Monday", "by Friday, 6 March")

    assert found == [True, False, True]


def test_a_short_wrapped_rest_belongs_to_the_line_above() -> None:
    assert ours("2. Sign the", "engagement", "letter by", "Tuesday, 10 March") == [True] * 4


def test_the_same_day_typed_under_an_item_is_an_answer() -> None:
    assert ours("1. Send the bank statements", "Friday") == [True, False]


def test_a_sentence_that_uses_our_words_is_an_answer() -> None:
    assert ours("I will send the bank statements on Monday") == [False]


def test_our_words_with_one_more_in_front_are_an_answer() -> None:
    assert ours("1. Send the bank statements", "Will send the bank statements") == [True, False]


def test_a_bullet_that_a_program_adds_is_not_typed() -> None:
    assert ours("o Sign the engagement letter") == [True]


def test_a_damaged_word_inside_a_line_does_not_hide_it() -> None:
    letter = "Just answer this mail, für Carol, please"

    assert ours("Just answer this mail, fÃ¼r Carol, please", letter=letter) == [True]
    assert ours("Just answer this mail, f\ufffdr Carol, please.", letter=letter) == [True]


def test_another_day_in_our_due_line_is_an_answer() -> None:
    assert ours("1. Send the bank statements", "by Friday, 13 March") == [True, False]


def test_what_is_typed_behind_our_words_is_given_apart() -> None:
    trace = only("2. Sign the engagement letter - done")

    assert (trace.ours, trace.before, trace.after) == (True, "", "- done")


def test_what_is_typed_before_our_words_is_given_apart() -> None:
    trace = only("[x] 2. Sign the engagement letter")

    assert (trace.ours, trace.before, trace.after) == (True, "[x]", "")


def test_a_tick_behind_our_words_counts_as_typed() -> None:
    assert only("2. Sign the engagement letter ✅").after == "✅"


def test_a_tick_that_we_sent_ourselves_is_not_typed() -> None:
    assert only("Sign the letter here ✅", "Sign the letter here ✅").after == ""


def test_a_link_that_a_program_adds_is_not_typed() -> None:
    trace = only("Just answer this mail.<mailto:dana@studio.example>")

    assert (trace.ours, trace.after) == (True, "")


def test_lines_without_words_are_ours_when_we_sent_them() -> None:
    letter = LETTER + "\n* * *\n"

    assert ours("* * *", "- - -", letter=letter) == [True, False]


def test_an_item_is_found_in_the_form_that_holds_more_of_it() -> None:
    text = "the tax return of last year"
    html = "2026 tax return of last year · Acme"

    [trace] = trace_lines(["2026 tax return of last year · Acme"], original_of(text, html))

    assert (trace.share, trace.before, trace.after) == (1.0, "", "")


def test_scripts_without_spaces_are_compared_by_character() -> None:
    letter = "銀行の明細を金曜日までにお送りください。"

    assert ours("銀行の明細を金曜", "日までにお送りください。", letter=letter) == [True, True]


def test_words_are_folded_alike() -> None:
    assert folded_words("Straße, ＡＢＣ & Co.") == ["strasse", "abc", "co"]


def test_an_empty_letter_claims_nothing() -> None:
    assert ours("Done", "", letter="") == [False, False]


@given(width=st.integers(24, 90), mark=st.sampled_from(["", "> ", ">> ", "    ", "| "]))
def test_wrapping_and_marks_do_not_hide_our_words(width: int, mark: str) -> None:
    wrapped = [part for line in WORDS for part in textwrap.wrap(line, width)]

    assert all(ours(*(mark + line for line in wrapped)))


@given(
    after=st.sets(st.integers(0, len(WORDS) - 1)),
    typed=st.text("qwxyz ", min_size=1).filter(str.strip),
)
def test_lines_typed_between_ours_are_found_exactly(after: set[int], typed: str) -> None:
    mixed: list[tuple[str, bool]] = []
    for at, line in enumerate(WORDS):
        mixed.append((line, True))
        if at in after:
            mixed.append((typed, False))

    assert ours(*(line for line, _ in mixed)) == [known for _, known in mixed]


@given(st.lists(st.text(), max_size=20), st.text())
def test_no_pair_of_mails_breaks_it(lines: list[str], letter: str) -> None:
    assert len(trace_lines(lines, original_of(letter))) == len(lines)
