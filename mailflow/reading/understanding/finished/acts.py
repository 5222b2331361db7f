"""Whether what was done is what was asked for: who was to sign and has printed has not signed."""

from functools import cache, lru_cache

from mailflow.reading.lexicon import lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.asked.kinds import Kind
from mailflow.reading.understanding.asked.titles import begins_with_an_act, ends_with_an_act
from mailflow.reading.understanding.said.clauses import Clause
from mailflow.reading.understanding.said.typed import Said, Task, Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.understanding.text.word_kinds import stems
from mailflow.reading.words import Style, tokens_of_title

_MADE = frozenset({"make"})
_LUMPED = frozenset(
    ("clean", "cook", "garden", "install", "move", "pet", "print", "repair", "sew", "sort")
)
"""Groups of unlike work: who was to water the plants has not done it by pruning them."""
_LUMPED_FORMS = frozenset(f"did_{group}" for group in _LUMPED)
_SMALL = 3
_SMALL_IN_CLITICS = 2
"""Letters up to which a word is hardly a thing's name; Arabic roots have three."""
_ALIKE = 3
"""Letters that two forms of one verb begin with, however irregular ("byta", "bytt")."""
_MADE_BY = frozenset({"make", "book", "get"})
"""Work that a verb of making only does if it is any of them ("done") or the title's own."""
_MAKING = frozenset({"make", "fill"})
_ACCEPTS = {
    "send": {"send", "put"},
    "sign": {"sign"},
    "pay": {"pay"},
    "fill": {"fill", "send", "lodge"},
    "check": {"check", "approve"},
    "approve": {"approve", "sign"},
    "answer": {"answer", "approve"},
    "book": {"book", "make"},
    "call": {"call"},
    "get": {"get", "make", "send"},
    "make": {"make", "fill"},
    "attend": {"attend"},
}
"""Which acts complete which: who was asked to fill in a form may say that she sent it."""
_HANDED_ON = frozenset({Kind.SEND, Kind.SIGN, Kind.APPROVE, Kind.BOOK})
"""Work that a thing being ready is only the beginning of."""
_UNDOING = ("un", "de", "des", "dis", "avin", "od")
"""Beginnings of verbs that undo what the rest of them names."""
_SHORTEST_ACT = 5
_MOVED = frozenset({"pay", "get"})
_DAYS = frozenset({"weekday", "month"})
_FIRST_GLYPH = "\u4e00"
_ON_THE_WAY = frozenset(
    ("apply", "book", "call", "cancel", "check", "copy", "fetch", "find", "get", "order", "pack")
) | frozenset(("print", "register", "renew", "request", "scan"))
"""Acts that finish nothing by themselves where the title does not ask for them."""


def is_other_act(said: Said, typed: Typed, task: Task) -> bool:
    """Return whether all that was done is another act than the one asked for."""
    fitting = Mark.APPROVED if Kind.APPROVE in task.kinds else Mark.TICK
    if said.clause.marks & (Mark.TICK | Mark.ATTACHED | fitting):
        return False
    return _is_opposite(said.clause, typed) or _is_other(said, typed, task)


def _is_other(said: Said, typed: Typed, task: Task) -> bool:
    asked_to_make = not _MAKING.isdisjoint(task.verbs)
    handed_on = not task.kinds.isdisjoint(_HANDED_ON) or not task.verbs.isdisjoint(_MOVED)
    if handed_on and not asked_to_make and _only_made(said.clause, typed):
        return True
    groups = acts_told(said.clause, typed)
    if not groups or ("get" in task.verbs and _is_as_asked(said.clause, typed)):
        return False
    return _goes_otherwise(said.clause, typed, task.title) or _are_others(groups, said, typed, task)


