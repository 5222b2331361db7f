"""Carries out the lines of a command mail and writes its transcript."""

from collections.abc import Callable, Mapping, Sequence

from mailflow.domain.notice import LineFate, Notice, Transcript, TranscriptLine
from mailflow.domain.plan import Plan
from mailflow.flow.commands_lists import LISTS
from mailflow.flow.commands_plans import PLANS
from mailflow.flow.commands_todos import TODOS
from mailflow.flow.counter import Counter, Result
from mailflow.reading.provider import Command, CommandLine, Misread

Carry = Callable[[Counter, Command], Result]

VERBS: Mapping[str, Carry] = {**PLANS, **TODOS, **LISTS}
"""What each verb does; the words for the verbs stand in `reading/command_words`."""

READ_ONLY = frozenset(LISTS)
"""Verbs that change nothing; the answer goes to the registered address only."""

DESTRUCTIVE = frozenset({"cancel"})
"""Verbs that are done only after an answer to a mail with a code."""


def needs_code(line: CommandLine) -> bool:
    """Return whether a line may only be carried out with a code."""
    return isinstance(line, Command) and line.verb in DESTRUCTIVE


def changes_nothing(line: CommandLine) -> bool:
    """Return whether a line only asks to see something."""
    return isinstance(line, Misread) or line.verb in READ_ONLY


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
    return (transcript, *told)


def _one(counter: Counter, line: CommandLine) -> Result:
    if isinstance(line, Misread):
        example = counter.example(line.nearest) if line.nearest else "help"
        said = counter.say("unknown_command")
        return Result(LineFate.NOT_UNDERSTOOD, said, example=example)
    carry = VERBS.get(line.verb)
    if carry is None:
        said = counter.say("unknown_command")
        return Result(LineFate.NOT_UNDERSTOOD, said, example="help")
    return carry(counter, line)
