"""What a person asks for when she answers: the reading of one answer.

A reading says what was understood of one clause about one To Do, how sure that is, and
which words decided. It changes nothing by itself; `domain/progress.py` decides.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Intent(StrEnum):
    """What an answer means for one To Do; the words are those of the labelled corpus."""

    DONE = "done"
    PROGRESS = "progress"
    RESCHEDULE = "reschedule"
    DECLINE = "decline"
    DELEGATE = "delegate"
    QUESTION = "question"
    ACKNOWLEDGE = "acknowledge"
    NONE = "none"
    AUTO = "auto"
    STOP = "stop"


class ProgressKind(StrEnum):
    """What lies behind `Intent.PROGRESS`; it decides between partly, stuck and confirmed."""

    SOME_DONE = "some done"
    BLOCKED = "blocked"
    WILLING = "willing"
    NOT_DONE = "not done"


@dataclass(frozen=True, slots=True)
class Reading:
    """One understood statement about one To Do, or about the answer as a whole.

    Attributes:
        n: number of the To Do as the answered mail showed it; None for the whole answer.
        intent: what is said about it.
        until: for `reschedule`, the local date that was named.
        until_end: last day that the words allow ("next week" ends on its Friday); equals
            `until` where a single day was named.
        delegate: for `delegate`, the address if one was given, else the name, else None.
        progress: for `progress`, which kind of progress.
        confidence: from 0 to 1, calibrated on the project's own corpus.
        sure: True when it may be acted upon; False makes it a proposal.
        evidence: the words that decided, as the person typed them.
        text: the clause or segment that was read, for showing to the provider.
        rule: name of the row of the decision table that decided, "" where none did.
        clauses: for each clause what was typed, and what its row made of which of its words.
    """

    n: int | None
    intent: Intent
    until: date | None = None
    until_end: date | None = None
    delegate: str | None = None
    progress: ProgressKind | None = None
    confidence: float = 1.0
    sure: bool = True
    evidence: tuple[str, ...] = ()
    text: str = ""
    rule: str = ""
    clauses: tuple[tuple[str, str], ...] = ()
