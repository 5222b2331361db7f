"""What changes around the plans: people, clients and the office's own settings.

These events stand in a journal chain of their own, so that they too are on record.
"""

from dataclasses import dataclass

from mailflow.domain.ids import PersonId
from mailflow.domain.people import Client, Person


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """Somebody became known."""

    person: Person


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """An address, a preference or an absence changed."""

    before: Person
    after: Person


@dataclass(frozen=True, slots=True)
class ClientAdded:
    """An organisation became known."""

    client: Client


@dataclass(frozen=True, slots=True)
class ClientChanged:
    """Its contacts, name or stage changed."""

    before: Client
    after: Client


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """The office itself changed, such as `live` from "" to "yes"."""

    name: str
    before: str
    after: str
    by: PersonId | None = None


OfficeEvent = PersonAdded | PersonChanged | ClientAdded | ClientChanged | SettingChanged
"""Every event outside a plan."""
