"""Whether a clause is nothing but the answer that was asked for: "Door: RAL 7016", "the blue one".

Whoever is asked to choose, to name or to tell often types the answer and no verb. What stands
there is then known by what it is (a figure, a name of a thing, a letter) and by what is missing:
nobody who does something, nothing that denies, doubts or puts off.
"""

import re
from collections.abc import Sequence

from mailflow.reading.date_words import date_words
from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.finished.labels import (
    is_labelled,
    is_labelled_at_length,
    is_verbal,
    says_how_it_stands,
)
from mailflow.reading.understanding.finished.options import is_made_of_options, says_where
from mailflow.reading.understanding.finished.plainness import grasp_of
from mailflow.reading.understanding.finished.singled import names_rival
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Task, Typed
from mailflow.reading.understanding.text.marks import NONE, Mark
from mailflow.reading.understanding.text.word_kinds import stems

_BESIDE = Mark.VALUE | Mark.SHORT | Mark.FINE | Mark.YES | Mark.CHOSE | Mark.COURTESY | Mark.THANKS
"""All that a bare answer may say."""
_BESIDE_OPTIONS = _BESIDE | Mark.NEUTRAL
_ACTORS = frozenset(
    {"i", "they", "you", "not", "have", "modal", "will", "relative", "did", "address"}
)
_PERSON = frozenset({"who", "whos"})
_AMBIGUOUS = re.compile(r"\d{1,2}[./-]\d{1,2}")
"""A size, a price or a day."""
_ELIDED = ("'", "’")
_WORDS = frozenset("wgn")
_MOST = 6
_MOST_GLYPHS = 12
_MOST_BEHIND = 4
_MOST_PICKED = 3
_MOST_UNKNOWN = 2
_MOST_CHOSEN = 3
_SHORTEST_NOUN = 2
_NUMBERED = 3


