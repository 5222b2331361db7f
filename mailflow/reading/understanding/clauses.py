"""An answer as clauses: the smallest stretches that say one thing each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mailflow.reading.dates import FoundDate
from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.counting import counts_a_part
from mailflow.reading.understanding.marks import NONE, Mark, mark_named
from mailflow.reading.understanding.people import NAME, ROLE, is_behind_title
from mailflow.reading.words import ADDRESS_MARK, LINK_MARK, QUOTE_MARK, Tokens

MOST_TOKENS = 700
PERSON = frozenset({NAME, ROLE})
_DATE_EATERS = frozenset({"undone", "past_time", "neutral", "mockery", "unneeded"})
_PERCENT = frozenset("%٪％")
_LONGEST_GREETING = 8
_BESIDE_A_GREETING = (
    Mark.THANKS | Mark.FINE | Mark.SHORT | Mark.DATE | Mark.FUTURE | Mark.NEUTRAL | Mark.COURTESY
)
_CUTS = frozenset(",;-()/:→=")
_PEOPLE = frozenset({"who", "relative"})
"""Classes of a first name and of a role, behind which a surname stands."""
_QUESTION = frozenset("?？؟")
_BREAK = re.compile("[sl]")
"""A shape that may end a sentence: a stop, or the end of a line."""


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


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens from low to high, and whether a question mark ends them."""

    low: int
    high: int
    asks: bool
    line: int


def sentences_of(tokens: Tokens, book: Lexicon, text: str) -> tuple[Sentence, ...]:
    """Return the sentences: what full stops, question marks and line ends set apart."""
    sentences: list[Sentence] = []
    low = line = 0
    for hit in _BREAK.finditer(tokens.shapes):
        at, shape = hit.start(), hit[0]
        if shape == "l" or _ends(tokens, at, text, book):
            if tokens.shapes[low:at].strip("sl"):
                asks = shape == "s" and not _QUESTION.isdisjoint(tokens.words[at])
                sentences.append(Sentence(low, at, asks, line))
            low = at + 1
            line += shape == "l"
    if low < len(tokens):
        sentences.append(Sentence(low, len(tokens), asks=False, line=line))
    return tuple(sentences)


def _ends(tokens: Tokens, at: int, text: str, book: Lexicon) -> bool:
    """Return whether the stop at a place ends a sentence rather than a number or "Dr."."""
    if tokens.words[at] != ".":
        return True
    glued = at + 1 < len(tokens) and tokens.starts[at + 1] == tokens.ends[at]
    before = tokens.words[at - 1] if at else ""
    if glued and tokens.shapes[at + 1] in "wn":
        return len(before) > 2 and tokens.shapes[at - 1] == "w" and tokens.shapes[at + 1] == "w"
    if at and "." in before and at + 1 < len(tokens) and tokens.shapes[at - 1] == "n":
        return not text[tokens.starts[at + 1]].islower()
    if before in book.words["abbreviations"] or (len(before) == 1 and tokens.shapes[at - 1] == "w"):
        return False
    counts = at and tokens.shapes[at - 1] == "n" and before.isdecimal() and len(before) <= 2
    return not counts or _ends_behind_number(tokens, at, text, book)


