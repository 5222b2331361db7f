"""The client's side: what an answer does to a To Do.

One table decides, by what was said and the state it meets; whatever is not clear, not
proven or not hers to say becomes a proposal that the provider settles with one word.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailflow.domain.decision import Decision
from mailflow.domain.event import (
    DocumentFiled,
    Event,
    NoteTaken,
    ProposalMade,
    QuestionAsked,
    ToDoPromised,
    ToDoReassigned,
    ToDoStateChanged,
)
from mailflow.domain.evolve import evolve_all
from mailflow.domain.ids import PersonId
from mailflow.domain.intent import Intent, ProgressKind, Reading
from mailflow.domain.outcome import ItemOutcome, ItemResult
from mailflow.domain.people import People
from mailflow.domain.permission import may_answer
from mailflow.domain.phases import Moment, advance
from mailflow.domain.plan import (
    Document,
    Phase,
    PhaseState,
    Plan,
    PlanState,
    Promise,
    Proposal,
    ProposalReason,
    ToDo,
    ToDoState,
)
from mailflow.domain.worktime import Calendar

OWN_CORRECTION = timedelta(days=14)
"""How long a person's own "sorry, not done after all" is obeyed without asking."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer about one plan, read.

    Attributes:
        by: who answered.
        readings: what was understood; `n` is the plan's number.
        moment: now, and the provider's local date.
        documents: files with the number they belong to; None where that is not known.
        proven: False where the mail is not proven to be hers: then all is proposed.
        calendar: working days, for how far a promise may go beyond the due date.
        grace: working days after the due date that she may promise by herself.
        people: everybody on the plan, for finding whom she passes a To Do on to.
    """

    by: PersonId
    readings: tuple[Reading, ...]
    moment: Moment
    documents: tuple[tuple[int | None, Document], ...] = ()
    proven: bool = True
    calendar: Calendar = field(default_factory=Calendar)
    grace: int = 5
    people: People = field(default_factory=People)

    @property
    def now(self) -> datetime:
        """The instant of the answer (aware, UTC)."""
        return self.moment.now


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one statement does: events, and the word for the receipt; or why to ask."""

    result: ItemResult
    events: tuple[Event, ...] = ()
    ask: ProposalReason | None = None
    until: date | None = None


def answer_todos(plan: Plan, answer: Answer) -> Decision:
    """Decide what an answer does to a plan, statement by statement.

    One wrong number never spoils the right ones. Answering twice changes nothing, so an
    answer that is read again after a crash is harmless.
    """
    decision = Decision(plan)
    for n, document in answer.documents:
        todo = None if n is None else decision.plan.todo(n)
        if todo is not None and document not in todo.documents:
            decision = decision.then(DocumentFiled(todo.n, document))
    for reading in answer.readings:
        decision = _with_statement(decision, reading, answer)
    return decision.then(*advance(decision.plan, answer.moment))


def _with_statement(decision: Decision, reading: Reading, answer: Answer) -> Decision:
    plan = decision.plan
    todo = None if reading.n is None else plan.todo(reading.n)
    verdict = _whole(reading, answer) if todo is None else _judge(plan, todo, reading, answer)
    events = verdict.events
    proposal = None
    if verdict.ask is not None:
        proposal = _known_proposal(plan, reading, answer)
        if proposal is None:
            proposal = _proposal(plan, reading, answer, verdict.ask)
            events = (*events, ProposalMade(proposal))
    outcome = ItemOutcome(
        plan=evolve_all(plan, events),
        n=None if todo is None else todo.n,
        result=verdict.result,
        until=verdict.until,
        text=reading.text,
        documents=tuple(d for n, d in answer.documents if todo is not None and n == todo.n),
        proposal=proposal,
    )
    return Decision(outcome.plan, (*decision.events, *events), (), (*decision.outcomes, outcome))


def _known_proposal(plan: Plan, reading: Reading, answer: Answer) -> Proposal | None:
    same = (reading.n, answer.by, reading)
    return next((p for p in plan.open_proposals() if (p.n, p.by, p.reading) == same), None)


def _proposal(plan: Plan, reading: Reading, answer: Answer, why: ProposalReason) -> Proposal:
    number = max((p.number for p in plan.proposals), default=0) + 1
    return Proposal(number, reading.n, answer.by, reading, why, answer.now)


def _whole(reading: Reading, answer: Answer) -> _Verdict:
    """Judge a statement about the answer as a whole, or about a number the plan has not."""
    if reading.intent is Intent.QUESTION:
        asked = QuestionAsked(None, answer.by, reading.text)
        return _Verdict(ItemResult.QUESTION_PASSED_ON, (asked,))
    if reading.intent in {Intent.NONE, Intent.ACKNOWLEDGE, Intent.AUTO, Intent.STOP}:
        return _Verdict(ItemResult.UNCHANGED)
    return _Verdict(ItemResult.PROPOSED, ask=ProposalReason.UNCLEAR)


