"""A plan as text that reads back the same: to look at, to keep, to answer with changes.

    Plan: 2026 tax return
    Code: TAX
    Client: Carol Jones <carol@acme.example>, Acme Ltd

    # Gather
    1. Send the bank statements | Carol Jones | Fri 6 March 2026 | [send]
        All accounts, January to December, as PDF.
    Milestone: Records complete | Fri 13 March 2026

Everything is said outright, with its number, person, day and kind, so that nothing depends on
how a title happens to be worded. A title that could be taken for something else stands in
quotation marks.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date

from mailflow.domain.ids import PersonId
from mailflow.domain.people import People, Person, Role
from mailflow.domain.plan import Phase, Plan, Rhythm, ToDo, ToDoState

_FALLBACK = "en"
_INDENT = "    "
_OPEN = "-"
_NOBODY = "?"
"""Stands where nobody is responsible yet; reading it asks for a name."""

_PLAIN_TITLE = re.compile(r"[^\W\d_][^|\[\]()\"“”@#:：*_=<>+\d\\]*")
_PLAIN_NAME = re.compile(r"[^\W\d_][\w.'’ -]*")
_LOOSE_ENDS = " ,;-–—→"
_DASHED = re.compile(r"\s[-–—=→]\s")
_SHORTEST_NAME_WORD = 4
_LONGEST_NAME = 4


def plan_text(plan: Plan, people: People, *, language: str, for_inside: bool) -> str:
    """Return the plan as text that reads back the same.

    Dropped To Dos are left out, for their numbers are not used again; what is done bears a
    cross in its box, which readers pass over.

    Args:
        plan: the plan.
        people: everybody on it.
        language: ISO 639-1 of the keywords and dates; English where it is not known.
        for_inside: True for the provider and her team. Others see neither what is internal nor
            anybody's address.
    """
    return _Writing(plan, people, language, for_inside=for_inside).text()


@cache
def _all_labels() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("plan_labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Writing:
    """The writing of one plan."""

    def __init__(self, plan: Plan, people: People, language: str, *, for_inside: bool) -> None:
        self.plan = plan
        self.people = people
        self.inside = for_inside
        self.language = language if language in _all_labels() else _FALLBACK
        self.labels = _all_labels()[self.language]
        self.shown = frozenset(
            todo.n
            for todo in plan.todos()
            if todo.state is not ToDoState.DROPPED and (for_inside or not todo.internal)
        )
        self.names = self._names()

    def text(self) -> str:
        """Return the whole text."""
        lines = [*self._head()]
        for phase in self.plan.phases:
            lines += self._phase(phase)
        return "\n".join(lines).rstrip() + "\n"

    # Headers

    def _head(self) -> Iterator[str]:
        plan, say = self.plan, self._header
        yield from say("title", plan.title)
        yield from say("code", plan.code)
        yield from say("client", self._client())
        yield from say("with", self._list(plan.with_role(Role.TEAM)))
        yield from say("observers", self._list(plan.with_role(Role.OBSERVER)))
        for name in ("goal", "objectives", "assumptions", "risks", "resources"):
            yield from say(name, getattr(plan.context, name))
        yield from say("start", self._day(plan.start) if plan.start else "")
        yield from say("end", self._day(plan.end) if plan.end else "")
        yield from say("language", plan.language)
        yield from say("reminders", self._rhythm())
        yield from say("review", self.labels["documents"] if plan.review else "")
        yield from say("agree", "" if plan.agree else self.labels["no"])
        for note in plan.context.internal if self.inside else ():
            yield from say("internal_note", note)

    def _header(self, name: str, value: str) -> Iterator[str]:
        value = _one_line(value)
        if value:
            yield f"{self.labels[name]}: {value}"

    def _rhythm(self) -> str:
        rhythm = self.plan.rhythm
        return "" if rhythm is Rhythm.STANDARD else self.labels[rhythm.value]

    def _client(self) -> str:
        contacts = self.plan.with_role(Role.CLIENT)
        company = _one_line(self.plan.client_name)
        first = self.people[contacts[0]].name if contacts else ""
        if contacts and company in ("", first):
            return self._list(contacts)
        risky = not _PLAIN_NAME.fullmatch(company) or company in self._all_names()
        named = f'"{_unquoted(company)}"' if risky else company
        return ", ".join(filter(None, (self._list(contacts), named)))

    def _all_names(self) -> set[str]:
        return {self.people[one.person].name for one in self.plan.people}

    def _list(self, persons: Iterable[PersonId]) -> str:
        return ", ".join(self._with_address(self.people[person]) for person in persons)

    def _with_address(self, person: Person) -> str:
        name = _one_line(person.name)
        address = person.addresses[0] if person.addresses else ""
        if not self.inside:
            return name or address
        if not name or name == address:
            return address
        words = name.split()
        short = any(len(word) < _SHORTEST_NAME_WORD and not word[0].isupper() for word in words)
        if short or not _PLAIN_NAME.fullmatch(name):
            name = f'"{_unquoted(name)}"'
        return f"{name} <{address}>"

    # Phases

    def _phase(self, phase: Phase) -> list[str]:
        todos = [todo for todo in phase.todos if todo.n in self.shown]
        stone = phase.milestone
        if not todos and stone is None:
            return []
        lines = ["", f"# {_title(phase.title)}"] if phase.title or phase.number > 1 else [""]
        for todo in todos:
            lines.append(self._todo(todo))
            lines += _details(todo)
        if stone is not None:
            day = self._day(stone.due) if stone.due else _OPEN
            lines.append(f"{self.labels['milestone']}: {_title(stone.title)} | {day}")
        return lines

    def _todo(self, todo: ToDo) -> str:
        box = "[x] " if todo.state is ToDoState.DONE else ""
        who = self.names.get(todo.responsible, _NOBODY)
        cells = [f"{todo.n}. {box}{_title(todo.title)}", who]
        helpers = [self.names[one] for one in todo.helpers if one in self.names]
        if helpers:
            joined = f" {self.labels['and']} ".join(helpers)
            cells.append(f"{self.labels['together']} {joined}")
        cells += [self._when(todo), self._tags(todo)]
        return " | ".join(cells)

    def _when(self, todo: ToDo) -> str:
        parts = [self._day(todo.due)] if todo.due else []
        after = [f"#{n}" for n in todo.after if n in self.shown]
        if after:
            parts.append(f"{self.labels['after']} " + f" {self.labels['and']} ".join(after))
        return ", ".join(parts) or _OPEN

    def _tags(self, todo: ToDo) -> str:
        say = self.labels
        kind = say[todo.kind.value]
        meeting = todo.appointment
        if meeting is not None:
            kind = f"{kind} {meeting.start:%H:%M}-{meeting.end:%H:%M}"
            place = _one_line(meeting.place).translate(_ROUND)
            kind = f"{kind}, {place}" if place else kind
        tags = [kind]
        tags += [say["fixed"]] if todo.fixed else []
        tags += [say["internal"]] if todo.internal else []
        tags += [f'{say["file"]}: "{_unquoted(name).translate(_ROUND)}"' for name in todo.files]
        return " ".join(f"[{tag}]" for tag in tags)

    # Persons and days

    def _names(self) -> dict[PersonId, str]:
        """How each person is called in a cell: by her name where that is plain and hers alone."""
        persons = dict.fromkeys(one.person for one in self.plan.people)
        for todo in self.plan.todos():
            persons.update(dict.fromkeys((todo.responsible, *todo.helpers)))
        known = [self.people[person] for person in persons if person in self.people]
        counts: dict[str, int] = {}
        for one in known:
            for word in {one.name.casefold(), *one.name.casefold().split()}:
                counts[word] = counts.get(word, 0) + 1
        return {one.id: self._called(one, counts) for one in known}

    def _called(self, person: Person, counts: Mapping[str, int]) -> str:
        name = _one_line(person.name)
        plain = _PLAIN_NAME.fullmatch(name) and len(name.split()) <= _LONGEST_NAME
        if plain and counts[person.name.casefold()] == 1:
            return name
        if not self.inside and name:
            return name
        return person.addresses[0] if person.addresses else name

    def _day(self, day: date) -> str:
        return format_date(day, self.labels["date"], locale=self.language)


def _details(todo: ToDo) -> list[str]:
    """Return the details, one a line; bullets keep several apart, however long they are."""
    details = [line for detail in todo.details if (line := _one_line(detail))]
    bullet = "- " if len(details) > 1 else ""
    return [f"{_INDENT}{bullet}{line}" for line in details]


_ROUND = str.maketrans("[]", "()")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unquoted(text: str) -> str:
    return text.replace('"', "'")


def _title(text: str) -> str:
    """Return a title as it stands, in quotation marks where it might be misunderstood."""
    text = _one_line(text)
    plain = _PLAIN_TITLE.fullmatch(text) is not None and text.strip(_LOOSE_ENDS) == text
    if plain and not _DASHED.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
