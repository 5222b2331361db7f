"""Commands on single To Dos: done, reopen, drop, due, assign, accept, reject, note, and add."""

from collections.abc import Callable
from datetime import date

from mailflow.domain.decision import Decision
from mailflow.domain.ids import PlanId
from mailflow.domain.notice import LineFate, Notice, ToDosAsked, WordsForwarded
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan, Proposal, ToDo
from mailflow.domain.planning import (
    By,
    accept,
    add_todo,
    assign,
    complete,
    drop,
    hold,
    move_due,
    note,
    reject,
    reopen,
    settle,
)
from mailflow.domain.refusal import Refusal
from mailflow.flow.counter import Counter, Result
from mailflow.flow.letter_facts import all_facts
from mailflow.reading.dates import read_dates
from mailflow.reading.provider import Command, glue_words
from mailflow.writing.words import Fact

Change = Callable[[Plan, int, By], Decision | Refusal]


def change_each(
    counter: Counter, command: Command, change: Change, key: str, **facts: Fact
) -> Result:
    """Apply a change to each To Do a line names; one wrong number spoils no right one."""
    meant = counter.todos_of(command)
    if isinstance(meant, Result):
        return meant
    done: list[str] = []
    refused: list[Result] = []
    told: list[Notice] = []
    for plan, n in meant:
        current = counter.uow.plan(plan.id) or plan
        decision = change(current, n, counter.by)
        if isinstance(decision, Refusal):
            refused.append(counter.because(decision, current, n))
            continue
        after, notices = counter.commit(current, decision)
        told += notices
        counter.current = (after, n)
        todo = after.todo(n)
        title = "" if todo is None else todo.title
        done.append(counter.say(key, ref=plan.ref(n), title=title, **facts))
    said = " ".join((*done, *(r.said for r in refused)))
    fate = LineFate.DONE if done else LineFate.REFUSED
    example = "" if done else next((r.example for r in refused if r.example), "")
    return Result(fate, said, notices=tuple(told), example=example)


def _plain(change: Change, key: str) -> Callable[[Counter, Command], Result]:
    """Make a command of a change that takes nothing but numbers."""

    def carry(counter: Counter, command: Command) -> Result:
        glue = glue_words("it", counter.sender.language)
        if command.rest and command.rest.lower() not in glue:
            return counter.refused("unknown_command", counter.example(command.verb))
        return change_each(counter, command, change, key)

    return carry


def _day(counter: Counter, command: Command) -> date | Result:
    words = command.rest or command.text
    found = read_dates(words, counter.sender.language, counter.moment.today)
    if not found:
        return counter.refused("date_not_understood", words=words)
    return found[0].best


def due(counter: Counter, command: Command) -> Result:
    """Move the due date, or settle somebody's request for another date with it."""
    day = _day(counter, command)
    if isinstance(day, Result):
        return day
    return change_each(
        counter, command, lambda plan, n, by: move_due(plan, n, by, day), "moved", day=day
    )


def hold_back(counter: Counter, command: Command) -> Result:
    """Ask and remind nobody until a day."""
    day = _day(counter, command)
    if isinstance(day, Result):
        return day
    return change_each(
        counter, command, lambda plan, n, by: hold(plan, n, by, day), "held_back", day=day
    )


def give(counter: Counter, command: Command) -> Result:
    """Make somebody else responsible."""
    meant = counter.todos_of(command)
    if isinstance(meant, Result):
        return meant
    person = _named(counter, command.rest, meant[0][0])
    if person is None:
        return counter.refused("unknown_person", name=command.rest)
    return change_each(
        counter,
        command,
        lambda plan, n, by: assign(plan, n, by, person.id),
        "assigned",
        person=person.display,
    )


def _named(counter: Counter, words: str, plan: Plan) -> Person | None:
    glue = glue_words("to", counter.sender.language)
    name = " ".join(word for word in words.split() if word.lower() not in glue)
    return counter.person_named(name, plan)


def send_back(counter: Counter, command: Command) -> Result:
    """Ask again for a delivery, with the reason."""
    reason = command.text or command.rest
    meant = counter.todos_of(command)
    if isinstance(meant, Result):
        return meant
    todo = meant[0][0].todo(meant[0][1])
    person = None if todo is None else counter.uow.person(todo.responsible)
    return change_each(
        counter,
        command,
        lambda plan, n, by: reject(plan, n, by, reason),
        "rejected",
        person="" if person is None else person.display,
    )


def take_note(counter: Counter, command: Command) -> Result:
    """Keep a note of the team."""
    words = command.text or command.rest
    return change_each(counter, command, lambda plan, n, by: note(plan, n, by, words), "note_taken")


