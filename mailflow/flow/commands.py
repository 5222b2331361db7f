"""Carries out the lines of a command mail and writes its transcript."""

from collections.abc import Callable, Mapping, Sequence

from mailflow.domain.notice import LineFate, Notice, Transcript, TranscriptLine
from mailflow.domain.plan import Plan
from mailflow.domain.telling import merged
from mailflow.flow.commands_calendar import CALENDAR
from mailflow.flow.commands_lists import LISTS
from mailflow.flow.commands_office import OFFICE, OFFICE_LISTS
from mailflow.flow.commands_plans import PLANS
from mailflow.flow.commands_todos import TODOS
from mailflow.flow.counter import Counter, Result
from mailflow.reading.provider import Command, CommandLine, Misread, read_commands

Carry = Callable[[Counter, Command], Result]

VERBS: Mapping[str, Carry] = {**PLANS, **TODOS, **LISTS, **OFFICE, **OFFICE_LISTS, **CALENDAR}
"""What each verb does; the words for the verbs stand in `reading/command_words`."""

READ_ONLY = frozenset({*LISTS, *OFFICE_LISTS})
"""Verbs that change nothing; the answer goes to the registered address only."""

WITH_CODE = frozenset({"cancel", "also"})
"""Verbs that destroy, or say where letters go: they wait for an answer to a mail with a code."""


def needs_code(line: CommandLine) -> bool:
    """Return whether a line may only be carried out with a code."""
    return isinstance(line, Command) and line.verb in WITH_CODE


def changes_nothing(line: CommandLine) -> bool:
    """Return whether a line only asks to see something."""
    return isinstance(line, Misread) or line.verb in READ_ONLY


_TAKES_WORDS = frozenset({"due", "hold", "assign", "pause", "undo", "todos", "tell", "help"})
_MOST_WORDS = 3


def is_order(line: CommandLine) -> bool:
    """Return whether a line steers, rather than being the first words of an answer to a client.

    "Yes, that is right" and "Start with the second one" begin like commands and are none.
    """
    if not isinstance(line, Command) or line.verb not in VERBS:
        return False
    if line.verb == "also":
        return "@" in line.rest
    if line.refs or line.code or line.text or not line.rest:
        return True
    return line.verb in _TAKES_WORDS and len(line.rest.split()) <= _MOST_WORDS


def carry_out(counter: Counter, lines: Sequence[CommandLine]) -> tuple[Notice, ...]:
    """Carry out every line; returns the transcript, then what others must be told."""
    told: list[Notice] = []
    written: list[TranscriptLine] = []
    pages: dict[object, Plan] = {}
    for line in lines:
        result = _one(counter, line)
        written.append(result.line(line.typed))
        told += result.notices
        pages.update({plan.id: plan for plan in result.pages})
    live = counter.settings.live or counter.uow.setting("live") == "yes"
    transcript = Transcript(counter.sender.id, tuple(written), tuple(pages.values()), live=live)
    return (transcript, *merged(told))


_OF_A_PLAN = frozenset({*PLANS, "show", "history"}) - {"go_live", "undo"}


def _nearest_form(counter: Counter, spelling: str) -> str:
    """Return the nearest right form, with what its verb needs behind it."""
    meant = read_commands(spelling, (), counter.sender.language)
    verb = meant[0].verb if meant and isinstance(meant[0], Command) else ""
    if verb in TODOS:
        return counter.example(spelling)
    return counter.example(spelling, of_plan=True) if verb in _OF_A_PLAN else spelling


def _one(counter: Counter, line: CommandLine) -> Result:
    if isinstance(line, Misread):
        example = _nearest_form(counter, line.nearest) if line.nearest else "help"
        said = counter.say("unknown_command")
        return Result(LineFate.NOT_UNDERSTOOD, said, example=example)
    carry = VERBS.get(line.verb)
    if carry is None:
        said = counter.say("unknown_command")
        return Result(LineFate.NOT_UNDERSTOOD, said, example="help")
    return carry(counter, line)
