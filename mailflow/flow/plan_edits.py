"""The text of a running plan that comes back changed: told, asked about, put into force.

Where somebody was told of a To Do that would be different, all changes of the mail wait for
one word; otherwise they happen at once. What waits is kept with the letter that asks, and read
again against the plan as it stands when the word comes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from mailflow.domain.amending import amend
from mailflow.domain.decision import Decision
from mailflow.domain.draft import (
    DraftPerson,
    EditMisread,
    PersonEdit,
    PlanEdit,
    Problem,
    ToDoEdit,
    ToDosMissing,
)
from mailflow.domain.event import PlanDrafted
from mailflow.domain.ids import LetterId, PlanId
from mailflow.domain.notice import (
    ChangeNotice,
    LineFate,
    Notice,
    PlanProposal,
    Transcript,
    TranscriptLine,
)
from mailflow.domain.office import PersonAdded, SettingChanged
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan, PlanState
from mailflow.domain.refusal import Refusal, RefusalReason
from mailflow.domain.telling import merged
from mailflow.domain.worktime import local_day
from mailflow.flow.authenticity import Right
from mailflow.flow.commands import VERBS, carry_out, needs_code
from mailflow.flow.counter import Counter, Result, bare_word
from mailflow.flow.edit_words import EditWords
from mailflow.flow.letter_facts import fact
from mailflow.flow.plan_mail import REPLACEABLE, newcomer, plan_world
from mailflow.ports import SentLetter, UnitOfWork
from mailflow.reading.dates import read_dates
from mailflow.reading.plan_parts import header_name
from mailflow.reading.plantext import PlanSource, code_in, edited_text, looks_like_plan, read_edits
from mailflow.reading.provider import Command, CommandLine, read_commands

_SHOWING = frozenset({"transcript", "plan_page", "plan_proposal"})
"""Letters that show one plan, so that an answer may be its text."""

_CHANGEABLE = frozenset({PlanState.RUNNING, PlanState.PAUSED, PlanState.AGREED})
_OVER = frozenset({PlanState.FINISHED, PlanState.CANCELLED})
_TOO_OLD = timedelta(days=3)
_MOST_TOLD_AT_ONCE = 5
_YES = frozenset({"ok", "yes"})
_GO = "go"
_NUMBERED = re.compile(r"\d{1,4}[.)]\s")
_TAKES_WORDS = frozenset({"due", "hold", "assign", "note", "reject", "tell"})


@dataclass(frozen=True, slots=True)
class _Came:
    """A text that came back, and what it is to be compared with."""

    plan: Plan
    text: str
    sent: SentLetter | None
    on: date


def change_by_text(counter: Counter, typed: str, right: Right) -> tuple[Notice, ...] | None:
    """Change a running plan as its edited text says, or ask first; None where it is no such text.

    Commands that stand between the lines are carried out as they are anywhere.

    Args:
        counter: the mail and its sender; `letter` is what it answers.
        typed: what was typed anew.
        right: whether the sender is proven.
    """
    lines = read_commands(typed, [p.code for p in counter.uow.plans()], counter.sender.language)
    if orders_alone(counter, lines):
        return None
    orders = [one for one in lines if _steers(counter, one) and not _was_sent(counter, one)]
    came = _came(counter, typed)
    if came is None:
        return None
    edits = _without_orders(_read(counter, came), orders)
    if came.plan.state in _OVER and (_changes(edits) or _is_whole(typed, came.plan)):
        return (_is_over(counter, came.plan),)
    if not _changes(edits):
        wanted = _is_whole(typed, came.plan) or _is_misread(edits, typed)
        return _nothing_new(counter, came, edits) if wanted else None
    old = counter.journey.now - counter.journey.sent_at > _TOO_OLD
    told = _amended(counter, came, edits, sure=right is Right.ACT and not old)
    more = carry_out(counter, orders) if orders and right is Right.ACT else ()
    return _as_one(told, more)


def _as_one(told: tuple[Notice, ...], more: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return both with one transcript."""
    first, second = next(iter(told), None), next(iter(more), None)
    if not isinstance(first, Transcript) or not isinstance(second, Transcript):
        return (*told, *more)
    pages = {plan.id: plan for plan in (*first.pages, *second.pages)}
    whole = replace(first, lines=(*second.lines, *first.lines), pages=tuple(pages.values()))
    return (whole, *merged((*told[1:], *more[1:])))


