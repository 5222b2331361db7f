"""The calendar entry of one To Do for one person: what was last sent, and what must follow.

A calendar takes the message with the higher SEQUENCE, then the one with the newer DTSTAMP
(RFC 5546 section 2.1.5), so both only ever move forward:

    what changed                        SEQUENCE    method
    first entry                         0           REQUEST
    day, hours or place                 +1          REQUEST
    words only                          the same    REQUEST; the person's answer is kept
    nobody's turn any more, or no day   +1          CANCEL; not for a day long past
    somebody's turn again               +1          REQUEST, same UID
    sent once more                      the same    the same
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from mailflow.domain.plan import Appointment, ToDo

EntryMethod = Literal["REQUEST", "CANCEL"]
"""What the calendar is asked to do (RFC 5546 section 3.2)."""

_LONG_PAST = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class EntryState:
    """What a person's calendar was last told about one To Do.

    Attributes:
        sequence: SEQUENCE of the last message; never falls.
        dtstamp: DTSTAMP of the last message (aware, UTC, whole seconds); always rises.
        day: local date of the entry.
        title: the To Do's title as the entry shows it.
        cancelled: the last message took the entry away.
        appointment: hours and place of an `attend` entry, such as `14:00-15:00 Room 2`, else
            empty; only for telling whether they changed.
    """

    sequence: int
    dtstamp: datetime
    day: date
    title: str
    cancelled: bool = False
    appointment: str = ""


@dataclass(frozen=True, slots=True)
class EntryMove:
    """The next calendar message: its method, and the state to keep once it is queued."""

    method: EntryMethod
    state: EntryState


def next_entry(state: EntryState | None, todo: ToDo, now: datetime) -> EntryMove | None:
    """Return the calendar message that this To Do calls for, or None where all is as told.

    An entry stands while it is the person's turn and there is a day. Otherwise it is taken
    away, unless its day is more than a day past: nobody wants mail about last month.

    Args:
        state: what this person's calendar was last told; None: nothing yet.
        todo: as it is now.
        now: the present instant (aware).
    """
    if todo.day is None or not todo.active:
        return _taken_away(state, now)
    wanted = EntryState(
        sequence=0,
        dtstamp=_whole_seconds(now),
        day=todo.day,
        title=todo.title,
        appointment=_words(todo.appointment),
    )
    return EntryMove("REQUEST", wanted) if state is None else _updated(state, wanted)


def withdrawn_entry(state: EntryState, now: datetime) -> EntryMove | None:
    """Return the message that takes an entry away, or None where it is gone already.

    For a To Do that went to somebody else; `next_entry` sees to all other cases.
    """
    if state.cancelled:
        return None
    cancelled = replace(
        state, sequence=state.sequence + 1, dtstamp=_after(state, now), cancelled=True
    )
    return EntryMove("CANCEL", cancelled)


def repeated_entry(state: EntryState, now: datetime) -> EntryMove:
    """Return the last message once more, for a REFRESH or a new address: newer, not changed."""
    method: EntryMethod = "CANCEL" if state.cancelled else "REQUEST"
    return EntryMove(method, replace(state, dtstamp=_after(state, now)))


def _taken_away(state: EntryState | None, now: datetime) -> EntryMove | None:
    if state is None or state.day < now.astimezone(UTC).date() - _LONG_PAST:
        return None
    return withdrawn_entry(state, now)


def _updated(state: EntryState, wanted: EntryState) -> EntryMove | None:
    moved = (state.day, state.appointment) != (wanted.day, wanted.appointment)
    if not (moved or state.cancelled or state.title != wanted.title):
        return None
    return EntryMove(
        "REQUEST",
        replace(
            wanted,
            sequence=state.sequence + (moved or state.cancelled),
            dtstamp=_after(state, wanted.dtstamp),
        ),
    )


def _after(state: EntryState, now: datetime) -> datetime:
    # A clock that was set back must not make this message look older than the last.
    return max(_whole_seconds(now), state.dtstamp + _ONE_SECOND)


def _whole_seconds(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


def _words(appointment: Appointment | None) -> str:
    if appointment is None:
        return ""
    return f"{appointment.start:%H:%M}-{appointment.end:%H:%M} {appointment.place}".rstrip()
