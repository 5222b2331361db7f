"""One answer, read from end to end: layout, language, clauses, items, tables, readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.dates import FoundDate, dates_in
from mailflow.reading.lexicon import Lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.clauses import (
    MOST_TOKENS,
    Asked,
    Clause,
    clauses_of,
    fill,
    kinds_of_tokens,
    marks_of,
    sentences_of,
    stems,
)
from mailflow.reading.understanding.kinds import Kind
from mailflow.reading.understanding.marks import Mark
from mailflow.reading.understanding.people import with_people
from mailflow.reading.understanding.table import Row, Says, row_for
from mailflow.reading.understanding.verdict import second_intents, verdict_for
from mailflow.reading.words import addresses_in, tokens_of, tokens_of_title

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


@dataclass(frozen=True, slots=True)
class Task:
    """One To Do as the reader needs it."""

    n: int | None
    title: str
    due: date | None
    kinds: frozenset[Kind]
    verbs: frozenset[str]


_KIND_FACTS = {
    Kind.SEND: Says.SEND,
    Kind.APPROVE: Says.APPROVE,
    Kind.ANSWER: Says.ANSWER,
    Kind.CHECK: Says.CHECK,
    Kind.WHEN: Says.WHEN,
    Kind.BOOK: Says.BOOK,
    Kind.CALL: Says.CALL,
    Kind.SIGN: Says.SIGN,
    Kind.UPDATE: Says.UPDATE,
}

_HEARD_IN_BRACKETS = Says.DATED | Says.PASSES_ON | Says.ASKS

_ACCEPTS = {
    "send": {"send", "put"},
    "sign": {"sign"},
    "pay": {"pay"},
    "fill": {"fill", "send"},
    "check": {"check", "approve", "fill"},
    "approve": {"approve", "sign"},
    "answer": {"answer", "approve"},
    "book": {"book", "make"},
    "call": {"call"},
    "make": {"make", "book", "send", "check", "fill", "call"},
    "attend": {"attend", "book"},
}
"""Which acts complete which: who was asked to fill in a form may say that she sent it."""


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


@dataclass(slots=True)
class Said:
    """A clause with the row of the table that fits it."""

    clause: Clause
    row: Row


class Typed:
    """A stretch of typed text, taken apart once: tokens, phrases, dates, clauses."""

    def __init__(
        self, text: str, book: Lexicon, asked: Asked, today: date, *, month_first: bool
    ) -> None:
        """Take a cleaned text apart.

        Args:
            text: the visible answer.
            book: the language it is written in.
            asked: the words that it answers.
            today: the writer's local date.
            month_first: whether "3/4" is the fourth of March.
        """
        self.text = text
        self.book = book
        tokens = tokens_of(text, style=book.style, quotes_hidden=True)
        tokens = tokens.part(0, MOST_TOKENS) if len(tokens) > MOST_TOKENS else tokens
        self.tokens = with_people(tokens, text, book.code)
        self.kinds = kinds_of_tokens(self.tokens, book, text, asked)
        found = dates_in(self.tokens, text, book.code, today, month_first=month_first)
        self.dates = tuple(day for day in found if not _is_item(day, asked.numbers))
        self.sentences = sentences_of(self.tokens, book, text)
        self.found: list[Found] = []
        self.clauses: list[Clause] = []
        for number, sentence in enumerate(self.sentences):
            part = self.tokens.part(sentence.low, sentence.high)
            hits = [
                _moved(hit, sentence.low)
                for hit in marks_of(part, self.kinds[sentence.low : sentence.high], book)
            ]
            self.found += hits
            made = clauses_of(sentence, self.tokens, hits, book.words["splits.words"])
            for clause in made:
                clause.sentence = number
                fill(clause, hits, self.dates, self.tokens, book)
            if sentence.asks and made:
                made[-1].marks |= Mark.QUESTION_SIGN
            self.clauses += made

    def words(self, clause: Clause) -> str:
        """Return a clause as it was typed."""
        return self.text[self.tokens.starts[clause.low] : self.tokens.ends[clause.high - 1]]

    def phrase(self, found: Found) -> str:
        """Return a phrase as it was typed."""
        return self.text[self.tokens.starts[found.start] : self.tokens.ends[found.end - 1]]


def _is_item(day: FoundDate, numbers: frozenset[int]) -> bool:
    """Return whether "the 2" is the second of the list rather than the second of the month."""
    digits = [word for word in day.words.replace(".", " ").split() if word[:1].isdigit()]
    bare = len(digits) == 1 and digits[0].isdecimal() and len(day.words) <= 6
    return bare and int(digits[0]) in numbers


def _moved(hit: Found, by: int) -> Found:
    slots = tuple((name, at + by) for name, at in hit.slots)
    return Found(hit.name, hit.start + by, hit.end + by, hit.mask << by, slots)


def asked_words(tasks: Sequence[Task], book: Lexicon) -> Asked:
    """Return the words of the titles, for telling names and repeated verbs apart."""
    words: set[str] = set()
    verbs: set[str] = set()
    for task in tasks:
        tokens = tokens_of_title(task.title, book.style)
        words.update(tokens.words)
        for word in tokens.words:
            if len(word) > 3 and ("title" in book.classes.of(word) or not task.verbs):
                verbs.update(stems(word))
    numbers = frozenset(task.n for task in tasks if task.n is not None and len(tasks) > 1)
    return Asked(frozenset(words), frozenset(verbs), numbers)


def said_by(clauses: Sequence[Clause]) -> list[Said]:
    """Return what each clause says."""
    return [Said(clause, row_for(clause.marks)) for clause in clauses]


def facts_of(said: Sequence[Said], typed: Typed, task: Task, facts: Says) -> Says:
    """Return the united facts of one To Do.

    Args:
        said: the clauses that speak of it.
        typed: the text they stand in.
        task: the To Do.
        facts: what is known already, of files.
    """
    for one in said:
        if one.clause.aside and len(said) > 1 and one.row.says not in _HEARD_IN_BRACKETS:
            continue
        facts |= _facts_of_clause(one, typed, task)
    if not said:
        facts |= Says.EMPTY
    for kind in task.kinds:
        facts |= _KIND_FACTS.get(kind, Says(0))
    return facts


def _facts_of_clause(one: Said, typed: Typed, task: Task) -> Says:
    facts = one.row.says
    if one.row.says is Says.TELLS and one.clause.high - one.clause.low > 2:
        facts |= Says.MORE
    if one.clause.marks & Mark.VALUE:
        facts |= Says.VALUE
    if one.clause.marks & Mark.MOCKERY:
        facts |= Says.MOCKS
    if one.row.says is Says.DONE and _other_act(one, typed, task):
        facts |= Says.OTHER_ACT
    return facts


def _other_act(said: Said, typed: Typed, task: Task) -> bool:
    """Return whether all that was done is another act than the one asked for."""
    if said.clause.marks & (Mark.DONE | Mark.TICK | Mark.ATTACHED) or not task.verbs:
        return False
    groups: set[str] = set()
    for found in said.clause.found:
        if found.name.startswith("did:"):
            groups.add(found.name.partition(":")[2])
        elif found.name == "did":
            for at in range(found.start, found.end):
                groups.update(
                    k.removeprefix("did_") for k in typed.kinds[at] if k.startswith("did_")
                )
    accepted = {group for verb in task.verbs for group in _ACCEPTS.get(verb, {verb})}
    return bool(groups) and groups.isdisjoint(accepted)


def reading_of(said: Sequence[Said], typed: Typed, task: Task, facts: Says) -> list[Judged]:
    """Return the readings of one To Do, the primary one first."""
    facts = facts_of(said, typed, task, facts)
    verdict = verdict_for(facts)
    until = _until(said) if verdict.intent is Intent.RESCHEDULE else None
    confidence = verdict.confidence
    first = Reading(
        n=task.n,
        intent=verdict.intent,
        until=until.best if until else None,
        until_end=until.end if until else None,
        delegate=_delegate(said, typed) if verdict.intent is Intent.DELEGATE else None,
        progress=verdict.progress,
        confidence=confidence,
        sure=confidence >= SURE[verdict.intent],
        evidence=_evidence(said, typed),
        text=" ".join(typed.words(one.clause) for one in said)[:400],
    )
    others = [
        replace(first, intent=other, until=None, until_end=None, delegate=None, progress=None)
        for other in second_intents(verdict.intent, facts)
    ]
    return [Judged(reading, verdict.name, facts) for reading in (first, *others)]


def _until(said: Sequence[Said]) -> FoundDate | None:
    dated = [day for one in said if one.row.says is Says.DATED for day in one.clause.dates]
    every = [day for one in said for day in one.clause.dates]
    return dated[-1] if dated else every[-1] if every else None


def _evidence(said: Sequence[Said], typed: Typed) -> tuple[str, ...]:
    words = [
        typed.phrase(found)
        for one in said
        for found in one.clause.found
        if one.row.says not in {Says.TELLS, Says.SILENT}
    ]
    return tuple(dict.fromkeys(words))[:8]


def _delegate(said: Sequence[Said], typed: Typed) -> str | None:
    text = typed.text
    addresses = addresses_in(text)
    if addresses:
        return addresses[0]
    for one in said:
        for found in one.clause.found:
            if found.name == "delegate":
                for name, at in found.slots:
                    if name in {"who", "whos"}:
                        return _name_at(at, typed)
    return None


def _name_at(at: int, typed: Typed) -> str | None:
    tokens, kinds = typed.tokens, typed.kinds
    if "relative" in kinds[at]:
        at += 1
        if at >= len(tokens) or "who" not in kinds[at] or "relative" in kinds[at]:
            return None
    low, high = at, at + 1
    titles = typed.book.words["titles_of_people"]
    if low > 1 and tokens.words[low - 1] == "." and tokens.words[low - 2] in titles:
        low -= 2
    while low and tokens.words[low - 1] in titles:
        low -= 1
    while high < len(tokens) and "who" in kinds[high] and "relative" not in kinds[high]:
        high += 1
    return typed.text[tokens.starts[low] : tokens.ends[high - 1]].removesuffix("'s")