def settle_edits(counter: Counter, text: str) -> tuple[Notice, ...] | None:
    """Put into force what waits for "ok", or leave it with "no"; None where nothing waits."""
    letter = counter.letter
    came = None if letter is None else _waiting(counter.uow, letter)
    if letter is None or came is None:
        return None
    lines = read_commands(text, (), counter.sender.language)
    word = bare_word(lines) or text.strip().strip(".!").lower()
    if word not in _YES | {_GO, "no"}:
        return None
    typed = text.strip().split("\n", 1)[0]
    mark = f"edits {letter.id}"
    if counter.uow.setting(mark):
        return (Transcript(counter.sender.id, (counter.refused("nothing_asked").line(typed),)),)
    settled = SettingChanged(mark, "", word, counter.sender.id)
    counter.uow.record_office(counter.journey.act, [settled])
    if word == "no":
        said = counter.say("edit_left", code=came.plan.code, title=came.plan.title)
        left = Result(LineFate.DONE, said).line(typed)
        return (Transcript(counter.sender.id, (left,)),)
    return _amended(counter, came, _read(counter, came), sure=True, asked=letter)


def orders_alone(counter: Counter, lines: Sequence[CommandLine]) -> bool:
    """Return whether a mail holds commands and nothing else."""
    return bool(lines) and all(_steers(counter, line) for line in lines)


def _steers(counter: Counter, line: CommandLine) -> bool:
    """Return whether a line is a command, rather than a line of a plan that begins like one."""
    if not isinstance(line, Command) or line.verb not in VERBS or "|" in line.typed:
        return False
    if needs_code(line):
        return False
    head, colon, _ = line.typed.partition(":")
    if (colon and header_name(head) is not None) or _is_step(line):
        return False
    if line.verb != "due":
        return True
    words = line.rest or line.text
    found = read_dates(words, counter.sender.language, counter.moment.today)
    return len(found) == 1 and len(words.split()) <= len(found[0].words.split()) + 1


def _was_sent(counter: Counter, line: CommandLine) -> bool:
    """Return whether a line is one that our letter repeats, rather than a new one."""
    sent = "" if counter.letter is None else " ".join(counter.letter.text.split())
    return f"» {' '.join(line.typed.split())} (" in sent


def _is_step(line: Command) -> bool:
    """Tell "4. Approve the draft @Carol", which begins with a number and a verb, from "4 ok"."""
    if _NUMBERED.match(line.typed) is None:
        return False
    return "@" in line.typed or (line.verb not in _TAKES_WORDS and " " in line.rest)


def _came(counter: Counter, typed: str) -> _Came | None:
    """Return the plan in progress whose text this may be: by the letter, else by its code."""
    message, letter, plan = counter.journey.message, counter.letter, None
    if letter is not None and letter.kind in _SHOWING and len(letter.plans) == 1:
        plan = counter.uow.plan(letter.plans[0])
    files = tuple((a.name, a.media_type, a.content) for a in message.attachments if not a.inline)
    source = PlanSource(message.subject, message.text, message.html, files)
    text = edited_text(source)
    attached = edited_text(PlanSource(files=files))
    code = code_in(attached)
    text = attached if code else text
    code = code or code_in(typed)
    if code and (plan is None or plan.code != code):
        letter, plan = None, counter.uow.plan_by_code(code)
        if plan is not None and not _is_whole(text, plan):
            return None
    if plan is None or not _is_changeable(plan, letter, typed):
        return None
    if not attached and letter is not None and letter.kind != "transcript":
        text = typed  # such a letter shows the plan in another form than its text
    on = local_day(counter.journey.sent_at, counter.settings.timezone)
    return _Came(plan, text, letter, on)


def _is_changeable(plan: Plan, letter: SentLetter | None, typed: str) -> bool:
    """Return whether lines may change this plan; a draft is replaced by a whole text instead."""
    if plan.state not in REPLACEABLE:
        return plan.state in _CHANGEABLE | _OVER
    whole = looks_like_plan(PlanSource(text=typed))
    return letter is not None and not plan.unsettled and not whole