_HARMLESS = frozenset({Intent.QUESTION, Intent.ACKNOWLEDGE, Intent.NONE, Intent.AUTO, Intent.STOP})
"""What may be taken as said even when it is unsure: nothing is closed or moved by it."""


_UNDER_WAY = frozenset({PlanState.RUNNING, PlanState.PAUSED, PlanState.FINISHED})
"""Plans on which an answer counts; a pause stops our mail, not other people's work."""


def _judge(plan: Plan, todo: ToDo, reading: Reading, answer: Answer) -> _Verdict:
    if reading.intent not in _HARMLESS:
        reason = _why_only_proposed(plan, todo, reading, answer)
        if reason is not None:
            return _Verdict(ItemResult.PROPOSED, ask=reason, until=reading.until)
    elif reading.intent is Intent.ACKNOWLEDGE and not (
        answer.proven and reading.sure and may_answer(answer.by, todo, plan)
    ):
        return _Verdict(ItemResult.UNCHANGED)
    return _TABLE[reading.intent](plan, todo, reading, answer)


def _why_only_proposed(
    plan: Plan, todo: ToDo, reading: Reading, answer: Answer
) -> ProposalReason | None:
    if not answer.proven:
        return ProposalReason.UNPROVEN
    if not may_answer(answer.by, todo, plan):
        return ProposalReason.NOT_THEIRS
    if not reading.sure:
        return ProposalReason.UNCLEAR
    return None if plan.state in _UNDER_WAY else ProposalReason.STATE


def _moved(
    todo: ToDo, after: ToDoState, answer: Answer, result: ItemResult, *more: Event
) -> _Verdict:
    if todo.state is after:
        return _Verdict(result, more)
    event = ToDoStateChanged(todo.n, todo.state, after, answer.by, answer.now)
    return _Verdict(result, (event, *more))


_NOTHING = _Verdict(ItemResult.UNCHANGED)
_ASK_FOR_STATE = _Verdict(ItemResult.PROPOSED, ask=ProposalReason.STATE)


def _done(_plan: Plan, todo: ToDo, _reading: Reading, answer: Answer) -> _Verdict:
    if todo.active:
        if todo.review:
            return _moved(todo, ToDoState.DELIVERED, answer, ItemResult.DELIVERED)
        return _moved(todo, ToDoState.DONE, answer, ItemResult.DONE)
    if todo.state is ToDoState.DELIVERED:
        return _Verdict(ItemResult.ALREADY_RECEIVED)
    if todo.state is ToDoState.DONE:
        return _Verdict(ItemResult.ALREADY_DONE)
    return _ASK_FOR_STATE


def _progress(plan: Plan, todo: ToDo, reading: Reading, answer: Answer) -> _Verdict:
    if todo.state is ToDoState.DONE:
        taken_back = reading.progress is ProgressKind.NOT_DONE
        return _correction(plan, todo, answer) if taken_back else _ASK_FOR_STATE
    if todo.state in {ToDoState.DELIVERED, ToDoState.WAITING}:
        return _NOTHING
    if not todo.active:
        return _ASK_FOR_STATE
    if reading.progress is ProgressKind.SOME_DONE:
        return _moved(todo, ToDoState.PARTLY, answer, ItemResult.PARTLY)
    if reading.progress is ProgressKind.BLOCKED:
        return _moved(
            todo,
            ToDoState.STUCK,
            answer,
            ItemResult.STUCK,
            QuestionAsked(todo.n, answer.by, reading.text),
        )
    return _confirmed(todo, answer)


def _correction(plan: Plan, todo: ToDo, answer: Answer) -> _Verdict:
    """Obey a person who takes her own recent "done" back, unless others moved on since."""
    phase = plan.phase_of(todo.n)
    recent = todo.changed_at is not None and answer.now - todo.changed_at <= OWN_CORRECTION
    still_open = phase is not None and phase.state is PhaseState.OPEN
    if todo.changed_by == answer.by and recent and still_open and _nobody_follows(phase, todo):
        return _moved(todo, ToDoState.OPEN, answer, ItemResult.REOPENED)
    return _ASK_FOR_STATE


def _nobody_follows(phase: Phase | None, todo: ToDo) -> bool:
    followers = () if phase is None else phase.todos
    return all(todo.n not in t.after or t.state is ToDoState.WAITING for t in followers)


