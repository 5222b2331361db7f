"""What must hold after every journey, whatever it was about."""

from datetime import datetime
from typing import Any, Literal

from icalendar import Calendar

from mailflow.mail.parse import parse_message
from mailflow.writing.ics_check import Expected, check_entry
from tests.journeys.builders import JourneyOffice, Letter
from tests.servers import PASSWORD

_SHORTEST_CANARY = 8


def prove(office: JourneyOffice) -> None:
    """Check that nothing went wrong that no single journey asks about."""
    written = len(office.outbox())
    office.turn()
    assert len(office.outbox()) == written, "a turn without a cause wrote letters"
    assert office.office.store.verify().problems == ()
    _nobody_unknown_was_written_to(office)
    _everybody_has_each_letter_once(office)
    for person in office.people.values():
        _calendars_are_sound(office, person.letters)
    _the_log_tells_nothing(office)


def _nobody_unknown_was_written_to(office: JourneyOffice) -> None:
    unit = office.office.store.unit()
    known = {address for person in unit.persons() for address in person.addresses}
    unit.close()
    assert {row["to"] for row in office.outbox()} <= known
    for person in office.people.values():
        for letter in person.letters:
            message = letter.received.message
            assert {to.address for to in (*message.to, *message.cc)} <= known


def _everybody_has_each_letter_once(office: JourneyOffice) -> None:
    sent = [row for row in office.outbox() if row["state"] == "sent"]
    for person in office.people.values():
        ids = [letter.received.message.message_id for letter in person.letters]
        wanted = [row["message_id"] for row in sent if row["to"] == person.address]
        assert sorted(ids) == sorted(wanted), f"{person.name} has other letters than were sent"


def _calendars_are_sound(office: JourneyOffice, letters: list[Letter]) -> None:
    last: dict[str, tuple[int, datetime]] = {}
    for letter in letters:
        message = letter.received.message
        for part in letter.entries:
            entry = _entry(part.data)
            uid = str(entry["UID"])
            sequence, stamp = last.get(uid, (None, None))
            method: Literal["REQUEST", "CANCEL"] = (
                "CANCEL" if b"METHOD:CANCEL" in part.data else "REQUEST"
            )
            expected = Expected(method, office.bot, message.to[0].address, sequence, stamp)
            assert check_entry(part.data, expected) == ()
            last[uid] = int(entry["SEQUENCE"]), entry["DTSTAMP"].dt


def _entry(data: bytes) -> Any:  # noqa: ANN401 - the library has no types
    calendar = Calendar.from_ical(data)
    return next(c for c in calendar.subcomponents if c.name in {"VEVENT", "VTODO"})


def _the_log_tells_nothing(office: JourneyOffice) -> None:
    log = office.log.getvalue()
    addresses = {person.address for person in office.people.values()} | {office.bot}
    canaries = addresses | {f"={PASSWORD}", f" {PASSWORD} "}
    for raw in office.said:
        canaries |= _typed_lines(raw)
    told = {canary for canary in canaries if canary in log}
    assert told == set(), "the log holds what it must not"


def _typed_lines(raw: bytes) -> set[str]:
    text = parse_message(raw).text or ""
    lines = (line.strip() for line in text.splitlines() if not line.startswith(">"))
    return {line for line in lines if len(line) >= _SHORTEST_CANARY}
