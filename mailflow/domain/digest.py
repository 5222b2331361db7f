"""The morning digest: what belongs in it today, section by section."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailflow.domain.ids import PersonId
from mailflow.domain.plan import Plan, Proposal


class DigestSection(StrEnum):
    """The parts of the morning digest, in this order."""

    TO_JUDGE = "to judge"
    LATE = "late"
    PROMISED_TODAY = "promised today"
    WAITING_ON_US = "waiting on us"
    WAITING_ON_CLIENTS = "waiting on clients"
    DONE_SINCE = "done since"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    ABSENT = "absent"
    HELD = "held"
    STALLED = "stalled"
    STRANGERS = "strangers"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the digest.

    Attributes:
        shown: its number, for answering "3 done"; 0 where nothing can be answered.
        plan: its plan, if any.
        n: its To Do, if any.
        person: who it is about, if anybody.
        text: words that belong to it, such as an unclear answer or a reason.
        on: a date that belongs to it.
        proposal: what is asked, if anything.
    """

    shown: int = 0
    plan: Plan | None = None
    n: int | None = None
    person: PersonId | None = None
    text: str = ""
    on: date | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """To the provider and her team, each working morning."""

    to: PersonId
    day: date
    sections: tuple[tuple[DigestSection, tuple[DigestLine, ...]], ...]
