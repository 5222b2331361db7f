"""Plans that wait for a client's "fine with me": reminders, and at last a word to the provider."""

from collections.abc import Iterator
from datetime import date, datetime

from mailflow.domain.agreement import LAST_STEP, agreement_step
from mailflow.domain.event import PlanStateChanged
from mailflow.domain.notice import AgreementAsked, Alarm, AlarmKind, Notice
from mailflow.domain.people import Person, Role
from mailflow.domain.plan import Plan, PlanState
from mailflow.domain.worktime import Calendar, local_day
from mailflow.ports import UnitOfWork
from mailflow.writing.words import say


def agreement_reminder(
    uow: UnitOfWork, person: Person, now: datetime, calendar: Calendar
) -> Notice | None:
    """Return the reminder that is due to a person, for one plan; each step comes once.

    The days count from the day the question went out: while it awaits approval nobody was
    asked.

    Args:
        uow: the office.
        person: who may have been asked.
        now: the present instant (aware, UTC).
        calendar: her working days.
    """
    today = local_day(now, person.timezone)
    for plan in uow.plans(PlanState.PROPOSED):
        if person.id not in plan.with_role(Role.CLIENT):
            continue
        act, proposed = _proposed(uow, plan, person)
        if _awaits_approval(uow, plan, person):
            uow.note_setting(f"agreement {plan.id} {act} held", today.isoformat())
            continue
        held = uow.setting(f"agreement {plan.id} {act} held")
        asked = max(proposed, date.fromisoformat(held)) if held else proposed
        step = agreement_step(asked, today, calendar)
        key = f"agreement {plan.id} {act} {person.id} {step}"
        if step and not uow.setting(key):
            uow.note_setting(key, today.isoformat())
            return _notice(uow, plan, person, step, asked, now)
    return None


def _notice(  # noqa: PLR0913, PLR0917 - what both kinds of notice tell
    uow: UnitOfWork, plan: Plan, person: Person, step: int, asked: date, now: datetime
) -> Notice:
    if step < LAST_STEP:
        return AgreementAsked(person.id, plan, step, asked)
    provider = uow.person(plan.provider)
    language = "en" if provider is None else provider.language
    reason = say("agreement_open", language, person=person.display, day=asked, code=plan.code)
    return Alarm(plan.provider, AlarmKind.STALLED, plan.title, reason, now, plan)


def _proposed(uow: UnitOfWork, plan: Plan, person: Person) -> tuple[int, date]:
    """Return the act that proposed the plan last, and her local day then.

    Raises:
        StopIteration: nobody proposed it; such a plan is not in the state PROPOSED.
    """
    changes = [*_state_changes(uow, plan)]
    return next(
        (act, local_day(event.at, person.timezone))
        for act, event in reversed(changes)
        if event.after is PlanState.PROPOSED
    )


def _state_changes(uow: UnitOfWork, plan: Plan) -> Iterator[tuple[int, PlanStateChanged]]:
    for past in uow.acts_since(plan.id, 0):
        for of, event in past.events:
            if of == plan.id and isinstance(event, PlanStateChanged):
                yield past.act.id, event


def _awaits_approval(uow: UnitOfWork, plan: Plan, person: Person) -> bool:
    waiting = (uow.waiting_letter(outbox_id) for outbox_id in uow.waiting_letters())
    return any(
        one is not None
        and one.letter.kind == "agreement_asked"
        and one.letter.to == person.id
        and plan.id in one.letter.plans
        for one in waiting
    )