def _is_whole(text: str, plan: Plan) -> bool:
    """Return whether a text bears the plan's code and repeats some title of it."""
    words = " ".join(text.split()).casefold()
    known = any(" ".join(todo.title.split()).casefold() in words for todo in plan.todos())
    return known and code_in(text) == plan.code


def _waiting(uow: UnitOfWork, letter: SentLetter) -> _Came | None:
    text = fact(letter.facts, "edit")
    plan = uow.plan(PlanId(int(fact(letter.facts, "plan")))) if text else None
    if plan is None:
        return None
    number = fact(letter.facts, "letter")
    base = uow.letter(LetterId(int(number))) if number else None
    return _Came(plan, text, base, date.fromisoformat(fact(letter.facts, "on")))


def _read(counter: Counter, came: _Came) -> tuple[PlanEdit, ...]:
    world = plan_world(counter.uow, counter.settings, came.on, came.plan)
    sent = came.sent.text if came.sent is not None else ""
    return read_edits(came.plan, came.text, counter.uow.people_of(came.plan), world, sent)


def _without_orders(
    edits: Sequence[PlanEdit], orders: Sequence[CommandLine]
) -> tuple[PlanEdit, ...]:
    typed = {" ".join(line.typed.split()) for line in orders}
    return tuple(
        edit
        for edit in edits
        if not isinstance(edit, EditMisread) or " ".join(edit.problem.text.split()) not in typed
    )


def _changes(edits: Sequence[PlanEdit]) -> bool:
    return any(not isinstance(edit, EditMisread | ToDosMissing) for edit in edits)


def _nothing_new(counter: Counter, came: _Came, edits: Sequence[PlanEdit]) -> tuple[Notice, ...]:
    """Say that the whole text came back and changes nothing, with what was not understood."""
    plan = came.plan
    lines, notes = EditWords(counter, plan, {}, came.text).transcript(edits, LineFate.DONE)
    said = counter.say("edit_same", code=plan.code, title=plan.title)
    same = TranscriptLine(plan.code, LineFate.NOTHING_TO_DO, said)
    return (Transcript(counter.sender.id, lines or (same,), (plan,), notes=notes),)


def _is_misread(edits: Sequence[PlanEdit], typed: str) -> bool:
    """Return whether a numbered line that was typed anew could not be read."""
    lines = {" ".join(line.split()) for line in typed.splitlines() if _NUMBERED.match(line.strip())}
    wrong = (edit.problem.text for edit in edits if isinstance(edit, EditMisread))
    return any(" ".join(text.split()) in lines for text in wrong)


def _is_over(counter: Counter, plan: Plan) -> Transcript:
    """Say that a plan which is over is not changed by its text."""
    refused = counter.because(Refusal(RefusalReason.NOT_RUNNING), plan)
    line = replace(refused, example=f"start {plan.code}").line(plan.code)
    return Transcript(counter.sender.id, (line,))


def _amended(
    counter: Counter,
    came: _Came,
    edits: Sequence[PlanEdit],
    *,
    sure: bool,
    asked: SentLetter | None = None,
) -> tuple[Notice, ...]:
    """Put edits into force, or take it back and ask where somebody heard of it before."""
    mark = counter.uow.mark()
    plan = came.plan
    edits = [one for edit in edits for one in _never_hidden(counter, plan, edit)]
    persons = _persons(counter, plan, edits)
    decision = amend(plan, edits, persons, counter.by)
    words = EditWords(counter, plan, persons, came.text)
    lines, notes = words.transcript(edits, LineFate.DONE)
    if plan.state in REPLACEABLE:
        return (_proposed_anew(counter, plan, decision, edits),)
    after, told = _told(counter, plan, decision)
    concerned = [n for n in told if isinstance(n, ChangeNotice)]
    many = len({notice.to for notice in told}) > _MOST_TOLD_AT_ONCE
    shown = _digest(lines)
    if asked is None:
        waits = not sure or bool(concerned) or many
    else:
        waits = fact(asked.facts, "said") != shown
    if not waits:
        live = counter.settings.live or counter.uow.setting("live") == "yes"
        transcript = Transcript(counter.sender.id, lines, (after,), live=live, notes=notes)
        return (transcript, *merged(told))
    names = tuple(p.display for n in concerned if (p := counter.uow.person(n.to)) is not None)
    counter.uow.back_to(mark)
    return (_question(counter, came, lines, (*notes, _why(counter, names, asked)), shown),)


