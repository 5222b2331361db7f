"""What goes along with a letter: the plan page and the calendar entries.

A letter that concerns exactly one entry carries it inline, so that mail programs offer to
add it; several go along as files of their own (RFC 6047 allows one per invitation).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from mimetypes import guess_type

from mailflow.domain.entry import EntryMove, next_entry, repeated_entry, withdrawn_entry
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.people import CalendarChoice, People, Person
from mailflow.domain.plan import Plan, ToDo, ToDoState
from mailflow.domain.worktime import zone
from mailflow.flow.page_copies import changed_since_copy, remember_copy
from mailflow.flow.settings import FlowSettings
from mailflow.mail.keys import calendar_uid
from mailflow.mail.message import CalendarPart, OutboundAttachment
from mailflow.ports import UnitOfWork
from mailflow.writing.ics import EntryFacts, calendar_entry
from mailflow.writing.letter import EntryWanted, Letter
from mailflow.writing.words import say

_KEPT_PAGES = 64


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The inline entry, if there is exactly one, and the files."""

    calendar: CalendarPart | None
    attachments: tuple[OutboundAttachment, ...]


class Enclosures:
    """Makes pages and entries; pages are kept, for a plan is often sent to several people."""

    def __init__(self, settings: FlowSettings) -> None:
        self._settings = settings
        self._pages: dict[tuple[object, ...], bytes] = {}

    def for_letter(
        self, uow: UnitOfWork, letter: Letter, person: Person, now: datetime, *, again: bool = False
    ) -> Enclosed:
        """Make what the letter wants to carry, and remember what calendars are told.

        With `again` an entry goes along even if nothing about it changed.
        """
        entries = [
            made
            for wanted in letter.entries
            if (move := _move(uow, wanted, person, now, again=again)) is not None
            and (made := self._entry(uow, wanted, person, move)) is not None
        ]
        pages = tuple(
            OutboundAttachment(
                f"{plan.code}.pdf", "application/pdf", self._page(uow, plan, person, now)
            )
            for plan in letter.pages
        )
        named = tuple(_named_files(uow, letter))
        if len(entries) == 1:
            return Enclosed(entries[0][1], (*named, *pages))
        files = tuple(
            OutboundAttachment(f"{ref}.ics", "application/ics", part.data) for ref, part in entries
        )
        return Enclosed(None, (*files, *named, *pages))

    def _entry(
        self, uow: UnitOfWork, wanted: EntryWanted, person: Person, move: EntryMove
    ) -> tuple[str, CalendarPart] | None:
        todo = wanted.plan.todo(wanted.n)
        if todo is None:
            return None
        first = uow.entry(wanted.plan.id, wanted.n, person.id) is None
        uow.set_entry(wanted.plan.id, wanted.n, person.id, move.state)
        facts = self._facts(wanted.plan, todo, person, move)
        facts = replace(facts, created=move.state.dtstamp if first else None)
        return facts.ref, CalendarPart(move.method, calendar_entry(facts))

    def _facts(self, plan: Plan, todo: ToDo, person: Person, move: EntryMove) -> EntryFacts:
        settings = self._settings
        start, end = _hours(todo, move, person)
        ref = plan.ref(todo.n)
        how = say("entry_how_to_answer", person.language, name=settings.name, ref=ref)
        return EntryFacts(
            uid=calendar_uid(settings.keyring, plan.code, todo.n, person.id, settings.instance),
            sequence=move.state.sequence,
            dtstamp=move.state.dtstamp,
            method=move.method,
            title=todo.title,
            ref=ref,
            description="\n".join((*todo.details, how)),
            day=None if start else move.state.day,
            start=start,
            end=end,
            organizer_name=settings.name,
            organizer_address=settings.address,
            attendee_name=person.name,
            attendee_address=person.address or "",
            todo=person.calendar is CalendarChoice.TODO,
        )

    def _page(self, uow: UnitOfWork, plan: Plan, person: Person, now: datetime) -> bytes:
        from mailflow.writing.planpage import PageLook, plan_page  # noqa: PLC0415 - 40 MB, late

        people = uow.people_of(plan)
        look = PageLook(
            language=person.language,
            timezone=person.timezone,
            country=self._settings.country,
            made_at=now.replace(second=0, microsecond=0),
            reader_inside=person.inside,
            provider_name=self._settings.name,
            changed=changed_since_copy(uow, plan, person.id),
        )
        remember_copy(uow, plan, person.id)
        key = (plan, look, _names(people))
        page = self._pages.pop(key, None)
        if page is None:
            page = plan_page(plan, people, look)
        self._pages[key] = page
        if len(self._pages) > _KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        return page


def _move(
    uow: UnitOfWork, wanted: EntryWanted, person: Person, now: datetime, *, again: bool
) -> EntryMove | None:
    """Return what this person's calendar must be told, None where all is as told."""
    todo = wanted.plan.todo(wanted.n)
    if todo is None or person.calendar is CalendarChoice.NONE:
        return None
    known = uow.entry(wanted.plan.id, wanted.n, person.id)
    if wanted.cancel or todo.responsible != person.id:
        return None if known is None else withdrawn_entry(known, now)
    move = next_entry(known, todo, now)
    return repeated_entry(known, now) if move is None and again and known is not None else move


def file_key(plan: PlanId, name: str) -> str:
    """Return under which name the memory knows a file of the plan mail."""
    return f"file {plan} {name.casefold()}"


_ASKING = frozenset({"to_dos_asked", "receipt"})
"""Letters with which somebody gets a To Do for the first time."""


def _named_files(uow: UnitOfWork, letter: Letter) -> Iterator[OutboundAttachment]:
    """Give along the files that the plan's lines name, with the To Dos that they belong to."""
    for item in letter.items if letter.kind in _ASKING else ():
        plan = uow.plan(item.plan)
        todo = None if plan is None else plan.todo(item.n)
        for name in () if todo is None or todo.state is not ToDoState.OPEN else todo.files:
            content = uow.document(uow.setting(file_key(item.plan, name)))
            if content is not None:
                media_type = guess_type(name)[0] or "application/octet-stream"
                yield OutboundAttachment(name, media_type, content)


def _names(people: People) -> tuple[tuple[PersonId, str], ...]:
    return tuple((person.id, person.name) for person in people.by_id.values())


def _hours(todo: ToDo, move: EntryMove, person: Person) -> tuple[datetime | None, datetime | None]:
    """Return the hours of an appointment as instants (UTC), None for a day's entry."""
    if todo.appointment is None:
        return None, None
    day = move.state.day
    start = _instant(day, todo.appointment.start, person)
    end = _instant(day, todo.appointment.end, person)
    return start, end if end > start else start + timedelta(minutes=30)


def _instant(day: date, hour: time, person: Person) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone(person.timezone)).astimezone(UTC)
