"""The headers of a plan: who takes part, goal and risks, dates, and how it is to be run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mailflow.domain.draft import DraftPerson
from mailflow.domain.people import Role
from mailflow.domain.plan import Rhythm
from mailflow.reading.plan_dates import read_timing
from mailflow.reading.plan_days import DateContext, shifted
from mailflow.reading.plan_parts import HeaderLine
from mailflow.reading.plan_people import Cast, address_in, own_domain
from mailflow.reading.plan_problems import Problems
from mailflow.reading.plan_subject import subject_title
from mailflow.reading.plan_timing import Point, Timing
from mailflow.reading.plan_vocabulary import LANGUAGES, all_words, plan_words, word_list
from mailflow.reading.words import fold

_ROLES = {"client": Role.CLIENT, "with": Role.TEAM, "observers": Role.OBSERVER}
_SINGLE = frozenset({"start", "end", "language", "code", "reminders", "review", "agree"})
_TEXTS = ("goal", "objectives", "assumptions", "risks", "resources", "template", "title")


@dataclass(slots=True)
class Headers:
    """What the headers say; texts by their English names."""

    texts: dict[str, str] = field(default_factory=dict)
    typed: list[tuple[str, str]] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    client_name: str = ""
    start: date | None = None
    end: date | None = None
    language: str | None = None
    rhythm: Rhythm = Rhythm.STANDARD
    review: bool = False
    agree: bool = True
    code: str = ""
    code_line: HeaderLine | None = None


def language_named(value: str) -> str | None:
    """Return the ISO 639-1 code that "de", "German", "Deutsch" or "allemand" stand for."""
    from babel import Locale  # noqa: PLC0415 - slow to import, seldom needed

    wanted = fold(value.strip().rstrip("."))
    if len(wanted) == 2 and wanted.isalpha():
        return wanted
    if wanted[2:3] in ("-", "_"):
        return wanted[:2]
    for language in LANGUAGES:
        for code, name in Locale.parse(language).languages.items():
            if len(code) == 2 and fold(name) == wanted:
                return str(code)
    return None


class HeaderReader:
    """Reads the headers of one plan, people first."""

    def __init__(self, cast: Cast, problems: Problems) -> None:
        """Take who may be named, and where problems go."""
        self.cast = cast
        self.problems = problems
        self.found = Headers()

    def people(self, lines: Sequence[HeaderLine]) -> None:
        """Put on the plan whom the headers name."""
        for line in lines:
            role = _ROLES.get(line.name)
            if role is not None:
                self._named(line, role)

    def _named(self, line: HeaderLine, role: Role) -> None:
        parts = people_parts(line.value)
        known: list[DraftPerson] = []
        others: list[str] = []
        for part in parts:
            person = self._person(part, role, line)
            if person is not None:
                known.append(person)
            else:
                others.append(part.strip('"'))
        if role is Role.CLIENT:
            others = self._company(others, known)
        for name in others:
            self._unknown(name, role, line)

    def _person(self, part: str, role: Role, line: HeaderLine) -> DraftPerson | None:
        address, name = address_in(part)
        if address is not None:
            meant = self.cast.named(address).person
            role = self._role(address, role)
            if meant is not None and meant.name != address:
                return self.cast.join(_in_role(meant, role))
            return self.cast.join(DraftPerson(name or address, address, role))
        if part.startswith('"'):
            return None
        meant_by_name = self.cast.named(part)
        if meant_by_name.fault is not None and fold(part) not in all_words("who", "me"):
            self.problems.fault(line.line, meant_by_name.fault)
            return None
        if meant_by_name.person is not None:
            return self.cast.join(_in_role(meant_by_name.person, role))
        return None

    def _role(self, address: str, role: Role) -> Role:
        """Somebody from the client's own house belongs to the client."""
        domain = own_domain(address)
        clients = [p.address for p in self.cast.people if p.role is Role.CLIENT and p.address]
        if role is Role.TEAM and domain and any(own_domain(a) == domain for a in clients):
            return Role.CLIENT
        return role

    def _company(self, others: list[str], known: list[DraftPerson]) -> list[str]:
        if known:
            companies = others or [person.company for person in known if person.company][:1]
            if not self.found.client_name:
                self.found.client_name = ", ".join(companies) or known[0].name
            return []
        for name in others:
            contacts = self.cast.of_company(name)
            for person in contacts:
                self.cast.join(_in_role(person, Role.CLIENT))
            if contacts:
                self.found.client_name = name
                return [other for other in others if other != name]
        if others and not self.found.client_name:
            self.found.client_name = others[-1]
            return others[:1]
        return others

    def _unknown(self, name: str, role: Role, line: HeaderLine) -> None:
        self.cast.join(DraftPerson(name, None, role))
        self.problems.add(line.line, "no_address", name=name)

    def values(self, lines: Sequence[HeaderLine], context: DateContext) -> Headers:
        """Return what the headers say beside the people."""
        seen: set[str] = set()
        for line in lines:
            if line.name in seen & _SINGLE:
                self.problems.add(line.line, "two_headers", name=line.key)
            seen.add(line.name)
            if line.name != "subject":
                self.found.typed.append((line.name, line.value))
            self._value(line, context)
        start, end = self.found.start, self.found.end
        if start is not None and end is not None and end < start:
            where = next(line for line in lines if line.name == "end")
            self.problems.add(where.line, "end_before_start")
        return self.found

    def _value(self, line: HeaderLine, context: DateContext) -> None:
        if line.name in _TEXTS:
            before = self.found.texts.get(line.name, "")
            self.found.texts[line.name] = f"{before} {line.value}".strip()
        elif line.name == "subject":
            self.found.texts.setdefault("title", subject_title(line.value)[0])
        elif line.name == "internal":
            self.found.internal.append(line.value)
        elif line.name in ("start", "end"):
            self._day(line, context)
        elif line.name == "code":
            self.found.code, self.found.code_line = line.value.strip(" \"'“”.[]"), line
        elif line.name == "language":
            self.found.language = language_named(line.value)
            if self.found.language is None:
                self._unread(line, ("en", "de", "fr", "…"))
        else:
            self._choice(line, context)

    def _day(self, line: HeaderLine, context: DateContext) -> None:
        context = context if line.name == "end" else replace(context, start=None)
        timing = read_timing(line.value, context)
        if timing is None or not (timing.day or timing.fault or _from_start(timing)):
            self.problems.add(line.line, "unread_date", text=line.value)
            return
        if timing.fault is not None:
            self.problems.fault(line.line, timing.fault)
        day = timing.day
        if day is None and _from_start(timing) and context.start is not None:
            day = shifted(context.start, timing.count or 0, timing.unit, context.calendar)
        setattr(self.found, line.name, day)

    @staticmethod
    def start(lines: Sequence[HeaderLine], context: DateContext) -> date | None:
        """Return the first day of the plan, before anything else is read."""
        value = next((line.value for line in lines if line.name == "start"), "")
        timing = read_timing(value, context) if value else None
        return timing.day if timing is not None else None

    def _choice(self, line: HeaderLine, context: DateContext) -> None:
        choices = _CHOICES.get(line.name)
        if choices is None:
            return
        words = " ".join(fold(line.value).strip(" .").split())
        for meaning in choices:
            if any(words in word_list(language, "values", meaning) for language in LANGUAGES):
                setattr(self.found, _FIELDS[line.name], choices[meaning])
                return
        shown = tuple(_shown(meaning, context.languages) for meaning in choices)
        self._unread(line, shown)

    def _unread(self, line: HeaderLine, options: Sequence[str]) -> None:
        self.problems.add(line.line, "unread_header", value=line.value, options=", ".join(options))


