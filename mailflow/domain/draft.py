"""A plan as it was read from text, before anybody in it is known by id.

`reading/plantext.py` makes it, `domain/planning.py` turns it into a plan, and a draft with
problems is still given as far as it was read.
"""

from dataclasses import dataclass, field
from datetime import date

from mailflow.domain.people import Role
from mailflow.domain.plan import Appointment, PlanContext, Rhythm, ToDoKind


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a text that could not be read or cannot be so.

    Attributes:
        line: line in the text, counted from 1; 0 for the text as a whole.
        text: the line as it was typed.
        message: what is wrong, and the nearest form that would be right.
    """

    line: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """Somebody the text names; `address` is None where neither text nor book knows it."""

    name: str
    address: str | None
    role: Role
    company: str = ""

    @property
    def key(self) -> str:
        """What To Dos of the draft refer to: the address, or the name without one."""
        return self.address or self.name


@dataclass(frozen=True, slots=True)
class DraftToDo:
    """One step of the text.

    Attributes:
        n: its number.
        title: one line.
        responsible: key of a `DraftPerson`; None where the text names nobody (a problem).
        kind: said by the text or inferred from the title.
        helpers: keys of further persons.
        due: resolved local date.
        after: numbers that must be closed before.
        details: indented lines.
        fixed: `[fixed]`.
        internal: `[internal]`.
        appointment: for `[attend …]`.
        files: names in `[file: …]`.
        line: where it stands in the text.
    """

    n: int
    title: str
    responsible: str | None
    kind: ToDoKind = ToDoKind.DO
    helpers: tuple[str, ...] = ()
    due: date | None = None
    after: tuple[int, ...] = ()
    details: tuple[str, ...] = ()
    fixed: bool = False
    internal: bool = False
    appointment: Appointment | None = None
    files: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class DraftMilestone:
    """The line that closes a phase."""

    title: str
    due: date | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class DraftPhase:
    """A heading with its steps; a text without headings has one phase without a title."""

    title: str
    todos: tuple[DraftToDo, ...]
    milestone: DraftMilestone | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """All that was read of a plan text, and what could not be.

    Attributes:
        title: from the subject or the text.
        code: the wished or derived code, such as `TAX`.
        client_name: the organisation, or the client's name.
        people: everybody named, the provider excepted.
        phases: in order.
        context: goal and the like.
        start: first day.
        end: last day.
        language: ISO 639-1 of the plan.
        rhythm: of the reminders.
        review: deliveries must be accepted.
        agree: False where the text says `Agree: no`.
        template: name of the template it starts from, or "".
        headers: every header as typed, by its English name in lower case.
        unnamed_files: files of the mail that no line names.
        problems: what the provider must settle; empty means it can be proposed.
    """

    title: str
    code: str
    client_name: str = ""
    people: tuple[DraftPerson, ...] = ()
    phases: tuple[DraftPhase, ...] = ()
    context: PlanContext = field(default_factory=PlanContext)
    start: date | None = None
    end: date | None = None
    language: str = "en"
    rhythm: Rhythm = Rhythm.STANDARD
    review: bool = False
    agree: bool = True
    template: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    unnamed_files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ToDoEdit:
    """A line of a running plan's text that says something else than the plan.

    Attributes:
        n: number of the To Do.
        todo: as it is to be; what the line does not say stays as it was. Persons are keys as in
            `DraftPerson`.
        changed: names of the fields of `todo` that differ.
    """

    n: int
    todo: DraftToDo
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToDoAddition:
    """A line without a number of the plan: a To Do that is to join a phase."""

    phase: int
    todo: DraftToDo


@dataclass(frozen=True, slots=True)
class ToDoMove:
    """A line with a number of the plan that stands in another phase now."""

    n: int
    phase: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class PhaseEdit:
    """A heading: another title of a phase of the plan, or, behind the last, a new phase."""

    phase: int
    title: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """Somebody in a header who is not on the plan yet."""

    person: DraftPerson
    line: int = 0


@dataclass(frozen=True, slots=True)
class MilestoneEdit:
    """A milestone of a phase, with another title or another date."""

    phase: int
    milestone: DraftMilestone


@dataclass(frozen=True, slots=True)
class HeaderEdit:
    """A header with another value; `name` is English, a date is told in ISO 8601."""

    name: str
    value: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ToDosMissing:
    """Numbers that the text does not have any more; nothing is dropped by that."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EditMisread:
    """A line that may be meant as a change and could not be read; nothing of it is done."""

    problem: Problem


PlanEdit = (
    ToDoEdit
    | ToDoAddition
    | ToDoMove
    | PhaseEdit
    | PersonEdit
    | MilestoneEdit
    | HeaderEdit
    | ToDosMissing
    | EditMisread
)
"""Everything that the edited text of a running plan can ask for."""
