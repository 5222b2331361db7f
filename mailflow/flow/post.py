"""Stop 10: notices become letters, are sealed, and lie ready for the outbox.

A letter is composed before the commit and never changes afterwards: the same bytes go out on
each try. Letters to clients wait for the provider's approval until the office is live.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mailflow.domain.digest import Digest
from mailflow.domain.ids import LetterId
from mailflow.domain.notice import (
    AgreementAsked,
    Alarm,
    AlarmKind,
    ApprovalAsked,
    ConfirmationAsked,
    MailTooLarge,
    Notice,
    PlanPage,
    Receipt,
    Reminder,
    ToDoListed,
    ToDosAsked,
    Transcript,
    WordsForwarded,
)
from mailflow.domain.office import PersonChanged
from mailflow.domain.people import People, Person
from mailflow.domain.worktime import (
    LETTER_HOUR,
    Calendar,
    local_day,
    local_instant,
    next_letter_time,
)
from mailflow.flow.breaker import ANSWERS_AN_HOUR, MOST, STOPPED, counted, stop
from mailflow.flow.enclosures import Enclosed, Enclosures
from mailflow.flow.letter_facts import facts_of, plans_of
from mailflow.flow.settings import FlowSettings
from mailflow.mail.build import seal
from mailflow.mail.keys import TokenKind, body_ref, make_token, message_id_for, thread_id_for
from mailflow.mail.message import AutoSubmitted, MailAddress, OutboundMessage
from mailflow.ports import Act, OutboxState, QueuedLetter, SentLetter, UnitOfWork
from mailflow.writing.letter import Letter, LetterMark, Office, compose


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why letters are written now.

    Attributes:
        now: the present instant (aware, UTC).
        cause: inbox row of the mail that is answered, if one is.
        replying_to: Message-ID of that mail, with angle brackets, or "".
        answered: whose mail it is; only her letters go into its thread.
        by_provider: the provider's own act: its letters do not wait for working hours.
        entries_again: a calendar asked for its entries once more; once a day is enough.
        asked_for: a proven mail of a person is answered, or it stands in a schedule: the
            breaker does not count these letters.
    """

    now: datetime
    cause: int | None = None
    replying_to: str = ""
    answered: Person | None = None
    by_provider: bool = False
    entries_again: bool = False
    asked_for: bool = False


_ANSWERS = Receipt | Transcript | ToDoListed | MailTooLarge | ConfirmationAsked
"""Letters that answer a mail by themselves."""


