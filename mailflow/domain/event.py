"""What has happened: the only pen with which plans are written.

An event holds ids, enum words, dates and the values before and after, so that it can be
applied (`evolve`) and taken back (`inverse`). Words that people wrote travel along but are
kept apart in the journal, where they can be erased.
"""

from dataclasses import dataclass
from datetime import date, datetime

from mailflow.domain.ids import PersonId
from mailflow.domain.people import Role
from mailflow.domain.plan import (
    Document,
    Milestone,
    PhaseState,
    Plan,
    PlanContext,
    PlanState,
    Promise,
    Proposal,
    Rhythm,
    ToDo,
    ToDoState,
)


@dataclass(frozen=True, slots=True)
class PlanDrafted:
    """A plan was read for the first time, or a corrected mail replaced its draft."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanStateChanged:
    """The plan was proposed, agreed, started, paused, resumed, finished or cancelled."""

    before: PlanState
    after: PlanState
    by: PersonId | None
    at: datetime
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above the phases of a plan and may change while it runs."""

    title: str
    context: PlanContext
    start: date | None
    end: date | None
    rhythm: Rhythm
    review: bool

    @staticmethod
    def of(plan: Plan) -> "Frame":
        """Return the frame of a plan."""
        return Frame(plan.title, plan.context, plan.start, plan.end, plan.rhythm, plan.review)


@dataclass(frozen=True, slots=True)
class PlanReframed:
    """The provider changed what stands above the phases: title, goal, first day and the like."""

    before: Frame
    after: Frame


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """Somebody is on the plan from now on; this is not taken back, for she may have been told."""

    person: PersonId
    role: Role


@dataclass(frozen=True, slots=True)
class PhaseNamed:
    """A phase got another title; `before` None: it is new, as the last; `after` None: it is gone.

    A phase that holds To Dos never goes, for their numbers are not used again.
    """

    phase: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PhaseStateChanged:
    """A phase opened, or its milestone was reached; `on` is the provider's local date."""

    phase: int
    before: PhaseState
    after: PhaseState
    on: date


@dataclass(frozen=True, slots=True)
class ToDoStateChanged:
    """A To Do moved from one state to another; `by` is None where the plan's order did it."""

    n: int
    before: ToDoState
    after: ToDoState
    by: PersonId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ToDoPromised:
    """The responsible person gave, moved or lost her own date."""

    n: int
    before: Promise | None
    after: Promise | None


@dataclass(frozen=True, slots=True)
class ToDoDueChanged:
    """The provider moved the due date."""

    n: int
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class ToDoReassigned:
    """Somebody else is responsible now."""

    n: int
    before: PersonId
    after: PersonId


@dataclass(frozen=True, slots=True)
class ToDoRewritten:
    """Title, kind, details, helpers or order of a To Do changed."""

    before: ToDo
    after: ToDo


@dataclass(frozen=True, slots=True)
class ToDoAdded:
    """A To Do joined a phase."""

    phase: int
    todo: ToDo


@dataclass(frozen=True, slots=True)
class ToDoMoved:
    """A To Do belongs to another phase; it stands last there."""

    n: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ToDoHeld:
    """Nobody is asked or reminded about it until that day is over."""

    n: int
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class DocumentFiled:
    """A document arrived for a To Do; it stays filed even when the act is undone."""

    n: int
    document: Document


@dataclass(frozen=True, slots=True)
class MilestoneMoved:
    """The provider changed title or date of a milestone."""

    phase: int
    before: Milestone | None
    after: Milestone | None


@dataclass(frozen=True, slots=True)
class ProposalMade:
    """An answer was put before the provider instead of being acted upon."""

    proposal: Proposal


@dataclass(frozen=True, slots=True)
class ProposalSettled:
    """The provider's word on a proposal; `after` None means that it is open again."""

    number: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Somebody asked something that a person has to answer."""

    n: int | None
    by: PersonId
    text: str


@dataclass(frozen=True, slots=True)
class NoteTaken:
    """Something was said about a To Do or the plan that changes nothing by itself."""

    n: int | None
    by: PersonId | None
    text: str
    internal: bool = False


Event = (
    PlanDrafted
    | PlanStateChanged
    | PlanReframed
    | PersonJoined
    | PhaseNamed
    | PhaseStateChanged
    | ToDoStateChanged
    | ToDoPromised
    | ToDoDueChanged
    | ToDoReassigned
    | ToDoRewritten
    | ToDoAdded
    | ToDoMoved
    | ToDoHeld
    | DocumentFiled
    | MilestoneMoved
    | ProposalMade
    | ProposalSettled
    | QuestionAsked
    | NoteTaken
)
"""Every event there is; mypy names each place that must answer when one is added."""


def inverse(event: Event, by: PersonId | None, at: datetime) -> Event | None:
    """Return the event that takes this one back, or None where nothing is to be taken back.

    An added To Do is dropped, for its number is never reused; filed documents, questions and
    notes stay, because what a person sent is never lost.

    Args:
        event: what happened.
        by: who takes it back.
        at: when (aware, UTC).
    """
    match event:
        case PlanStateChanged(before=before, after=after):
            return PlanStateChanged(after, before, by, at)
        case ToDoStateChanged(n=n, before=before, after=after):
            return ToDoStateChanged(n, after, before, by, at)
        case ToDoAdded(todo=todo):
            return ToDoStateChanged(todo.n, todo.state, ToDoState.DROPPED, by, at)
        case ProposalMade(proposal=proposal):
            return ProposalSettled(proposal.number, None, "undone")
        case PlanDrafted() | PersonJoined() | DocumentFiled() | QuestionAsked() | NoteTaken():
            return None
        case PlanReframed() | PhaseNamed() | ToDoMoved():
            return _reshaped_back(event)
        case _:
            return _swapped(event)


def _reshaped_back(event: PlanReframed | PhaseNamed | ToDoMoved) -> Event:
    match event:
        case PlanReframed(before=former, after=frame):
            return PlanReframed(frame, former)
        case PhaseNamed(phase=phase, before=title, after=name):
            return PhaseNamed(phase, name, title)
        case ToDoMoved(n=n, before=origin, after=goal):
            return ToDoMoved(n, goal, origin)


def _swapped(
    event: PhaseStateChanged
    | ToDoPromised
    | ToDoDueChanged
    | ToDoReassigned
    | ToDoRewritten
    | ToDoHeld
    | MilestoneMoved
    | ProposalSettled,
) -> Event:
    match event:
        case PhaseStateChanged(phase=phase, before=before, after=after, on=on):
            return PhaseStateChanged(phase, after, before, on)
        case ToDoPromised(n=n, before=old, after=new):
            return ToDoPromised(n, new, old)
        case ToDoDueChanged(n=n, before=was, after=now) | ToDoHeld(n=n, before=was, after=now):
            return type(event)(n, now, was)
        case ToDoReassigned(n=n, before=giver, after=taker):
            return ToDoReassigned(n, taker, giver)
        case ToDoRewritten(before=todo, after=rewritten):
            return ToDoRewritten(rewritten, todo)
        case MilestoneMoved(phase=phase, before=stone, after=moved):
            return MilestoneMoved(phase, moved, stone)
        case ProposalSettled(number=number, before=word, after=last):
            return ProposalSettled(number, last, word)
