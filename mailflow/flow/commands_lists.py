"""Commands that only show: status, plans, todos, late, today, show, history, people, help."""

from collections.abc import Iterator, Sequence
from datetime import date

from mailflow.domain.ids import PersonId
from mailflow.domain.notice import LineFate
from mailflow.domain.people import INSIDE, People
from mailflow.domain.plan import Plan, PlanState, ToDo
from mailflow.flow.counter import CURRENT, Counter, Result
from mailflow.flow.told_history import history_of
from mailflow.reading.provider import Command
from mailflow.writing.plantext import plan_text
from mailflow.writing.words import state_word


def status(counter: Counter, _command: Command) -> Result:
    """Say how many plans run, and what is open, late and to be judged in each."""
    plans = counter.uow.plans(*CURRENT)
    running = sum(plan.state is PlanState.RUNNING for plan in plans)
    lines = tuple(_plan_line(counter, plan) for plan in plans)
    return Result(LineFate.SHOWN, counter.say("status", count=running), lines)


def _plan_line(counter: Counter, plan: Plan) -> str:
    done, counting = plan.done_count
    late = sum(1 for _ in _late(plan, counter.moment.today))
    judge = len(plan.open_proposals())
    parts = [f"{plan.code:<8} {plan.title}", state_word(plan.state, counter.sender.language)]
    parts.append(counter.say("done_of", done=done, total=counting))
    if late:
        parts.append(counter.say("late_count", count=late))
    if judge:
        parts.append(counter.say("to_judge_count", count=judge))
    return " · ".join(parts)


def plans(counter: Counter, _command: Command) -> Result:
    """List all plans that are not over."""
    lines = tuple(_plan_line(counter, plan) for plan in counter.uow.plans(*CURRENT))
    return Result(LineFate.SHOWN, counter.say("plans_listed", count=len(lines)), lines)


def _late(plan: Plan, today: date) -> Iterator[ToDo]:
    for todo in plan.todos():
        if todo.active and todo.due is not None and todo.due < today:
            yield todo


def _todo_lines(counter: Counter, chosen: Sequence[tuple[Plan, ToDo]]) -> tuple[str, ...]:
    lines = []
    for plan, todo in chosen:
        person = counter.uow.person(todo.responsible)
        name = "" if person is None else person.display
        day = todo.day
        when = "" if day is None else counter.say("by_day", day=day)
        state = state_word(todo.state, counter.sender.language)
        lines.append(
            " · ".join(part for part in (plan.ref(todo.n), todo.title, name, when, state) if part)
        )
    return tuple(lines)


def _open(counter: Counter) -> list[tuple[Plan, ToDo]]:
    return [
        (plan, todo)
        for plan in counter.uow.plans(PlanState.RUNNING, PlanState.PAUSED)
        for todo in plan.todos()
        if todo.active
    ]


def todos(counter: Counter, command: Command) -> Result:
    """List open To Dos of everybody, of a plan, or of one person."""
    chosen = _open(counter)
    if command.code is not None:
        chosen = [(plan, todo) for plan, todo in chosen if plan.code == command.code]
    elif command.rest:
        person = counter.person_named(command.rest)
        if person is None:
            return counter.refused("unknown_person", name=command.rest)
        chosen = [(plan, todo) for plan, todo in chosen if todo.responsible == person.id]
    lines = _todo_lines(counter, chosen)
    return Result(LineFate.SHOWN, counter.say("todos_listed", count=len(lines)), lines)


def late(counter: Counter, _command: Command) -> Result:
    """List what is late."""
    today = counter.moment.today
    chosen = [(p, t) for p, t in _open(counter) if t.due is not None and t.due < today]
    lines = _todo_lines(counter, chosen)
    return Result(LineFate.SHOWN, counter.say("late_listed", count=len(lines)), lines)


def due_today(counter: Counter, _command: Command) -> Result:
    """List what is due or promised for today."""
    chosen = [(p, t) for p, t in _open(counter) if t.day == counter.moment.today]
    lines = _todo_lines(counter, chosen)
    return Result(LineFate.SHOWN, counter.say("today_listed", count=len(lines)), lines)


def who_owes(counter: Counter, _command: Command) -> Result:
    """Count open To Dos by person."""
    counts: dict[PersonId, int] = {}
    for _, todo in _open(counter):
        counts[todo.responsible] = counts.get(todo.responsible, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    lines = tuple(f"{_name(counter, person)}: {count}" for person, count in ordered)
    return Result(LineFate.SHOWN, counter.say("owing_listed", count=len(lines)), lines)


def _name(counter: Counter, person: PersonId) -> str:
    found = counter.uow.person(person)
    return "" if found is None else found.display


def show(counter: Counter, command: Command) -> Result:
    """Show a plan as text that can be edited and sent back, with its page."""
    plan = counter.plan_alone(command)
    if isinstance(plan, Result):
        return plan
    people: People = counter.uow.people_of(plan)
    inside = plan.role_of(counter.sender.id) in INSIDE or counter.sender.inside
    text = plan_text(plan, people, language=counter.sender.language, for_inside=inside)
    said = counter.say("shown", code=plan.code, title=plan.title)
    return Result(LineFate.SHOWN, said, tuple(text.splitlines()), pages=(plan,))


def people(counter: Counter, _command: Command) -> Result:
    """List everybody who is known."""
    lines = tuple(
        f"{person.display} <{person.addresses[0]}> · {person.role.value} · {person.language}"
        for person in counter.uow.persons()
    )
    return Result(LineFate.SHOWN, counter.say("people_listed", count=len(lines)), lines)


def history(counter: Counter, command: Command) -> Result:
    """Tell what happened to a plan or a To Do, by whom, and the words that decided."""
    plan = counter.plan_alone(command)
    if isinstance(plan, Result):
        return plan
    number = command.refs[0].n if command.refs else None
    acts = tuple(history_of(counter, plan, number))
    said = counter.say("history_shown", code=plan.code, count=len(acts))
    return Result(LineFate.SHOWN, said, tuple(line for act in acts for line in act))


def show_help(counter: Counter, _command: Command) -> Result:
    """Show the commands, with examples from the provider's own plans."""
    plan = next(iter(counter.uow.plans(*CURRENT)), None)
    code = "TAX" if plan is None else plan.code
    examples = (
        "plan: …",
        f"ok · start {code} · show {code} · pause {code} until Friday · resume {code}",
        f"done {code}-3 · reopen {code}-3 · drop {code}-3 · due {code}-3 Friday",
        f"assign {code}-3 to Vic · accept {code}-3 · reject {code}-3: reason · note {code}-3: …",
        f"add {code}: … @name by Friday · ask {code}-3 · tell carol: …",
        f"status · plans · todos · late · today · who owes · people · history {code}",
        "held · release 12 · resume sending · also carol <carol@acme.example>",
        "undo · undo all of it · go live · help",
    )
    return Result(LineFate.SHOWN, counter.say("help"), examples)


LISTS = {
    "status": status,
    "plans": plans,
    "todos": todos,
    "late": late,
    "today": due_today,
    "who_owes": who_owes,
    "show": show,
    "people": people,
    "history": history,
    "why": history,
    "help": show_help,
}
