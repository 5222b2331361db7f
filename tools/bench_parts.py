"""Single stages: how long each takes, beside the library that does something like it."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from email.policy import compat32
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_table import Line
from bench_world import program, run
from compiled import NotAlike, install_both, measure_both, newest_compiled
from selectolax.lexbor import LexborHTMLParser

from mailflow.domain.worktime import Calendar
from mailflow.errors import UnreadableMail
from mailflow.mail.build import seal
from mailflow.mail.message import CalendarPart, MailAddress, OutboundMessage
from mailflow.mail.parse import parse_message
from mailflow.mail.reply import visible_answer
from mailflow.reading.client import read_corpus_line, understand
from mailflow.reading.plantext import PlanSource, PlanWorld, read_plan
from mailflow.writing.planpage import plan_page
from tests.mail.hostile import collection
from tests.writing.builders import long_plan, look, people

ROOT = Path(__file__).parent.parent
REPLIES = ROOT / "tests" / "corpus" / "replies"
MAILS = ROOT / "tests" / "corpus" / "extract"
ROUNDS = 5
_WORDS = "The accounts of the second quarter need another look before Friday; "
_ATTRIBUTION = "On Mon, 2 Mar 2026 at 10:12, Dana Reed <dana@studio.example> wrote:"


def measure_parts() -> Iterator[Line]:
    """Measure all of them."""
    yield from _starting()
    yield from _mail()
    yield from _extracting()
    yield from _understanding()
    yield from _compiled()
    yield from _plans()
    yield from _hostile()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _each(work: Callable[[], object], count: int, unit: float) -> list[float]:
    """Return what one call takes, a value a round, when it does the same `count` things."""
    work()
    return [_seconds(work) / count * unit for _ in range(ROUNDS)]


def _starting() -> Iterator[Line]:
    bare = [run([sys.executable, "-c", "pass"]).wall for _ in range(ROUNDS)]
    shown = [run(program("--help")).wall for _ in range(ROUNDS)]
    yield Line("mailflow --help", shown, "s", bare, "bare Python", "< 0.25")


def _mail() -> Iterator[Line]:
    raws = [path.read_bytes() for path in sorted(MAILS.glob("*.eml"))[:300]]
    parser = BytesParser(policy=compat32)
    ours = _each(lambda: [parse_message(raw) for raw in raws], len(raws), 1e6)
    theirs = _each(lambda: [_texts(parser, raw) for raw in raws], len(raws), 1e6)
    yield Line("parse a mail of the corpus", ours, "µs", theirs, "stdlib compat32")
    letter = _letter()
    ours = _each(lambda: [seal(letter) for _ in range(200)], 200, 1e6)
    theirs = _each(lambda: [_assembled(letter) for _ in range(200)], 200, 1e6)
    yield Line("seal a letter", ours, "µs", theirs, "stdlib MIMEText")


def _texts(parser: BytesParser, raw: bytes) -> list[object]:
    found = parser.parsebytes(raw)
    return [part.get_payload(decode=True) for part in found.walk() if not part.is_multipart()]


def _letter() -> OutboundMessage:
    text = "Hello Carol,\n\n" + "".join(f"{n}. {_WORDS.strip()}\n" for n in range(1, 20))
    lines = "".join(f"<tr><td>{escape(line)}</td></tr>" for line in text.splitlines())
    return OutboundMessage(
        from_=MailAddress("Dana Reed", "office@studio.example"),
        to=(MailAddress("Carol Jones", "carol@acme.example"),),
        subject="2 To Dos: Send the bank statements [TAX]",
        text=text,
        html=f"<html><body><table>{lines}</table></body></html>",
        message_id="<mf.0aaaaaaab.abcdefghijklmnop@studio.example>",
        date=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        mailflow_id="1",
        instance="studio.example",
        calendar=CalendarPart("REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" * 20),
    )


def _assembled(letter: OutboundMessage) -> bytes:
    """Put the same parts together as the library does it."""
    inner = MIMEMultipart("alternative")
    inner.attach(MIMEText(letter.text, "plain", "utf-8"))
    inner.attach(MIMEText(letter.html or "", "html", "utf-8"))
    assert letter.calendar is not None
    for kind in ("text/calendar", "application/ics"):
        part = MIMEBase(*kind.split("/"))
        part.set_payload(letter.calendar.data.decode(), "utf-8")
        inner.attach(part)
    inner["From"], inner["To"] = letter.from_.address, letter.to[0].address
    inner["Subject"], inner["Message-ID"] = letter.subject, letter.message_id
    return inner.as_bytes()


def _extracting() -> Iterator[Line]:
    quoted = "".join(f"> {_WORDS}{n}\n" for n in range(66))
    text = f"1 done, 2 by Friday.\n\nBest regards\nCarol\n\n{_ATTRIBUTION}\n{quoted}"
    found = _each(lambda: [visible_answer(text, None) for _ in range(50)], 50, 1e3)
    yield Line(f"extract from {len(text) / 1e3:.0f} kB of text", found, "ms", goal="< 1")
    rows = "".join(f"<p class=MsoNormal><span>{_WORDS}{n}</span></p>\n" for n in range(460))
    page = (
        f"<html><body><div>1 done</div><div class=gmail_quote><div>{escape(_ATTRIBUTION)}</div>"
        f"<blockquote>{rows}</blockquote></div></body></html>"
    )
    assert visible_answer(None, page).text == "1 done"
    found = _each(lambda: [visible_answer(None, page) for _ in range(10)], 10, 1e3)
    tree = _each(lambda: [LexborHTMLParser(page).text() for _ in range(10)], 10, 1e3)
    yield Line(
        f"extract from {len(page) / 1e3:.0f} kB of HTML", found, "ms", tree, "tree alone", "< 4"
    )


def _understanding() -> Iterator[Line]:
    rows = [line for path in sorted(REPLIES.glob("en-*.jsonl")) for line in _lines(path)]
    if not rows:
        return
    asked = [read_corpus_line(json.loads(row)) for row in rows]
    seconds = _each(lambda: [understand(one) for one in asked], len(asked), 1.0)
    yield Line("understand an answer", [1 / one for one in seconds], "/s", goal=">= 2000")


def _compiled() -> Iterator[Line]:
    """Measured only where somebody built such a wheel (make wheel-compiled), of these sources."""
    wheel = newest_compiled()
    if wheel is None:
        return
    with TemporaryDirectory(prefix="mailflow-compiled-") as folder:
        try:
            yield from measure_both(*install_both(wheel, Path(folder)), ROUNDS)
        except NotAlike as error:
            print(error, file=sys.stderr)


def _lines(path: Path) -> Sequence[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def _plans() -> Iterator[Line]:
    text = "Plan: A long plan\nClient: Carol Jones <carol@acme.example>\n\nStep 1\n" + "".join(
        f"- Send the papers of part {n} @Carol by 2 June [send]\n" for n in range(1, 201)
    )
    world = PlanWorld("en-GB", date(2026, 2, 20), Calendar("GB", frozenset()))
    lines = len(text.splitlines())
    draft = read_plan(PlanSource("", text), world)
    assert sum(len(phase.todos) for phase in draft.phases) == 200, draft.problems[:3]
    seconds = _each(lambda: read_plan(PlanSource("", text), world), lines, 1.0)
    yield Line("read a plan's text", [1 / one for one in seconds], "lines/s", goal=">= 2000")
    plan, everybody, style = long_plan(30), people(), look()
    drawn = _each(lambda: plan_page(plan, everybody, style), 1, 1e3)
    yield Line("plan page of 30 To Dos, after the first", drawn, "ms", goal="< 15")


def _hostile() -> Iterator[Line]:
    """Four times the size must not take much more than four times as long."""
    small, large = dict(collection(50_000)), dict(collection(200_000))
    worst = max(large, key=lambda name: _seconds(lambda: _opened(large[name])))
    times = [_seconds(lambda: _opened(large[worst])) * 1e3 for _ in range(ROUNDS)]
    before = [_seconds(lambda: _opened(small[worst])) * 1e3 for _ in range(ROUNDS)]
    title = f"slowest of {len(large)} hostile mails, 200 kB ({worst})"
    yield Line(title, times, "ms", before, "50 kB", "<= 6 of")


def _opened(raw: bytes) -> None:
    """Read a hostile mail as far as it can be read."""
    try:
        mail = parse_message(raw)
    except UnreadableMail:
        return
    visible_answer(mail.text, mail.html)
