"""What became of each To Do that an answer spoke of, and lists of open ones."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailflow.domain.plan import Document, Plan, Proposal, ToDo


class ItemResult(StrEnum):
    """What became of one To Do through an answer; each has its sentence in every language."""

    DONE = "done"
    DELIVERED = "delivered"
    PARTLY = "partly"
    STUCK = "stuck"
    CONFIRMED = "confirmed"
    PROMISED = "promised"
    REOPENED = "reopened"
    DATE_REQUESTED = "date requested"
    QUESTION_PASSED_ON = "question passed on"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    ALREADY_DONE = "already done"
    ALREADY_RECEIVED = "already received"
    PROPOSED = "proposed"
    NOTED = "noted"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of one To Do through an answer.

    Attributes:
        plan: the plan after the answer.
        n: number of the To Do; None: the answer as a whole.
        result: see `ItemResult`.
        until: the date that was promised or asked for.
        text: the person's own words about it, for whoever has to judge.
        documents: what came with it.
        proposal: what the provider is asked, where he is.
    """

    plan: Plan
    n: int | None
    result: ItemResult
    until: date | None = None
    text: str = ""
    documents: tuple[Document, ...] = ()
    proposal: Proposal | None = None

    @property
    def todo(self) -> ToDo | None:
        """The To Do after the answer."""
        return None if self.n is None else self.plan.todo(self.n)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One To Do in a list over several plans, with the number the list shows."""

    shown: int
    plan: Plan
    n: int

    @property
    def todo(self) -> ToDo:
        """The To Do.

        Raises:
            LookupError: the plan has no such number; lists are made from plans.
        """
        todo = self.plan.todo(self.n)
        if todo is None:
            raise LookupError(self.plan.ref(self.n))
        return todo
