"""Mail that a machine wrote: bounces, out-of-office, calendar answers, receipts, lists.

None of it is ever answered, but for a calendar that asks for an entry it lost. What it says
about a person is noted; what it says about an address that does not work is told to the
provider, once.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailflow.domain.event import NoteTaken
from mailflow.domain.ids import LetterId
from mailflow.domain.intent import Intent, Reading
from mailflow.domain.notice import ToDosAsked
from mailflow.domain.office import PersonChanged
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan
from mailflow.domain.progress import Answer, answer_todos
from mailflow.domain.telling import AnswerFacts, tell_answer
from mailflow.domain.worktime import local_day
from mailflow.flow.authenticity import Right, client_right
from mailflow.flow.journey import Journey, commit_events, evidence_act, moment_of
from mailflow.flow.post import PostRoom
from mailflow.flow.reachable import bounced, came_back
from mailflow.flow.settings import FlowSettings
from mailflow.mail.authentication import StampResult
from mailflow.mail.automatic import MailKind
from mailflow.mail.bounce import BounceReport, read_bounces
from mailflow.mail.keys import read_own_id, verify
from mailflow.ports import MailFate, SentLetter, UnitOfWork
from mailflow.reading.auto_reply import read_auto_reply
from mailflow.reading.itip import AnswerKind, CalendarAnswer, read_calendar_answer

LONGEST_ABSENCE = timedelta(days=30)
UNKNOWN_ABSENCE = 5
"""Working days for which reminders wait when an out-of-office names no day."""


class MachineDesk:
    """Handles mail that no person wrote."""

    def __init__(self, settings: FlowSettings, post: PostRoom) -> None:
        self._settings = settings
        self._post = post

    def handle(
        self, uow: UnitOfWork, journey: Journey, kind: MailKind, stamp: StampResult
    ) -> MailFate:
        """Note what the machine says; returns how the mail ended."""
        match kind:
            case MailKind.DSN:
                return self._bounced(uow, journey)
            case MailKind.AUTO_REPLY:
                return self._absent(uow, journey)
            case MailKind.CALENDAR:
                return self._calendar(uow, journey, stamp)
            case _:
                return MailFate.LOGGED

    # -- bounces (RFC 3464)

    def _bounced(self, uow: UnitOfWork, journey: Journey) -> MailFate:
        for report in read_bounces(journey.message):
            letter = self._returned(uow, journey, report)
            if letter is not None and report.hard:
                self._undeliverable(uow, journey, report, letter)
        return MailFate.BOUNCE

    def _undeliverable(
        self, uow: UnitOfWork, journey: Journey, report: BounceReport, letter: SentLetter
    ) -> None:
        if came_back(uow, journey.act, uow.person(letter.to), letter.address):
            plan = uow.plan(letter.plans[0]) if letter.plans else None
            reason = report.diagnostic or report.status
            alarm = bounced(self._settings.provider, letter.address, reason, journey.now, plan)
            self._post.write(uow, [alarm], journey.occasion(asked_for=False))

    def _returned(
        self, uow: UnitOfWork, journey: Journey, report: BounceReport
    ) -> SentLetter | None:
        """Return the letter of ours that came back; a report without its mark proves nothing."""
        if journey.found.letter is not None:
            return journey.found.letter
        claim = read_own_id(report.original_message_id)
        settings = self._settings
        if claim is None or not verify(
            settings.keyring, claim, instance=settings.instance, recipient=""
        ):
            return None
        return uow.letter(LetterId(claim.letter_id))

    # -- out-of-office (RFC 3834)

    def _absent(self, uow: UnitOfWork, journey: Journey) -> MailFate:
        person = journey.found.sender
        if person is None:
            return MailFate.LOGGED
        today = local_day(journey.sent_at, person.timezone)
        message = journey.message
        words = f"{message.subject}\n{message.text or ''}"
        absence = read_auto_reply(words, today, person.language)
        calendar = self._settings.calendar(person.country, journey.now.year)
        until = calendar.add_working_days(today, UNKNOWN_ABSENCE)
        if absence.back_on is not None:
            # "Until Friday" may mean that she is away on Friday: nobody is reminded that day.
            until = min(absence.back_on, today + LONGEST_ABSENCE)
        if until >= today and person.absent_until != until:
            changed = replace(person, absent_until=until)
            uow.record_office(journey.act, [PersonChanged(person, changed)])
        return MailFate.ABSENCE

    # -- calendar answers (RFC 5546)

    def _calendar(self, uow: UnitOfWork, journey: Journey, stamp: StampResult) -> MailFate:
        parts = tuple((part.method, part.data) for part in journey.message.calendars)
        answer = read_calendar_answer(parts)
        claim, person = journey.found.calendar, journey.found.sender
        right = client_right(journey.found, stamp, trusted=self._settings.trusted)
        if answer is None or claim is None or person is None or right is Right.NOTHING:
            return MailFate.LOGGED
        plan = uow.plan_by_code(claim.plan_code)
        if plan is None or plan.todo(claim.n) is None:
            return MailFate.LOGGED
        if not _is_hers(answer, person):
            return MailFate.LOGGED
        if answer.kind is AnswerKind.REFRESH:
            return self._ask_again(uow, journey, person, plan, claim.n)
        if not _is_newest(uow, answer, plan, claim.n, person):
            return self._overtaken(uow, journey, plan, claim.n, answer)
        reading = _reading(claim.n, answer)
        decision = answer_todos(
            plan,
            Answer(
                by=person.id,
                readings=(reading,),
                moment=moment_of(self._settings, journey.now),
                proven=right is Right.ACT,
                calendar=self._settings.calendar(self._settings.country, journey.now.year),
                grace=self._settings.grace,
                people=uow.people_of(plan),
            ),
        )
        act = evidence_act(journey.act, reading.evidence, person.id)
        after = commit_events(uow, replace(journey, act=act), plan, decision.events)
        facts = AnswerFacts(person.id, answer.comment, journey.message.subject)
        told = tell_answer([(plan, replace(decision, plan=after))], facts)
        self._post.write(uow, told, journey.occasion(asked_for=False))
        return MailFate.CALENDAR

    @staticmethod
    def _overtaken(
        uow: UnitOfWork, journey: Journey, plan: Plan, n: int, answer: CalendarAnswer
    ) -> MailFate:
        """Put on record that a calendar's answer came late, or once more; nothing else follows."""
        note = NoteTaken(n, None, f"calendar: {answer.kind.value}, overtaken", internal=True)
        uow.record(replace(journey.act, by=None), plan.id, [note])
        return MailFate.LOGGED

    def _ask_again(
        self, uow: UnitOfWork, journey: Journey, person: Person, plan: Plan, n: int
    ) -> MailFate:
        """Send an entry once more to a calendar that lost it (RFC 5546 section 3.2.6)."""
        todo = plan.todo(n)
        if todo is None or not todo.active or todo.responsible != person.id:
            return MailFate.LOGGED
        asked = ToDosAsked(person.id, plan, (n,))
        self._post.write(
            uow, [asked], replace(journey.occasion(asked_for=False), entries_again=True)
        )
        return MailFate.CALENDAR