def _are_others(groups: set[str], said: Said, typed: Typed, task: Task) -> bool:
    """Return whether none of the acts told of completes what a title asks for."""
    if not task.verbs:
        return groups <= _ON_THE_WAY or (
            _asks_for_an_act(task.title, typed.book.code)
            and not _names_the_act(said.clause, typed, task.title)
            and not (groups <= _MADE and _is_the_act(said.clause, typed))
        )
    alike = _MAKING if typed.book.raw.get("own_script") else _MADE
    if groups <= alike and not task.verbs.isdisjoint(_MADE_BY):
        return not _is_the_act(said.clause, typed)
    if "make" in task.verbs & groups and groups.isdisjoint(_accepted(task.verbs - _MADE)):
        return not _is_the_act(said.clause, typed)
    fitting_acts = groups & _accepted(task.verbs)
    if fitting_acts <= _MADE and not typed.book.raw.get("own_script"):
        return not _names_the_act(said.clause, typed, task.title) and (
            not fitting_acts or not _is_the_act(said.clause, typed)
        )
    if fitting_acts and fitting_acts <= _MADE | _LUMPED and not typed.book.raw.get("own_script"):
        return not _is_of_the_lump(said.clause, typed)
    return not fitting_acts


def _is_of_the_lump(clause: Clause, typed: Typed) -> bool:
    """Return whether an act of a group of unlike work is the one asked for, or stands for any."""
    words = [
        typed.tokens.words[at]
        for at in range(clause.low, clause.high)
        if not _LUMPED_FORMS.isdisjoint(typed.kinds[at])
    ]
    begun = {verb[:_ALIKE] for verb in typed.asked.verbs}
    return not words or any(
        word in typed.book.words["generic"] or word[:_ALIKE] in begun for word in words
    )


def _goes_otherwise(clause: Clause, typed: Typed, title: str) -> bool:
    """Return whether an act went the other way: whoever was to turn it off has turned it on."""
    way, ways = _way_of(title, typed.book.code)
    words, kinds = typed.tokens.words, typed.kinds
    if not way or way in words[clause.low : clause.high]:
        return False
    return any(
        words[at] in ways
        and ("did" in kinds[at - 1] or ("it" in kinds[at - 1] and "did" in kinds[at - 2]))
        and not _names_a_day(typed, at + 1)
        for at in range(clause.low + 1, clause.high)
    )


def _names_a_day(typed: Typed, at: int) -> bool:
    """Return whether a weekday, a month or a figure stands at a place."""
    if at >= len(typed.tokens):
        return False
    return typed.tokens.shapes[at] == "n" or not _DAYS.isdisjoint(typed.kinds[at])


@lru_cache(maxsize=2048)
def _way_of(title: str, code: str) -> tuple[str, frozenset[str]]:
    """Return the particle of a title's verb ("Turn *off* the tap"), and those that go elsewhere."""
    book = lexicon(code)
    words = tokens_of_title(title, book.style).words
    ways = frozenset(book.raw.get("ways", ()))
    return (words[1], ways) if words[1:2] and words[1] in ways else ("", ways)


@lru_cache(maxsize=2048)
def _asks_for_an_act(title: str, code: str) -> bool:
    """Return whether a title has a verb that no list knows: "Drain the tank", "Tank leeren"."""
    book = lexicon(code)
    tokens = tokens_of_title(title, book.style)
    return begins_with_an_act(tokens, book) or ends_with_an_act(tokens, title, book)


def _names_the_act(clause: Clause, typed: Typed, title: str) -> bool:
    """Return whether a clause tells of an act in some form of the title's own verb."""
    way, _ways = _way_of(title, typed.book.code)
    if way and way not in typed.tokens.words[clause.low : clause.high]:
        return False
    participle = str(typed.book.raw.get("participle", ""))
    return any(
        not typed.asked.verbs.isdisjoint(stems(typed.tokens.words[at], participle))
        for at in range(clause.low, clause.high)
        if "did" in typed.kinds[at]
    )


