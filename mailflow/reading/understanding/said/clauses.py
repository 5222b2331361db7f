"""An answer as clauses: the smallest stretches that say one thing each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mailflow.reading.dates import FoundDate
from mailflow.reading.lexicon import Lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.text.counting import counts_a_part
from mailflow.reading.understanding.text.marks import NONE, Mark, mark_named
from mailflow.reading.understanding.text.sentences import Sentence
from mailflow.reading.words import LINK_MARK, QUOTE_MARK, Tokens

MOST_TOKENS = 700
_DATE_EATERS = frozenset({"undone", "past_time", "neutral", "mockery", "unneeded"})
_PERCENT = frozenset("%٪％")
_LONGEST_GREETING = 8
_BESIDE_A_GREETING = (
    Mark.THANKS | Mark.FINE | Mark.SHORT | Mark.DATE | Mark.FUTURE | Mark.NEUTRAL | Mark.COURTESY
)
_COMING = Mark.FUTURE | Mark.WILLING | Mark.LATER
"""What tells a "9 December" in March from the last one."""
_CUTS = frozenset(",;-()/:→=")


@dataclass(slots=True)
class Clause:
    """One stretch of an answer.

    Attributes:
        low: number of its first token.
        high: number of the token behind its last.
        sentence: number of the sentence it belongs to.
        marks: what its phrases say, together.
        found: the phrases themselves.
        dates: the days it names.
        items: numbers of the To Dos it speaks of; empty if it does not say.
        aside: whether it stands in brackets.
        pointing: one bit for each token that only points at To Dos ("the rest", "1 and 2").
    """

    low: int
    high: int
    sentence: int
    marks: Mark = NONE
    found: list[Found] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    items: tuple[int, ...] = ()
    aside: bool = False
    pointing: int = 0

    def is_dated_at(self, start: int) -> bool:
        """Return whether the token that begins at this character belongs to a day it names."""
        return any(day.span[0] <= start < day.span[1] for day in self.dates)


def marks_of(
    tokens: Tokens, kinds: Sequence[tuple[str, ...]], sentences: Sequence[Sentence], book: Lexicon
) -> Iterator[list[Found]]:
    """Yield for each sentence the phrases that count: none that lies inside a longer one."""
    found = book.marks.find(tokens, kinds)
    place = 0
    for sentence in sentences:
        inside: list[Found] = []
        while place < len(found) and found[place].start < sentence.high:
            if found[place].start >= sentence.low and found[place].end <= sentence.high:
                inside.append(found[place])
            place += 1
        yield [one for one in inside if not _is_covered(one, inside)]


def _is_covered(one: Found, found: Sequence[Found]) -> bool:
    """Return whether a phrase takes the words of another; what is spelt out beats a class."""
    for other in found:
        if one.mask & other.mask == one.mask and (
            one.mask != other.mask or len(other.slots) < len(one.slots)
        ):
            return True
    return False


def clauses_of(
    sentence: Sentence, tokens: Tokens, found: Sequence[Found], splits: frozenset[str]
) -> list[Clause]:
    """Return the clauses of one sentence; no phrase is cut in two."""
    words = tokens.words[sentence.low : sentence.high]
    if _CUTS.isdisjoint(words) and splits.isdisjoint(words):
        return [Clause(sentence.low, sentence.high, 0)]
    held = 0
    for one in found:
        held |= (1 << (one.end - 1)) - (1 << one.start) if one.end - one.start > 1 else 0
    clauses: list[Clause] = []
    low, deep = sentence.low, False
    for at, word in enumerate(words, sentence.low):
        if word not in _CUTS and word not in splits:
            continue
        sign = tokens.shapes[at] == "p" and word in _CUTS and not held >> at & 1
        if word in {"-", "/"}:
            sign = (
                sign
                and tokens.starts[at] > 0
                and at > low
                and tokens.ends[at - 1] < tokens.starts[at]
            )
        joint = tokens.shapes[at] != "p" and word in splits and not (at and held >> (at - 1) & 1)
        if (sign or joint) and word != ":" and at > low:
            clauses.append(Clause(low, at, 0, aside=deep))
            low = at + 1 if sign else at
        deep = word == "(" or (deep and word != ")")
        low = at + 1 if word in "()" and low == at else low
    if sentence.high > low:
        clauses.append(Clause(low, sentence.high, 0, aside=deep))
    return clauses


def _greets(clause: Clause, tokens: Tokens, book: Lexicon) -> bool:
    """Return whether a clause at the beginning is only "Dear Madam"."""
    if clause.high - clause.low > _LONGEST_GREETING:
        return False
    words = tokens.words[clause.low : clause.high]
    greetings = book.words["layout.greetings"]
    if len(words) > 1 and " ".join(words[:2]) in greetings:
        return not clause.marks & ~_BESIDE_A_GREETING  # "Guten Morgen" is no tomorrow
    said = clause.marks & ~(Mark.THANKS | Mark.FINE | Mark.SHORT)
    return not said and len(words) <= 5 and words[0] in greetings


def fill(
    clause: Clause,
    found: Sequence[Found],
    dates: Sequence[FoundDate],
    tokens: Tokens,
    book: Lexicon,
) -> None:
    """Give a clause the phrases and dates that begin in it."""
    for one in found:
        if clause.low <= one.start < clause.high and not _relative(one, tokens, book):
            clause.found.append(one)
            clause.marks |= mark_named(one.name)
    _date(clause, dates, tokens)
    if tokens.shapes.count("w", clause.low, clause.high) <= 2:
        clause.marks |= Mark.SHORT
    if clause.low <= 1 and _greets(clause, tokens, book):
        clause.marks, clause.dates = Mark.GREETING, []
    clause.marks |= _figures(clause, tokens.words[clause.low : clause.high], book)


def _date(clause: Clause, dates: Sequence[FoundDate], tokens: Tokens) -> None:
    """Give a clause the days that begin in it; a length of time only where it puts off."""
    for day in dates:
        if not tokens.starts[clause.low] <= day.span[0] < tokens.ends[clause.high - 1]:
            continue
        if day.loose and (clause.dates or not clause.marks & Mark.LATER):
            continue
        if any(one.name in _DATE_EATERS and _over(one, day, tokens) for one in clause.found):
            continue
        clause.dates.append(day)
        if not day.distant and not (day.faint and not clause.marks & _COMING):
            clause.marks |= Mark.DATE | (Mark.HELD if day.held else NONE)
        if day.ahead and clause.marks & Mark.DONE and not clause.marks & Mark.DID:
            clause.marks |= Mark.FUTURE


def _figures(clause: Clause, words: Sequence[str], book: Lexicon) -> Mark:
    """Return what the figures of a clause say; the numbers of a date count nothing."""
    part = not clause.dates and counts_a_part(words, book)
    return values_in(words) | (Mark.PARTLY if part else NONE)


def only_letters(words: Sequence[str]) -> bool:
    """Return whether nothing but letters and apostrophes is in the words, as in most clauses."""
    return "".join(words).replace("'", "").isalpha()


def values_in(words: Sequence[str]) -> Mark:
    """Return what links, quotations, figures and shares among the words say."""
    marks = NONE
    if only_letters(words):
        return marks
    for at, word in enumerate(words):
        if word in _PERCENT and _is_share(words[max(at - 2, 0) : at]):
            marks |= Mark.NEAR
        if word[:1] == LINK_MARK:
            marks |= Mark.HERE | Mark.VALUE
        elif word[:1] == QUOTE_MARK or word[:1].isdigit():
            marks |= Mark.VALUE
    return marks


def _is_share(before: Sequence[str]) -> bool:
    """Return whether a per cent sign stands behind a share of the whole ("80 %", not "+3 %")."""
    number = before[-1] if before else ""
    return number.isdecimal() and int(number) < 100 and before[0] not in {"+", "-"}


def _relative(found: Found, tokens: Tokens, book: Lexicon) -> bool:
    """Return whether a "which" goes on about the clause before instead of asking."""
    if found.name != "asks" or not found.start or tokens.words[found.start - 1] != ",":
        return False
    return tokens.words[found.start] in book.words["splits.relative"]


def _over(found: Found, day: FoundDate, tokens: Tokens) -> bool:
    return tokens.starts[found.start] <= day.span[0] and day.span[1] <= tokens.ends[found.end - 1]