def _never_hidden(counter: Counter, plan: Plan, edit: PlanEdit) -> Iterator[PlanEdit]:
    """Yield an edit, without hiding from somebody outside what she was told already."""
    if not isinstance(edit, ToDoEdit) or not edit.todo.internal or "internal" not in edit.changed:
        yield edit
        return
    told = (counter.uow.person(one) for one in counter.uow.was_told(plan.id, edit.n))
    outside = [person for person in told if person is not None and not person.inside]
    if not outside:
        yield edit
        return
    changed = tuple(part for part in edit.changed if part != "internal")
    if changed:
        yield replace(edit, todo=replace(edit.todo, internal=False), changed=changed)
    said = counter.say("edit_told_outside", ref=plan.ref(edit.n), person=outside[0].display)
    yield EditMisread(Problem(edit.todo.line, plan.ref(edit.n), said))


def _proposed_anew(
    counter: Counter, plan: Plan, decision: Decision, edits: Sequence[PlanEdit]
) -> PlanProposal:
    """Correct a draft; a client who was asked to agree already is asked again after the "ok"."""
    events = [*decision.events]
    if plan.state is not PlanState.DRAFT:
        events.append(PlanDrafted(replace(decision.plan, state=PlanState.DRAFT)))
    drafted = counter.uow.record(counter.journey.act, plan.id, events)
    problems = tuple(edit.problem for edit in edits if isinstance(edit, EditMisread))
    return PlanProposal(counter.sender.id, drafted, problems, replaced=True)


def _why(counter: Counter, names: tuple[str, ...], asked: SentLetter | None) -> str:
    if asked is not None:
        return counter.say("edit_other")
    return counter.say("edit_ask", names=names) if names else counter.say("edit_ask_all")


def _question(
    counter: Counter,
    came: _Came,
    lines: Sequence[TranscriptLine],
    notes: tuple[str, ...],
    shown: str,
) -> Transcript:
    """Return what is asked, with all that an "ok" needs."""
    waiting = tuple(
        replace(line, fate=LineFate.ASKED_BACK) if line.fate is LineFate.DONE else line
        for line in lines
    )
    waits = (
        ("plan", str(came.plan.id)),
        ("edit", came.text),
        ("on", came.on.isoformat()),
        ("letter", "" if came.sent is None else str(came.sent.id)),
        ("said", shown),
    )
    pages = (came.plan,)
    return Transcript(counter.sender.id, waiting, pages, notes=notes, waits=waits)


def _digest(lines: Sequence[TranscriptLine]) -> str:
    told = "\n".join(line.said for line in lines if line.fate is LineFate.DONE)
    return sha256(told.encode()).hexdigest()[:24]


def _told(counter: Counter, plan: Plan, decision: Decision) -> tuple[Plan, tuple[Notice, ...]]:
    if not decision.events:
        return plan, ()
    return counter.commit(plan, decision)


def _persons(counter: Counter, plan: Plan, edits: Sequence[PlanEdit]) -> Mapping[str, Person]:
    """Return who is meant by the keys of the edits, and make known who is new."""
    uow = counter.uow
    found = {key: p for p in uow.people_of(plan).by_id.values() for key in (p.name, *p.addresses)}
    for named in (edit.person for edit in edits if isinstance(edit, PersonEdit)):
        if named.address is not None and named.key not in found:
            found[named.key] = _known_or_new(counter, plan, named, named.address)
    return found


def _known_or_new(counter: Counter, plan: Plan, named: DraftPerson, address: str) -> Person:
    known = counter.uow.person_by_address(address)
    if known is None:
        known = newcomer(counter.uow, named, plan.language, counter.settings)
        counter.uow.record_office(counter.journey.act, [PersonAdded(known)])
    return known