def _reschedule(plan: Plan, todo: ToDo, reading: Reading, answer: Answer) -> _Verdict:
    if todo.state is ToDoState.DELIVERED:
        return _NOTHING
    if todo.state is ToDoState.WAITING:
        noted = NoteTaken(todo.n, answer.by, reading.text)
        return _Verdict(ItemResult.NOTED, (noted,), until=reading.until)
    if not todo.active:
        return _ASK_FOR_STATE
    if reading.until is None:
        return _confirmed(todo, answer)
    if not may_promise(plan, todo, reading.until, answer):
        return _Verdict(
            ItemResult.DATE_REQUESTED, ask=ProposalReason.DATE_REQUEST, until=reading.until
        )
    promise = Promise(reading.until, reading.until_end or reading.until)
    given = () if todo.promised == promise else (ToDoPromised(todo.n, todo.promised, promise),)
    moved = _moved(todo, ToDoState.PROMISED, answer, ItemResult.PROMISED, *given)
    return _Verdict(moved.result, moved.events, until=reading.until)


def may_promise(plan: Plan, todo: ToDo, until: date, answer: Answer) -> bool:
    """Return whether a date is hers to promise, or must be asked for.

    It is hers if it is not past, at most `grace` working days after the due date, not after
    the milestone's date, and the To Do is not fixed. Without any date of ours it is hers.
    """
    if until < answer.moment.today:
        return False
    if todo.due is not None and until <= todo.due:
        return True
    if todo.fixed:
        return False
    phase = plan.phase_of(todo.n)
    stone = phase.milestone.due if phase is not None and phase.milestone else None
    if stone is not None and until > stone:
        return False
    return todo.due is None or until <= answer.calendar.add_working_days(todo.due, answer.grace)


def _decline(_plan: Plan, todo: ToDo, _reading: Reading, answer: Answer) -> _Verdict:
    if todo.active:
        return _moved(todo, ToDoState.DECLINED, answer, ItemResult.DECLINED)
    if todo.state in {ToDoState.DECLINED, ToDoState.DROPPED}:
        return _NOTHING
    return _ASK_FOR_STATE


def _delegate(plan: Plan, todo: ToDo, reading: Reading, answer: Answer) -> _Verdict:
    taker = _named_person(plan, reading.delegate, answer.people)
    if taker is None or not todo.active:
        return _Verdict(ItemResult.PROPOSED, ask=ProposalReason.DELEGATION)
    if taker == todo.responsible:
        return _NOTHING
    given = ToDoReassigned(todo.n, todo.responsible, taker)
    return _Verdict(ItemResult.REASSIGNED, (given,))


def _named_person(plan: Plan, name: str | None, people: People) -> PersonId | None:
    """Return the one person on the plan that this name or address means, else None."""
    if not name:
        return None
    wanted = name.casefold()
    found = [
        stakeholder.person
        for stakeholder in plan.people
        if stakeholder.person in people
        and wanted in _called(people[stakeholder.person].name, people[stakeholder.person].addresses)
    ]
    return found[0] if len(found) == 1 else None


def _called(name: str, addresses: tuple[str, ...]) -> set[str]:
    folded = name.casefold()
    return {folded, *folded.split()[:1], *(a.casefold() for a in addresses)}


def _question(_plan: Plan, todo: ToDo, reading: Reading, answer: Answer) -> _Verdict:
    asked = QuestionAsked(todo.n, answer.by, reading.text)
    if todo.active and reading.progress is ProgressKind.BLOCKED and reading.sure and answer.proven:
        return _moved(todo, ToDoState.STUCK, answer, ItemResult.QUESTION_PASSED_ON, asked)
    return _Verdict(ItemResult.QUESTION_PASSED_ON, (asked,))


def _acknowledge(_plan: Plan, todo: ToDo, _reading: Reading, answer: Answer) -> _Verdict:
    return _confirmed(todo, answer)


def _confirmed(todo: ToDo, answer: Answer) -> _Verdict:
    if todo.state is ToDoState.OPEN:
        return _moved(todo, ToDoState.CONFIRMED, answer, ItemResult.CONFIRMED)
    return _NOTHING


def _nothing(_plan: Plan, _todo: ToDo, _reading: Reading, _answer: Answer) -> _Verdict:
    return _NOTHING


_TABLE: dict[Intent, Callable[[Plan, ToDo, Reading, Answer], _Verdict]] = {
    Intent.DONE: _done,
    Intent.PROGRESS: _progress,
    Intent.RESCHEDULE: _reschedule,
    Intent.QUESTION: _question,
    Intent.DECLINE: _decline,
    Intent.DELEGATE: _delegate,
    Intent.ACKNOWLEDGE: _acknowledge,
    Intent.NONE: _nothing,
    Intent.AUTO: _nothing,
    Intent.STOP: _nothing,
}
