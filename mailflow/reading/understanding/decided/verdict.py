"""The verdict on one To Do: the first row of the decision table that its facts fit."""

from collections.abc import Sequence
from functools import lru_cache

from mailflow.domain.intent import Intent
from mailflow.reading.understanding.decided.verdict_parts import AWAY, Verdict
from mailflow.reading.understanding.decided.verdict_rows import VERDICTS
from mailflow.reading.understanding.said.table import OPEN
from mailflow.reading.understanding.said.table import Says as S  # noqa: N817 - as in the table's rows

_NOTHING = Verdict("nothing", Intent.NONE, 0.5)
_MAY_ASK_TOO = frozenset(
    {Intent.DONE, Intent.PROGRESS, Intent.RESCHEDULE, Intent.DECLINE, Intent.DELEGATE}
)


@lru_cache(maxsize=16_384)
def verdict_for(facts: S) -> Verdict:
    """Return the row that fits the united facts of one To Do."""
    for row in VERDICTS:
        if row.fits(facts):
            return row
    return _NOTHING


def second_intents(first: Intent, facts: S) -> Sequence[Intent]:
    """Return what is said beside the first intent and must not be swallowed."""
    if first in _MAY_ASK_TOO and facts & S.ASKS:
        return (Intent.QUESTION,)
    if first is Intent.QUESTION and facts & (OPEN | S.PARTLY):
        return (Intent.PROGRESS,)
    if first is Intent.STOP and facts & AWAY:
        return (Intent.DECLINE,)
    return ()