class PostRoom:
    """Writes letters into a unit of work."""

    def __init__(self, settings: FlowSettings) -> None:
        self._settings = settings
        self._enclosures = Enclosures(settings)

    def write(self, uow: UnitOfWork, notices: Sequence[Notice], occasion: Occasion) -> int:
        """Compose, seal and enqueue a letter for each notice; returns how many were written.

        Somebody without an address that works, or who asked not to be mailed, gets nothing;
        what could not be told that way is in the provider's digest.
        """
        written = 0
        for notice in notices:
            person = uow.person(notice.to)
            if person is None or person.address is None or person.stopped:
                continue
            if self._answered_enough(uow, notice, person, occasion):
                continue
            leaves = self._leaves_at(uow, notice, person, occasion)
            if leaves is None:
                uow.check_person(person.id, self._next_morning(person, occasion.now))
                continue
            self._write_one(uow, notice, person, leaves, occasion)
            written += 1
        return written

    def _write_one(
        self, uow: UnitOfWork, notice: Notice, person: Person, leaves: "_Leave", occasion: Occasion
    ) -> int:
        settings = self._settings
        letter_id = uow.new_letter_id()
        address = person.address or ""
        mark = LetterMark(body_ref(settings.keyring, letter_id), self._reply_to(letter_id, address))
        live = settings.live or uow.setting("live") == "yes"
        people = self._people(uow, notice, person)
        office = Office(people, settings.provider, settings.name, occasion.now, live=live)
        letter = compose(notice, office, mark)
        remembered = SentLetter(
            id=letter_id,
            kind=letter.kind,
            to=person.id,
            address=address,
            message_id=message_id_for(settings.keyring, letter_id, settings.instance),
            subject=letter.subject,
            text=letter.text,
            items=tuple((item.shown, item.plan, item.n) for item in letter.items),
            plans=tuple(plan.id for plan in plans_of(notice)),
            facts=facts_of(notice),
            at=occasion.now,
        )
        enclosed = self._enclosures.for_letter(
            uow, letter, person, occasion.now, again=occasion.entries_again
        )
        message = self._message(letter, person, remembered, enclosed, occasion)
        waits = not (live or person.inside or self._are_her_words(notice))
        outbox_id = uow.enqueue(
            QueuedLetter(
                letter=remembered,
                sealed=seal(message),
                sender=settings.address,
                state=OutboxState.AWAITING_APPROVAL if waits else OutboxState.QUEUED,
                due_at=leaves.at,
                day_key=leaves.day_key,
                automatic=_reminds(notice),
                cause=occasion.cause,
            )
        )
        if not person.welcomed:
            act = Act(uow.new_act_id(), None, occasion.now, occasion.cause)
            uow.record_office(act, [PersonChanged(person, replace(person, welcomed=True))])
        if letter.items:
            uow.check_person(person.id, self._next_morning(person, occasion.now))
        if waits:
            self._ask_approval(uow, letter, person, outbox_id, occasion)
        elif not occasion.asked_for:
            self._count(uow, occasion.now)
        return outbox_id

    def _count(self, uow: UnitOfWork, now: datetime) -> None:
        """Stop all sending when too many letters are written that nobody asked for."""
        count = counted(uow, now)
        provider = uow.person(self._settings.provider)
        if count <= MOST or provider is None or not uow.open_incident(STOPPED, now):
            return
        alarm = Alarm(provider.id, AlarmKind.BREAKER, "", "", now, count=count)
        row = self._write_one(uow, alarm, provider, _Leave(now), Occasion(now, asked_for=True))
        stop(uow, row)

    def _answered_enough(
        self, uow: UnitOfWork, notice: Notice, person: Person, occasion: Occasion
    ) -> bool:
        """Tell whether she had so many answers within an hour that it may be a machine."""
        answers = occasion.answered is not None and occasion.answered.id == person.id
        if not answers or not isinstance(notice, _ANSWERS):
            return False
        now = occasion.now
        count = uow.answered_since(person.id, now - timedelta(hours=1), ANSWERS_AN_HOUR)
        if count < ANSWERS_AN_HOUR:
            return False
        if uow.open_incident(many_mails(person), now):
            uow.check_person(person.id, self._next_morning(person, now))
            provider = self._settings.provider
            alarm = Alarm(provider, AlarmKind.LOOP, person.display, "", now, count=count)
            self.write(uow, [alarm], Occasion(now, asked_for=True))
        return True

    def _are_her_words(self, notice: Notice) -> bool:
        """Return whether the provider wrote this herself: nobody approves her own words."""
        return isinstance(notice, WordsForwarded) and notice.by == self._settings.provider

    def _ask_approval(
        self, uow: UnitOfWork, letter: Letter, person: Person, outbox_id: int, occasion: Occasion
    ) -> None:
        asked = ApprovalAsked(
            to=self._settings.provider,
            recipient=person.id,
            subject=letter.subject,
            text=letter.text,
            outbox_id=outbox_id,
        )
        self.write(uow, [asked], Occasion(occasion.now, occasion.cause, asked_for=True))

    def _reply_to(self, letter_id: LetterId, address: str) -> str:
        settings = self._settings
        if not settings.delimiter:
            return settings.address
        token = make_token(settings.keyring, TokenKind.REPLY, letter_id, address)
        local, _, domain = settings.address.rpartition("@")
        return f"{local}{settings.delimiter}{token}@{domain}"

    def _people(self, uow: UnitOfWork, notice: Notice, person: Person) -> People:
        persons = {person.id: person}
        for plan in plans_of(notice):
            persons.update(uow.people_of(plan).by_id)
        for named in (getattr(notice, "by", None), getattr(notice, "recipient", None)):
            known = None if named is None else uow.person(named)
            if known is not None:
                persons[known.id] = known
        provider = uow.person(self._settings.provider)
        if provider is not None:
            persons[provider.id] = provider
        return People(persons)

    def _message(
        self,
        letter: Letter,
        person: Person,
        remembered: SentLetter,
        enclosed: Enclosed,
        occasion: Occasion,
    ) -> OutboundMessage:
        settings = self._settings
        answers = occasion.answered is not None and occasion.answered.id == person.id
        replying_to = occasion.replying_to if answers else ""
        thread = thread_id_for(settings.keyring, remembered.id, settings.instance)
        return OutboundMessage(
            from_=MailAddress(settings.name, settings.address),
            to=(MailAddress(person.name, remembered.address),),
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            message_id=remembered.message_id,
            date=occasion.now,
            mailflow_id=str(remembered.id),
            instance=settings.instance,
            reply_to=MailAddress("", self._reply_to(remembered.id, remembered.address)),
            calendar=enclosed.calendar,
            attachments=enclosed.attachments,
            in_reply_to=replying_to,
            references=(*((replying_to,) if replying_to else ()), thread),
            auto_submitted=AutoSubmitted.REPLIED if letter.answering else AutoSubmitted.GENERATED,
            suppress=letter.kind != "to_dos_asked",
            bulk=letter.kind == "digest",
        )

    def _leaves_at(
        self, uow: UnitOfWork, notice: Notice, person: Person, occasion: Occasion
    ) -> "_Leave | None":
        """Return when the letter may leave, None when it must wait for another day's letter."""
        calendar = self._calendar(person, occasion.now)
        day = local_day(occasion.now, person.timezone)
        if isinstance(notice, Digest) or _reminds(notice):
            digest = isinstance(notice, Digest)
            key = f"digest {person.id} {day}" if digest else day_key(person, day)
            while uow.day_key_used(key):  # one that was overtaken is written anew
                key = f"{key} anew"
            return _Leave(occasion.now, key)
        once = _once_a_day(notice, occasion)
        if once:
            key = f"{once} {person.id} {day}"
            return None if uow.day_key_used(key) else _Leave(occasion.now, key)
        if person.inside or occasion.by_provider:
            return _Leave(occasion.now)
        if isinstance(notice, PlanPage):
            return _Leave(next_letter_time(occasion.now, person.timezone, calendar))
        if not isinstance(notice, ToDosAsked):
            return _Leave(occasion.now)
        key = day_key(person, day)
        if uow.day_key_used(key):
            return None
        leaves = next_letter_time(occasion.now, person.timezone, calendar)
        return _Leave(occasion.now, key) if leaves == occasion.now else None

    def _calendar(self, person: Person, now: datetime) -> Calendar:
        return self._settings.calendar(person.country, now.year)

    def _next_morning(self, person: Person, now: datetime) -> datetime:
        today = local_day(now, person.timezone)
        calendar = self._calendar(person, now)
        ahead = local_instant(today, LETTER_HOUR, person.timezone)
        first = today if now < ahead else today + timedelta(days=1)
        return local_instant(calendar.next_working_day(first), LETTER_HOUR, person.timezone)


def _once_a_day(notice: Notice, occasion: Occasion) -> str:
    """Return under which name this is told to a person once a day at most; "" for most letters."""
    if isinstance(notice, MailTooLarge):
        return "too large"
    return "entries again" if occasion.entries_again else ""


@dataclass(frozen=True, slots=True)
class _Leave:
    """When a letter may leave, and the key that makes it the only one of its day."""

    at: datetime
    day_key: str | None = None


def many_mails(person: Person) -> str:
    """Return under which name it is known that somebody is not answered for a while."""
    return f"many mails from {person.display}"


def _reminds(notice: Notice) -> bool:
    """Return whether a letter stands in a schedule, so that it may be overtaken by an answer."""
    return isinstance(notice, Reminder) or (isinstance(notice, AgreementAsked) and notice.step > 0)


def day_key(person: Person, day: date) -> str:
    """Return the key of the one automatic letter that a person gets on a local day."""
    return f"automatic {person.id} {day}"
