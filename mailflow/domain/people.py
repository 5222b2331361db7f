"""Who takes part: persons, the organisations they speak for, and what they prefer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mailflow.domain.ids import ClientId, PersonId


class Role(StrEnum):
    """What somebody may do; a client in one plan is never provider in another."""

    PROVIDER = "provider"
    TEAM = "team"
    CLIENT = "client"
    OBSERVER = "observer"


INSIDE = frozenset({Role.PROVIDER, Role.TEAM})
"""Roles that may see what is internal."""


class CalendarChoice(StrEnum):
    """How a person likes her calendar entries."""

    AUTO = "auto"
    INVITATIONS = "invitations"
    TODO = "todo"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address.

    Attributes:
        id: never reused.
        name: as people write it; empty names are shown by their address.
        addresses: known addresses, domain in lower case, the preferred one first.
        role: what she is to the provider.
        language: ISO 639-1 code of the letters she gets.
        timezone: IANA name; dates on her letters are local dates there.
        country: ISO 3166-1 alpha-2; its holidays and paper size are hers.
        calendar: how she likes her entries.
        absent_until: last local day on which no reminder goes to her.
        paused_until: the same, because she asked for it.
        stopped: she asked not to be mailed any more.
        undeliverable: addresses that bounced for good, in lower case.
        welcomed: her first letter, which says who writes, has gone.
    """

    id: PersonId
    name: str
    addresses: tuple[str, ...]
    role: Role = Role.CLIENT
    language: str = "en"
    timezone: str = "UTC"
    country: str = "GB"
    calendar: CalendarChoice = CalendarChoice.AUTO
    absent_until: date | None = None
    paused_until: date | None = None
    stopped: bool = False
    undeliverable: tuple[str, ...] = ()
    welcomed: bool = False

    @property
    def address(self) -> str | None:
        """The address letters go to: the first that did not bounce for good."""
        return next((a for a in self.addresses if a.lower() not in self.undeliverable), None)

    @property
    def display(self) -> str:
        """The name, or the address where no name is known."""
        return self.name or self.addresses[0]

    @property
    def first_name(self) -> str:
        """How a letter greets her."""
        return self.name.split()[0] if self.name.split() else self.display

    @property
    def inside(self) -> bool:
        """True for the provider and her team: they see what is internal."""
        return self.role in INSIDE


@dataclass(frozen=True, slots=True)
class Client:
    """An organisation or a private person whose work is done.

    Attributes:
        id: never reused.
        name: the organisation, or the person's name where there is none.
        contacts: who speaks for it.
        stage: where it stands in the provider's own journey of clients.
    """

    id: ClientId
    name: str
    contacts: tuple[PersonId, ...] = ()
    stage: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody that one decision or letter speaks of, found by id."""

    by_id: dict[PersonId, Person] = field(default_factory=dict)

    @staticmethod
    def of(persons: Iterable[Person]) -> "People":
        """Return the directory of these persons."""
        return People({person.id: person for person in persons})

    def __getitem__(self, person: PersonId) -> Person:
        return self.by_id[person]

    def __contains__(self, person: object) -> bool:
        return person in self.by_id

    def by_address(self, address: str) -> Person | None:
        """Return whose address this is, compared byte for byte after lower-casing."""
        wanted = address.lower()
        return next(
            (p for p in self.by_id.values() if wanted in (a.lower() for a in p.addresses)), None
        )
