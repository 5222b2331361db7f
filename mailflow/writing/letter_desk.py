"""The desk a letter is written at: its reader, her words, her days, and what she may see."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from mailflow.domain.ids import PersonId
from mailflow.domain.people import INSIDE, Person
from mailflow.domain.plan import Plan, ToDo
from mailflow.domain.worktime import local_day
from mailflow.writing.letter_parts import Button, LetterMark, Office
from mailflow.writing.words import Fact, Said, Words, office_words, one_line, words_for

_BELOW = "\r\n\r\n\r\n"
_SUBJECT_TITLE = 60  # characters of a title that a subject line shows on most screens


@dataclass(frozen=True, slots=True)
class Desk:
    """All that one letter is written with.

    Attributes:
        office: who writes.
        mark: how answers find the letter.
        reader: who it is for.
        words: her words.
        today: her local date.
        provider: how she calls the provider.
    """

    office: Office
    mark: LetterMark
    reader: Person
    words: Words
    today: date
    provider: str

    @staticmethod
    def at(office: Office, mark: LetterMark, to: PersonId) -> "Desk":
        """Return the desk for a letter to this person."""
        reader = office.people[to]
        speak = office_words if reader.inside else words_for
        words = speak(reader.language, reader.country)
        today = local_day(office.now, reader.timezone)
        return Desk(office, mark, reader, words, today, _called(office, words, office.provider))

    def tell(self, key: str, **facts: Fact) -> Said:
        """Return a sentence in the reader's language; `provider` is always told."""
        told = {name: self.day(f) if isinstance(f, date) else f for name, f in facts.items()}
        return self.words.tell(key, provider=self.provider, **told)

    def say(self, key: str, **facts: Fact) -> str:
        """Return the same as plain text."""
        return self.tell(key, **facts).plain

    def day(self, day: date) -> str:
        """Return a local date with its weekday, and its year where that is not this one."""
        return self.words.day(day, with_year=day.year != self.today.year)

    def name(self, person: PersonId) -> str:
        """Return how the reader calls somebody: by first name where the language does so."""
        return _called(self.office, self.words, person)

    def sees(self, plan: Plan) -> bool:
        """Return whether the reader may see what is internal on this plan."""
        return (plan.role_of(self.reader.id) or self.reader.role) in INSIDE

    def todo(self, plan: Plan, n: int | None) -> ToDo | None:
        """Return a To Do the reader may see, or None."""
        todo = None if n is None else plan.todo(n)
        return None if todo is None or (todo.internal and not self.sees(plan)) else todo

    def todos(self, plan: Plan, numbers: tuple[int, ...]) -> tuple[ToDo, ...]:
        """Return those of these To Dos that the reader may see, in the given order."""
        found = (self.todo(plan, n) for n in dict.fromkeys(numbers))
        return tuple(todo for todo in found if todo is not None)

    def short(self, title: str) -> str:
        """Return a title cut for a subject line, between words where it has any."""
        text = one_line(title)
        if len(text) <= _SUBJECT_TITLE:
            return text
        cut = text[: _SUBJECT_TITLE - 1]
        between = cut.rfind(" ")
        return f"{cut[:between] if between > _SUBJECT_TITLE // 2 else cut}…"

    def button(self, label: str, line: str, *, about: str, primary: bool = False) -> Button:
        """Return a prepared answer: a mail to this letter whose first line is `line`.

        RFC 6068: every octet that has a meaning in a URL is percent-encoded, a line break is
        `%0D%0A`. The reference stands below, for programs that drop the reply address's tag.
        """
        head = _mailto(self.mark.reply_to, about)
        body = f"{_quoted(line)}{_quoted(_BELOW)}{_quoted(self.mark.ref)}"
        return Button(label, f"{head}{body}", primary)


def _called(office: Office, words: Words, person: PersonId) -> str:
    known = office.people.by_id.get(person)
    if known is None:
        return ""
    return known.first_name if words.first_names else known.display


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    return quote(text, safe="")


@lru_cache(maxsize=64)
def _mailto(address: str, about: str) -> str:
    """All but the text, which is the same for every button of a letter."""
    to = quote(address, safe="@+")
    subject = quote(f"Re: {one_line(about)}"[:200], safe="")
    return f"mailto:{to}?subject={subject}&body="