def _ends_behind_number(tokens: Tokens, at: int, text: str, book: Lexicon) -> bool:
    """Return whether a number ends a sentence rather than begins a line or is a "3rd"."""
    if at < 2 or tokens.shapes[at - 2] in "ls" or at + 1 >= len(tokens):
        return False
    if tokens.starts[at - 1] == tokens.ends[at - 2] and tokens.shapes[at - 2] == "w":
        return True
    after = tokens.words[at + 1]
    capital = text[tokens.starts[at + 1]].isupper()
    if "month" in book.classes.of(after) or not capital:
        return False
    return not book.raw.get("ordinal_dots") or after in book.words["function_words"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that the client was asked with.

    Attributes:
        words: every folded word of the titles; none of them is anybody's name.
        verbs: the stems of the words that may say what is to be done.
        stems: the stems of all of them.
        numbers: the numbers that the list showed; empty for a single To Do.
        months: the months that the titles name.
        parts: how longer title words begin and end, as people shorten them ("Auszüge").
    """

    words: frozenset[str]
    verbs: frozenset[str]
    stems: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()


def stems(word: str, participle: str = "") -> tuple[str, ...]:
    """Return the beginnings that two forms of one word share.

    Args:
        word: a folded word.
        participle: what a participle puts before or into its word ("ge" in "abgeschickt").
    """
    at = word.find(participle, 0, 6) if participle and len(word) > 7 else -1
    if at >= 0:
        word = word[:at] + word[at + len(participle) :]
    shortest = max(4, len(word) - 3)
    return (
        tuple(word[:end] for end in range(len(word), shortest - 1, -1))
        if len(word) > 4
        else (word,)
    )


def kinds_of_tokens(
    tokens: Tokens, book: Lexicon, text: str, asked: Asked
) -> list[tuple[str, ...]]:
    """Return for each token its word classes, `who` for what can only be somebody's name."""
    titles = book.words["titles_of_people"]
    titled = not titles.isdisjoint(tokens.words)
    kinds: list[tuple[str, ...]] = []
    for at, word in enumerate(tokens.words):
        shape = tokens.shapes[at]
        if shape == "w":
            typed = _typed_word(word, text[tokens.starts[at] : tokens.ends[at]], book.code)
            if typed.plain and not titled:
                kinds.append(typed.kinds)
                continue
            behind = typed.strange and at and not _PEOPLE.isdisjoint(kinds[at - 1])
            behind = behind or (titled and is_behind_title(tokens, at, book))
            kinds.append(_kinds_of_word(word, typed, asked, behind_a_person=bool(behind)))
        elif shape in PERSON:
            kinds.append(("who",) if shape == NAME else ("who", "relative", *book.classes.of(word)))
        elif word[:1] == ADDRESS_MARK:
            kinds.append(("who", "address"))
        else:
            known = book.classes.of(word)
            person = "relative" in known and word not in asked.words
            kinds.append((*known, "who") if person else known)
    return kinds


@dataclass(frozen=True, slots=True)
class _TypedWord:
    """What a language knows of one word, wherever it stands.

    Attributes:
        kinds: its word classes.
        stems: of a word that ends as what was done does, its stems; empty of others.
        named: whether it can only be somebody's name.
        person: the class it has besides if it is one: `whos` for "Ann's", else `who`.
        strange: whether it is a capitalised word that no list knows, as surnames are.
        plain: whether nothing beside it changes its classes but somebody's title before it.
    """

    kinds: tuple[str, ...]
    stems: tuple[str, ...]
    named: bool
    person: str
    strange: bool
    plain: bool


@lru_cache(maxsize=16_384)
def _typed_word(word: str, typed: str, code: str) -> _TypedWord:
    """Return what a language knows of a folded word that was typed in this way."""
    book = lexicon(code)
    endings = book.typed.of(typed.lower())
    kinds = (*book.classes.of(word), *endings)
    named, done = is_name(word, typed, book), "pastlike" in endings
    strange = typed[:1].isupper() and not _is_known(word, book)
    return _TypedWord(
        kinds=kinds,
        stems=stems(word, str(book.raw.get("participle", ""))) if done else (),
        named=named,
        person="whos" if word.endswith("'s") else "who",
        strange=strange,
        plain=not (done or named or strange or "relative" in kinds),
    )


def _kinds_of_word(
    word: str, typed: _TypedWord, asked: Asked, *, behind_a_person: bool
) -> tuple[str, ...]:
    kinds = typed.kinds
    if typed.stems and not asked.verbs.isdisjoint(typed.stems):
        kinds = (*kinds, "did")
    if word in asked.words:
        return kinds if "did" in kinds else tuple([one for one in kinds if one != "pastlike"])
    if typed.named or behind_a_person:
        return (*kinds, typed.person)
    return (*kinds, "who") if "relative" in kinds else kinds


def is_name(word: str, typed: str, book: Lexicon) -> bool:
    """Return whether a word can only be somebody's name, by how it was typed."""
    if not typed[:1].isupper() or (len(typed) > 3 and typed.isupper()):
        return False
    bare = word.removesuffix("'s")
    if bare in book.words["names"]:
        return True
    titles = book.words["titles_of_people"]
    if book.raw.get("noun_capitals") or len(bare) < 2 or bare in titles:
        return False
    return not _is_known(bare, book)


def _is_known(word: str, book: Lexicon) -> bool:
    listed = word in book.marks.vocabulary or word in book.words["function_words"]
    return listed or bool(book.classes.of(word))


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
    for day in dates:
        inside = tokens.starts[clause.low] <= day.span[0] < tokens.ends[clause.high - 1]
        eaten = inside and any(
            f.name in _DATE_EATERS and _over(f, day, tokens) for f in clause.found
        )
        if inside and not eaten:
            clause.dates.append(day)
            clause.marks |= Mark.DATE
            if day.ahead and clause.marks & Mark.DONE and not clause.marks & Mark.DID:
                clause.marks |= Mark.FUTURE
    if tokens.shapes.count("w", clause.low, clause.high) <= 2:
        clause.marks |= Mark.SHORT
    if clause.low <= 1 and _greets(clause, tokens, book):
        clause.marks, clause.dates = Mark.GREETING, []
    clause.marks |= _figures(clause, tokens.words[clause.low : clause.high], book)


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