def tell(counter: Counter, command: Command) -> Result:
    """Send somebody a few words, in the thread of the plan."""
    person = counter.person_named(command.rest)
    if person is None:
        return counter.refused("unknown_person", name=command.rest)
    plan = counter.plan_of(command)
    words = WordsForwarded(
        to=person.id,
        by=counter.sender.id,
        plan=None if isinstance(plan, Result) else plan,
        text=command.text,
    )
    said = counter.say("forwarded", person=person.display)
    return Result(LineFate.DONE, said, notices=(words,))


def ask(counter: Counter, command: Command) -> Result:
    """Send the To Do mail again, for these alone."""
    meant = counter.todos_of(command)
    if isinstance(meant, Result):
        return meant
    asked: list[Notice] = []
    said: list[str] = []
    for plan, n in meant:
        todo = plan.todo(n)
        if todo is None or not todo.active:
            said.append(counter.say("not_open", ref=plan.ref(n)))
            continue
        asked.append(ToDosAsked(todo.responsible, plan, (n,)))
        person = counter.uow.person(todo.responsible)
        name = "" if person is None else person.display
        said.append(counter.say("asked_again", ref=plan.ref(n), person=name))
    fate = LineFate.DONE if asked else LineFate.REFUSED
    return Result(fate, " ".join(said), notices=tuple(asked))


def add(counter: Counter, command: Command) -> Result:
    """Add a To Do: `add TAX: Send the lease @carol by Friday`."""
    plan = counter.plan_of(command)
    if isinstance(plan, Result):
        return plan
    title, person, day = _new_todo(counter, command.text or command.rest, plan)
    if person is None or not title:
        return counter.refused("unknown_person", f"add {plan.code}: … @name", name="")
    todo = ToDo(n=0, title=title, responsible=person.id, due=day)
    decision = add_todo(plan, todo, counter.by)
    after, told = counter.commit(plan, decision)
    n = after.next_number - 1
    counter.current = (after, n)
    said = counter.say("added", ref=after.ref(n), title=title, person=person.display)
    return Result(LineFate.DONE, said, notices=told)


def _new_todo(counter: Counter, words: str, plan: Plan) -> tuple[str, Person | None, date | None]:
    before, at, behind = words.partition("@")
    name, _, rest = behind.partition(" ")
    person = counter.person_named(name, plan) if at else None
    found = read_dates(rest or before, counter.sender.language, counter.moment.today)
    return before.strip(" ,-"), person, found[0].best if found else None


def settle_proposal(
    counter: Counter, plan: Plan, proposal: Proposal, word: str, until: date | None = None
) -> Result:
    """Settle what an unclear answer seemed to mean, with the provider's one word."""
    decision = settle(plan, proposal, counter.by, word, until)
    after, told = counter.commit(plan, decision)
    ref = plan.code if proposal.n is None else plan.ref(proposal.n)
    todo = None if proposal.n is None else after.todo(proposal.n)
    if word == "no" or todo is None:
        return Result(LineFate.DONE, counter.say("left_as_is", ref=ref), notices=told)
    said = counter.say("settled", ref=ref, title=todo.title, state=todo.state)
    return Result(LineFate.DONE, said, notices=told)


_WITH_NUMBER = 3
"""Plan, proposal and the number under which a digest shows it."""


def settle_numbered(counter: Counter, command: Command) -> Result | None:
    """Settle what a digest asks under a number ("1 yes"); None when it asks nothing there."""
    facts = () if counter.letter is None else counter.letter.facts
    asked = {
        int(parts[2]): parts
        for value in all_facts(facts, "proposal")
        if len(parts := value.split(":")) == _WITH_NUMBER
    }
    settled: list[Result] = []
    for ref in command.refs:
        if ref.n not in asked:
            continue
        plan_id, number, _ = asked[ref.n]
        plan = counter.uow.plan(PlanId(int(plan_id)))
        for proposal in () if plan is None else plan.open_proposals():
            if plan is not None and proposal.number == int(number):
                word = "no" if command.verb == "no" else "yes"
                settled.append(settle_proposal(counter, plan, proposal, word))
    if not settled:
        return None
    notices = tuple(notice for result in settled for notice in result.notices)
    return Result(LineFate.DONE, " ".join(result.said for result in settled), notices=notices)


def refuse_proposal(counter: Counter, command: Command) -> Result:
    """Say "no" to what a digest asks under a number."""
    return settle_numbered(counter, command) or counter.refused("nothing_asked")


TODOS = {
    "no": refuse_proposal,
    "done": _plain(complete, "done"),
    "reopen": _plain(reopen, "reopened"),
    "open": _plain(reopen, "reopened"),
    "drop": _plain(drop, "dropped"),
    "accept": _plain(accept, "accepted"),
    "reject": send_back,
    "due": due,
    "hold": hold_back,
    "assign": give,
    "note": take_note,
    "tell": tell,
    "ask": ask,
    "add": add,
}
