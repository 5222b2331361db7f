"""`mailflow eval --own`: how well the reader does on what this installation has seen.

The provider's own words are the measure: what he took back or settled otherwise was misread,
what he let stand was not. Every answer is read again by the reader as it is today.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mailflow.bootstrap import Wiring, open_office
from mailflow.commands.running import clock
from mailflow.commands.views import print_line
from mailflow.config import Config
from mailflow.daemon.logs import open_log
from mailflow.domain.intent import Intent, Reading
from mailflow.errors import UnreadableMail
from mailflow.flow.rereading import PutAgain, put_again
from mailflow.flow.settings import FlowSettings
from mailflow.ports import Memory
from mailflow.reading.client import understand
from mailflow.reading.redaction import without_people
from mailflow.store.corrections import (
    OVERRULED,
    Judgement,
    Word,
    judgements,
    mail_of,
    names_known,
)
from mailflow.store.views import looking

_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Case:
    """A judged reading, read again.

    Attributes:
        judged: what was read then, and the provider's word.
        put: the answer as the reader gets it.
        n: the number under which the list showed the To Do.
        now: what is read today, None if nothing is said about it.
    """

    judged: Judgement
    put: PutAgain
    n: int
    now: Reading | None

    @property
    def ticks_wrongly(self) -> bool:
        """Whether a done would be acted upon today that the provider says is none."""
        return _is_done(self.now) and not self._is_right_to_be(Intent.DONE)

    @property
    def is_right(self) -> bool:
        """Whether today's reading is what the provider said, or at least not what he refused."""
        return self._is_right_to_be(Intent.NONE if self.now is None else self.now.intent)

    def _is_right_to_be(self, intent: Intent) -> bool:
        if self.judged.word is Word.DONE:
            return intent is Intent.DONE
        return (intent is self.judged.read) != (self.judged.word in OVERRULED)


@dataclass(slots=True)
class Tally:
    """What was counted for one language."""

    cases: int = 0
    overruled: int = 0
    right: int = 0
    asked: int = 0
    wrong: int = 0

    def count(self, case: Case) -> None:
        """Add one case."""
        self.cases += 1
        self.overruled += case.judged.word in OVERRULED
        self.right += case.is_right
        self.asked += case.now is not None and not case.now.sure
        self.wrong += case.ticks_wrongly


@dataclass(slots=True)
class Own:
    """The installation's own cases; `unread` counts the answers whose mail is gone."""

    cases: list[Case] = field(default_factory=list)
    names: frozenset[str] = frozenset()
    unread: int = 0


def measure_own(config: Config, export: Path | None) -> int:
    """Print the table, and write the cases to a file if one is named; returns the exit status.

    Raises:
        NoDatabase: nothing has been received or sent yet.
    """
    own = _own_cases(config)
    _show(own)
    if export is not None:
        lines = list(_exported(own))
        export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print_line(f"{len(lines)} answers were written to {export}; look through it before you")
        print_line("hand it on: names that nobody knew may have stayed.")
    return 0


def _own_cases(config: Config) -> Own:
    folder = config.state.folder
    with looking(folder) as connection:
        judged = list(judgements(connection))
        mails = {one.inbox: mail_of(connection, folder, one.inbox) for one in judged}
        own = Own(names=names_known(connection))
    office = open_office(config, Wiring(clock(), open_log(), network=False))
    try:
        put = {
            inbox: _put(office.store, office.settings, raw, _came(judged, inbox))
            for inbox, raw in mails.items()
        }
    finally:
        office.store.close()
    for one in judged:
        case = _case(one, put[one.inbox])
        if case is None:
            own.unread += 1
        else:
            own.cases.append(case)
    return own


def _came(judged: Sequence[Judgement], inbox: int) -> datetime:
    return next(datetime.fromisoformat(one.came_at) for one in judged if one.inbox == inbox)


def _put(
    memory: Memory, settings: FlowSettings, raw: bytes | None, came_at: datetime
) -> PutAgain | None:
    if raw is None:
        return None
    try:
        return put_again(memory, settings, raw, came_at)
    except UnreadableMail:
        return None


