"""The headers of an edited plan text beside those of the plan."""

from collections.abc import Iterator

from mailflow.domain.draft import HeaderEdit, PersonEdit, PlanDraft
from mailflow.domain.people import People
from mailflow.domain.plan import Plan
from mailflow.reading.plan_headers import language_named
from mailflow.reading.plan_parts import HeaderLine, Outline
from mailflow.reading.plan_problems import Problems

_TEXTS = ("goal", "objectives", "assumptions", "risks", "resources")


def header_edits(
    plan: Plan, draft: PlanDraft, found: Outline, problems: Problems
) -> Iterator[tuple[int, HeaderEdit]]:
    """Yield what headers change, each with its line; note those that cannot change any more."""
    lines = {header.name: header.line.number for header in found.headers}
    for name, before, after in _values(plan, draft):
        if name in lines and after != before:
            yield lines[name], HeaderEdit(name, after, lines[name])
    known = {_line(note) for note in plan.context.internal}
    for note in draft.context.internal:
        if _line(note) not in known:
            where = _where(found, note)
            yield where, HeaderEdit("internal", note, where)
    for header in found.headers:
        if _cannot_change(header, plan, draft):
            problems.add(header.line, "header_stays", name=header.key)


def person_edits(
    plan: Plan, draft: PlanDraft, found: Outline, people: People
) -> Iterator[tuple[int, PersonEdit]]:
    """Yield who is not on the plan yet, with the header that names her; 0 where none does."""
    here = {
        address.lower()
        for one in plan.people
        if one.person in people
        for address in people[one.person].addresses
    }
    for person in draft.people:
        if person.address is None or person.address.lower() in here:
            continue
        line = next((h.line.number for h in found.headers if person.name in h.value), 0)
        yield line, PersonEdit(person, line)


def _values(plan: Plan, draft: PlanDraft) -> Iterator[tuple[str, str, str]]:
    """Yield headers that may change: name, the plan's value, the text's; never to nothing."""
    title = next((text for name, text in draft.headers if name == "title"), "")
    yield "title", _line(plan.title), _line(title) or _line(plan.title)
    for name in _TEXTS:
        yield name, _line(getattr(plan.context, name)), getattr(draft.context, name)
    for name in ("start", "end"):
        before, after = getattr(plan, name), getattr(draft, name) or getattr(plan, name)
        yield name, str(before), str(after)
    yield "reminders", plan.rhythm.value, draft.rhythm.value
    yield "review", "documents" if plan.review else "", "documents" if draft.review else ""


def _where(found: Outline, note: str) -> int:
    """Return the line of a note, at the head or below a To Do."""
    lines = [header.line for header in found.headers if header.name == "internal"]
    lines += [line for todo in found.todos for line in todo.notes]
    words = note.rpartition(": ")[2]
    return next((line.number for line in lines if words in line.text), 0)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cannot_change(header: HeaderLine, plan: Plan, draft: PlanDraft) -> bool:
    match header.name:
        case "code":
            return header.value.strip(" \"'“”.[]").upper() != plan.code
        case "language":
            return language_named(header.value) not in {None, plan.language}
        case "agree":
            return draft.agree is not plan.agree
        case _:
            return False
