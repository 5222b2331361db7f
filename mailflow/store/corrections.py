"""What was made of clients' answers, and what the provider said to it: from the journal alone.

An act of a client that the provider took back, and a proposal that he settled otherwise, say
that an answer was misread; what he let stand says that it was read well.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mailflow.domain.ids import todo_ref
from mailflow.domain.intent import Intent
from mailflow.domain.plan import ProposalReason, ToDoState
from mailflow.store.blobs import Blobs


class Word(StrEnum):
    """What the provider said to a reading."""

    STANDS = "stands"
    TAKEN_BACK = "taken back"
    YES = "yes"
    NO = "no"
    DONE = "done"


OVERRULED = frozenset({Word.TAKEN_BACK, Word.NO})
"""The words after which the reading was wrong; what is right they do not say."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reading of one answer about one To Do, and the provider's word on it.

    Attributes:
        inbox: row of the mail.
        came_at: when it was received, ISO 8601 in UTC.
        ref: the To Do, such as `TAX-3`.
        read: what was understood then.
        until: the day that was understood then, ISO 8601, or None.
        word: what the provider said.
    """

    inbox: int
    came_at: str
    ref: str
    read: Intent
    until: str | None
    word: Word


_INTENTS = {
    ToDoState.DONE: Intent.DONE,
    ToDoState.DELIVERED: Intent.DONE,
    ToDoState.PARTLY: Intent.PROGRESS,
    ToDoState.STUCK: Intent.PROGRESS,
    ToDoState.DECLINED: Intent.DECLINE,
    ToDoState.CONFIRMED: Intent.ACKNOWLEDGE,
    ToDoState.PROMISED: Intent.RESCHEDULE,
}
_ACTED = """
    SELECT j.cause, m.received_at, p.code, j.todo, j.after, EXISTS (
        SELECT 1 FROM act u JOIN stakeholder x ON x.plan = j.plan AND x.person = u.by_person
        WHERE u.id = a.undone_by AND x.role IN ('provider', 'team')
    ) OR j.after = 'done' AND EXISTS (
        SELECT 1 FROM journal k JOIN stakeholder x ON x.plan = k.plan AND x.person = k.by_person
        WHERE k.plan = j.plan AND k.todo = j.todo AND k.seq > j.seq
        AND k.event = 'todo_state_changed' AND k.before = 'done'
        AND x.role IN ('provider', 'team')
    ), (
        SELECT w.words FROM journal q JOIN payload w ON w.seq = q.seq
        WHERE q.act = j.act AND q.plan = j.plan AND q.todo = j.todo AND q.event = 'todo_promised'
    )
    FROM journal j
    JOIN inbox m ON m.id = j.cause AND m.fate = 'acted'
    JOIN act a ON a.id = j.act
    JOIN plan p ON p.id = j.plan
    JOIN stakeholder s ON s.plan = j.plan AND s.person = j.by_person AND s.role = 'client'
    WHERE j.event = 'todo_state_changed' AND j.todo IS NOT NULL AND a.undoes IS NULL
    ORDER BY j.seq
"""
_PROPOSED = """
    SELECT j.cause, m.received_at, p.code, j.plan, w.words
    FROM journal j
    JOIN inbox m ON m.id = j.cause AND m.fate IN ('acted', 'passed on')
    JOIN plan p ON p.id = j.plan
    JOIN payload w ON w.seq = j.seq AND w.words IS NOT NULL
    WHERE j.event = 'proposal_made'
    ORDER BY j.seq
"""
_SETTLED = """
    SELECT j.plan, w.words FROM journal j JOIN payload w ON w.seq = j.seq AND w.words IS NOT NULL
    WHERE j.event = 'proposal_settled' ORDER BY j.seq
"""


def judgements(connection: sqlite3.Connection) -> Iterator[Judgement]:
    """Yield every reading on which the provider's word is known: acts first, then proposals."""
    for cause, came_at, code, n, after, taken_back, promise in connection.execute(_ACTED):
        intent = _INTENTS.get(ToDoState(after))
        if intent is not None:
            word = Word.TAKEN_BACK if taken_back else Word.STANDS
            yield Judgement(cause, came_at, todo_ref(code, n), intent, _day(promise), word)
    said = _said(connection)
    for cause, came_at, code, plan, words in connection.execute(_PROPOSED):
        proposal = json.loads(words)["event"]["proposal"]
        reading, n = proposal["reading"], proposal.get("n")
        settled = _word(said.get((plan, proposal["number"])), proposal["reason"])
        if settled is not None and n is not None:
            intent, until = Intent(reading["intent"]), reading.get("until")
            yield Judgement(cause, came_at, todo_ref(code, n), intent, until, settled)


def _day(promise: str | None) -> str | None:
    """Return the day that was promised along with an act, if one was."""
    given = None if promise is None else json.loads(promise)["event"].get("after")
    return None if given is None else str(given["until"])


def _said(connection: sqlite3.Connection) -> dict[tuple[int, int], str | None]:
    """Return the last word on each proposal, by plan and number."""
    said: dict[tuple[int, int], str | None] = {}
    for plan, words in connection.execute(_SETTLED):
        event = json.loads(words)["event"]
        said[plan, event["number"]] = event.get("after")
    return said


def _word(said: str | None, reason: str) -> Word | None:
    """Return what a settled proposal says of the reading.

    A "no" says that it was wrong only where the reading was in doubt; a request for another
    day may be refused although it was understood well.
    """
    if said not in {Word.YES, Word.NO, Word.DONE}:
        return None
    if said == Word.NO and reason != ProposalReason.UNCLEAR:
        return None
    return Word(said)


def mail_of(connection: sqlite3.Connection, folder: Path, inbox: int) -> bytes | None:
    """Return a mail as received, None when its bytes were erased."""
    row = connection.execute(
        "SELECT r.content, m.blob FROM inbox m LEFT JOIN raw r ON r.inbox = m.id WHERE m.id = ?",
        (inbox,),
    ).fetchone()
    if row is None:
        return None
    content, blob = row
    found: bytes | None = content if blob is None else Blobs(folder / "blobs").read(blob)
    return found


def names_known(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of everybody, of clients and the parts of their addresses."""
    found: set[str] = set()
    for name, addresses in connection.execute("SELECT name, addresses FROM person"):
        found.add(name)
        for address in json.loads(addresses):
            found.update(str(address).replace("@", " ").replace(".", " ").split())
    found.update(name for (name,) in connection.execute("SELECT name FROM client"))
    return frozenset(found)