def is_concrete(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether a clause gives a figure, a thing's name or an option, and says no more."""
    words = typed.tokens.words[clause.low : clause.high]
    if not typed.book.words["either"].isdisjoint(words) or is_no_answer(clause, typed, task):
        return False
    if is_labelled_at_length(clause, typed, task):
        return True
    if not clause.marks & ~_BESIDE_OPTIONS and is_made_of_options(clause, typed, task):
        return True
    if clause.marks & ~_BESIDE:
        return False
    if Kind.ANSWER in task.kinds:
        chosen = Kind.CHOOSE in task.kinds and _is_chosen(clause, typed)
        chosen = chosen and not says_where(clause, typed)
        if chosen or _says_who(clause, typed) or _begins_with_number(clause, typed):
            return True
    return _is_bare(clause, typed)


def is_no_answer(clause: Clause, typed: Typed, task: Task) -> bool:
    """Return whether a clause tells how things stand, of a rival, or leaves one of two open."""
    return (
        says_how_it_stands(clause, typed)
        or names_rival(clause, typed, task.title)
        or _tells_a_state(clause, typed)
        or _leaves_two(clause, typed)
    )


def _leaves_two(clause: Clause, typed: Typed) -> bool:
    """Return whether one of two is left open ("3 or 5")."""
    words = typed.tokens.words[clause.low + 1 : clause.high]
    own_script = typed.book.raw.get("own_script")
    return not own_script and not typed.book.words["either"].isdisjoint(words)


def _tells_a_state(clause: Clause, typed: Typed) -> bool:
    """Return whether a word tells how things stand, and no title does ("hotel full")."""
    states, asked = typed.book.words["states"], typed.asked.words
    words = typed.tokens.words[clause.low : clause.high]
    return any(word in states and word not in asked for word in words)


def _says_who(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause says who or which number it is ("Day-of contact is me")."""
    words = typed.tokens.words[clause.low : clause.high]
    kinds = typed.kinds[clause.low : clause.high]
    at = next((at for at, word in enumerate(words) if _is_of_title(word, typed)), None)
    if at is None or any(not _ACTORS.isdisjoint(kind) for kind in kinds[:at]):
        return False
    if not words[at].endswith("'s"):
        at = next((at for at, kind in enumerate(kinds) if "be" in kind), len(words))
    rest = range(clause.low + at + 1, clause.high)
    names = [at for at in rest if _is_name_or_number(typed, at)]
    joints = typed.book.words["splits.weak"] - typed.book.words["either"]
    return bool(names) and all(
        at in names
        or "innocent" in typed.kinds[at]
        or typed.tokens.words[at] in joints
        or typed.tokens.shapes[at] == "p"
        for at in rest
    )


def _is_of_title(word: str, typed: Typed) -> bool:
    return len(word) > _SHORTEST_NOUN and word.removesuffix("'s") in typed.asked.words


def _is_name_or_number(typed: Typed, at: int) -> bool:
    if typed.tokens.shapes[at] == "n":
        return True
    kinds = typed.kinds[at]
    oneself = typed.tokens.words[at] in typed.book.words["oneself"]
    return oneself or ("who" in kinds and "relative" not in kinds)


def _begins_with_number(clause: Clause, typed: Typed) -> bool:
    """Return whether a number in words stands first and nothing unknown behind ("three tiers")."""
    number = date_words(typed.book.code).numbers.get(typed.tokens.words[clause.low], 0)
    return number > 1 and not clause.found and grasp_of(clause, typed) == Says.PLAIN


def _is_chosen(clause: Clause, typed: Typed) -> bool:
    """Return whether nothing but a thing stands there, where one was to be chosen ("Railings")."""
    book, tokens = typed.book, typed.tokens
    said = [at for at in range(clause.low, clause.high) if tokens.shapes[at] == "w"]
    said = [at for at in said if not clause.pointing >> at & 1]
    new = [tokens.words[at] for at in said if _is_new(at, typed)]
    return (
        len(new) == 1
        and len(said) <= _MOST_CHOSEN
        and not clause.marks & (Mark.FINE | Mark.THANKS)
        and all(_ACTORS.isdisjoint(typed.kinds[at]) for at in said)
        and all(_is_new(at, typed) or _is_small(at, typed) for at in said)
        and all(word not in book.words["names"] and not is_verbal(word, book) for word in new)
    )


def _is_small(at: int, typed: Typed) -> bool:
    word, lists = typed.tokens.words[at], typed.book.words
    small = any(word in lists[name] for name in ("function_words", "articles", "option_joints"))
    return small or word in typed.asked.words or "innocent" in typed.kinds[at]


def _is_new(at: int, typed: Typed) -> bool:
    """Return whether a word is listed as an option, or nowhere."""
    word, kinds, book = typed.tokens.words[at], typed.kinds[at], typed.book
    if "option" in kinds or not _PERSON.issuperset(kinds):
        return "option" in kinds
    return word not in book.marks.vocabulary and word not in book.words["function_words"]


def _is_bare(clause: Clause, typed: Typed) -> bool:
    """Return whether what stands there can only be a figure, a name of a thing or an option."""
    said = [
        at
        for at in range(clause.low, clause.high)
        if typed.tokens.shapes[at] in _WORDS and not clause.pointing >> at & 1
    ]
    glyphs = any(typed.tokens.shapes[at] == "g" for at in said)
    if not 0 < len(said) <= (_MOST_GLYPHS if glyphs else _MOST):
        return False
    if any(_AMBIGUOUS.fullmatch(typed.tokens.words[at]) for at in said):
        return False
    if any(not _ACTORS.isdisjoint(typed.kinds[at]) for at in said):
        return False
    if all("who" in typed.kinds[at] for at in said) or _is_of_a_number(said, clause, typed):
        return False  # somebody's name alone may be who is to be asked
    if clause.marks & Mark.VALUE != NONE or any(_is_thing(at, clause, typed) for at in said):
        return True
    return is_labelled(clause, typed) or _picked(clause, typed) or _described(said, clause, typed)


def _is_of_a_number(said: Sequence[int], clause: Clause, typed: Typed) -> bool:
    """Return whether an unlisted word tells how the one with a number is ("room 12 dirty")."""
    if len(said) < _NUMBERED or typed.tokens.shapes[said[-2]] != "n":
        return False
    before, last = said[-3], said[-1]
    unlisted = not typed.kinds[last] and not _is_small(last, typed)
    return unlisted and _asked(before, clause, typed) and not _is_thing(last, clause, typed)


def _asked(at: int, clause: Clause, typed: Typed) -> bool:
    word = typed.tokens.words[at]
    return bool(clause.pointing >> at & 1) or (len(word) > 3 and word in typed.asked.words)


def _picked(clause: Clause, typed: Typed) -> bool:
    """Return whether nothing but words of an "A or B" of a title stands there."""
    asked, small = typed.asked.words, typed.book.words["function_words"]
    if asked.isdisjoint(typed.book.words["either"]):
        return False
    words = zip(
        typed.tokens.words[clause.low : clause.high],
        typed.tokens.shapes[clause.low : clause.high],
        strict=True,
    )
    told = [word for word, shape in words if shape in _WORDS and word not in small]
    return 0 < len(told) <= _MOST_PICKED and asked.issuperset(told)


def _described(said: Sequence[int], clause: Clause, typed: Typed) -> bool:
    """Return whether a title's noun stands there and what it is to be: "navy envelopes"."""
    named = [
        at
        for at in range(clause.low, clause.high)
        if typed.tokens.shapes[at] == "w" and _asked(at, clause, typed) and not _is_verb(at, typed)
    ]
    if len(named) != 1 or clause.high - clause.low > _MOST_BEHIND + 1:
        return False
    small, lists = typed.book.words["function_words"], typed.book.words
    unknown = [at for at in said if at != named[0] and typed.tokens.words[at] not in small]
    if not 0 < len(unknown) <= _MOST_UNKNOWN or any(typed.kinds[at] for at in unknown):
        return False
    if unknown[-1] < named[0]:
        return named[0] == clause.high - 1
    joint = typed.tokens.words[named[0] + 1] if named[0] + 1 < clause.high else ""
    return unknown[0] > named[0] and (joint in lists["places"] or joint in lists["governs"])


def _is_verb(at: int, typed: Typed) -> bool:
    return not typed.asked.verbs.isdisjoint(stems(typed.tokens.words[at]))


def _is_thing(at: int, clause: Clause, typed: Typed) -> bool:
    """Return whether a word is an option's letter, or written as the name of a thing."""
    word = typed.text[typed.tokens.starts[at] : typed.tokens.ends[at]]
    if (
        word[-1:] in _ELIDED
        or not word[:1].isupper()
        or typed.tokens.words[at] in typed.asked.words
    ):
        return False
    inside = at > clause.low and not typed.book.raw.get("noun_capitals")
    led = at + 1 < clause.high and _is_small(at, typed)
    letter = len(word) == 1 and not (led or typed.tokens.words[at] in typed.book.words["places"])
    return letter or (word.isupper() and len(word) > 1) or inside
