"""Files made of a plan's text: its page, and a calendar to save. Nothing is sent or stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from mailflow.domain.draft import PlanDraft
from mailflow.domain.drafting import NOBODY, plan_from_draft
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.people import People, Person, Role
from mailflow.domain.plan import Plan, ToDo
from mailflow.domain.worktime import zone
from mailflow.writing.ics import EntryFacts, bulk_entries
from mailflow.writing.planpage import PageLook, plan_page

_PROVIDER = PersonId(1)
_NOBODY = PersonId(0)
"""Nobody has this id, so that the page shows a dash."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the files are made.

    Attributes:
        name: of the provider.
        address: of the provider; "" where there is no configuration.
        country: ISO 3166-1 alpha-2.
        timezone: IANA name.
        now: the present instant (aware).
        inside: the files are for the team and show what is internal.
    """

    name: str
    address: str
    country: str
    timezone: str
    now: datetime
    inside: bool = False


def page_of_draft(draft: PlanDraft, desk: Desk) -> bytes:
    """Return the page of a draft as PDF, as far as the draft was read."""
    plan, people = cast_of_draft(draft, desk)
    look = PageLook(
        language=draft.language,
        timezone=desk.timezone,
        country=desk.country,
        made_at=desk.now,
        reader_inside=desk.inside,
        provider_name=desk.name,
    )
    return plan_page(plan, people, look)


def calendar_of_draft(draft: PlanDraft, desk: Desk) -> bytes | None:
    """Return all dated To Dos of a draft as one calendar file, or None where none has a date.

    An entry keeps its UID as long as code and number stay, so that a newer file replaces it.
    """
    plan, people = cast_of_draft(draft, desk)
    entries = tuple(
        _entry(plan, todo, people, desk)
        for todo in plan.todos()
        if todo.day is not None and (desk.inside or not todo.internal)
    )
    return bulk_entries(entries) if entries else None


def cast_of_draft(draft: PlanDraft, desk: Desk) -> tuple[Plan, People]:
    """Return the plan of a draft, and its people under numbers that hold for this plan only."""
    persons = {person.id: person for person in _persons(draft, desk)}
    keys = {address: person.id for person in persons.values() for address in person.addresses}
    keys |= {person.name: person.id for person in persons.values() if not person.addresses}
    keys[NOBODY] = _NOBODY
    return plan_from_draft(draft, PlanId(0), keys, _PROVIDER), People(persons)


def _persons(draft: PlanDraft, desk: Desk) -> Iterator[Person]:
    addresses = (desk.address,) if desk.address else ()
    yield Person(_PROVIDER, desk.name, addresses, Role.PROVIDER)
    for number, person in enumerate(draft.people, start=_PROVIDER + 1):
        if person.address != desk.address or not desk.address:
            known = (person.address,) if person.address else ()
            yield Person(PersonId(number), person.name, known, person.role)


def _entry(plan: Plan, todo: ToDo, people: People, desk: Desk) -> EntryFacts:
    person = people.by_id.get(todo.responsible)
    who = "" if person is None else person.name or next(iter(person.addresses), "")
    ref = plan.ref(todo.n)
    day = todo.day or desk.now.date()
    hours = todo.appointment
    place = "" if hours is None else hours.place
    domain = desk.address.rpartition("@")[2] or "mailflow.invalid"
    return EntryFacts(
        uid=f"{_uid_part(ref)}.plan@{domain}",
        sequence=0,
        dtstamp=desk.now,
        method="REQUEST",
        title=f"{todo.title} ({who})" if who else todo.title,
        ref=ref,
        description="\n".join(filter(None, (*todo.details, place, f"{plan.title}, {ref}"))),
        day=None if hours else day,
        start=_instant(day, hours.start, desk) if hours else None,
        end=_instant(day, hours.end, desk) if hours else None,
        organizer_name="",
        organizer_address="",
        attendee_name="",
        attendee_address="",
        created=desk.now,
    )


def _uid_part(ref: str) -> str:
    """Return a reference in the letters of a UID; codes may be of any script."""
    plain = ref.isascii() and all(c.isalnum() or c == "-" for c in ref)
    return ref if plain else ref.encode().hex()


def _instant(day: date, hour: time, desk: Desk) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone(desk.timezone)).astimezone(UTC)
