"""What happened to a plan, told as people tell it: when, by whom, on which words, and what."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from mailflow.domain.event import (
    DocumentFiled,
    Event,
    MilestoneMoved,
    NoteTaken,
    PersonJoined,
    PhaseNamed,
    PhaseStateChanged,
    PlanDrafted,
    PlanReframed,
    PlanStateChanged,
    ProposalMade,
    ProposalSettled,
    QuestionAsked,
    ToDoAdded,
    ToDoDueChanged,
    ToDoHeld,
    ToDoMoved,
    ToDoPromised,
    ToDoReassigned,
    ToDoRewritten,
    ToDoStateChanged,
)
from mailflow.domain.ids import PersonId
from mailflow.domain.plan import Plan
from mailflow.flow.counter import Counter
from mailflow.ports import PastAct
from mailflow.writing.words import Fact, day_words, office_words


def history_of(counter: Counter, plan: Plan, n: int | None = None) -> Iterator[tuple[str, ...]]:
    """Yield every act that stands, oldest first: its heading, then a line for each change.

    Args:
        counter: whose language is spoken; times are told in the provider's zone.
        plan: whose history is told.
        n: only what concerns this To Do.
    """
    for past in counter.uow.acts_since(plan.id, 0):
        told = [
            line
            for of, event in past.events
            if of == plan.id and n in {None, _about(event)}
            for line in _told(counter, plan, event)
        ]
        if told:
            yield (_heading(counter, past), *(f"  {line}" for line in dict.fromkeys(told)))


def _heading(counter: Counter, past: PastAct) -> str:
    act = past.act
    parts = [_when(counter, act.at), _name(counter, act.by)]
    if act.evidence:
        parts.append(f"“{' … '.join(act.evidence)}”")
    parts.append(f"undo {act.id}")
    return " · ".join(part for part in parts if part)


def _when(counter: Counter, at: datetime) -> str:
    there = at.astimezone(ZoneInfo(counter.settings.timezone))
    elsewhen = there.year != counter.moment.today.year
    day = day_words(there.date(), counter.sender.language, with_year=elsewhen)
    return f"{day} {there:%H:%M}"


def _name(counter: Counter, person: PersonId | None) -> str:
    found = None if person is None else counter.uow.person(person)
    return "" if found is None else found.display


def _about(event: Event) -> int | None:
    match event:
        case ToDoRewritten(after=todo) | ToDoAdded(todo=todo):
            return todo.n
        case ProposalMade(proposal=proposal):
            return proposal.n
        case _:
            return getattr(event, "n", None)


def _told(counter: Counter, plan: Plan, event: Event) -> Iterator[str]:
    say = partial(_sentence, counter, plan)
    match event:
        case PlanDrafted():
            yield say("drafted")
        case PlanStateChanged(after=plan_state):
            yield say("plan_is", state=plan_state)
        case PhaseStateChanged(phase=number, after=phase_state):
            title = next((p.title for p in plan.phases if p.number == number), str(number))
            yield say("phase_is", title=title, state=phase_state)
        case MilestoneMoved(after=stone):
            if stone is not None and stone.due is not None:
                yield say("milestone_is", title=stone.title, day=stone.due)
        case ToDoStateChanged(n=n, after=state):
            yield say("todo_is", n, state=state)
        case DocumentFiled(n=n, document=document):
            yield say("filed", n, name=document.name)
        case _:
            yield from (*_dates(say, event), *_words(say, event))
            yield from (*_hands(counter, say, event), *_places(plan, say, event))


def _dates(say: Callable[..., str], event: Event) -> Iterator[str]:
    match event:
        case ToDoPromised(n=n, after=promise):
            yield say("unpromised", n) if promise is None else say("promised", n, day=promise.until)
        case ToDoDueChanged(n=n, after=due):
            yield say("undated", n) if due is None else say("due", n, day=due)
        case ToDoHeld(n=n, after=day):
            yield say("unheld", n) if day is None else say("held", n, day=day)
        case _:
            return


def _words(say: Callable[..., str], event: Event) -> Iterator[str]:
    match event:
        case NoteTaken(n=n, text=text):
            yield say("noted" if n is None else "noted_of", n, text=text)
        case QuestionAsked(n=n, text=text):
            yield say("asked" if n is None else "asked_of", n, text=text)
        case ProposalMade(proposal=proposal):
            n = proposal.n
            yield say("proposed" if n is None else "proposed_of", n)
        case ProposalSettled(after=word):
            if word is not None:
                yield say("settled", word=word)
        case _:
            return


def _hands(counter: Counter, say: Callable[..., str], event: Event) -> Iterator[str]:
    match event:
        case ToDoReassigned(n=n, after=taker):
            yield say("given", n, person=_name(counter, taker))
        case PersonJoined(person=person):
            yield say("joined", person=_name(counter, person))
        case ToDoAdded(todo=todo):
            yield say("added", todo.n, title=todo.title)
        case ToDoRewritten(after=todo):
            yield say("rewritten", todo.n, title=todo.title)
        case _:
            return


def _places(plan: Plan, say: Callable[..., str], event: Event) -> Iterator[str]:
    match event:
        case PlanReframed():
            yield say("reframed")
        case PhaseNamed(before=before, after=title):
            if title is not None:
                yield say("phase_added" if before is None else "phase_named", title=title)
        case ToDoMoved(n=n, after=number):
            title = next((p.title for p in plan.phases if p.number == number), str(number))
            yield say("todo_moved", n, title=title)
        case _:
            return


def _sentence(counter: Counter, plan: Plan, key: str, n: int | None = None, **facts: Fact) -> str:
    ref = plan.code if n is None else plan.ref(n)
    return office_words(counter.sender.language).say(f"history.{key}", ref=ref, **facts)
