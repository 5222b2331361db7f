"""Who must hear what after a decision: each person once, politely.

The person who answered gets a receipt with what opened for her; others get one letter with
all that became their turn; the provider gets what needs a person; the rest waits for the
digest.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from mailflow.domain.decision import Decision
from mailflow.domain.event import (
    Event,
    NoteTaken,
    PlanStateChanged,
    ToDoDueChanged,
    ToDoReassigned,
    ToDoRewritten,
    ToDoStateChanged,
)
from mailflow.domain.ids import PersonId
from mailflow.domain.notice import (
    AnswerPassedOn,
    Change,
    ChangeNotice,
    Notice,
    PageOccasion,
    PassedOnReason,
    PlanPage,
    Receipt,
    ToDosAsked,
)
from mailflow.domain.outcome import ItemOutcome, ItemResult
from mailflow.domain.phases import opened, reached
from mailflow.domain.plan import Phase, Plan, PlanState, ToDoState
from mailflow.domain.undo import number_of


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What the provider needs to see of an answer that needs her.

    Attributes:
        by: who answered.
        text: the visible answer.
        subject: of the mail.
        files: names of the files that came along.
        leftover: True when some words did not become an act.
    """

    by: PersonId
    text: str
    subject: str = ""
    files: tuple[str, ...] = ()
    leftover: bool = False


Step = tuple[Plan, Decision]
"""A plan before, and the decision that moved it."""


def tell_answer(steps: Sequence[Step], facts: AnswerFacts) -> tuple[Notice, ...]:
    """Return what follows from one person's answer, over all the plans it touched."""
    receipt = _receipt(steps, facts)
    served = {facts.by} if receipt is not None else set()
    notices: list[Notice] = [] if receipt is None else [receipt]
    for before, decision in steps:
        notices += _turns(before, decision.plan, served)
    notices += _passed_on(steps, facts)
    for before, decision in steps:
        asked = {n.to for n in notices if isinstance(n, ToDosAsked)}
        notices += _pages(before, decision.plan, served | asked)
    return tuple(notices)


def tell_change(
    before: Plan,
    decision: Decision,
    by: PersonId | None,
    was_told: Callable[[int], tuple[PersonId, ...]],
) -> tuple[Notice, ...]:
    """Return what follows when the provider changed a plan: who was told before is told again.

    Args:
        before: the plan before the change.
        decision: what happened.
        by: who changed it, and needs no telling.
        was_told: who had a letter that showed a To Do.
    """
    changes = list(_changes(decision, by, was_told))
    asked = list(_turns(before, decision.plan, set() if by is None else {by}))
    if by is not None:
        asked += _own_turns(before, decision.plan, by)
    notices: list[Notice] = [*changes, *_not_told(asked, changes)]
    served = {n.to for n in notices}
    notices += _pages(before, decision.plan, served if by is None else served | {by})
    return tuple(notices)