def _case(judged: Judgement, put: PutAgain | None) -> Case | None:
    n = None if put is None else dict(put.shown).get(judged.ref)
    if put is None or n is None:
        return None
    readings = understand(put.asked)
    own = [reading for reading in readings if reading.n == n]
    whole = [reading for reading in readings if reading.n is None]
    return Case(judged, put, n, next(iter([*own, *whole]), None))


def _is_done(reading: Reading | None) -> bool:
    return reading is not None and reading.intent is Intent.DONE and reading.sure


def _show(own: Own) -> None:
    if not own.cases:
        print_line("No answer has been acted upon or settled yet, so there is nothing to measure.")
    else:
        _print_table(own.cases)
        for case in own.cases:
            if case.ticks_wrongly:
                _print_wrong(case)
    if own.unread:
        print_line(f"{own.unread} more cannot be read again: their mail was erased or moved on.")


def _print_table(cases: Iterable[Case]) -> None:
    tallies: dict[str, Tally] = {}
    for case in cases:
        for name in (case.put.asked.language or "?", "all"):
            tallies.setdefault(name, Tally()).count(case)
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("language")
    for column in ("answers", "overruled then", "right now", "asked now", "wrong done now"):
        table.add_column(column, justify="right")
    for name, tally in sorted(tallies.items(), key=lambda item: (item[0] == "all", item[0])):
        right, asked = (f"{100 * n / tally.cases:.1f} %" for n in (tally.right, tally.asked))
        counts = str(tally.cases), str(tally.overruled), right, asked, str(tally.wrong)
        table.add_row(name, *counts)
    Console().print(table)


def _print_wrong(case: Case) -> None:
    rule = "" if case.now is None else case.now.rule
    print_line(f"wrong done  {case.judged.ref}  {case.judged.word}  rule: {rule}")
    for line in case.put.asked.text.strip()[:_SHOWN].splitlines():
        print_line(f"  | {line}")


def _exported(own: Own) -> Iterator[str]:
    """Yield one line of the corpus format for each mail, without the people in it."""
    by_mail: dict[int, list[Case]] = {}
    for case in own.cases:
        by_mail.setdefault(case.judged.inbox, []).append(case)
    for number, cases in enumerate(by_mail.values(), start=1):
        yield json.dumps(_line(number, cases, own.names), ensure_ascii=False)


def _line(number: int, cases: Sequence[Case], names: frozenset[str]) -> dict[str, object]:
    asked = cases[0].put.asked
    lang, today = asked.language or "en", asked.sent_at.date()

    def bare(text: str) -> str:
        return without_people(text, names, lang, today)

    items: list[dict[str, object]] = [
        {"n": item.n, "title": bare(item.title), "due": item.due and item.due.isoformat()}
        for item in asked.items
    ]
    return {
        "id": f"own-{number:04d}",
        "lang": lang,
        "kind": "single" if asked.single else "digest",
        "sent_at": asked.sent_at.replace(hour=12, minute=0, second=0, microsecond=0).isoformat(),
        **({"todo": items[0]} if asked.single else {"items": items}),
        "subject": bare(asked.subject),
        "text": bare(asked.text),
        "attachments": [bare(name) for name in asked.attachments],
        "expected": [_expected(case) for case in cases],
        "ambiguous": any(case.judged.word in OVERRULED for case in cases),
        "note": "; ".join(f"{case.judged.read}: {case.judged.word}" for case in cases),
    }


def _expected(case: Case) -> Mapping[str, object]:
    judged = case.judged
    row: dict[str, object] = {
        "n": None if case.put.asked.single else case.n,
        "intent": judged.read.value,
        "until": judged.until,
        "delegate": None,
    }
    if judged.word is Word.DONE:
        return {**row, "intent": Intent.DONE.value, "until": None}
    if judged.word in OVERRULED:
        others = [intent.value for intent in Intent if intent is not judged.read]
        first = Intent.PROGRESS if judged.read is not Intent.PROGRESS else Intent.NONE
        return {**row, "intent": first.value, "until": None, "accept": others}
    return row