def _from_start(timing: Timing) -> bool:
    points = [anchor.point for anchor in timing.anchors]
    return timing.count is not None and points == [Point.START]


_PART = re.compile(r'"[^"]*"|[,;|()]|[^,;|()"]+')


def people_parts(text: str) -> list[str]:
    """Return the names in a list of people, apart; what is in quotation marks stays whole."""
    parts = [""]
    for hit in _PART.finditer(text.translate(_STRAIGHT)):
        if hit[0] in ",;|()":
            parts.append("")
        elif hit[0][0] == '"':
            parts[-1] += hit[0]
        else:
            first, *others = _apart(hit[0]) if "@" in hit[0] else [hit[0]]
            parts[-1] += first
            parts += others
    return [part for raw in parts if (part := raw.strip().lstrip("@"))]


_STRAIGHT = str.maketrans("“”„‟«»", '""""""')


def _apart(text: str) -> list[str]:
    """Split "Carol <carol@acme.example> and Bob <bob@acme.example>"."""
    parts: list[list[str]] = [[]]
    for word in text.split():
        if fold(word) in all_words("who", "and"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [f" {' '.join(part)} " for part in parts]


def _in_role(person: DraftPerson, role: Role) -> DraftPerson:
    """Give somebody her part in the plan; nobody from outside gets inside by it."""
    if person.role is role or person.role in (Role.PROVIDER, Role.TEAM):
        return person
    return replace(person, role=Role.CLIENT if role is Role.TEAM else role)


_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "reminders": {
        "gentle": Rhythm.GENTLE,
        "standard": Rhythm.STANDARD,
        "firm": Rhythm.FIRM,
        "none": Rhythm.NONE,
    },
    "review": {"documents": True, "no": False, "none": False},
    "agree": {"yes": True, "no": False},
}
_FIELDS = {"reminders": "rhythm", "review": "review", "agree": "agree"}


def _shown(meaning: str, languages: Sequence[str]) -> str:
    for language in languages:
        words = plan_words(language).get("values", {}).get(meaning)
        if words:
            return str(words[0])
    return meaning
