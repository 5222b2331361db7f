"""A stretch of typed text, taken apart once for all who read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from mailflow.reading.date_words import date_words
from mailflow.reading.dates import FoundDate, days_and_spans_in
from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.asked.compounds import parts_of
from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.asked.months import glyph_months, months_in
from mailflow.reading.understanding.asked.titles import verbs_in
from mailflow.reading.understanding.said.ands import ands_in, parted
from mailflow.reading.understanding.said.appositions import with_appositions
from mailflow.reading.understanding.said.clauses import (
    MOST_TOKENS,
    Clause,
    clauses_of,
    fill,
    marks_of,
)
from mailflow.reading.understanding.said.echoes import without_echoes
from mailflow.reading.understanding.said.table import Row, row_for
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.understanding.text.numerals import with_numerals
from mailflow.reading.understanding.text.people import with_people
from mailflow.reading.understanding.text.sentences import Sentence, sentences_of
from mailflow.reading.understanding.text.word_kinds import Asked, kinds_of_tokens, stems
from mailflow.reading.words import Tokens, tokens_of, tokens_of_title

_SHORTEST_PART = 4
_VERB_FIRST = "asks:verb"
_STOPS = ((".",), ("!",))
_NOES = frozenset({"no", "undone", "refuse"})
_LONGEST_RHETORIC = 4
_CONDITIONS = frozenset({"if", "after"})
_MONTH_OF_GLYPHS = re.compile(r"(\d{1,2}|[一二三四五六七八九]|十[一二]?)月份?")


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One To Do as the reader needs it; made once, and known by being the same."""

    n: int | None
    title: str
    due: date | None
    kinds: frozenset[Kind]
    verbs: frozenset[str]


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
        self.asked = asked
        self.today = today
        tokens = tokens_of(text, style=book.style, quotes_hidden=True)
        tokens = tokens.part(0, MOST_TOKENS) if len(tokens) > MOST_TOKENS else tokens
        tokens = with_numerals(tokens, text) if book.raw.get("own_script") else tokens
        self.tokens = with_people(tokens, text, book.code)
        self.kinds = kinds_of_tokens(self.tokens, book, text, asked)
        found = days_and_spans_in(self.tokens, text, book.code, today, month_first=month_first)
        self.dates = tuple(
            replace(day, ahead=False) if day.ahead and _is_in_title(day, asked, book) else day
            for day in found
            if not _is_item(day, asked.numbers, book) and not _is_asked(day, asked.months)
        )
        self.sentences = sentences_of(self.tokens, book, text)
        self.found: list[Found] = []
        self.clauses: list[Clause] = []
        persons = any("who" in kinds for kinds in self.kinds)
        ands = ands_in(self.tokens, text, self.kinds, book, asked)
        marked = [
            without_echoes(
                _heard(hits, sentence, self.tokens), self.tokens, self.kinds, asked, book
            )
            for sentence, hits in zip(
                self.sentences,
                marks_of(self.tokens, self.kinds, self.sentences, book),
                strict=True,
            )
        ]
        for number, (sentence, hits) in enumerate(zip(self.sentences, marked, strict=True)):
            self.found += hits
            made = clauses_of(sentence, self.tokens, hits, book.words["splits.words"])
            made = parted(made, hits, ands, listed=bool(asked.numbers))
            for clause in made:
                clause.sentence = number
                fill(clause, hits, self.dates, self.tokens, book)
                _forget_ranges(clause, self.tokens)
            if len(made) > 1 and persons:
                made = with_appositions(made, self.tokens, self.kinds, book)
            if sentence.asks and made:
                answer = marked[number + 1] if number + 1 < len(marked) else []
                _ask(made, hits, answer)
            self.clauses += made

    def words(self, clause: Clause) -> str:
        """Return a clause as it was typed."""
        return self.text[self.tokens.starts[clause.low] : self.tokens.ends[clause.high - 1]]


def _ask(made: list[Clause], hits: list[Found], answer: list[Found]) -> None:
    """Let a sentence ask, but for a word or two that its writer answers at once ("Done? No.")."""
    last = made[-1]
    named = {one.name for one in answer[:2]}
    if last.high - made[0].low > _LONGEST_RHETORIC or any(
        one.name.partition(":")[0] == "asks" for one in hits
    ):
        named = set()
    if not _NOES.isdisjoint(named):
        last.marks, last.found, last.dates = Mark.CHAT, [], []
    elif "yes" not in named:
        last.marks |= Mark.QUESTION_SIGN


