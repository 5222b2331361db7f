"""Commands on whole plans: ok, start, pause, resume, finish, cancel, go live, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from mailflow.domain.event import Event
from mailflow.domain.ids import PlanId
from mailflow.domain.notice import AgreementAsked, LineFate, Notice
from mailflow.domain.office import SettingChanged
from mailflow.domain.people import Role
from mailflow.domain.plan import Plan, PlanState
from mailflow.domain.planning import move_plan
from mailflow.domain.refusal import Refusal, RefusalReason
from mailflow.domain.telling import tell_change
from mailflow.domain.undo import undo
from mailflow.flow.approvals import release_all
from mailflow.flow.commands_todos import settle_numbered
from mailflow.flow.counter import Counter, Result
from mailflow.flow.journey import commit_events
from mailflow.ports import PastAct
from mailflow.reading.dates import read_dates
from mailflow.reading.provider import Command, glue_words


def approve_draft(counter: Counter, command: Command) -> Result:
    """Say "ok" to a draft: the client is asked to agree, or the plan starts."""
    settled = settle_numbered(counter, command)
    if settled is not None:
        return settled
    plan = counter.plan_of(command)
    if isinstance(plan, Result):
        return plan
    if plan.unsettled:
        return counter.because(Refusal(RefusalReason.HAS_PROBLEMS), plan)
    clients = plan.with_role(Role.CLIENT)
    if plan.state is PlanState.DRAFT and plan.agree and clients:
        return _propose(counter, plan)
    return start(counter, replace(command, code=plan.code, rest=""))


def _propose(counter: Counter, plan: Plan) -> Result:
    decision = move_plan(plan, PlanState.PROPOSED, counter.by)
    if isinstance(decision, Refusal):
        return counter.because(decision, plan)
    after = commit_events(counter.uow, counter.journey, plan, decision.events)
    clients = [counter.uow.person(person) for person in plan.with_role(Role.CLIENT)]
    asked: tuple[Notice, ...] = tuple(
        AgreementAsked(client.id, after) for client in clients if client is not None
    )
    names = tuple(client.display for client in clients if client is not None)
    said = counter.say("proposed_to_client", code=plan.code, title=plan.title, person=names)
    return Result(LineFate.DONE, said, notices=asked)


def start(counter: Counter, command: Command) -> Result:
    """Start a plan, also without waiting for an agreement."""
    plan = counter.plan_alone(command)
    if isinstance(plan, Result):
        return plan
    if plan.unsettled and plan.state is PlanState.DRAFT:
        return counter.because(Refusal(RefusalReason.HAS_PROBLEMS), plan)
    return _move(counter, plan, PlanState.RUNNING, "started")


def _move(
    counter: Counter, plan: Plan, after: PlanState, key: str, until: date | None = None
) -> Result:
    decision = move_plan(plan, after, counter.by, until)
    if isinstance(decision, Refusal):
        return counter.because(decision, plan)
    moved, told = counter.commit(plan, decision)
    counter.current = (moved, None)
    if until is not None:
        said = counter.say(f"{key}_until", code=plan.code, title=plan.title, day=until)
    else:
        said = counter.say(key, code=plan.code, title=plan.title)
    return Result(LineFate.DONE, said, notices=told)


def _mover(after: PlanState, key: str) -> Callable[[Counter, Command], Result]:
    def move(counter: Counter, command: Command) -> Result:
        plan = counter.plan_alone(command)
        return plan if isinstance(plan, Result) else _move(counter, plan, after, key)

    return move


def pause(counter: Counter, command: Command) -> Result:
    """Pause a plan: nobody is asked or reminded until it goes on."""
    plan = counter.plan_of(command)
    if isinstance(plan, Result):
        return plan
    found = read_dates(command.rest, counter.sender.language, counter.moment.today)
    until = found[0].end if found else None
    if command.rest and until is None:
        return counter.refused("date_not_understood", words=command.rest)
    return _move(counter, plan, PlanState.PAUSED, "paused", until)


def go_live(counter: Counter, _command: Command) -> Result:
    """Let letters go straight to clients from now on, those that wait first."""
    if counter.settings.live or counter.uow.setting("live") == "yes":
        return Result(LineFate.NOTHING_TO_DO, counter.say("already_live"))
    changed = SettingChanged("live", "", "yes", counter.sender.id)
    counter.uow.record_office(counter.journey.act, [changed])
    said, told = release_all(counter)
    return Result(LineFate.DONE, counter.say("went_live"), said, told)


def take_back(counter: Counter, command: Command) -> Result:
    """Take back the sender's last act, or the one with a number."""
    whole = bool(set(command.rest.lower().split()) & glue_words("all", counter.sender.language))
    past = _meant(counter, command)
    if past is None:
        return counter.refused("nothing_to_undo")
    undone: list[tuple[Plan, tuple[Event, ...]]] = []
    told: list[Notice] = []
    for plan_id in dict.fromkeys(plan for plan, _ in past.events):
        plan = counter.uow.plan(plan_id)
        if plan is None:
            continue
        events = [event for of, event in past.events if of == plan_id]
        later = _later(counter, plan_id, past.act.id)
        decision = undo(plan, events, later, counter.by, whole=whole)
        if isinstance(decision, Refusal):
            facts = Refusal(decision.reason, (("what", plan.code),))
            return counter.because(facts, plan)
        act = replace(counter.journey.act, undoes=past.act.id)
        after = commit_events(counter.uow, replace(counter.journey, act=act), plan, decision.events)
        told += tell_change(
            plan,
            replace(decision, plan=after),
            counter.sender.id,
            partial(counter.uow.was_told, plan_id),
        )
        undone.append((after, decision.events))
    if not undone:
        return counter.refused("nothing_to_undo")
    what = "; ".join(f"{plan.code}: {_told(events)}" for plan, events in undone)
    return Result(LineFate.DONE, counter.say("undone", what=what), notices=tuple(told))


def _meant(counter: Counter, command: Command) -> PastAct | None:
    if command.refs and command.refs[0].code is None:
        return counter.uow.act(command.refs[0].n)
    plan = None
    if command.code is not None:
        found = counter.uow.plan_by_code(command.code)
        plan = None if found is None else found.id
    elif counter.letter is not None and len(counter.letter.plans) == 1:
        plan = counter.letter.plans[0]
    return counter.uow.last_act(plan, None if plan is not None else counter.sender.id)


def _later(counter: Counter, plan: PlanId, act: int) -> list[Event]:
    return [
        event
        for past in counter.uow.acts_since(plan, act)
        for of, event in past.events
        if of == plan
    ]


def _told(events: tuple[Event, ...]) -> str:
    numbers = {str(n) for event in events if (n := getattr(event, "n", None)) is not None}
    return ", ".join(sorted(numbers, key=int)) or str(len(events))


PLANS = {
    "ok": approve_draft,
    "yes": approve_draft,
    "start": start,
    "pause": pause,
    "resume": _mover(PlanState.RUNNING, "resumed"),
    "finish": _mover(PlanState.FINISHED, "finished"),
    "cancel": _mover(PlanState.CANCELLED, "cancelled"),
    "go_live": go_live,
    "undo": take_back,
}
