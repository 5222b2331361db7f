"""Plans of every shape, for properties: odd titles, namesakes, dates, places, files."""

from dataclasses import dataclass
from datetime import date, time

from hypothesis import strategies as st

from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.people import People, Person, Role
from mailflow.domain.plan import (
    Appointment,
    Milestone,
    Phase,
    Plan,
    PlanContext,
    Rhythm,
    Stakeholder,
    ToDo,
    ToDoKind,
)

TODAY = date(2026, 2, 20)
PROVIDER = Person(PersonId(1), "Dana Smith", ("dana@studio.example",), Role.PROVIDER)

_ODD_WORDS = (
    "Send", "the", "draft", "by", "Friday", "10", "March", "to", "@Carol", "Milestone:", "after",
    "#2", "with", "Vic", "|", "[send]", "[x]", '"', "“so”", "(Carol)", "-", "–", "Phase", "1:",
    "bis", "Montag", "avant", "le", "6", "mars", "mit", "Goal:", "2026", "**bold**", "*", "3.",
    "Internal:", "+3", "days", "Ünïcödé", "日本語", "Client", "=", "→", "http://a.example", "\\",
)  # fmt: skip
_TITLES = st.lists(st.sampled_from(_ODD_WORDS), min_size=1, max_size=7).map(" ".join)
_SOME_TEXT = _TITLES | st.sampled_from(["Call the bank", "Draft it", "Rate the year 2026?"])
_NAMES = st.sampled_from([
    "Carol Jones", "Vic Ray", "Jones, Carol", "Med Ali", "April May", "O'Neil", "Ana da Silva",
    "Carol", "Zoë Friday", "Carol and Bob", "Mi", "", "Łukasz Żak", "李 雷", "A (B) C",
])  # fmt: skip
_DAYS = st.dates(TODAY, date(2032, 12, 31))
_KEYS = ("milestone", "internal", "checkpoint")


@dataclass(frozen=True, slots=True)
class Case:
    """A plan and everybody on it."""

    plan: Plan
    people: People


@st.composite
def _persons(draw: st.DrawFn) -> list[Person]:
    roles = draw(
        st.lists(st.sampled_from([Role.CLIENT, Role.TEAM, Role.OBSERVER]), min_size=0, max_size=4)
    )
    return [
        Person(PersonId(10 + at), draw(_NAMES), (f"p{at}@{role.value}{at}.example",), role)
        for at, role in enumerate([Role.CLIENT, *roles])
    ]


@st.composite
def _appointments(draw: st.DrawFn) -> Appointment | None:
    if not draw(st.booleans()):
        return None
    hour = draw(st.integers(0, 22))
    places = ["", "Room 2", "Am Markt 3", "14 High Street", "online, by phone", "h 2"]
    place = draw(st.sampled_from(places))
    minutes = st.sampled_from([0, 15, 30])
    return Appointment(time(hour, draw(minutes)), time(hour + 1, draw(minutes)), place)


def _details() -> st.SearchStrategy[tuple[str, ...]]:
    plain = _SOME_TEXT.filter(lambda text: not any(key in text.lower() for key in _KEYS))
    unmarked = plain.map(lambda text: f"see {text}")
    return st.lists(unmarked, max_size=3).map(tuple)


@st.composite
def _todos(draw: st.DrawFn, n: int, earlier: list[int], persons: list[Person]) -> ToDo:
    ids = st.sampled_from([PROVIDER.id, *(person.id for person in persons)])
    responsible = draw(ids)
    helpers = draw(st.lists(ids.filter(lambda one: one != responsible), max_size=2, unique=True))
    meeting = draw(_appointments())
    kinds = [ToDoKind.ATTEND, ToDoKind.CALL] if meeting else list(ToDoKind)
    after = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
    return ToDo(
        n=n,
        title=draw(_SOME_TEXT),
        responsible=responsible,
        kind=draw(st.sampled_from(kinds)),
        helpers=tuple(helpers),
        due=draw(st.none() | _DAYS),
        details=draw(_details()),
        fixed=draw(st.booleans()),
        internal=draw(st.booleans()),
        after=tuple(after),
        appointment=meeting,
        files=tuple(
            draw(st.lists(st.sampled_from(["a.pdf", "b, c.pdf"]), max_size=2, unique=True))
        ),
    )


@st.composite
def _phases(draw: st.DrawFn, persons: list[Person]) -> tuple[Phase, ...]:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    numbers = list(draw(st.permutations(range(1, sum(sizes) + 1))))
    phases: list[Phase] = []
    earlier: list[int] = []
    for number, size in enumerate(sizes, 1):
        todos = []
        for _ in range(size):
            n = numbers.pop()
            todos.append(draw(_todos(n, list(earlier), persons)))
            earlier.append(n)
        stone = draw(st.none() | st.builds(Milestone, _SOME_TEXT, st.none() | _DAYS))
        phases.append(Phase(number, draw(_SOME_TEXT), tuple(todos), stone))
    return tuple(phases)


@st.composite
def plans(draw: st.DrawFn) -> Case:
    """A plan that could have been read from a text, with everybody on it."""
    persons = draw(_persons())
    texts = st.just("") | _SOME_TEXT
    first = persons[0].name or persons[0].addresses[0]
    plan = Plan(
        id=PlanId(1),
        code=draw(st.from_regex(r"[A-Z]{2,6}", fullmatch=True)),
        title=draw(_SOME_TEXT | st.just("2026 tax return")),
        client_name=draw(st.sampled_from([first, "Acme Ltd", "Acme, Inc.", "Vic Ray"])),
        people=(
            Stakeholder(PROVIDER.id, Role.PROVIDER),
            *(Stakeholder(person.id, person.role) for person in persons),
        ),
        context=PlanContext(
            goal=draw(texts),
            risks=draw(texts),
            internal=tuple(draw(st.lists(_SOME_TEXT, max_size=2))),
        ),
        phases=draw(_phases(persons)),
        start=draw(st.none() | _DAYS),
        end=draw(st.none() | _DAYS),
        language=draw(st.sampled_from(["en", "de", "fr", "ja"])),
        rhythm=draw(st.sampled_from(list(Rhythm))),
        agree=draw(st.booleans()),
    )
    return Case(plan, People.of([PROVIDER, *persons]))
