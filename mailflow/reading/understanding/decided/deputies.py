"""Who is to do it instead: the address or the name that the clauses of one To Do give."""

from collections.abc import Iterator, Sequence

from mailflow.reading.understanding.said.appositions import is_particle
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.words import addresses_in

_PASSING = Says.PASSES_ON | Says.OTHERS | Says.REFUSES
_LONGEST_INITIALS = 4
_BEFORE_A_NAME = frozenset(",(:-")


def deputy_in(said: Sequence[Said], typed: Typed) -> str | None:
    """Return the address of who is to do it, else the name as it was typed, else None.

    Args:
        said: the clauses that speak of the To Do.
        typed: the text they stand in.
    """
    everywhere = addresses_in(typed.text)
    if everywhere:
        told = sorted(said, key=lambda one: not one.row.says & _PASSING)
        near = (address for one in told for address in addresses_in(typed.words(one.clause)))
        address = next(near, None) or (None if typed.asked.numbers else everywhere[0])
        if address:
            return address
    name = _best(_names(said, typed))
    return name or (everywhere[0] if everywhere else None)


def _best(names: Iterator[str]) -> str | None:
    """Return the first name that is no initials of an office ("HR"), else those."""
    kept = list(names)
    offices = [name for name in kept if name.isupper() and len(name) <= _LONGEST_INITIALS]
    return next((name for name in kept if name not in offices), kept[0] if kept else None)


def _names(said: Sequence[Said], typed: Typed) -> Iterator[str]:
    """Yield who may be meant: whom a phrase points to, then whoever is named at all."""
    for one in said:
        for found in one.clause.found:
            if found.name == "delegate":
                slots = (at for name, at in found.slots if name in {"who", "whos"})
                yield from _named(slots, typed)
    told = [one for one in said if one.row.says & _PASSING]
    rest = [one for one in said if not one.row.says & _PASSING]
    for one in (*told, *rest):
        if not one.clause.marks & (Mark.GREETING | Mark.COURTESY):
            people = (at for at in range(one.clause.low, one.clause.high) if _is_name(at, typed))
            yield from _named(people, typed)


def _named(places: Iterator[int], typed: Typed) -> Iterator[str]:
    for at in places:
        name = _name_at(at, typed)
        if name:
            yield name


def _is_name(at: int, typed: Typed) -> bool:
    """Return whether a token is part of somebody's name: no role, no word typed small."""
    kinds = typed.kinds[at]
    if "who" not in kinds and "whos" not in kinds:
        return False
    if "relative" in kinds or "address" in kinds:
        return False
    word = typed.tokens.words[at]
    small = typed.text[typed.tokens.starts[at]].islower()
    return not small or not (
        word in typed.book.words["function_words"] or typed.book.classes.of(word)
    )


def _name_at(at: int, typed: Typed) -> str | None:
    """Return the name that a token is part of, or that stands behind the role it names."""
    tokens = typed.tokens
    if not _is_name(at, typed):
        at += 1
        while at < len(tokens) and _leads_to_a_name(at, typed):
            at += 1
        if at >= len(tokens) or not _is_name(at, typed):
            return None
    low, high = _first_of_name(at, typed), at + 1
    while high < len(tokens) and (step := _more_of_name(high, typed)):
        high += step
    name = typed.text[tokens.starts[low] : tokens.ends[high - 1]].removesuffix("'s")
    title, _, rest = name.partition(" ")
    nominative = typed.book.raw.get("nominatives", {}).get(title)
    return f"{nominative} {rest}" if nominative and rest else name


def _leads_to_a_name(at: int, typed: Typed) -> bool:
    """Return whether a token may stand between a role and its name ("my wife, Mrs. Ann")."""
    word = typed.tokens.words[at]
    linked = word in _BEFORE_A_NAME or word == typed.book.raw.get("people", {}).get("of")
    if linked or word in typed.book.words["titles_of_people"]:
        return True
    return word == "." and typed.tokens.words[at - 1] in typed.book.words["titles_of_people"]


def _first_of_name(at: int, typed: Typed) -> int:
    """Return the first token of a name: a forename or a title before it."""
    low = at
    while low and (step := _less_of_name(low, typed)):
        low -= step
    while (title := _title_before(low, typed)) is not None:
        low = title
    return low


def _title_before(low: int, typed: Typed) -> int | None:
    """Return the token of a title before a name, whatever small words stand between them."""
    words, titles = typed.tokens.words, typed.book.words["titles_of_people"]
    at = low - 1
    while at > 0 and is_particle(words[at], typed.book):
        at -= 1
    if at > 0 and words[at] == "." and len(words[at - 1]) > 1:
        at -= 1
    return at if at >= 0 and words[at] in titles else None


def _less_of_name(low: int, typed: Typed) -> int:
    """Return how many tokens before a name belong to it."""
    if _is_name(low - 1, typed):
        return 1
    joined = (
        low > 1 and _is_glued(low - 1, typed) and typed.text[typed.tokens.starts[low - 2]].isupper()
    )
    if joined:
        return 2
    particles = 1
    while particles < low and is_particle(typed.tokens.words[low - particles], typed.book):
        particles += 1
        if particles <= low and _is_name(low - particles, typed):
            return particles
    return 0


def _more_of_name(high: int, typed: Typed) -> int:
    """Return how many tokens behind a name belong to it."""
    tokens = typed.tokens
    if _is_name(high, typed):
        return 1
    if high + 1 < len(tokens):
        firm = tokens.words[high] == "&" and _is_name(high + 1, typed)
        if firm or _is_glued(high, typed):
            return 2
    end = high
    while end < len(tokens) and is_particle(tokens.words[end], typed.book):
        end += 1
    if high < end < len(tokens) and typed.text[tokens.starts[end]].isupper():
        return end + 1 - high
    return 0


def _is_glued(at: int, typed: Typed) -> bool:
    """Return whether a hyphen joins the words on both sides of it ("Ing-Marie")."""
    tokens = typed.tokens
    if tokens.words[at] != "-" or not 0 < at < len(tokens) - 1:
        return False
    return tokens.ends[at - 1] == tokens.starts[at] and tokens.ends[at] == tokens.starts[at + 1]
