"""Hostile bodies: twice the mail may cost twice the work, never four times.

Work is counted in calls, which is the same on every machine, not in seconds.
"""

import sys
from collections.abc import Callable

import pytest

from mailflow.mail.reply import SentMail, visible_answer

SENT = SentMail(
    "Hello,\n\n" + "".join(f"{n}. Send file {n}\n   by Friday\n" for n in range(1, 9)),
    tuple((n, f"{n}. Send file {n}") for n in range(1, 9)),
)
TEXTS: dict[str, Callable[[int], str]] = {
    "on on on": lambda n: "On " * (40 * n),
    "on lines": lambda n: "On\n" * (4 * n),
    "attributions without a verb": lambda n: "On Mon, 3 May 2021 at 10:34 Bob\n" * n,
    "attributions": lambda n: "On Mon, 3 May 2021 at 10:34 Bob wrote:\n" * n,
    "attributions with quotes": lambda n: "On 3 May 2021 at 10:34 Bob wrote:\n> a\n\n" * n,
    "from lines": lambda n: "From: a@b.c\n" * n,
    "to lines": lambda n: "To: a@b.c\n" * n,
    "folded to lines": lambda n: "To: a@b.c;\n x@y.z;\n" * n,
    "office words": lambda n: "3.5.2021 10:34\nTo\n" * n,
    "blank lines": lambda n: "\n" * (4 * n),
    "quoted lines": lambda n: "> quoted line\n" * (4 * n),
    "deep quotes": lambda n: "\n".join(">" * at + " x" for at in range(n // 8)),
    "one deep quote": lambda n: ">" * (10 * n) + " x",
    "colons": lambda n: "wrote:\n" * n,
    "rules": lambda n: "________\n\nFrom: x\n" * n,
    "delimiters": lambda n: "--\n" * n,
    "disclaimers": lambda n: "This e-mail is confidential, intended recipient\n\n" * n,
    "our words": lambda n: "1 send file " * (10 * n),
    "our lines": lambda n: "1. Send file 1 by\n" * n,
    "taglines": lambda n: "Sent from my iPhone\n" * n,
    "prose": lambda n: "words of prose that go on and on. " * n,
    "arabic": lambda n: "في ٠٤/٠٧/٢٠٢٤ كتب:\n" * n,
}
PAGES: dict[str, Callable[[int], str]] = {
    "nested": lambda n: "<div>" * n + "x",
    "nested and closed": lambda n: "<div>" * n + "x" + "</div>" * n,
    "open fonts": lambda n: "".join(f"<p><font size={at}>x" for at in range(n)),
    "crossed": lambda n: "".join(f"<b id={at}><div>" for at in range(n)) + "</b></div>" * n,
    "comments": lambda n: "<!--" * (100 * n),
    "rows": lambda n: "<table>" + "<tr><td>cell <b>x</b></td></tr>" * n,
    "rules": lambda n: "<hr>From: x<br>" * n,
    "quotes in a row": lambda n: "<div class=gmail_quote>x</div>" * n,
    "preformatted": lambda n: "<pre>" + "x\n" * n + "</pre>",
}


def calls_for(text: str | None, html: str | None) -> int:
    """Return how many functions are called for one mail."""
    visible_answer("warm", "<p>warm", SENT)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        visible_answer(text, html, SENT)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_is_at_most_twice_the_work(name: str) -> None:
    once, twice = (calls_for(TEXTS[name](size), None) for size in (150, 300))

    assert twice <= 2.2 * once + 500


@pytest.mark.parametrize("name", PAGES)
def test_twice_the_html_is_at_most_twice_the_work(name: str) -> None:
    once, twice = (calls_for(None, PAGES[name](size)) for size in (500, 1000))

    assert twice <= 2.2 * once + 500


def test_beyond_the_limit_more_text_is_no_more_work() -> None:
    once, twice = (calls_for("From: a@b.c\n" * size, None) for size in (20_000, 40_000))

    assert twice <= 1.1 * once
