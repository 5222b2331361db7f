"""Answers behind a label: "Address: 77 Quarry Rd, Easton", "First aiders: Ann Bell and Cy Tull".

What stands behind a title's word and a colon is the answer, unless it says how things stand
("Tiles: undecided"), sends to somebody ("Music: ask Henk") or tells how long it takes. A short
one needs only to be free of those. A long one has to be made of what answers are made of:
figures, names of things, and small words that lead from one to the next.
"""

from collections.abc import Sequence

from mailflow.reading.date_words import date_words
from mailflow.reading.lexicon import Lexicon
from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.finished.plainness import is_code
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Task, Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.understanding.text.word_kinds import is_known
from mailflow.reading.words import Tokens

_BESIDE = Mark.VALUE | Mark.SHORT | Mark.CHOSE | Mark.NEUTRAL | Mark.HERE
_DOING = frozenset(
    {"i", "they", "you", "not", "have", "be", "modal", "will", "did", "address", "base"}
)
_WORDS = frozenset("wgn")
_SHORTEST_NOUN = 3
_MOST_BEFORE = 1
_MOST_SHORT = 4
_MOST_LONG = 14
_NEAR = 3
_LONG = 12
_QUOTES = frozenset("\"“”„«»「」'‘’")
_NAMES = 2


def says_how_it_stands(clause: Clause, typed: Typed) -> bool:
    """Return whether something else than the answer stands behind a title's words.

    That is how things stand, behind a colon, how long they take, and the figures of another one
    ("the neighbour's reading is 48213", "figures for April: 4200").
    """
    words = typed.tokens.words[clause.low : clause.high]
    colon = clause.low + words.index(":") if ":" in words else 0
    begin = colon + 1 if colon else _joint(clause, typed)
    if not begin:
        return False
    before = _said(clause.low, begin, typed)
    if not any(_is_asked(at, clause, typed) for at in before):
        return False
    if any(_is_of_another(at, clause, typed) for at in before):
        return True
    behind = _said(begin, clause.high, typed) if _names_asked(before, clause, typed) else []
    return bool(behind) and (_lasts(behind, typed) or (bool(colon) and _is_state(behind, typed)))


def is_labelled(clause: Clause, typed: Typed) -> bool:
    """Return whether a title's words, a colon and a few words that may be an answer stand there."""
    colon = _colon(clause, typed)
    behind = _said(colon + 1, clause.high, typed) if colon else []
    return 0 < len(behind) <= _MOST_SHORT


