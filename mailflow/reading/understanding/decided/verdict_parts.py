"""What a row of the decision table of one To Do is made of."""

from dataclasses import dataclass

from mailflow.domain.intent import Intent, ProgressKind
from mailflow.reading.understanding.said.table import OPEN
from mailflow.reading.understanding.said.table import Says as S  # noqa: N817 - as in the table's rows

_NONE = S(0)
COMPLETE = S.DONE | S.ATTACHES
AWAY = S.REFUSES | S.UNNEEDED
"""What says that it will not be done."""
PROMISING = (
    S.IFFY
    | S.WILL
    | S.DOUBTS
    | S.REJECTS
    | S.OBJECTS
    | S.PROMISES
    | S.OTHERS
    | S.MOCKS
    | S.PASSES_ON
)
"""What leaves it open whether what was done is all there is to do."""
BUT = OPEN | AWAY | PROMISING | S.ASKS | S.TAKES_BACK | S.STOPS | S.TURNED | S.CHATS
"""What stands in the way of acting on something that is said to be finished."""


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
