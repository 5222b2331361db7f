"""Letters and calendar entries as rows, and rows as those."""

import json
from datetime import datetime

from mailflow.domain.entry import EntryState
from mailflow.domain.ids import LetterId, PersonId, PlanId
from mailflow.ports.kept import SentLetter
from mailflow.store.codec import from_json, to_json
from mailflow.store.columns import instant_text, listed, numbers_of
from mailflow.store.hot import Row


def letter_row(letter: SentLetter, outbox: int) -> Row:
    """Return a letter's row, which names its row in the outbox."""
    return (
        letter.id,
        letter.kind,
        letter.to,
        letter.address,
        letter.message_id,
        letter.subject,
        letter.text,
        listed(letter.items),
        listed(letter.plans),
        listed(letter.facts),
        instant_text(letter.at),
        outbox,
    )


def letter_of(row: Row) -> SentLetter:
    """Return the letter of a row."""
    return SentLetter(
        id=LetterId(row[0]),
        kind=row[1],
        to=PersonId(row[2]),
        address=row[3],
        message_id=row[4],
        subject=row[5],
        text=row[6],
        items=_items(row[7]),
        plans=tuple([PlanId(plan) for plan in numbers_of(row[8])]),
        facts=_facts(row[9]),
        at=datetime.fromisoformat(row[10]),
    )


def _items(text: str | None) -> tuple[tuple[int, PlanId, int], ...]:
    return tuple([(shown, PlanId(plan), n) for shown, plan, n in json.loads(text)]) if text else ()


def _facts(text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple([(name, value) for name, value in json.loads(text)]) if text else ()


def entry_text(state: EntryState) -> str:
    """Return what a calendar was told, as it stands in its row."""
    return to_json(EntryState, state)


def entry_of(text: str) -> EntryState:
    """Return what `entry_text` wrote."""
    entry: EntryState = from_json(EntryState, text)
    return entry
