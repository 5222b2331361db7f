"""The few words of a client that always work: list, stop, undo, pause, language."""

from dataclasses import replace

from mailflow.domain.event import Event
from mailflow.domain.notice import Alarm, AlarmKind, ToDoListed
from mailflow.domain.office import PersonChanged
from mailflow.domain.outcome import OpenItem
from mailflow.domain.people import Person
from mailflow.domain.planning import By
from mailflow.domain.refusal import Refusal
from mailflow.domain.telling import tell_change
from mailflow.domain.undo import undo
from mailflow.flow.commands_calendar import CHOICES
from mailflow.flow.journey import Journey, commit_events, moment_of, responsible_items
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import FlowSettings
from mailflow.ports import MailFate, UnitOfWork
from mailflow.reading.dates import read_dates
from mailflow.reading.vocabulary import Said, Wish

_LANGUAGE_CODE_LENGTH = 2


def fulfil_wish(  # noqa: PLR0913, PLR0917 - a mail, its sender, her wish, and the two desks
    uow: UnitOfWork,
    journey: Journey,
    sender: Person,
    said: Said,
    settings: FlowSettings,
    post: PostRoom,
) -> MailFate | None:
    """Do what one of the words asks for; None when it cannot be done and must be read on."""
    if not journey.evidence:
        return None
    match said.wish:
        case Wish.LIST | Wish.HELP:
            return _list(uow, journey, sender, post)
        case Wish.STOP:
            return _stop(uow, journey, sender, settings, post)
        case Wish.UNDO:
            return _undo(uow, journey, sender, settings, post)
        case Wish.PAUSE:
            return _pause(uow, journey, sender, said)
        case Wish.LANGUAGE:
            return _language(uow, journey, sender, said)
        case Wish.CALENDAR:
            return _calendar(uow, journey, sender, said)


def list_of(uow: UnitOfWork, person: Person) -> ToDoListed:
    """Return every open To Do of a person over all plans."""
    plans = {plan.id: plan for plan in uow.plans_of(person.id)}
    items = responsible_items(tuple(plans.values()), person)
    return ToDoListed(person.id, tuple(OpenItem(s, plans[p], n) for s, p, n in items))


def _list(uow: UnitOfWork, journey: Journey, sender: Person, post: PostRoom) -> MailFate:
    post.write(uow, [list_of(uow, sender)], journey.occasion())
    return MailFate.ACTED


def _stop(
    uow: UnitOfWork, journey: Journey, sender: Person, settings: FlowSettings, post: PostRoom
) -> MailFate:
    uow.record_office(journey.act, [PersonChanged(sender, replace(sender, stopped=True))])
    alarm = Alarm(
        settings.provider, AlarmKind.STOPPED, sender.display, journey.message.subject, journey.now
    )
    post.write(uow, [alarm], journey.occasion())
    return MailFate.ACTED


def _undo(
    uow: UnitOfWork, journey: Journey, sender: Person, settings: FlowSettings, post: PostRoom
) -> MailFate | None:
    if "T" not in journey.evidence or "F" not in journey.evidence:
        return None
    past = uow.last_act(None, sender.id)
    if past is None:
        return None
    by = By(sender.id, moment_of(settings, journey.now))
    for plan_id in dict.fromkeys(plan for plan, _ in past.events):
        plan = uow.plan(plan_id)
        if plan is None:
            continue
        events = [event for of, event in past.events if of == plan_id]
        later: list[Event] = [
            event
            for act in uow.acts_since(plan_id, past.act.id)
            for of, event in act.events
            if of == plan_id
        ]
        decision = undo(plan, events, later, by, whole=False)
        if isinstance(decision, Refusal):
            return None
        act = replace(journey.act, by=sender.id, undoes=past.act.id)
        after = commit_events(uow, replace(journey, act=act), plan, decision.events)
        # The one who took it back is told as well: she must see that it worked.
        told = tell_change(plan, replace(decision, plan=after), None, lambda _n: (sender.id,))
        post.write(uow, told, journey.occasion())
    return MailFate.ACTED


def _pause(uow: UnitOfWork, journey: Journey, sender: Person, said: Said) -> MailFate | None:
    found = read_dates(said.rest, sender.language, journey.sent_at.date())
    if not found:
        return None
    changed = replace(sender, paused_until=found[0].end)
    uow.record_office(journey.act, [PersonChanged(sender, changed)])
    return MailFate.ACTED


def _language(uow: UnitOfWork, journey: Journey, sender: Person, said: Said) -> MailFate | None:
    code = said.rest.strip().lower()[:_LANGUAGE_CODE_LENGTH]
    if len(code) != _LANGUAGE_CODE_LENGTH or not code.isalpha():
        return None
    uow.record_office(journey.act, [PersonChanged(sender, replace(sender, language=code))])
    return MailFate.ACTED


def _calendar(uow: UnitOfWork, journey: Journey, sender: Person, said: Said) -> MailFate | None:
    choice = CHOICES.get(said.rest.strip().lower())
    if choice is None:
        return None
    uow.record_office(journey.act, [PersonChanged(sender, replace(sender, calendar=choice))])
    return MailFate.ACTED