def _is_hers(answer: CalendarAnswer, person: Person) -> bool:
    """Refuse what somebody else clicked, also in her name (RFC 5545 section 3.2.18)."""
    known = {address.lower() for address in person.addresses}
    return answer.attendee.lower() in known and answer.sent_by in {"", *known}


def _is_newest(uow: UnitOfWork, answer: CalendarAnswer, plan: Plan, n: int, person: Person) -> bool:
    """Refuse an answer that was overtaken, and note this one (RFC 5546 section 2.1.5).

    It may answer an older invitation than the last one; or it may be older than the answer
    that was taken last, which then came by a slower way or is sent once more by somebody.
    """
    known = uow.entry(plan.id, n, person.id)
    if known is not None and answer.sequence < known.sequence:
        return False
    key = f"calendar answer {plan.id}-{n} {person.id}"
    made = "" if answer.dtstamp is None else f"{answer.dtstamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    before, _, kind = uow.setting(key).partition(" ")
    if made < before or (made == before and kind == answer.kind.value):
        return False
    uow.note_setting(key, f"{made} {answer.kind.value}")
    return True


_INTENTS = {
    AnswerKind.ACCEPTED: Intent.ACKNOWLEDGE,
    AnswerKind.TENTATIVE: Intent.NONE,
    AnswerKind.DECLINED: Intent.DECLINE,
    AnswerKind.COMPLETED: Intent.DONE,
    AnswerKind.COUNTERED: Intent.RESCHEDULE,
}


def _reading(n: int, answer: CalendarAnswer) -> Reading:
    """Read a click in a calendar: "accepted" means seen, and never done."""
    start = answer.new_start
    until = start.date() if isinstance(start, datetime) else start
    intent = _INTENTS.get(answer.kind, Intent.NONE)
    return Reading(
        n=n,
        intent=intent,
        until=until,
        until_end=until,
        # A declined entry may only mean "not in my calendar": the provider decides.
        sure=intent is not Intent.DECLINE,
        evidence=(answer.kind.value,),
        text=answer.comment,
    )
