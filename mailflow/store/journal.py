"""The journal: what happened, in chains that can be checked even after words were erased.

A journal row holds ids, words of enums, times and the salted SHA-256 of its payload; what
people wrote stands in the payload, which can be erased together with its salt. Each row's
hash covers the row and the hash before it, one chain a plan; plan 0 is the office itself.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import bindparam, func, select

from mailflow.domain.event import Event
from mailflow.domain.ids import PlanId
from mailflow.domain.office import OfficeEvent
from mailflow.domain.plan import Milestone, Promise
from mailflow.ports.kept import Act
from mailflow.store.codec import compact_json, event_class, event_word, plain, valued
from mailflow.store.columns import instant_text
from mailflow.store.hot import Desk, Hot, Row, inserting
from mailflow.store.tables import ChainRow, JournalRow, PayloadRow, table_of

OFFICE = PlanId(0)
"""The chain of what happens outside the plans."""

GENESIS = "0" * 64
"""The hash before the first row of each chain."""

_journal = table_of(JournalRow)
_payload = table_of(PayloadRow)
_chain = table_of(ChainRow)

_LAST_SEQ = Hot(select(func.max(_journal.c.seq)))
_JOURNAL_NEW = inserting(_journal)
_PAYLOAD_NEW = inserting(_payload)
_CHAIN = Hot(
    select(_journal, _payload.c.salt, _payload.c.words)
    .join_from(_journal, _payload, _journal.c.seq == _payload.c.seq, isouter=True)
    .where(_journal.c.plan == bindparam("plan"))
    .order_by(_journal.c.n)
)
_CHAIN_END = Hot(select(_chain.c.events, _chain.c.head).where(_chain.c.plan == bindparam("plan")))


@dataclass(frozen=True, slots=True)
class Entry:
    """An event ready to be journalled: everything but its place in the chain."""

    plan: PlanId
    act: Act
    word: str
    todo: int | None
    before: str
    after: str
    salt: bytes
    payload: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where a chain ends: how many events it has, and the hash of the last."""

    events: int = 0
    head: str = GENESIS


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What checking one chain found.

    Attributes:
        plan: whose chain; 0 for the office's own.
        events: how many rows were read.
        erased: how many of them have had their words erased.
        broken_at: first place in the chain that is not as it was written; None: all is well.
        reason: what is wrong there, one sentence.
    """

    plan: PlanId
    events: int
    erased: int = 0
    broken_at: int | None = None
    reason: str = ""


def entry_of(plan: PlanId, act: Act, event: Event | OfficeEvent, salt: bytes) -> Entry:
    """Return the event as it will stand in the journal, its words apart."""
    words: dict[str, object] = {"event": plain(type(event), event)}
    if act.evidence:
        words["evidence"] = act.evidence
    payload = compact_json(words).encode("ascii")
    return Entry(
        plan=plan,
        act=act,
        word=event_word(type(event)),
        todo=_todo(event),
        before=_plain_word(getattr(event, "before", None)),
        after=_plain_word(getattr(event, "after", None)),
        salt=salt,
        payload=payload,
        digest=hashlib.sha256(salt + payload).hexdigest(),
    )


def append(
    desk: Desk, entries: Iterable[Entry], ends: dict[PlanId, ChainEnd]
) -> dict[PlanId, ChainEnd]:
    """Write the entries behind the ends of their chains; returns the new ends."""
    seq = desk.scalar(_LAST_SEQ) or 0
    ends = dict(ends)
    rows: list[Row] = []
    payloads: list[Row] = []
    for seq_here, entry in enumerate(entries, start=seq + 1):
        end = ends.get(entry.plan, ChainEnd())
        facts = _facts(entry, end.events + 1)
        head = _link(end.head, facts)
        ends[entry.plan] = ChainEnd(end.events + 1, head)
        rows.append((seq_here, *facts, head))
        payloads.append((seq_here, entry.salt, entry.payload.decode("ascii"), None))
    desk.many(_JOURNAL_NEW, rows)
    desk.many(_PAYLOAD_NEW, payloads)
    return ends


def event_of(word: str, payload: str) -> tuple[Event | OfficeEvent, tuple[str, ...]]:
    """Return the event of a row, and the words that decided."""
    kept = json.loads(payload)
    event: Event | OfficeEvent = valued(event_class(word), kept["event"])
    return event, tuple(kept.get("evidence", ()))


def verify_chain(desk: Desk, plan: PlanId) -> ChainReport:
    """Check every row of a chain against its hash, its payload and the row before it."""
    end = desk.one(_CHAIN_END, plan) or (0, GENESIS)
    head, n, erased = GENESIS, 0, 0
    for n, row in enumerate(desk.all(_CHAIN, plan), start=1):
        reason = _fault(head, n, row)
        if reason:
            return ChainReport(plan, n, erased, n, reason)
        head = row[12]
        erased += row[14] is None
    if (n, head) != (end[0], end[1]):
        return ChainReport(plan, n, erased, n + 1, "the end of the chain is missing")
    return ChainReport(plan, n, erased)


def _fault(head: str, n: int, row: Row) -> str:
    """Return what is wrong with a row of the chain, "" when nothing is."""
    if row[2] != n:
        return "a row of the chain is missing"
    if _link(head, row[1:12]) != row[12]:
        return "the row was changed after it was written"
    salt, words = row[13], row[14]
    if words is not None and hashlib.sha256(salt + words.encode()).hexdigest() != row[11]:
        return "the words of the event were changed after they were written"
    return ""


def _facts(entry: Entry, n: int) -> Row:
    act = entry.act
    return (
        entry.plan,
        n,
        act.id,
        instant_text(act.at),
        act.by,
        act.cause,
        entry.word,
        entry.todo,
        entry.before,
        entry.after,
        entry.digest,
    )


def _link(head: str, facts: Sequence[object]) -> str:
    """Return the hash of a row; no fact can hold a line break, so the joining is unambiguous."""
    told = "\n".join(["" if fact is None else str(fact) for fact in (head, *facts)])
    return hashlib.sha256(told.encode()).hexdigest()


def _todo(event: Event | OfficeEvent) -> int | None:
    for holder in (event, *_parts(event)):
        n = getattr(holder, "n", None)
        if isinstance(n, int):
            return n
    return None


def _parts(event: Event | OfficeEvent) -> Iterator[object]:
    for name in ("todo", "after", "proposal"):
        yield getattr(event, name, None)


def _plain_word(value: object) -> str:
    """Return what may stand in the journal of a value before or after: never a person's words."""
    match value:
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case Promise(until=until):
            return until.isoformat()
        case Milestone(due=date() as due):
            return due.isoformat()
        case int():
            return str(value)
        case _:
            return ""