def merged(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """Return what several commands make to be told as one letter a person, plan and matter."""
    plans = {n.plan.id: n.plan for n in notices if isinstance(n, ChangeNotice | ToDosAsked)}
    found: dict[object, Notice] = {}
    for place, notice in enumerate(notices):
        match notice:
            case ChangeNotice(to=to, plan=plan):
                key: object = (ChangeNotice, to, plan.id)
                found[key] = _with_changes(found.get(key), notice, plans[plan.id])
            case ToDosAsked(to=to, plan=plan):
                key = (ToDosAsked, to, plan.id)
                found[key] = _with_numbers(found.get(key), notice, plans[plan.id])
            case PlanPage(to=to, plan=plan):
                found[(PlanPage, to, plan.id)] = notice
            case _:
                found[place] = notice
    return tuple(n for n in found.values() if not isinstance(n, ToDosAsked) or n.numbers)


def _with_changes(known: Notice | None, notice: ChangeNotice, plan: Plan) -> ChangeNotice:
    earlier = known.changes if isinstance(known, ChangeNotice) else ()
    last = {n: (n, change, words) for n, change, words in (*earlier, *notice.changes)}
    return replace(notice, plan=plan, changes=tuple(last.values()))


def _with_numbers(known: Notice | None, notice: ToDosAsked, plan: Plan) -> ToDosAsked:
    earlier = known.numbers if isinstance(known, ToDosAsked) else ()
    hers = tuple(
        n
        for n in dict.fromkeys((*earlier, *notice.numbers))
        if (todo := plan.todo(n)) and todo.active and todo.responsible == notice.to
    )
    return replace(notice, plan=plan, numbers=hers)


_QUIET = frozenset({ItemResult.UNCHANGED, ItemResult.CONFIRMED, ItemResult.PROPOSED})
"""Results that are no reason to write: thanks need no thanks, and doubts go to the provider."""


def _receipt(steps: Sequence[Step], facts: AnswerFacts) -> Receipt | None:
    outcomes = tuple(o for _, decision in steps for o in decision.outcomes)
    turns = tuple(
        (decision.plan, mine)
        for before, decision in steps
        if (mine := _askable(decision.plan, opened(before, decision.plan).get(facts.by, ())))
    )
    if all(outcome.result in _QUIET for outcome in outcomes) and not turns:
        return None
    stones = (p for before, d in steps for p in reached(before, d.plan))
    return Receipt(
        to=facts.by,
        outcomes=tuple(o for o in outcomes if o.result is not ItemResult.UNCHANGED),
        opened=turns,
        reached=tuple(_name(phase) for phase in stones),
    )


def _name(phase: Phase) -> str:
    return phase.milestone.title if phase.milestone else phase.title


def _askable(plan: Plan, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out what the provider holds back."""
    return tuple(n for n in numbers if (todo := plan.todo(n)) and todo.held_until is None)


def _turns(before: Plan, after: Plan, served: set[PersonId]) -> Iterator[ToDosAsked]:
    for person, numbers in opened(before, after).items():
        mine = _askable(after, numbers)
        if person not in served and mine:
            yield ToDosAsked(person, after, mine)


def _own_turns(before: Plan, after: Plan, by: PersonId) -> Iterator[ToDosAsked]:
    """Ask the person who changed the plan too, when that opened something of her own."""
    mine = _askable(after, opened(before, after).get(by, ()))
    if mine:
        yield ToDosAsked(by, after, mine)


def _not_told(asked: Sequence[ToDosAsked], changes: Sequence[ChangeNotice]) -> Iterator[ToDosAsked]:
    """Leave out what a change notice to the same person asks for already."""
    told = {(notice.to, n) for notice in changes for n, _, _ in notice.changes}
    for notice in asked:
        left = tuple(n for n in notice.numbers if (notice.to, n) not in told)
        if left:
            yield replace(notice, numbers=left)


_FOR_A_PERSON = {
    ItemResult.QUESTION_PASSED_ON: PassedOnReason.QUESTION,
    ItemResult.STUCK: PassedOnReason.QUESTION,
    ItemResult.DECLINED: PassedOnReason.REQUEST,
    ItemResult.DATE_REQUESTED: PassedOnReason.REQUEST,
    ItemResult.PROPOSED: PassedOnReason.UNCLEAR,
}
"""Results that the provider hears of at once, and why."""


def _passed_on(steps: Sequence[Step], facts: AnswerFacts) -> Iterator[AnswerPassedOn]:
    """Pass an answer on whole, once for each plan on which a person has to look."""
    first = True
    for _, decision in steps:
        doubts = [_FOR_A_PERSON[o.result] for o in decision.outcomes if o.result in _FOR_A_PERSON]
        if facts.leftover and first and not doubts:
            doubts = [PassedOnReason.UNCLEAR]
        first = False
        if doubts and decision.plan.provider != facts.by:
            yield AnswerPassedOn(
                to=decision.plan.provider,
                by=facts.by,
                plan=decision.plan,
                outcomes=_worth_showing(decision.outcomes),
                text=facts.text,
                subject=facts.subject,
                files=facts.files,
                doubt=doubts[0].value,
            )


def _worth_showing(outcomes: tuple[ItemOutcome, ...]) -> tuple[ItemOutcome, ...]:
    return tuple(o for o in outcomes if o.result is not ItemResult.UNCHANGED)


def _pages(before: Plan, after: Plan, served: set[PersonId]) -> Iterator[PlanPage]:
    """Send the page to everybody on the plan when it started or a milestone was reached."""
    occasion = _occasion(before, after)
    if occasion is None:
        return
    stones = reached(before, after)
    changes = tuple(t.n for t in after.todos() if t != before.todo(t.n))
    for stakeholder in after.people:
        if stakeholder.person not in served:
            yield PlanPage(
                to=stakeholder.person,
                plan=after,
                occasion=occasion.value,
                milestone=_name(stones[-1]) if stones else "",
                changes=changes,
            )


def _occasion(before: Plan, after: Plan) -> PageOccasion | None:
    if after.state is PlanState.FINISHED and before.state is not PlanState.FINISHED:
        return PageOccasion.PLAN_FINISHED
    if reached(before, after):
        return PageOccasion.PHASE_FINISHED
    started = {PlanState.DRAFT, PlanState.PROPOSED, PlanState.AGREED}
    if before.state in started and after.state is PlanState.RUNNING:
        return PageOccasion.AGREED
    return None


def _changes(
    decision: Decision,
    by: PersonId | None,
    was_told: Callable[[int], tuple[PersonId, ...]],
) -> Iterator[ChangeNotice]:
    told: dict[PersonId, dict[int | None, tuple[Change, str]]] = {}
    for event in decision.events:
        change = _change(event)
        n = number_of(event) if not isinstance(event, ToDoRewritten) else event.after.n
        if change is None:
            continue
        words = _words(decision, n) if change is Change.REJECTED else ""
        for person in _concerned(decision.plan, event, n, was_told):
            if person != by:
                told.setdefault(person, {})[n] = change, words
    for person, changes in told.items():
        yield ChangeNotice(person, decision.plan, tuple((n, c, w) for n, (c, w) in changes.items()))


def _concerned(
    plan: Plan, event: Event, n: int | None, was_told: Callable[[int], tuple[PersonId, ...]]
) -> tuple[PersonId, ...]:
    todo = None if n is None else plan.todo(n)
    if n is not None and todo is not None:
        hers = {todo.responsible, *todo.helpers}
        if isinstance(event, ToDoReassigned):
            hers.add(event.before)
        return tuple(person for person in was_told(n) if person in hers)
    if isinstance(event, PlanStateChanged):
        waiting = {t.responsible: None for t in plan.todos() if t.active and was_told(t.n)}
        return tuple(waiting)
    return ()


_STATE_CHANGES = {
    ToDoState.DONE: Change.TICKED,
    ToDoState.DROPPED: Change.DROPPED,
    ToDoState.WAITING: Change.WAITING_AGAIN,
    ToDoState.OPEN: Change.REOPENED,
}
_PLAN_CHANGES = {
    PlanState.PAUSED: Change.PLAN_PAUSED,
    PlanState.CANCELLED: Change.PLAN_CANCELLED,
    PlanState.FINISHED: Change.PLAN_FINISHED,
}


_DELIVERY_CHANGES = {
    ToDoState.DONE: Change.ACCEPTED,
    ToDoState.OPEN: Change.REJECTED,
}


_OVER = frozenset({PlanState.PAUSED, PlanState.FINISHED, PlanState.CANCELLED})
"""States from which a plan goes on with what was open."""


def _words(decision: Decision, n: int | None) -> str:
    """Return the reason that was noted with a decision."""
    notes = (e.text for e in decision.events if isinstance(e, NoteTaken) and e.n == n)
    return next(notes, "")


def _change(event: Event) -> Change | None:
    found: Change | None = None
    match event:
        case ToDoStateChanged():
            found = _state_change(event)
        case ToDoDueChanged():
            found = Change.MOVED
        case ToDoReassigned():
            found = Change.REASSIGNED_AWAY
        case ToDoRewritten():
            found = Change.REWORDED
        case PlanStateChanged(before=before, after=PlanState.RUNNING) if before in _OVER:
            found = Change.PLAN_RESUMED
        case PlanStateChanged(after=state):
            found = _PLAN_CHANGES.get(state)
        case _:
            pass
    return found


def _state_change(event: ToDoStateChanged) -> Change | None:
    if event.before is ToDoState.DELIVERED and event.after in _DELIVERY_CHANGES:
        return _DELIVERY_CHANGES[event.after]
    if event.before is ToDoState.WAITING and event.after is ToDoState.OPEN:
        return None
    return _STATE_CHANGES.get(event.after)