def is_labelled_at_length(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether figures or names of things stand behind a label, and nothing unknown else."""
    if Kind.ANSWER not in task.kinds or clause.marks & ~_BESIDE:
        return False
    colon = _colon(clause, typed)
    if not colon:
        return gives_figures(clause, typed, task)
    behind = _said(colon + 1, clause.high, typed)
    if not _is_content(behind, typed):
        return False
    names = [at for at in behind if _is_named(at, typed)]
    persons = "relative" in typed.kinds[clause.low]
    named = len(names) >= _NAMES and (persons or not _is_person(names[0], typed))
    return named or _has_figures(behind, typed)


def gives_figures(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether a title's words, perhaps an "is", and figures stand there, and no more."""
    if Kind.ANSWER not in task.kinds or clause.marks & ~_BESIDE or not clause.marks & Mark.VALUE:
        return False
    colon = _colon(clause, typed)
    begin = colon + 1 if colon else _joint(clause, typed)
    before = _said(clause.low, begin, typed)
    asked = begin and _names_asked(before, clause, typed)
    asked = asked and not any(_is_of_another(at, clause, typed) for at in before)
    behind = _said(begin, clause.high, typed) if asked else []
    if not _is_content(behind, typed):
        return False
    return _has_figures(behind, typed) if colon else _has_codes(behind, typed)


def _is_content(behind: Sequence[int], typed: Typed) -> bool:
    if not 0 < len(behind) <= _MOST_LONG or _is_state(behind, typed):
        return False
    if any(not _DOING.isdisjoint(typed.kinds[at]) for at in behind):
        return False
    return all(_is_led(at, typed) or not _is_unknown(at, typed) for at in behind)


def _has_figures(behind: Sequence[int], typed: Typed) -> bool:
    tokens = typed.tokens
    return any(tokens.shapes[at] == "n" and len(tokens.words[at]) > 1 for at in behind)


def _colon(clause: Clause, typed: Typed) -> int:
    """Return where the colon behind a title's words stands, 0 if there is none."""
    words = typed.tokens.words[clause.low : clause.high]
    if ":" not in words:
        return 0
    colon = clause.low + words.index(":")
    return colon if _names_asked(_said(clause.low, colon, typed), clause, typed) else 0


def _joint(clause: Clause, typed: Typed) -> int:
    """Return where an answer's figures may begin without a colon: behind an "is", or at once."""
    for at in range(clause.low + 1, clause.high):
        if typed.tokens.shapes[at] == "n":
            return at
        if (
            "be" in typed.kinds[at]
            and typed.tokens.words[at] not in typed.book.words["splits.weak"]
        ):
            return at + 1
    return 0


def _is_of_another(at: int, clause: Clause, typed: Typed) -> bool:
    """Return whether a word tells whose or which one a label is of, and no title says so."""
    if _is_asked(at, clause, typed) or not (_is_unknown(at, typed) or _is_named(at, typed)):
        return False
    lists = typed.book.words
    near = typed.tokens.words[max(at - 2, clause.low + 1) : at]
    return not (lists["governs"] - lists["splits.weak"]).isdisjoint(near)


def _names_asked(before: Sequence[int], clause: Clause, typed: Typed) -> bool:
    """Return whether a title's words stand there and hardly any other, and nobody else's."""
    small = typed.book.words["function_words"]
    rest = [at for at in before if not _is_asked(at, clause, typed)]
    rest = [at for at in rest if typed.tokens.words[at] not in small]
    if len(rest) > _MOST_BEFORE or any("relative" in typed.kinds[at] for at in rest):
        return False
    return any(_is_asked(at, clause, typed) for at in before)


def _said(low: int, high: int, typed: Typed) -> list[int]:
    return [at for at in range(low, high) if typed.tokens.shapes[at] in _WORDS]


def _is_asked(at: int, clause: Clause, typed: Typed) -> bool:
    word = typed.tokens.words[at].removesuffix("'s")
    pointed = bool(clause.pointing >> at & 1)
    return pointed or (len(word) >= _SHORTEST_NOUN and word in typed.asked.words)


def _is_state(behind: Sequence[int], typed: Typed) -> bool:
    """Return whether words tell how things stand, or whom to ask, rather than the answer."""
    if _opens(behind[0], typed):
        return False
    joints = typed.book.words["splits.weak"]
    if any("be" in typed.kinds[at] and typed.tokens.words[at] not in joints for at in behind):
        return True
    return (
        _lasts(behind, typed) or _is_somebody(behind, typed) or _counts_what_is_left(behind, typed)
    )


def _has_codes(behind: Sequence[int], typed: Typed) -> bool:
    """Return whether a figure stands there that counts nothing: a long one, or with a decimal."""
    tokens = typed.tokens
    if any("." in tokens.words[at] and tokens.shapes[at] == "n" for at in behind):
        return True
    return any(is_code(run) for run in _runs_of(tokens, behind[0], behind[-1] + 1))


def _runs_of(tokens: Tokens, low: int, high: int) -> list[str]:
    """Return what is written together without blanks, as the digits of a code or a number are."""
    runs = [tokens.words[low]] if low < high else []
    for at in range(low + 1, high):
        numbers = tokens.shapes[at - 1] == tokens.shapes[at] == "n"
        if numbers or tokens.ends[at - 1] == tokens.starts[at]:
            runs[-1] += tokens.words[at]
        else:
            runs.append(tokens.words[at])
    return runs


def _lasts(behind: Sequence[int], typed: Typed) -> bool:
    """Return whether it is told how long something takes ("3 weeks late"), not a time alone."""
    words, units = typed.tokens.words, date_words(typed.book.code).units
    times = [at for at in behind if typed.tokens.shapes[at] == "n" and words[at + 1 : at + 2]]
    return any(words[at + 1] in units for at in times) and len(behind) > 2


def _opens(at: int, typed: Typed) -> bool:
    return typed.text[typed.tokens.starts[at - 1]] in _QUOTES


def _is_somebody(behind: Sequence[int], typed: Typed) -> bool:
    """Return whether somebody does something there ("Henk decides"), or is to be asked."""
    first = behind[0]
    if typed.book.raw.get("noun_capitals") and not _is_person(first, typed):
        return False
    if _is_named(first, typed):
        acts = [at for at in behind if not _is_named(at, typed) and not _is_led(at, typed)]
        return any(typed.tokens.shapes[at] == "w" for at in acts)
    if typed.tokens.shapes[first] != "w" or _is_small(first, typed):
        return False
    at = first + 1 + (first + 1 in behind and _is_small(first + 1, typed))
    return is_verbal(typed.tokens.words[first], typed.book) or (
        at in behind and _is_named(at, typed)
    )


def _counts_what_is_left(behind: Sequence[int], typed: Typed) -> bool:
    """Return whether a digit and more than what it counts stand there ("2 favourites left")."""
    words, shapes = typed.tokens.words, typed.tokens.shapes
    if (
        shapes[behind[0]] != "n"
        or len(words[behind[0]]) > 1
        or "n" in {shapes[at] for at in behind[1:]}
    ):
        return False
    return len(behind) > 2 and not any(_is_led(at, typed) for at in behind[2:])


def _is_person(at: int, typed: Typed) -> bool:
    return typed.tokens.words[at] in typed.book.words["names"] or "relative" in typed.kinds[at]


def _is_unknown(at: int, typed: Typed) -> bool:
    """Return whether a word stands in no list, and is not written as a name."""
    word = typed.tokens.words[at]
    if typed.tokens.shapes[at] != "w" or typed.kinds[at] or _is_named(at, typed):
        return False
    return word not in typed.asked.words and not is_known(word, typed.book)


def _is_named(at: int, typed: Typed) -> bool:
    """Return whether a word is written as the name of somebody or something is."""
    return typed.tokens.shapes[at] == "w" and typed.text[typed.tokens.starts[at]].isupper()


def is_verbal(word: str, book: Lexicon) -> bool:
    """Return whether a word ends as verbs and adverbs do; a long one may be any name."""
    return len(word) < _LONG and word.endswith(tuple(book.raw.get("verbal_endings", ())))


def _is_small(at: int, typed: Typed) -> bool:
    return typed.tokens.words[at] in typed.book.words["function_words"]


def _is_led(at: int, typed: Typed) -> bool:
    """Return whether a number or a small word leads to a word, or it is one itself."""
    tokens, lists = typed.tokens, typed.book.words
    if _is_small(at, typed) or tokens.shapes[at - 1] == "n":
        return True
    leaders = (lists["places"] | lists["governs"]) - lists["splits.weak"]
    return not leaders.isdisjoint(tokens.words[max(at - _NEAR, 0) : at])
