"""What time brings: To Do mails that waited for the morning, reminders, the digest.

Each person is looked at when her time has come; she gets at most one letter a day, over all
plans, and a unique key makes a second one impossible.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from mailflow.domain.decision import Decision
from mailflow.domain.digest import Digest, DigestLine, DigestSection, digest_sections
from mailflow.domain.ids import PersonId
from mailflow.domain.notice import Notice, Reminder, ToDosAsked
from mailflow.domain.outcome import OpenItem
from mailflow.domain.people import INSIDE, Person
from mailflow.domain.plan import Plan, PlanState, ToDo
from mailflow.domain.planning import By, move_plan
from mailflow.domain.reminder import due_step, may_remind
from mailflow.domain.telling import tell_change
from mailflow.domain.worktime import (
    LETTER_HOUR,
    Calendar,
    in_working_hours,
    local_day,
    local_instant,
    zone,
)
from mailflow.flow.agreements import agreement_reminder
from mailflow.flow.journey import moment_of, responsible_items
from mailflow.flow.post import Occasion, PostRoom, day_key, many_mails
from mailflow.flow.settings import FlowSettings
from mailflow.ports import Act, MailFate, Memory, UnitOfWork

DIGEST_TIME = time(7, 30)
BATCH = 50
_LOOK_BACK = timedelta(days=1)


class Timers:
    """Looks at people when their time has come."""

    def __init__(self, memory: Memory, settings: FlowSettings, post: PostRoom) -> None:
        self._memory = memory
        self._settings = settings
        self._post = post

    def run_due(self, now: datetime) -> int:
        """Write what is due for a batch of people; returns how many people were looked at.

        Only to be called when all mail that arrived was handled: an answer that lies unread
        may make a reminder wrong.
        """
        uow = self._memory.unit()
        people = uow.people_to_check(now, BATCH)
        for person_id in people:
            person = uow.person(person_id)
            if person is not None:
                self._look_at(uow, person, now)
                uow.checked(person_id, self._next_look(person, now))
        if people:
            uow.commit()
        return len(people)

    def _look_at(self, uow: UnitOfWork, person: Person, now: datetime) -> None:
        if person.id == self._settings.provider:
            self._end_pauses(uow, now)
            self._digest(uow, person, now)
        self._letter(uow, person, now)
        uow.close_incident(many_mails(person), now)

    def _end_pauses(self, uow: UnitOfWork, now: datetime) -> None:
        """Let plans go on whose pause had a last day, and that day is over."""
        moment = moment_of(self._settings, now)
        for plan in uow.plans(PlanState.PAUSED):
            if plan.paused_until is None or plan.paused_until >= moment.today:
                continue
            decision = move_plan(plan, PlanState.RUNNING, By(None, moment))
            if isinstance(decision, Decision):
                act = Act(uow.new_act_id(), None, now)
                after = uow.record(act, plan.id, decision.events)
                told = partial(uow.was_told, plan.id)
                notices = tell_change(plan, replace(decision, plan=after), None, told)
                self._post.write(uow, notices, Occasion(now, asked_for=True))

    # -- one letter a person and day

    def _letter(self, uow: UnitOfWork, person: Person, now: datetime) -> None:
        today = local_day(now, person.timezone)
        calendar = self._settings.calendar(person.country, now.year)
        if not in_working_hours(now, person.timezone, calendar):
            return
        if uow.day_key_used(day_key(person, today)):
            return
        plans = uow.plans_of(person.id)
        untold = [
            ToDosAsked(person.id, plan, numbers)
            for plan in plans
            if plan.state is PlanState.RUNNING and (numbers := _untold(uow, plan, person))
        ]
        if untold:
            self._post.write(uow, untold[:1], Occasion(now, asked_for=True))
        elif not _resting(person, today):
            reminder = self._reminder(uow, plans, person, _Day(today, calendar))
            due = reminder or agreement_reminder(uow, person, now, calendar)
            if due is not None:
                self._post.write(uow, [due], Occasion(now, asked_for=True))

    def _reminder(
        self, uow: UnitOfWork, plans: tuple[Plan, ...], person: Person, day: "_Day"
    ) -> Reminder | None:
        """Return the reminder for the newest step of each rhythm that was not told yet."""
        by_id = {plan.id: plan for plan in plans}
        items = tuple(
            OpenItem(shown, by_id[plan_id], n)
            for shown, plan_id, n in responsible_items(plans, person)
        )
        due: list[int] = []
        highest = 0
        for item in items:
            step = _step(item.plan, item.todo, day) if _is_hers(uow, item, person) else None
            key = f"reminder {item.plan.id}-{item.n} {step}"
            if step is not None and not uow.setting(key):
                due.append(item.shown)
                highest = max(highest, step)
                uow.note_setting(key, str(day.today))
        return Reminder(person.id, items, tuple(due), highest) if due else None

    # -- the provider's morning

    def _digest(self, uow: UnitOfWork, person: Person, now: datetime) -> None:
        local = now.astimezone(zone(person.timezone))
        calendar = self._settings.calendar(person.country, now.year)
        if not calendar.works(local.date()) or local.time() < DIGEST_TIME:
            return
        if uow.day_key_used(f"digest {person.id} {local.date()}"):
            return
        plans = uow.plans(PlanState.RUNNING, PlanState.PAUSED)
        inside = frozenset(p.id for p in uow.persons() if p.role in INSIDE)
        since = now - _LOOK_BACK
        sections = digest_sections(plans, local.date(), since, inside)
        more = self._around(uow, since, local.date())
        if sections or more:
            digest: Notice = Digest(person.id, local.date(), (*sections, *more))
            self._post.write(uow, [digest], Occasion(now, asked_for=True))

    def _around(
        self, uow: UnitOfWork, since: datetime, today: date
    ) -> tuple[tuple[DigestSection, tuple[DigestLine, ...]], ...]:
        """Return what happened around the plans: absences, bounces, held mail, strangers."""
        found = {
            DigestSection.BOUNCED: tuple(
                DigestLine(person=person, text=words)
                for person, words in _unreachable(uow, since).items()
            ),
            DigestSection.ABSENT: tuple(
                DigestLine(person=person.id, on=person.absent_until)
                for person in uow.persons()
                if person.absent_until is not None and person.absent_until >= today
            ),
            DigestSection.HELD: tuple(
                DigestLine(text=f"no. {number}: {reason}") for number, reason in uow.held_mail()
            ),
            DigestSection.STRANGERS: tuple(
                DigestLine(text=handled.summary)
                for handled in uow.handled_since(since, MailFate.LISTED, MailFate.FORGED)
            ),
        }
        return tuple((section, lines) for section, lines in found.items() if lines)

    # -- when to look again

    def _next_look(self, person: Person, now: datetime) -> datetime:
        """Return the next morning of a working day, at the hour of this person's letter."""
        calendar = self._settings.calendar(person.country, now.year)
        hour = DIGEST_TIME if person.id == self._settings.provider else LETTER_HOUR
        today = local_day(now, person.timezone)
        morning = local_instant(today, hour, person.timezone)
        first = today if now < morning else today + timedelta(days=1)
        return local_instant(calendar.next_working_day(first), hour, person.timezone)


