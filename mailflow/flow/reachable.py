"""Whether letters reach an address: it is left alone when they come back, until they get through.

It is over when the provider names a better address, or says that this one works, and when the
person herself writes from it and is proven.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.ids import PersonId
from mailflow.domain.notice import Alarm, AlarmKind
from mailflow.domain.office import PersonChanged
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan
from mailflow.flow.journey import Journey
from mailflow.mail.bounce import speaks_of_the_address
from mailflow.ports import Act, Outcome, OutcomeKind, UnitOfWork

_REFUSED_ON = "refusals told on"


def bounces(address: str) -> str:
    """Return under which name it is known that letters to an address come back."""
    return f"bounce {address.lower()}"


def came_back(uow: UnitOfWork, act: Act, person: Person | None, address: str) -> bool:
    """Leave an address alone; returns whether the provider is to be told, which is once."""
    lower = address.lower()
    if person is not None and lower not in person.undeliverable:
        changed = replace(person, undeliverable=(*person.undeliverable, lower))
        uow.record_office(act, [PersonChanged(person, changed)])
    return uow.open_incident(bounces(lower), act.at)


def bounced(
    provider: PersonId, address: str, reason: str, at: datetime, plan: Plan | None = None
) -> Alarm:
    """Return the alarm about an address from which letters come back."""
    return Alarm(provider, AlarmKind.BOUNCED, address.lower(), reason, at, plan)


@dataclass(frozen=True, slots=True)
class Refused:
    """A letter that a server refused for good.

    Attributes:
        address: whom it was for.
        outcome: what the server said.
        at: when (aware, UTC).
    """

    address: str
    outcome: Outcome
    at: datetime


def refused_for_good(
    uow: UnitOfWork, provider: PersonId, person: Person | None, refused: Refused
) -> Alarm | None:
    """Return the alarm about a refusal, None when the provider heard of such a one already.

    Only where the server speaks of the address is it left alone from now on: a letter that is
    too large, or a sender whom our own server does not like, says nothing of its reader.
    """
    answer, at = refused.outcome.answer, refused.at
    if refused.outcome.kind is OutcomeKind.PERMANENT and not speaks_of_the_address(answer):
        today = f"{at:%Y-%m-%d}"
        told = uow.setting(_REFUSED_ON) == today
        uow.note_setting(_REFUSED_ON, today)
        alarm = Alarm(provider, AlarmKind.REFUSED, refused.address, answer, at)
        return None if told else alarm
    act = Act(uow.new_act_id(), None, at)
    told = not came_back(uow, act, person, refused.address)
    return None if told else bounced(provider, refused.address, answer, at)


def works_again(uow: UnitOfWork, act: Act, person: Person, address: str) -> Person:
    """Write to an address again, which is added to the person's if it is new; returns her."""
    lower = address.lower()
    known = {one.lower() for one in person.addresses}
    changed = replace(
        person,
        addresses=person.addresses if lower in known else (*person.addresses, address),
        undeliverable=tuple(one for one in person.undeliverable if one != lower),
    )
    if changed != person:
        uow.record_office(act, [PersonChanged(person, changed)])
    for one in changed.addresses:
        uow.close_incident(bounces(one), act.at)
    return changed


def wrote_from(uow: UnitOfWork, journey: Journey) -> None:
    """Believe an address again from which its owner, proven, writes to us."""
    sender = journey.found.sender
    if sender is not None and journey.found.address.lower() in sender.undeliverable:
        works_again(uow, replace(journey.act, by=None), sender, journey.found.address)
