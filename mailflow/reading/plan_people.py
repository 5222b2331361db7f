"""Who is meant: names in a plan text, resolved among the people it may speak of.

Looked for among the people of the plan, then of the team, then of the address book. A name
that nobody bears, or that two bear, is a fault to be asked about; nobody is ever guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailflow.domain.draft import DraftPerson
from mailflow.domain.people import Role
from mailflow.reading.plan_spelling import Spelling
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_vocabulary import all_words, public_domains
from mailflow.reading.words import fold

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'|@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ANGLED = re.compile(r"<\s*([^\s<>]{3,320})\s*>")


@dataclass(frozen=True, slots=True)
class Found:
    """Whom words name: a person, or what is wrong, or neither where they name nobody."""

    person: DraftPerson | None = None
    fault: Fault | None = None


def address_in(text: str) -> tuple[str | None, str]:
    """Return the mail address in some words, and the words without it."""
    hit = _ADDRESS.search(text) if "@" in text else None
    if hit is None:
        return None, text
    local, _, domain = hit[0].rstrip(".").rpartition("@")
    rest = f"{text[: hit.start()]} {text[hit.end() :]}"
    name = " ".join(rest.replace("<", " ").replace(">", " ").split())
    return f"{local}@{domain.lower()}", name.strip("\"'“”„«» ,;:()[]@-")


def own_domain(address: str) -> str:
    """Return the domain of an address, "" where everybody can get one there."""
    domain = address.rpartition("@")[2].lower()
    return "" if domain in public_domains() else domain


class Cast:
    """Everybody a plan text may speak of, and those it does speak of."""

    def __init__(
        self,
        *,
        provider: DraftPerson | None,
        team: Iterable[DraftPerson] = (),
        book: Iterable[DraftPerson] = (),
    ) -> None:
        """Start with nobody on the plan."""
        self.provider = provider
        self._plan: dict[str, DraftPerson] = {}
        self._circles = (_Circle(), _Circle(), _Circle())
        if provider is not None:
            self._circles[0].add(provider)
        for person in team:
            self._circles[1].add(person)
        for person in book:
            self._circles[2].add(person)
        self._seen: dict[str, Found] = {}
        self._spelling: Spelling | None = None

    @property
    def people(self) -> tuple[DraftPerson, ...]:
        """Who is on the plan, the provider excepted, in the order of the text."""
        return tuple(self._plan.values())

    def join(self, person: DraftPerson) -> DraftPerson:
        """Put somebody on the plan, and return her as the plan knows her."""
        if self.provider is not None and _same(person, self.provider):
            return self.provider
        known = self._plan.get(person.key.lower())
        if known is None:
            self._plan[person.key.lower()] = known = person
            self._circles[0].add(person)
            self._seen.clear()
            self._spelling = None
        return known

    def named(self, text: str) -> Found:
        """Return whom some words name. Words that name nobody give neither person nor fault."""
        key = fold(text.strip())
        if key not in self._seen:
            self._seen[key] = self._look_up(text.strip(), key)
        return self._seen[key]

    def _look_up(self, text: str, key: str) -> Found:
        address, name = address_in(text)
        if address is not None:
            return Found(self._by_address(address, name))
        known = self.on_plan(text)
        if known is not None:
            return Found(known)
        if key in all_words("who", "me"):
            return Found(self.provider) if self.provider else Found(fault=_fault("no_provider"))
        if key in all_words("who", "client"):
            return self._the_client()
        for circle in self._circles:
            found = circle.named(key)
            if len(found) == 1:
                return Found(found[0])
            if found:
                names = " / ".join(_full(person) for person in found[:4])
                return Found(fault=_fault("two_of_one_name", name=text, names=names))
        return Found()

    def on_plan(self, name: str) -> DraftPerson | None:
        """Return who on the plan is called exactly so, where it is one person."""
        found = self._circles[0].full.get(fold(name.strip()), [])
        return found[0] if len(found) == 1 else None

    def _by_address(self, address: str, name: str) -> DraftPerson:
        for circle in self._circles:
            known = circle.addresses.get(address.lower())
            if known is not None:
                return known
        return DraftPerson(name or address, address, self._role_for(address))

    def _role_for(self, address: str) -> Role:
        """Whoever shares the provider's own domain works for her."""
        domain = own_domain(address)
        provider = own_domain(self.provider.address or "") if self.provider else ""
        return Role.TEAM if domain and domain == provider else Role.CLIENT

    def _the_client(self) -> Found:
        clients = [person for person in self._plan.values() if person.role is Role.CLIENT]
        if len(clients) == 1:
            return Found(clients[0])
        if clients:
            names = " / ".join(_full(person) for person in clients[:4])
            return Found(fault=_fault("two_clients", names=names))
        return Found()

    def of_company(self, name: str) -> tuple[DraftPerson, ...]:
        """Return the contacts of an organisation in the address book."""
        return self._circles[2].companies.get(fold(name.strip()), ())

    def nearest(self, name: str) -> str:
        """Return the name that resembles this one most, or ""."""
        if self._spelling is None:
            names = {fold(n): n for circle in reversed(self._circles) for n in circle.spelled}
            self._spelling = Spelling(names, likeness=0.7)
        return self._spelling.nearest(fold(name)) or ""


class _Circle:
    """Some people and the names they are found by."""

    def __init__(self) -> None:
        self.addresses: dict[str, DraftPerson] = {}
        self.companies: dict[str, tuple[DraftPerson, ...]] = {}
        self.spelled: dict[str, None] = {}
        self.full: dict[str, list[DraftPerson]] = {}
        self._part: dict[str, list[DraftPerson]] = {}

    def add(self, person: DraftPerson) -> None:
        name = fold(person.name.strip())
        words = name.replace(",", " ").split()
        if person.address:
            self.addresses.setdefault(person.address.lower(), person)
            self._enter(self.full, fold(person.address), person)
            self._enter(self._part, fold(person.address.partition("@")[0]), person)
        self._enter(self.full, name, person)
        self.spelled.setdefault(person.name)
        for word in dict.fromkeys((*words, " ".join(words[:2]))):
            self._enter(self._part, word, person)
        if person.name.split():
            self.spelled.setdefault(person.name.split()[0])
        if person.company:
            company = fold(person.company.strip())
            self.companies[company] = (*self.companies.get(company, ()), person)

    @staticmethod
    def _enter(index: dict[str, list[DraftPerson]], key: str, person: DraftPerson) -> None:
        found = index.setdefault(key, [])
        if key and all(not _same(person, one) for one in found):
            found.append(person)

    def named(self, key: str) -> list[DraftPerson]:
        return self.full.get(key) or self._part.get(key) or []


def _same(one: DraftPerson, other: DraftPerson) -> bool:
    return one.key.lower() == other.key.lower()


def _full(person: DraftPerson) -> str:
    if person.address and person.name != person.address:
        return f"{person.name} <{person.address}>"
    return person.key


def _fault(key: str, **facts: str) -> Fault:
    return Fault(key, tuple(facts.items()))
