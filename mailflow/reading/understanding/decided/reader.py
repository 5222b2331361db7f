"""The reading of one To Do: the verdict on its facts, the day, the deputy, the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.dates import FoundDate
from mailflow.reading.understanding.decided.deputies import deputy_in
from mailflow.reading.understanding.decided.facts import PUTTING_OFF, facts_of
from mailflow.reading.understanding.decided.verdict import second_intents, verdict_for
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark

SURE = {
    Intent.DONE: 0.985,
    Intent.DECLINE: 0.6,
    Intent.DELEGATE: 0.6,
    Intent.RESCHEDULE: 0.6,
    Intent.STOP: 0.6,
    Intent.QUESTION: 0.5,
    Intent.PROGRESS: 0.5,
    Intent.ACKNOWLEDGE: 0.5,
    Intent.NONE: 0.0,
    Intent.AUTO: 0.5,
}
"""From which confidence on a reading may be acted upon; below it is a proposal."""


_MOST_CLAUSES = 8
_CLAUSE_SHOWN = 120


_SAYING_LITTLE = Says.TELLS | Says.SILENT
_ASKING = PUTTING_OFF | Mark.FUTURE | Mark.WILLING


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading and why it is one.

    Attributes:
        reading: what was understood.
        row: name of the verdict that decided.
        facts: what all clauses together said about the To Do.
    """

    reading: Reading
    row: str
    facts: Says


def reading_of(said: Sequence[Said], typed: Typed, task: Task, facts: Says) -> list[Judged]:
    """Return the readings of one To Do, the primary one first."""
    facts = facts_of(said, typed, task, facts)
    if facts & Says.PASSES_ON and facts & Says.REFUSES and deputy_in(said, typed) is None:
        facts &= ~Says.PASSES_ON  # "not me, that's for the landlord" names nobody: it declines
    verdict = verdict_for(facts)
    until = _until(said, typed.today) if verdict.intent is Intent.RESCHEDULE else None
    confidence = verdict.confidence
    words = [typed.words(one.clause) for one in said]
    first = Reading(
        n=task.n,
        intent=verdict.intent,
        until=until.best if until else None,
        until_end=until.end if until else None,
        delegate=deputy_in(said, typed) if verdict.intent is Intent.DELEGATE else None,
        progress=verdict.progress,
        confidence=confidence,
        sure=confidence >= SURE[verdict.intent],
        evidence=_evidence(said, typed),
        text=" ".join(words)[:400],
        rule=verdict.name,
        clauses=tuple(map(_heard, said[:_MOST_CLAUSES], words)),
    )
    others = [
        replace(first, intent=other, until=None, until_end=None, delegate=None, progress=None)
        for other in second_intents(verdict.intent, facts)
    ]
    return [Judged(reading, verdict.name, facts) for reading in (first, *others)]


def proposed(judged: Judged, n: int | None = None) -> Judged:
    """Return a reading as a proposal, of another To Do where one is named."""
    number = judged.reading.n if n is None else n
    return replace(judged, reading=replace(judged.reading, n=number, sure=False))


def _heard(said: Said, words: str) -> tuple[str, str]:
    """Return a clause as it was typed, and its row with the features that selected it."""
    features = dict.fromkeys([found.name.partition(":")[0] for found in said.clause.found])
    if said.clause.dates:
        features["date"] = None
    listed = ", ".join(features) or "nothing known"
    return words[:_CLAUSE_SHOWN], f"{said.row.name} ({listed})"


def _until(said: Sequence[Said], today: date) -> FoundDate | None:
    """Return the day that work is put off to: the last that is named, mostly.

    What is only told of does not outdo a later day that was asked for ("we need until the
    25th, she is away this week").
    """
    said = [one for one in said if one.clause.marks & Mark.DATE]
    named = [(one, day) for one in said for day in one.clause.dates if not day.distant]
    dated = [pair for pair in named if pair[0].row.says == Says.DATED] or named
    if not dated:
        return None
    ahead = [pair for pair in dated if pair[1].best > today] or dated
    last, until = ahead[-1]
    if last.clause.marks & _ASKING:
        return until
    asked = [day for one, day in ahead if one.clause.marks & PUTTING_OFF and day.best > until.best]
    return asked[-1] if asked else until


def _evidence(said: Sequence[Said], typed: Typed) -> tuple[str, ...]:
    text, starts, ends = typed.text, typed.tokens.starts, typed.tokens.ends
    words = [
        text[starts[found.start] : ends[found.end - 1]]
        for one in said
        if one.row.says & ~_SAYING_LITTLE
        for found in one.clause.found
    ]
    return tuple(dict.fromkeys(words))[:8]
