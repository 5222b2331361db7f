"""A plan: phases with To Dos, closed by milestones; frozen values that know their own shape."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from mailflow.domain.ids import ClientId, PersonId, PlanId, todo_ref
from mailflow.domain.intent import Reading
from mailflow.domain.people import Role


class PlanState(StrEnum):
    """Where a plan stands; the arrows are in `docs/states.md`."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class PhaseState(StrEnum):
    """A phase opens when the milestone before it is reached."""

    WAITING = "waiting"
    OPEN = "open"
    REACHED = "reached"


class ToDoState(StrEnum):
    """Where a To Do stands. Confirmed, promised and done are never mixed up."""

    WAITING = "waiting"
    OPEN = "open"
    CONFIRMED = "confirmed"
    PROMISED = "promised"
    PARTLY = "partly"
    STUCK = "stuck"
    DELIVERED = "delivered"
    DONE = "done"
    DECLINED = "declined"
    DROPPED = "dropped"


ACTIVE = frozenset(
    {
        ToDoState.OPEN,
        ToDoState.CONFIRMED,
        ToDoState.PROMISED,
        ToDoState.PARTLY,
        ToDoState.STUCK,
    }
)
"""States in which the To Do is somebody's turn."""

CLOSED = frozenset({ToDoState.DONE, ToDoState.DROPPED})
"""States that let the milestone be reached."""


class ToDoKind(StrEnum):
    """What sort of step it is; it decides what an attachment or an "ok" means."""

    DO = "do"
    SEND = "send"
    APPROVE = "approve"
    ANSWER = "answer"
    ATTEND = "attend"
    CALL = "call"


class Rhythm(StrEnum):
    """How often a silent person is reminded."""

    STANDARD = "standard"
    GENTLE = "gentle"
    FIRM = "firm"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Promise:
    """The person's own word.

    Attributes:
        until: the local date she named.
        end: last day that her words allow; reminders count from here.
    """

    until: date
    end: date


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where an `attend` To Do takes place, in the responsible person's zone."""

    start: time
    end: time
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that came with an answer; its bytes are stored once, by content.

    Attributes:
        sha256: hexadecimal digest of the content; the key of the stored bytes.
        name: cleaned file name as given.
        media_type: as declared by the sender.
        size: octets.
        locked: True where a password is needed to look into it.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    locked: bool = False


@dataclass(frozen=True, slots=True)
class ToDo:
    """The smallest agreed step: exactly one responsible person.

    Attributes:
        n: number in the plan, given once and never reused.
        title: one line.
        responsible: whose turn it is.
        kind: see `ToDoKind`.
        state: see `ToDoState`.
        helpers: who helps.
        due: local date of the responsible person; only the provider changes it.
        promised: the responsible person's own word.
        details: further lines for whoever does it.
        fixed: the client cannot move the date.
        internal: never leaves the team.
        review: a delivery must be accepted by the provider.
        after: numbers that must be closed before this one opens.
        appointment: for `attend`.
        files: names of files of the plan mail that go out with it.
        documents: what was delivered for it.
        changed_by: who changed the state last; None: nobody yet, or the plan's own order.
        changed_at: when that was (aware, UTC).
        held_until: last day on which nobody is asked or reminded about it.
    """

    n: int
    title: str
    responsible: PersonId
    kind: ToDoKind = ToDoKind.DO
    state: ToDoState = ToDoState.WAITING
    helpers: tuple[PersonId, ...] = ()
    due: date | None = None
    promised: Promise | None = None
    details: tuple[str, ...] = ()
    fixed: bool = False
    internal: bool = False
    review: bool = False
    after: tuple[int, ...] = ()
    appointment: Appointment | None = None
    files: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    changed_by: PersonId | None = None
    changed_at: datetime | None = None
    held_until: date | None = None

    @property
    def active(self) -> bool:
        """True while it is somebody's turn."""
        return self.state in ACTIVE

    @property
    def day(self) -> date | None:
        """The day that page and calendar show: the promised one, else the due one."""
        return self.promised.until if self.promised else self.due


@dataclass(frozen=True, slots=True)
class Milestone:
    """The checkpoint that ends a phase."""

    title: str
    due: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A clear set of To Dos with a clear ending; `number` counts from 1."""

    number: int
    title: str
    todos: tuple[ToDo, ...]
    milestone: Milestone | None = None
    state: PhaseState = PhaseState.WAITING

    @property
    def complete(self) -> bool:
        """True when nothing in it is left to do."""
        return all(todo.state in CLOSED for todo in self.todos)


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person and what she is in this plan."""

    person: PersonId
    role: Role


@dataclass(frozen=True, slots=True)
class PlanContext:
    """The frame of the work, each line optional, as the provider wrote it."""

    goal: str = ""
    objectives: str = ""
    assumptions: str = ""
    risks: str = ""
    resources: str = ""
    internal: tuple[str, ...] = ()