@dataclass(frozen=True, slots=True)
class _Day:
    today: date
    calendar: Calendar


def _step(plan: Plan, todo: ToDo, day: _Day) -> int | None:
    if not may_remind(plan, todo, day.today, day.calendar):
        return None
    return due_step(plan, todo, day.today, day.calendar)


def _is_hers(uow: UnitOfWork, item: OpenItem, person: Person) -> bool:
    """Return whether she is the one who was asked; helpers are not reminded of it."""
    return item.todo.responsible == person.id and person.id in uow.was_told(item.plan.id, item.n)


def _untold(uow: UnitOfWork, plan: Plan, person: Person) -> tuple[int, ...]:
    """Return the person's open To Dos of a plan for which no letter was written yet.

    One that awaits approval counts: it is not written anew each morning.
    """
    return tuple(
        todo.n
        for todo in plan.todos()
        if todo.active
        and todo.responsible == person.id
        and todo.held_until is None
        and person.id not in uow.was_asked(plan.id, todo.n)
    )


def _unreachable(uow: UnitOfWork, since: datetime) -> dict[PersonId, str]:
    """Return to whom letters came back, and who is asked for something and cannot be reached."""
    found = dict(uow.undelivered_since(since))
    for person in uow.persons():
        if person.address is None and person.undeliverable and uow.plans_of(person.id):
            found.setdefault(person.id, ", ".join(person.undeliverable))
    return found


def _resting(person: Person, today: date) -> bool:
    until = [day for day in (person.absent_until, person.paused_until) if day is not None]
    return person.stopped or any(today <= day for day in until)