def _heard(hits: list[Found], sentence: Sentence, tokens: Tokens) -> list[Found]:
    """Return the phrases that count: a verb that stands first asks nothing before a full stop.

    Behind a condition it begins what would follow ("sobald die Karte da ist, ist es erledigt").
    """
    if sentence.asks or tokens.words[sentence.high : sentence.high + 1] not in _STOPS:
        return hits
    first = next((one.start for one in hits if one.name in _CONDITIONS), sentence.high)
    return [
        one._replace(name="if") if one.name == _VERB_FIRST and one.start > first else one
        for one in hits
        if one.name != _VERB_FIRST or one.start > sentence.low
    ]


def _is_item(day: FoundDate, numbers: frozenset[int], book: Lexicon) -> bool:
    """Return whether "the 2" is the second of the list rather than the second of the month."""
    if not numbers:
        return False
    digits = [word for word in day.words.replace(".", " ").split() if word[:1].isdigit()]
    bare = len(digits) == 1 and digits[0].isdecimal() and len(day.words) <= 6
    if not bare or int(digits[0]) not in numbers:
        return False
    months = date_words(book.code).months
    return months.keys().isdisjoint(tokens_of(day.words, style=book.style).words)


def _is_in_title(day: FoundDate, asked: Asked, book: Lexicon) -> bool:
    """Return whether a feast is the one that a title names ("the Christmas cards")."""
    words = tokens_of(day.words, style=book.style).words
    feasts = date_words(book.code).holidays
    return not feasts.keys().isdisjoint(words) and asked.words.issuperset(words)


def _is_asked(day: FoundDate, months: frozenset[int]) -> bool:
    """Return whether "3月" is the March that a title names rather than a time."""
    named = glyph_months(day.words) if _MONTH_OF_GLYPHS.fullmatch(day.words) else frozenset()
    return bool(named) and named <= months


def _forget_ranges(clause: Clause, tokens: Tokens) -> None:
    """Take back the "until" between two days of something done ("booked from 3rd to 10th")."""
    if len(clause.dates) < 2 or not clause.marks & Mark.DID or not clause.marks & Mark.AFTER:
        return
    low, high = clause.dates[0].span[0], clause.dates[-1].span[1]
    waits = [found for found in clause.found if found.name == "after"]
    if all(low <= tokens.starts[one.start] < high for one in waits):
        clause.marks &= ~Mark.AFTER


@lru_cache(maxsize=2048)
def asked_words(tasks: tuple[Task, ...], code: str) -> Asked:
    """Return the words of the titles, for telling names and repeated verbs apart."""
    book = lexicon(code)
    words: set[str] = set()
    verbs: set[str] = set()
    acted: set[str] = set()
    for task in tasks:
        tokens = tokens_of_title(task.title, book.style)
        words.update(tokens.words)
        acts = verbs_in(tokens, book)
        acted.update(tokens.words[at] for at in acts)
        for at, word in enumerate(tokens.words):
            if len(word) > 3 and (at in acts or not task.verbs):
                verbs.update(stems(word))
    near = frozenset(stem for word in words for stem in stems(word) if len(word) > 3)
    numbers = frozenset(task.n for task in tasks if task.n is not None and len(tasks) > 1)
    months = frozenset(
        month
        for task in tasks
        for month in months_in(tokens_of_title(task.title, book.style), book.code)
    )
    if book.raw.get("own_script"):
        months |= frozenset(month for task in tasks for month in glyph_months(task.title))
    parts = {part for word in words if word.isalpha() for part in parts_of(word, code)}
    parts.update(word[:end] for word in acted for end in range(_SHORTEST_PART, len(word) - 1))
    return Asked(frozenset(words), frozenset(verbs), near, numbers, months, frozenset(parts))


def said_by(clauses: Sequence[Clause]) -> list[Said]:
    """Return what each clause says."""
    return [Said(clause, row_for(clause.marks)) for clause in clauses]