class ProposalReason(StrEnum):
    """Why something was not done but put before the provider."""

    UNCLEAR = "unclear"
    UNPROVEN = "unproven"
    DATE_REQUEST = "date request"
    STATE = "state"
    NOT_THEIRS = "not theirs"
    DELEGATION = "delegation"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody's answer seems to mean; the provider settles it with one word.

    Attributes:
        number: in the plan, never reused.
        n: the To Do it is about; None: the answer as a whole.
        by: whose answer it was.
        reading: what was understood, the best reading.
        reason: why it was not acted upon.
        asked_at: when the provider was asked (aware, UTC).
        settled: None while open, afterwards the provider's word.
    """

    number: int
    n: int | None
    by: PersonId
    reading: Reading
    reason: ProposalReason
    asked_at: datetime
    settled: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Work with one goal for one client, shown on one page.

    Attributes:
        id: never reused.
        code: short and unique, such as `TAX`.
        title: one line.
        state: see `PlanState`.
        version: rises with every commit that touches the plan.
        client: the client's id; None where the plan has none.
        client_name: the organisation as the page shows it.
        people: everybody on the plan with her role.
        context: goal, risks and the like.
        phases: in order.
        start: first day, if named.
        end: last day, if named.
        language: of the page.
        rhythm: of the reminders.
        review: every delivery of documents must be accepted.
        agree: the client is asked to agree before anything starts.
        paused_until: last day of a pause that has an end.
        proposals: open and settled ones.
        agreed_by: who agreed.
        agreed_at: when (aware, UTC).
        unsettled: problems of its text that the provider must settle before it can go out.
    """

    id: PlanId
    code: str
    title: str
    state: PlanState = PlanState.DRAFT
    version: int = 0
    client: ClientId | None = None
    client_name: str = ""
    people: tuple[Stakeholder, ...] = ()
    context: PlanContext = field(default_factory=PlanContext)
    phases: tuple[Phase, ...] = ()
    start: date | None = None
    end: date | None = None
    language: str = "en"
    rhythm: Rhythm = Rhythm.STANDARD
    review: bool = False
    agree: bool = True
    paused_until: date | None = None
    proposals: tuple[Proposal, ...] = ()
    agreed_by: PersonId | None = None
    agreed_at: datetime | None = None
    unsettled: int = 0

    def todos(self) -> Iterator[ToDo]:
        """Yield every To Do in the order of the page."""
        for phase in self.phases:
            yield from phase.todos

    def todo(self, n: int) -> ToDo | None:
        """Return the To Do with this number, or None."""
        for phase in self.phases:
            for todo in phase.todos:
                if todo.n == n:
                    return todo
        return None

    def phase_of(self, n: int) -> Phase | None:
        """Return the phase that holds this number, or None."""
        return next((p for p in self.phases if any(t.n == n for t in p.todos)), None)

    def ref(self, n: int) -> str:
        """Return the reference people see, such as `TAX-3`."""
        return todo_ref(self.code, n)

    def role_of(self, person: PersonId) -> Role | None:
        """Return what this person is on this plan, or None for somebody else."""
        return next((s.role for s in self.people if s.person == person), None)

    def with_role(self, *roles: Role) -> tuple[PersonId, ...]:
        """Return the persons that have one of these roles, in the plan's order."""
        return tuple(s.person for s in self.people if s.role in roles)

    @property
    def provider(self) -> PersonId:
        """Who runs the plan.

        Raises:
            StopIteration: the plan has no provider; drafting never makes such a plan.
        """
        return next(s.person for s in self.people if s.role is Role.PROVIDER)

    @property
    def next_number(self) -> int:
        """The next To Do number that was never used."""
        return max((todo.n for todo in self.todos()), default=0) + 1

    @property
    def done_count(self) -> tuple[int, int]:
        """How many To Dos are done, and how many count (dropped ones do not)."""
        counting = [todo for todo in self.todos() if todo.state is not ToDoState.DROPPED]
        return sum(todo.state is ToDoState.DONE for todo in counting), len(counting)

    def open_proposals(self) -> tuple[Proposal, ...]:
        """Return what waits for the provider's word."""
        return tuple(p for p in self.proposals if p.settled is None)

    def with_todo(self, todo: ToDo) -> "Plan":
        """Return the plan with this To Do in place of the one with its number."""
        return replace(
            self,
            phases=tuple(
                replace(phase, todos=tuple(todo if t.n == todo.n else t for t in phase.todos))
                for phase in self.phases
            ),
        )

    def with_phase(self, phase: Phase) -> "Plan":
        """Return the plan with this phase in place of the one with its number."""
        return replace(
            self, phases=tuple(phase if p.number == phase.number else p for p in self.phases)
        )
