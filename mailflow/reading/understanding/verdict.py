"""The decision table of one To Do: from what all clauses said about it to one intent.

Rows are read from the top; the first that fits decides. The confidence of a row is measured on
the corpus (`tools/eval_understand.py`), not felt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailflow.domain.intent import Intent, ProgressKind
from mailflow.reading.understanding.table import Says as S

_NONE = S(0)
_COMPLETE = S.DONE | S.ATTACHES
_OPEN = S.NOT_DONE | S.NEARLY | S.PARTLY | S.WAITS | S.STUCK | S.WANTS_TIME


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be made of one To Do.

    Attributes:
        name: the row that decided.
        intent: what is said.
        confidence: how often this row is right.
        progress: for progress, which kind.
        needs: facts that must all be there.
        any_of: facts of which one must be there.
        lacks: facts that must not be there.
    """

    name: str
    intent: Intent
    confidence: float
    progress: ProgressKind | None = None
    needs: S = _NONE
    any_of: S = _NONE
    lacks: S = _NONE

    def fits(self, facts: S) -> bool:
        """Return whether these facts are this row's."""
        if facts & self.needs != self.needs or facts & self.lacks:
            return False
        return not self.any_of or bool(facts & self.any_of)


_PK = ProgressKind
VERDICTS: tuple[Verdict, ...] = (
    Verdict("stop", Intent.STOP, 0.95, any_of=S.STOPS),
    Verdict("takes back", Intent.PROGRESS, 0.85, _PK.NOT_DONE, any_of=S.TAKES_BACK),
    Verdict("mocks", Intent.PROGRESS, 0.7, _PK.NOT_DONE, needs=S.MOCKS, lacks=S.REFUSES | S.UNNEEDED),
    Verdict("not needed", Intent.DECLINE, 0.85, any_of=S.UNNEEDED, lacks=S.FILE),
    Verdict("refuses", Intent.DECLINE, 0.85, any_of=S.REFUSES, lacks=S.FILE | S.PASSES_ON | S.DATED),
    Verdict("passes on", Intent.DELEGATE, 0.85, any_of=S.PASSES_ON, lacks=S.FILE | S.DONE),
    Verdict("file, but a draft or a part", Intent.PROGRESS, 0.8, _PK.SOME_DONE, needs=S.ODD_FILE, lacks=S.ASKS | S.FILE | S.DATED),
    Verdict("file, but more to come by a day", Intent.RESCHEDULE, 0.6, needs=S.FILE | S.DATED, any_of=_OPEN),
    Verdict("file, but more to come", Intent.PROGRESS, 0.8, _PK.SOME_DONE, needs=S.FILE, any_of=S.NOT_DONE | S.NEARLY | S.PARTLY | S.WAITS),
    Verdict("file", Intent.DONE, 0.997, needs=S.FILE | S.SEND),
    Verdict("file and says so", Intent.DONE, 0.99, needs=S.FILE, any_of=_COMPLETE | S.HERE),
    Verdict("did something else, the rest by a day", Intent.RESCHEDULE, 0.7, needs=S.DATED | S.OTHER_ACT),
    Verdict("done but for a part, the rest by a day", Intent.RESCHEDULE, 0.6, needs=S.DATED, any_of=_OPEN, lacks=S.ASKS),
    Verdict("announced but not attached", Intent.DONE, 0.4, needs=S.ATTACHES, lacks=_OPEN),
    Verdict("done, and yet open", Intent.PROGRESS, 0.8, _PK.SOME_DONE, needs=S.DONE, any_of=_OPEN),
    Verdict("done, and yet promised", Intent.DONE, 0.8, needs=S.DONE, any_of=S.WILL | S.DOUBTS | S.REJECTS | S.OBJECTS),
    Verdict("done and dated", Intent.DONE, 0.7, needs=S.DONE | S.DATED),
    Verdict("done otherwise", Intent.DONE, 0.7, needs=S.DONE | S.OTHER_ACT),
    Verdict("done, and asks", Intent.DONE, 0.9, needs=S.DONE | S.ASKS),
    Verdict("done", Intent.DONE, 0.997, needs=S.DONE),
    Verdict("by a day", Intent.RESCHEDULE, 0.85, needs=S.DATED, lacks=S.ANSWER),
    Verdict("day, asked for a day", Intent.RESCHEDULE, 0.6, needs=S.DATED, any_of=_OPEN | S.WILL | S.ASKS),
    Verdict("day, asked for an answer", Intent.DONE, 0.6, needs=S.DATED | S.ANSWER),
    Verdict("approves, but objects", Intent.PROGRESS, 0.6, _PK.NOT_DONE, needs=S.APPROVE, any_of=S.OBJECTS | S.REJECTS),
    Verdict("approves", Intent.DONE, 0.997, needs=S.APPROVES, any_of=S.APPROVE | S.CHECK, lacks=S.ASKS | S.WILL | _OPEN),
    Verdict("agrees to approve", Intent.DONE, 0.99, needs=S.AGREES | S.APPROVE, lacks=S.ASKS | S.WILL | _OPEN),
    Verdict("nothing to send", Intent.DONE, 0.6, needs=S.NOTHING, lacks=S.ASKS | _OPEN),
    Verdict("asks", Intent.QUESTION, 0.85, any_of=S.ASKS),
    Verdict("stuck", Intent.PROGRESS, 0.8, _PK.BLOCKED, any_of=S.STUCK | S.WAITS),
    Verdict("nearly", Intent.PROGRESS, 0.85, _PK.SOME_DONE, any_of=S.NEARLY | S.PARTLY),
    Verdict("not done", Intent.PROGRESS, 0.85, _PK.NOT_DONE, any_of=S.NOT_DONE | S.WANTS_TIME),
    Verdict("objects", Intent.PROGRESS, 0.6, _PK.NOT_DONE, any_of=S.OBJECTS),
    Verdict("doubts", Intent.PROGRESS, 0.6, _PK.NOT_DONE, any_of=S.DOUBTS),
    Verdict("chooses", Intent.DONE, 0.99, needs=S.ANSWER, any_of=S.CHOOSES | S.HERE | S.VALUE, lacks=S.WILL),
    Verdict("confirms", Intent.DONE, 0.8, needs=S.ANSWER, any_of=S.APPROVES | S.AGREES, lacks=S.WILL | S.THANKS | S.RECEIVED),
    Verdict("gives", Intent.DONE, 0.6, any_of=S.HERE, lacks=S.WILL),
    Verdict("rejects", Intent.PROGRESS, 0.5, _PK.NOT_DONE, any_of=S.REJECTS),
    Verdict("promises", Intent.ACKNOWLEDGE, 0.8, any_of=S.WILL),
    Verdict("received", Intent.ACKNOWLEDGE, 0.9, any_of=S.RECEIVED | S.THANKS | S.AGREES | S.APPROVES),
    Verdict("chats", Intent.NONE, 0.7, any_of=S.CHATS),
    Verdict("tells an answer", Intent.DONE, 0.7, needs=S.TELLS | S.ANSWER),
    Verdict("tells", Intent.PROGRESS, 0.4, _PK.NOT_DONE, any_of=S.TELLS),
    Verdict("for information", Intent.NONE, 0.6, any_of=S.FYI),
)
_NOTHING = Verdict("nothing", Intent.NONE, 0.5)


@lru_cache(maxsize=16_384)
def verdict_for(facts: S) -> Verdict:
    """Return the row that fits the united facts of one To Do."""
    for row in VERDICTS:
        if row.fits(facts):
            return row
    return _NOTHING


def second_intents(first: Intent, facts: S) -> Sequence[Intent]:
    """Return what is said beside the first intent and must not be swallowed."""
    if first in {Intent.DONE, Intent.DECLINE, Intent.PROGRESS, Intent.RESCHEDULE, Intent.DELEGATE} and facts & S.ASKS:
        return (Intent.QUESTION,)
    if first is Intent.QUESTION and facts & (_OPEN | S.PARTLY):
        return (Intent.PROGRESS,)
    if first is Intent.STOP and facts & (S.REFUSES | S.UNNEEDED):
        return (Intent.DECLINE,)
    return ()
