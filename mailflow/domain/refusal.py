"""Why something that was asked for was not done: a value, never an exception.

The value of each reason is also the key of the sentence that tells it
(`writing/letter.py`, `say`), in every language.
"""

from dataclasses import dataclass
from enum import StrEnum


class RefusalReason(StrEnum):
    """Every reason there is; a test holds a sentence for each in every language."""

    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_PLAN = "unknown_plan"
    UNKNOWN_PERSON = "unknown_person"
    STATE_ALREADY = "state_already"
    DUE_ALREADY = "due_already"
    GIVEN_ALREADY = "given_already"
    HELD_ALREADY = "held_already"
    NOT_RUNNING = "not_running"
    HAS_PROBLEMS = "draft_has_problems"
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNDO_NEEDS_ALL = "undo_needs_all"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not done, and the facts that its sentence needs."""

    reason: RefusalReason
    facts: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def because(reason: RefusalReason, **facts: str) -> "Refusal":
        """Return the refusal with these facts, in the order given."""
        return Refusal(reason, tuple(facts.items()))
