"""How somebody likes her dates: as invitations, as tasks, or not at all."""

from dataclasses import replace

from mailflow.domain.notice import LineFate
from mailflow.domain.office import PersonChanged
from mailflow.domain.people import CalendarChoice
from mailflow.flow.counter import Counter, Result
from mailflow.reading.provider import Command

CHOICES = {
    "auto": CalendarChoice.AUTO,
    "todo": CalendarChoice.TODO,
    "none": CalendarChoice.NONE,
}
"""What may be chosen by mail, as it is typed."""


def calendar(counter: Counter, command: Command) -> Result:
    """Choose how somebody gets her dates: `calendar carol none`, or one's own: `calendar todo`."""
    name, _, word = (command.rest or command.text).strip().rpartition(" ")
    choice = CHOICES.get(word.lower())
    if choice is None:
        return counter.refused("calendar_unknown", "calendar carol none")
    person = counter.person_named(name) if name.strip() else counter.sender
    if person is None:
        return counter.refused("unknown_person", name=name)
    if person.calendar is not choice:
        changed = PersonChanged(person, replace(person, calendar=choice))
        counter.uow.record_office(counter.journey.act, [changed])
    said = counter.say(_SAID[choice], person=person.display)
    return Result(LineFate.DONE, said)


_SAID = {
    CalendarChoice.AUTO: "calendar_auto",
    CalendarChoice.TODO: "calendar_todo",
    CalendarChoice.NONE: "calendar_none",
}

CALENDAR = {"calendar": calendar}