def _is_opposite(clause: Clause, typed: Typed) -> bool:
    """Return whether the act is what a title wants undone: installed for "Uninstall ..."."""
    asked = typed.asked.verbs
    if not any(stem.startswith(_UNDOING) for stem in asked):
        return False
    acts = (at for at in range(clause.low, clause.high) if "did" in typed.kinds[at])
    forms = (stems(typed.tokens.words[at]) for at in acts)
    return any(
        asked.isdisjoint(told)
        and any(
            len(stem) >= _SHORTEST_ACT and before + stem in asked
            for stem in told
            for before in _UNDOING
        )
        for told in forms
    )


@cache
def _accepted(verbs: frozenset[str]) -> frozenset[str]:
    """Return the groups of acts that complete what a title asks for."""
    return frozenset(group for verb in verbs for group in _ACCEPTS.get(verb, {verb}))


def _is_as_asked(clause: Clause, typed: Typed) -> bool:
    """Return whether the act stands in the title in this form ("Get the boiler serviced")."""
    words = typed.tokens.words[clause.low : clause.high]
    return any(
        word in typed.asked.words and "did" in kinds
        for word, kinds in zip(words, typed.kinds[clause.low : clause.high], strict=True)
    )


def acts_told(clause: Clause, typed: Typed) -> set[str]:
    """Return the groups of the acts told of; none where a plain "done" stands for any."""
    groups: set[str] = set()
    for found in clause.found:
        if found.name.startswith("did:"):
            groups.add(found.name.partition(":")[2])
        elif found.name in {"did", "done"}:
            if found.name == "done" and not found.slots:
                return set()
            groups |= _acts(found, typed)
    return groups


def _is_the_act(clause: Clause, typed: Typed) -> bool:
    """Return whether a verb of making is the one asked for: sanding a fence does not paint it."""
    if typed.book.raw.get("own_script"):
        return _is_the_glyph(clause, typed)
    words = [
        typed.tokens.words[at]
        for at in range(clause.low, clause.high)
        if "did_make" in typed.kinds[at]
    ]
    participle = str(typed.book.raw.get("participle", ""))
    return not words or any(
        word in typed.book.words["generic"]
        or not typed.asked.verbs.isdisjoint(stems(word, participle))
        for word in words
    )


def _is_the_glyph(clause: Clause, typed: Typed) -> bool:
    """Return the same of a script that writes no stems: the verb's glyphs stand in the title."""
    glyphs = {
        word
        for found in clause.found
        if found.name.partition(":")[0] == "did"
        for at, word in enumerate(typed.tokens.words[found.start : found.end], found.start)
        if found.mask >> at & 1 and word >= _FIRST_GLYPH
    }
    glyphs -= typed.book.words["aspect"]
    known = typed.asked.words | typed.book.words["generic"]
    return not glyphs or not glyphs.isdisjoint(known)


def _only_made(clause: Clause, typed: Typed) -> bool:
    """Return whether a named thing is said to be ready, which is not yet to be sent."""
    words = typed.tokens.words[clause.low : clause.high]
    made = typed.book.words["made"]
    if made.isdisjoint(words) or clause.marks & Mark.DID:
        return False
    asked = typed.asked
    longest = _SMALL_IN_CLITICS if typed.book.style is Style.CLITIC else _SMALL
    return any(
        len(word) > longest
        and word not in made
        and (word in asked.words or word in asked.parts or _is_in_other_form(word, typed))
        for word in words
    )


def _is_in_other_form(word: str, typed: Typed) -> bool:
    """Return whether a title names a thing by another form of a word ("Umowa", "umowę")."""
    told = stems(word)
    return not typed.asked.stems.isdisjoint(told) and typed.asked.verbs.isdisjoint(told)


def _acts(found: Found, typed: Typed) -> set[str]:
    """Return the groups of the verbs in a phrase."""
    return {
        kind.removeprefix("did_")
        for at in range(found.start, found.end)
        for kind in typed.kinds[at]
        if kind.startswith("did_")
    }
