"""Letters that wait for the provider's word, because the office is not live yet.

"ok" lets a letter go, "no" withdraws it, other words go out in its place, and "go live" lets
all of them go. A letter that waited may have been overtaken: it is withdrawn then, and what is
still to be asked is asked anew.
"""

from collections.abc import Sequence
from enum import Enum

from mailflow.domain.ids import PersonId
from mailflow.domain.notice import LineFate, Notice, ToDosAsked, Transcript, WordsForwarded
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan, PlanState
from mailflow.flow.counter import Counter, Result, bare_word, is_slip
from mailflow.flow.letter_facts import fact
from mailflow.flow.outgoing import is_open
from mailflow.ports import SentLetter
from mailflow.reading.provider import Command, CommandLine, read_commands

_GO = frozenset({"ok", "yes", "send"})
_STAY = frozenset({"no", "drop", "cancel"})


class _Meaning(Enum):
    GO = "go"
    STAY = "stay"
    WORDS = "words for the client"
    UNCLEAR = "unclear"


_ASKING = frozenset({"to_dos_asked", "reminder"})
"""Letters that are about things to do: they stand only as long as those are open."""


def approve_letter(counter: Counter, text: str) -> tuple[Notice, ...] | None:
    """Let a letter go with "ok", withdraw it with "no", or send other words instead.

    None where the answer is none of these, but a command or a slip of the pen.
    """
    letter = counter.letter
    if letter is None or not text.strip():
        return None
    outbox_id = int(fact(letter.facts, "outbox") or 0)
    waiting = counter.uow.waiting_letter(outbox_id)
    client = counter.uow.person(PersonId(int(fact(letter.facts, "client") or 0)))
    lines = read_commands(text, (), counter.sender.language)
    meaning = _meaning(lines)
    if client is None or meaning is None:
        return None
    if waiting is None or meaning is _Meaning.UNCLEAR:
        key = "nothing_asked" if waiting is None else "unknown_command"
        refused = counter.refused(key, "" if waiting is None else "ok").line(_first_line(text))
        return (Transcript(counter.sender.id, (refused,)),)
    if meaning is _Meaning.GO:
        told = let_go(counter, outbox_id, waiting.letter)
        key = "approved" if told is None else "withdrawn"
        return (*line_transcript(counter, text, key, client), *(told or ()))
    if meaning is _Meaning.STAY:
        counter.uow.withdraw(outbox_id, "the provider said no")
        return line_transcript(counter, text, "withdrawn", client)
    counter.uow.withdraw(outbox_id, "replaced by the provider's own words")
    plans = waiting.letter.plans
    plan = counter.uow.plan(plans[0]) if plans else None
    words = WordsForwarded(client.id, counter.sender.id, plan, text, waiting.letter.subject)
    return (*line_transcript(counter, text, "forwarded", client), words)


def release_all(counter: Counter) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Let every letter go that waits; returns a sentence for each, and what is asked anew."""
    said: list[str] = []
    told: list[Notice] = []
    for outbox_id in counter.uow.waiting_letters():
        waiting = counter.uow.waiting_letter(outbox_id)
        person = None if waiting is None else counter.uow.person(waiting.letter.to)
        if waiting is None or person is None:
            continue
        anew = let_go(counter, outbox_id, waiting.letter)
        key = "approved" if anew is None else "withdrawn"
        said.append(counter.say(key, person=person.display))
        told += anew or ()
    return tuple(said), tuple(told)


def let_go(counter: Counter, outbox_id: int, letter: SentLetter) -> tuple[Notice, ...] | None:
    """Release a letter, or withdraw it where it no longer stands.

    Returns None when it goes, else what is to be written in its place.
    """
    uow = counter.uow
    if _stands(counter, letter):
        uow.release(outbox_id, counter.journey.now)
        return None
    uow.withdraw(outbox_id, "it was overtaken before it was approved")
    if letter.kind != "to_dos_asked":
        return ()
    anew: list[Notice] = []
    for plan_id in letter.plans:
        plan = uow.plan(plan_id)
        left = tuple(n for _, of, n in letter.items if of == plan_id and is_open(plan, n))
        if plan is not None and left:
            anew.append(ToDosAsked(letter.to, plan, left))
    return tuple(anew)


def line_transcript(
    counter: Counter, text: str, key: str, client: Person
) -> tuple[Transcript, ...]:
    """Return the transcript of an answer that was one word, or words for a client."""
    said = counter.say(key, person=client.display)
    line = Result(LineFate.DONE, said).line(_first_line(text))
    return (Transcript(counter.sender.id, (line,)),)


def _meaning(lines: Sequence[CommandLine]) -> _Meaning | None:
    """Return what an answer says about the letter, None where it is about something else.

    "Ok, but …" in one line may be meant for us or for the client: it is asked about.
    """
    word = bare_word(lines)
    if word in _GO:
        return _Meaning.GO
    if word in _STAY:
        return _Meaning.STAY
    commands = [line for line in lines if isinstance(line, Command)]
    if len(commands) < len(lines):
        return None if is_slip(lines) else _Meaning.WORDS
    begins = any(line.verb in _GO | _STAY for line in commands)
    return _Meaning.UNCLEAR if begins else None


def _stands(counter: Counter, letter: SentLetter) -> bool:
    if letter.kind == "agreement_asked":
        asked: list[Plan | None] = [counter.uow.plan(plan_id) for plan_id in letter.plans]
        return all(plan is not None and plan.state is PlanState.PROPOSED for plan in asked)
    if letter.kind not in _ASKING:
        return True
    return all(is_open(counter.uow.plan(plan_id), n) for _, plan_id, n in letter.items)


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]
