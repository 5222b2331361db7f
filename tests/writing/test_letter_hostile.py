"""Hostile and unusual words: they are shown as they are, and do nothing."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.digest import Digest
from mailflow.domain.notice import (
    AnswerPassedOn,
    LineFate,
    Receipt,
    ToDosAsked,
    Transcript,
    TranscriptLine,
    WordsForwarded,
)
from mailflow.domain.outcome import ItemOutcome, ItemResult
from mailflow.writing.letter import Letter
from mailflow.writing.letter_plain import WIDTH, columns, wrapped
from tests.writing.golden import letter, names
from tests.writing.letter_builders import (
    CAROL,
    DANA,
    MARK,
    NOW,
    Seen,
    a_letter,
    a_plan,
    a_todo,
    an_office,
    answer_of,
)

HOSTILE = (
    "<b>&\"' bold</b>",
    "</td></tr></table><script>alert(1)</script>",
    "{{ 7 * 7 }} {% for x in y %} {provider} {0} {x.__class__}",
    "*not stressed* & <i>not</i>",
    'javascript:alert(1) " onmouseover="x',
    "-->\x00\x07 <!-- ]]>",
    "%s %d %%0D%0ABcc: x@example.com",
    "&lt;b&gt; &amp;",
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "p", "h1", "h2",
    "h3", "span", "a", "br", "strong", "blockquote", "pre", "bdi",
}  # fmt: skip


def asked(title: str, language: str = "en") -> Letter:
    plan = a_plan(a_todo(1, title, details=(title,)), title=title)
    return a_letter(ToDosAsked(CAROL, plan, (1,)), an_office(language=language))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_text_in_both_parts(text: str) -> None:
    made = asked(text)
    seen = Seen(made.html)
    meant = " ".join(re.sub("[\x00\x07]", " ", text).split())

    assert meant in " ".join(made.text.split())
    assert meant in seen.text
    assert {tag for tag, _ in seen.tags} <= ALLOWED
    assert (seen.unbalanced, seen.open) == ([], [])
    assert "\n" not in made.subject


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=250))
def test_any_title_makes_a_sound_letter(title: str) -> None:
    made = asked(title)
    seen = Seen(made.html)

    assert {tag for tag, _ in seen.tags} <= ALLOWED
    assert (seen.unbalanced, seen.open) == ([], [])
    assert all(len(line) <= 998 for line in made.text.split("\n"))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", made.subject)
    assert not re.search("[\x00-\x09\x0b-\x1f]", made.text)
    assert made.text.rstrip("\n").split("\n")[-1] == MARK.ref


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_words_of_a_person_make_sound_letters(words: str) -> None:
    plan = a_plan()
    outcome = ItemOutcome(plan, 1, ItemResult.QUESTION_PASSED_ON)
    line = TranscriptLine(words, LineFate.SHOWN, words, (words,), words)
    letters = [
        a_letter(Receipt(CAROL, (outcome,), passed_on=words)),
        a_letter(AnswerPassedOn(DANA, CAROL, plan, (outcome,), words, words, (words,))),
        a_letter(WordsForwarded(CAROL, DANA, plan, words, words)),
        a_letter(Transcript(DANA, (line,))),
    ]
    for made in letters:
        seen = Seen(made.html)
        assert {tag for tag, _ in seen.tags} <= ALLOWED
        assert (seen.unbalanced, seen.open) == ([], [])
        assert all(len(text) <= 998 for text in made.text.split("\n"))
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", made.subject)


@given(st.text(max_size=80), st.text(min_size=1, max_size=30))
def test_a_button_can_only_write_to_us(title: str, name: str) -> None:
    plan = a_plan(a_todo(1, title))
    office = an_office(carol=name)
    mark = replace(MARK, reply_to="dana+tag=x@studio.example")
    from mailflow.writing.letter import compose  # noqa: PLC0415 - with another mark than usual

    for link in Seen(compose(ToDosAsked(CAROL, plan, (1,)), office, mark).html).links:
        assert link.startswith("mailto:dana+tag%3Dx@studio.example?subject=")
        assert answer_of(link)[0] == mark.reply_to
        assert link.count("?") == 1
        assert link.count("&") == 1


@pytest.mark.parametrize("name", names())
def test_every_link_is_a_prepared_answer_and_nothing_is_fetched(name: str) -> None:
    made = letter(name, "en")
    seen = Seen(made.html)

    assert all(link.startswith("mailto:") for link in seen.links)
    assert not re.search(r"https?:|src=|url\(|<img|<script", made.html)
    assert (seen.unbalanced, seen.open) == ([], [])


@pytest.mark.parametrize("name", names())
def test_every_letter_has_language_direction_headings_and_the_mark(name: str) -> None:
    seen = Seen(letter(name, "de").html)
    marked = [attrs for tag, attrs in seen.tags if attrs.get("data-mailflow") == "letter"]
    tables = [attrs for tag, attrs in seen.tags if tag == "table"]
    levels = [int(tag[1]) for tag, _ in seen.tags if re.fullmatch("h[1-6]", tag)]

    assert [(attrs["lang"], attrs["dir"]) for attrs in marked] == [("de", "ltr")]
    assert all(attrs.get("role") == "presentation" for attrs in tables)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_long_title_is_wrapped_between_words() -> None:
    words = ["statement"] * 22
    made = asked(" ".join(words))
    lines = [line for line in made.text.split("\n") if "statement" in line]

    assert all(len(line) <= WIDTH for line in made.text.split("\n"))
    assert " ".join(lines).count("statement") >= 44
    assert len(made.subject) < 110
    assert "…" in made.subject


def test_a_word_without_end_is_cut_only_where_mail_must() -> None:
    made = asked("x" * 2000)

    assert all(len(line) <= 998 for line in made.text.split("\n"))
    assert made.text.replace("\n", "").replace(" ", "").count("x" * 2000) >= 1


def test_a_title_that_runs_the_other_way_does_not_turn_its_neighbours() -> None:
    title = "שלח את הדפים (2)"
    made = asked(title)

    assert f"1. \u2068{title}\u2069\n   by Friday" in made.text
    assert f"<bdi>{title}</bdi>" in made.html
    assert made.subject == f"{title}, by Friday 6 March [TAX]"


def test_marks_that_turn_text_are_taken_from_titles() -> None:
    made = asked("invoice\u202egnp.exe")

    assert "\u202e" not in made.text + made.html + made.subject


def test_wide_letters_wrap_between_any_two_and_keep_their_full_stop() -> None:
    text = "銀行取引明細書を送ってください。" * 8
    lines = wrapped(text, "1. ", "   ")

    assert all(columns(line) <= WIDTH + 2 for line in lines)
    assert len(lines) > 3
    assert "".join(line[3:] for line in lines) == text
    assert not any(line.strip().startswith("。") for line in lines)


@given(st.lists(st.text("abc“é文。 ", min_size=1, max_size=30), max_size=30))
def test_wrapping_loses_no_letter(words: list[str]) -> None:
    text = " ".join(" ".join(words).split())
    lines = wrapped(text, "> ", "> ")

    assert "".join("".join(line[2:] for line in lines).split()) == "".join(text.split())
    assert all(line.startswith("> ") for line in lines)


def test_no_name_and_no_plan_still_make_a_letter() -> None:
    made = a_letter(Digest(DANA, NOW.date(), ()), an_office(carol=""))

    assert made.text.startswith("Hello Dana,")
    assert asked("").subject.endswith("[TAX]")
