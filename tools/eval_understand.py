"""Measure the understanding of answers over tests/corpus/replies, by language and by part.

Prints for each part (train, check, fresh): the table of the goals, the confusion matrix, every
wrong "done" that would have been acted upon, in full, and how often each row of the verdict
table was right beside the confidence that it claims.

Usage: python tools/eval_understand.py [--part PART] [--lang CODE] [--errors] [CORPUS ...]
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailflow.domain.intent import Intent
from mailflow.reading.client import judge, read_corpus_line
from mailflow.reading.understanding.decided.reader import SURE, Judged
from mailflow.reading.understanding.said.table import Says

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "replies"
PARTS = ("train", "check", "fresh")
HARMLESS = {"none", "acknowledge"}
NOTHING, UNSPOKEN = "nothing", "unspoken"
SHORT = {"reschedule": "resched", "acknowledge": "ack", "delegate": "delegat", "question": "asks"}

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Unit:
    """One To Do of one answer: what was to be understood of it, and what was.

    A unit without `wanted` is a To Do of a list that the answer did not speak of.
    """

    line: Entry
    n: int | None
    wanted: tuple[Entry, ...]
    got: tuple[Judged, ...]
    beside: tuple[Judged, ...] = ()

    @property
    def accepted(self) -> set[str]:
        """The other intents that count as right."""
        found = {name for entry in self.wanted for name in entry.get("accept", ())}
        return found | set(self.line.get("accept", ()) if self.line["kind"] == "single" else ())

    @property
    def right(self) -> bool:
        """Whether the best reading is the expected one or an accepted one."""
        return bool(self.wanted) and self.first in {self.wanted[0]["intent"], *self.accepted}

    @property
    def first(self) -> str:
        """The best reading."""
        return self.got[0].reading.intent.value if self.got else NOTHING

    @property
    def acted(self) -> bool:
        """Whether a "done" would be acted upon."""
        return any(o.reading.intent is Intent.DONE and o.reading.sure for o in self.got)

    @property
    def read_done(self) -> bool:
        """Whether a "done" is among the readings, proposals included."""
        return any(one.reading.intent is Intent.DONE for one in self.got)

    @property
    def done(self) -> bool:
        """Whether a "done" was to be understood."""
        return any(entry["intent"] == "done" for entry in self.wanted)

    @property
    def safe(self) -> bool:
        """Whether acting on a "done" would be no mistake."""
        return self.done or "done" in self.accepted


def units_of(line: Entry, judged: Sequence[Judged]) -> list[Unit]:
    """Return the units of one labelled answer; a reading of the whole stands for all unnamed."""
    single = line["kind"] == "single"
    wanted: defaultdict[int | None, list[Entry]] = defaultdict(list)
    found: defaultdict[int | None, list[Judged]] = defaultdict(list)
    for entry in line["expected"]:
        wanted[None if single else entry["n"]].append(entry)
    for one in judged:
        found[None if single else one.reading.n].append(one)
    if not single:
        _spread(line, wanted, found)
    beside = tuple(found.get(None, ()))
    units = [Unit(line, n, tuple(wanted[n]), tuple(found.get(n, ())), beside) for n in wanted]
    return [*units, *(Unit(line, n, (), tuple(found[n])) for n in found if n not in wanted)]


def _spread(
    line: Entry,
    wanted: Mapping[int | None, list[Entry]],
    found: dict[int | None, list[Judged]],
) -> None:
    """Give what was read of the whole to each To Do, or what was read of each to the whole."""
    numbers = [item["n"] for item in line["items"]]
    free = [n for n in numbers if n not in found]
    if None in found and None not in wanted and free:
        found.update(dict.fromkeys(free, found.pop(None)))
    elif list(wanted) == [None] and None not in found and not free:
        alike = len({found[n][0].reading.intent for n in numbers}) == 1
        if alike:
            found[None] = found[numbers[0]]
            for n in numbers:
                del found[n]


@dataclass
class Figures:
    """Counts over many units."""

    count: Counter[str] = field(default_factory=Counter)
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, unit: Unit) -> None:
        """Count one unit."""
        count = self.count
        harmful = unit.wanted or unit.first not in HARMLESS
        count["chances"] += not unit.safe
        count["false done"] += unit.acted and not unit.safe
        if unit.got and harmful:
            row = unit.wanted[0]["intent"] if unit.wanted else UNSPOKEN
            self.matrix[row, row if unit.right else unit.first] += 1
        if not unit.wanted:
            return
        if not unit.got:
            self.matrix[unit.wanted[0]["intent"], NOTHING] += 1
        count["units"] += 1
        count["right"] += unit.right
        count["asked"] += any(not one.reading.sure for one in unit.got)
        if unit.done and (unit.acted or unit.read_done or unit.first not in unit.accepted):
            count["done"] += 1
            count["done acted"] += unit.acted
            count["done read"] += unit.read_done
        for place, entry in enumerate(unit.wanted):
            self._add_entry(unit, place, entry)

    def _add_entry(self, unit: Unit, place: int, entry: Entry) -> None:
        count = self.count
        same = [o.reading for o in unit.got if o.reading.intent.value == entry["intent"]]
        if place:
            near = {o.reading.intent.value for o in (*unit.got, *unit.beside)}
            count["side"] += 1
            count["side found"] += entry["intent"] in near
        if not same and unit.first in unit.accepted:
            return
        if entry["intent"] == "reschedule":
            good = {entry["until"], *entry.get("until_accept", ())}
            count["dates"] += 1
            count["dates right"] += any(str(one.until) in good for one in same)
        if entry["intent"] == "delegate" and entry.get("delegate"):
            count["delegates"] += 1
            count["delegates right"] += any(_same(entry["delegate"], one.delegate) for one in same)

    def add_unspoken(self, number: int) -> None:
        """Count To Dos that neither the label nor any reading speaks of."""
        self.count["chances"] += number


def _same(wanted: str, got: str | None) -> bool:
    one, other = wanted.casefold(), (got or "").casefold()
    return bool(other) and (one in other or other in one)


def share(figures: Figures, part: str, whole: str) -> str:
    """Return a share in percent, a dash where there was nothing to share."""
    count = figures.count
    return f"{100 * count[part] / count[whole]:.1f}" if count[whole] else "-"


def measure(lines: Iterable[Entry]) -> Iterator[tuple[Entry, list[Unit], int]]:
    """Yield each line with its units and the number of To Dos nobody spoke of."""
    for line in lines:
        units = units_of(line, judge(read_corpus_line(line)))
        named = {unit.n for unit in units}
        whole = {unit.n for unit in units if unit.wanted} == {None}
        silent = 0 if whole else sum(i["n"] not in named for i in line.get("items", ()))
        yield line, units, silent


def print_table(rows: Sequence[tuple[str, Figures]]) -> None:
    """Print what the goals ask for, a row for each language."""
    print(
        f"{'':<10}{'units':>6}{'right %':>9}{'FALSE DONE':>12}{'of':>6}{'acted %':>9}{'read %':>8}"
        f"{'asked %':>9}{'dates':>9}{'delegates':>11}{'second':>9}"
    )
    for name, figures in rows:
        count = figures.count
        print(
            f"{name:<10}{count['units']:>6}{share(figures, 'right', 'units'):>9}"
            f"{count['false done']:>12}{count['chances']:>6}"
            f"{share(figures, 'done acted', 'done'):>9}{share(figures, 'done read', 'done'):>8}"
            f"{share(figures, 'asked', 'units'):>9}"
            f"{count['dates right']:>5}/{count['dates']:<3}"
            f"{count['delegates right']:>7}/{count['delegates']:<3}"
            f"{count['side found']:>5}/{count['side']:<3}"
        )


def print_matrix(figures: Figures) -> None:
    """Print what was read (columns) where what was meant (rows); accepted counts as meant."""
    names = [intent.value for intent in Intent]
    print(f"\n{'meant | read':<13}" + "".join(f"{SHORT.get(n, n):>9}" for n in (*names, NOTHING)))
    for row in (*names, UNSPOKEN):
        cells = [figures.matrix[row, column] for column in (*names, NOTHING)]
        if any(cells):
            print(f"{row:<13}" + "".join(f"{cell or '.':>9}" for cell in cells))


def print_wrong(title: str, units: Iterable[Unit]) -> None:
    """Print units in full: what was typed, what was meant, what was read and why."""
    for unit in units:
        meant = ", ".join(entry["intent"] for entry in unit.wanted) or UNSPOKEN
        read = ", ".join(
            f"{one.reading.intent.value}{'' if one.reading.sure else '?'} [{one.row}]"
            for one in unit.got
        )
        place = unit.line["id"] + (f" item {unit.n}" if unit.n else "")
        print(f"\n{title}: {place}: meant {meant}; read {read or NOTHING}")
        asked = unit.line.get("todo") or {i["n"]: i["title"] for i in unit.line.get("items", ())}
        print(f"    asked: {asked}  files: {unit.line.get('attachments')}")
        print("\n".join(f"    | {text}" for text in unit.line["text"].split("\n")))
        for one in unit.got[:1]:
            facts = " ".join(fact.name or "" for fact in Says if fact & one.facts)
            print(f"    facts: {facts}  words: {one.reading.evidence}")


def print_calibration(units: Iterable[Unit]) -> None:
    """Print for each row of the verdict table how often it was right and what it claims."""
    right: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    claims: dict[tuple[str, str], float] = {}
    for unit in units:
        if unit.got:
            first = unit.got[0].reading
            key = (first.intent.value, unit.got[0].row)
            claims[key] = first.confidence
            harmless = not unit.wanted and first.intent.value in HARMLESS
            is_done = first.intent is Intent.DONE
            right[key].append(unit.safe if is_done else unit.right or harmless)
    print(f"\n{'row':<44}{'intent':<12}{'n':>5}{'right %':>9}{'claims':>8}{'from':>7}  sure")
    for (intent, row), hits in sorted(right.items()):
        claim, least = claims[intent, row], SURE[Intent(intent)]
        print(
            f"{row:<44}{intent:<12}{len(hits):>5}{100 * sum(hits) / len(hits):>9.1f}"
            f"{claim:>8.3f}{least:>7.3f}  {'yes' if claim >= least else 'no'}"
        )


def corpora(part: str | None, lang: str | None, extra: Sequence[Path]) -> Iterator[Path]:
    """Return the files to measure: those named, or else those of the project."""
    yield from extra or sorted(CORPUS.glob(f"{lang or '*'}-{part}.jsonl"))


def report(name: str, lines: Sequence[Entry], *, errors: bool) -> int:
    """Print all that is told of one part, and return how many wrong "done" it holds."""
    by_lang: defaultdict[str, Figures] = defaultdict(Figures)
    total = Figures()
    units: list[Unit] = []
    for line, found, silent in measure(lines):
        for figures in (by_lang[line["lang"]], total):
            figures.add_unspoken(silent)
            for unit in found:
                figures.add(unit)
        units += found
    print(f"\n== {name}: {len(lines)} answers\n")
    print_table([*sorted(by_lang.items()), ("all", total)])
    print_matrix(total)
    print_wrong("FALSE DONE", (unit for unit in units if unit.acted and not unit.safe))
    if errors:
        print_wrong("wrong", (unit for unit in units if unit.wanted and not unit.right))
    print_calibration(units)
    return total.count["false done"]


def main() -> int:
    """Print the tables; exit 1 if any wrong "done" would have been acted upon."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=PARTS, help="only this part")
    options.add_argument("--lang", help="only this language")
    options.add_argument("--errors", action="store_true", help="print every wrong reading as well")
    options.add_argument("corpus", nargs="*", type=Path, help="other labelled files instead")
    chosen = options.parse_args()
    wrong = 0
    parts = ("named",) if chosen.corpus else (chosen.part,) if chosen.part else PARTS
    for part in parts:
        lines = [
            json.loads(text)
            for path in corpora(part, chosen.lang, chosen.corpus)
            for text in path.read_text(encoding="utf-8").splitlines()
            if text.strip()
        ]
        if lines:
            wrong += report(part, lines, errors=chosen.errors)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
