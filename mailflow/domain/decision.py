"""What follows from an intent: events that happened and notices that must be told."""

from dataclasses import dataclass, field

from mailflow.domain.event import Event
from mailflow.domain.evolve import evolve_all
from mailflow.domain.notice import Notice
from mailflow.domain.outcome import ItemOutcome
from mailflow.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Decision:
    """The plan after its events, what happened, and who must hear what.

    Attributes:
        plan: the plan with all events applied.
        events: what happened, in order.
        notices: what must be told because of it.
        outcomes: what became of each To Do an answer spoke of.
    """

    plan: Plan
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    outcomes: tuple[ItemOutcome, ...] = field(default=())

    def then(self, *events: Event) -> "Decision":
        """Return the decision with these events happening after the others."""
        return Decision(
            evolve_all(self.plan, events),
            (*self.events, *events),
            self.notices,
            self.outcomes,
        )
