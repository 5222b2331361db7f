"""Plans, people and letters for the tests of writing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.notice import Notice
from mailflow.domain.people import CalendarChoice, People, Person, Role
from mailflow.domain.plan import Phase, PhaseState, Plan, PlanState, Stakeholder, ToDo, ToDoState
from mailflow.writing.letter import Letter, LetterMark, Office, compose

DANA, CAROL, VIC, OLA = (PersonId(n) for n in (1, 2, 3, 4))
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
FRIDAY = date(2026, 3, 6)
MARK = LetterMark("Ref: 1aaaaaaab-k3m9qa2x", "dana+token@studio.example")


def an_office(
    *,
    language: str = "en",
    country: str = "GB",
    timezone: str = "UTC",
    calendar: CalendarChoice = CalendarChoice.AUTO,
    welcomed: bool = True,
    carol: str = "Carol Jones",
) -> Office:
    people = (
        Person(DANA, "Dana Hall", ("dana@studio.example",), Role.PROVIDER),
        Person(CAROL, carol, ("carol@acme.example",), welcomed=welcomed),
        Person(VIC, "Vic Ray", ("vic@studio.example",), Role.TEAM),
        Person(OLA, "Ola Berg", ("ola@acme.example",), Role.OBSERVER, welcomed=True),
    )
    told = (
        replace(p, language=language, country=country, timezone=timezone, calendar=calendar)
        for p in people
    )
    return Office(People.of(told), DANA, "Dana Hall", NOW)


def a_todo(n: int = 1, title: str = "Send the statements", **facts: object) -> ToDo:
    wanted: dict[str, object] = {"due": FRIDAY, "state": ToDoState.OPEN, "responsible": CAROL}
    return ToDo(n=n, title=title, **{**wanted, **facts})  # type: ignore[arg-type]


def a_plan(*todos: ToDo, code: str = "TAX", title: str = "Tax return", plan: int = 1) -> Plan:
    roles = ((DANA, Role.PROVIDER), (CAROL, Role.CLIENT), (VIC, Role.TEAM), (OLA, Role.OBSERVER))
    return Plan(
        PlanId(plan),
        code,
        title,
        PlanState.RUNNING,
        people=tuple(Stakeholder(person, role) for person, role in roles),
        phases=(Phase(1, "Gather", todos or (a_todo(),), state=PhaseState.OPEN),),
    )


def a_letter(notice: Notice, office: Office | None = None) -> Letter:
    return compose(notice, office or an_office(), MARK)


class Seen(HTMLParser):
    """What a reader sees of HTML, and what a checker must know of it."""

    VOID = frozenset({"meta", "br", "img", "hr", "input", "link"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "title" not in self.open and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def links(self) -> list[str]:
        return [attrs["href"] for tag, attrs in self.tags if tag == "a"]


def answer_of(link: str) -> tuple[str, str, str]:
    """Return address, subject and first line of the mail that a button starts."""
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    return unquote(parts.path), fields["subject"][0], fields["body"][0].split("\r\n")[0]
