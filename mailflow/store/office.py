"""The rows of people, clients and settings, changed by the office's events only."""

from mailflow.domain.office import (
    ClientAdded,
    ClientChanged,
    OfficeEvent,
    PersonAdded,
    PersonChanged,
    SettingChanged,
)
from mailflow.domain.people import Client, Person
from mailflow.errors import StaleVersion
from mailflow.store import mapping, queries
from mailflow.store.hot import Desk, Row, deleting, for_update, inserting, replacing, updating
from mailflow.store.staging import Staging
from mailflow.store.tables import AddressRow, ClientRow, PersonRow, SettingRow, table_of

_PERSON_NEW = inserting(table_of(PersonRow))
_PERSON_MOVED = updating(table_of(PersonRow))
_ADDRESSES_GONE = deleting(table_of(AddressRow), "person")
_ADDRESS_NEW = inserting(table_of(AddressRow))
_CLIENT_NEW = inserting(table_of(ClientRow))
_CLIENT_MOVED = updating(table_of(ClientRow))
_SETTING = replacing(table_of(SettingRow))


def stage_office(staging: Staging, event: OfficeEvent) -> None:
    """Lay the event over what is known, for the reads that follow."""
    match event:
        case PersonAdded(person=person) | PersonChanged(after=person):
            staging.persons[person.id] = person
        case ClientAdded(client=client) | ClientChanged(after=client):
            staging.clients[client.id] = client
        case SettingChanged(name=name, after=value):
            staging.settings[name] = value


def write_office(desk: Desk, events: list[OfficeEvent]) -> None:
    """Write the events' rows.

    Raises:
        StaleVersion: what an event calls "before" is not what stands there now.
    """
    for event in events:
        match event:
            case PersonAdded(person=person):
                _write_person(desk, None, person)
            case PersonChanged(before=old, after=person):
                _write_person(desk, old, person)
            case ClientAdded(client=client):
                _write_client(desk, None, client)
            case ClientChanged(before=earlier, after=client):
                _write_client(desk, earlier, client)
            case SettingChanged(name=name, before=before, after=value):
                _expect((desk.scalar(queries.SETTING, name) or "") == before)
                desk.run(_SETTING, name, value)


def _write_person(desk: Desk, before: Person | None, after: Person) -> None:
    row = mapping.person_row(after)
    if before is None:
        desk.run(_PERSON_NEW, *row)
    else:
        _expect(_stands(desk.one(queries.PERSON, after.id), mapping.person_row(before)))
        desk.run(_PERSON_MOVED, *for_update(row, 1))
    if before is None or before.addresses != after.addresses:
        desk.run(_ADDRESSES_GONE, after.id)
        known = dict.fromkeys(address.lower() for address in after.addresses)
        desk.many(_ADDRESS_NEW, [(address, after.id) for address in known])


def _write_client(desk: Desk, before: Client | None, after: Client) -> None:
    row = mapping.client_row(after)
    if before is None:
        desk.run(_CLIENT_NEW, *row)
    else:
        _expect(_stands(desk.one(queries.CLIENT, after.id), mapping.client_row(before)))
        desk.run(_CLIENT_MOVED, *for_update(row, 1))


def _stands(found: Row | None, expected: Row) -> bool:
    return found is not None and tuple(found) == expected


def _expect(stands: bool) -> None:  # noqa: FBT001 - an assertion in words
    if not stands:
        msg = "somebody else changed the same person, client or setting first"
        raise StaleVersion(msg)
