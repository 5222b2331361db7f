"""Measure the extraction of visible answers over tests/corpus/extract.

Prints, for each kind of mail and for scripts that are hard for everybody, how many answers are
exactly right (blank lines and spaces at line ends aside) and how well the lines agree (F1).

Usage: python tools/eval_extract.py [--failures] [--least PERCENT]
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from mailflow.mail.parse import parse_message
from mailflow.mail.reply import SentMail, VisibleAnswer, visible_answer

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "extract"
SCRIPTS = {
    "right to left": {"ar", "he", "fa"},
    "CJK": {"ja", "zh", "tw", "ko"},
    "Cyrillic": {"ru", "uk", "bg"},
}


@dataclass(frozen=True)
class Score:
    """How one mail was read."""

    name: str
    exact: bool
    f1: float
    seconds: float
    expected: str
    answer: VisibleAnswer


def plain(text: str) -> list[str]:
    """The lines that count in a comparison."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def read(path: Path) -> tuple[VisibleAnswer, float]:
    """Extract one answer; a `.sent.eml` beside it is the mail that it answers."""
    mail = parse_message(path.read_bytes())
    sent = None
    beside = path.with_suffix(".sent.eml")
    if beside.exists():
        ours = parse_message(beside.read_bytes())
        sent = SentMail(ours.text or "", html=ours.html)
    start = time.perf_counter()
    answer = visible_answer(mail.text, mail.html, sent)
    return answer, time.perf_counter() - start


def score(path: Path) -> Score:
    """Compare one answer with what its author typed."""
    answer, seconds = read(path)
    expected = path.with_name(path.stem + ".expected.txt").read_text(encoding="utf-8")
    want, got = Counter(plain(expected)), Counter(plain(answer.text))
    common = sum((want & got).values())
    total = sum(want.values()) + sum(got.values())
    f1 = 2 * common / total if total else 1.0
    exact = plain(expected) == plain(answer.text)
    return Score(path.stem, exact, f1, seconds, expected, answer)


def categories(name: str) -> list[str]:
    """The kind of mail, and its script when it is a hard one."""
    language = name.rsplit("-", 1)[-1]
    return [name.partition("--")[0], *(s for s, codes in SCRIPTS.items() if language in codes)]


def main() -> int:
    """Print the table; exit 1 when too few answers are exactly right."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--failures", action="store_true", help="show what went wrong")
    options.add_argument("--least", type=float, default=0.0, help="percent that must be exact")
    chosen = options.parse_args()
    paths = sorted(p for p in CORPUS.glob("*.eml") if not p.name.endswith(".sent.eml"))
    scores = [score(path) for path in paths]
    grouped: defaultdict[str, list[Score]] = defaultdict(list)
    for one in scores:
        for category in categories(one.name):
            grouped[category].append(one)
    print(f"{'kind':<16}{'mails':>6}{'exact %':>9}{'F1 %':>7}")
    for category, members in [*sorted(grouped.items()), ("all", scores)]:
        exact = 100 * sum(one.exact for one in members) / len(members)
        f1 = 100 * sum(one.f1 for one in members) / len(members)
        print(f"{category:<16}{len(members):>6}{exact:>9.1f}{f1:>7.1f}")
    print(f"mean {1e6 * sum(one.seconds for one in scores) / len(scores):.0f} µs a mail")
    if chosen.failures:
        for one in scores:
            if not one.exact:
                print(f"\n== {one.name}\n-- wanted\n{one.expected}-- got\n{one.answer.text}")
    exact = 100 * sum(one.exact for one in scores) / len(scores)
    return int(exact < chosen.least)


if __name__ == "__main__":
    sys.exit(main())
