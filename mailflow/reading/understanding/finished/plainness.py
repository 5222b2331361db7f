"""How much of a clause was understood: words that nothing accounts for make a reading less sure.

"Signed and returned yesterday" is understood to the last word. Of "the neighbours have signed
theirs" the word that matters is one that no list knows, and it stands before the verb, where
the one stands who did it or the thing it was done to.
"""

from collections.abc import Sequence
from functools import cache, lru_cache, reduce
from operator import or_

from mailflow.reading.lexicon import lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.finished.files import names_unfinished
from mailflow.reading.understanding.finished.things import is_of_other_thing, is_part
from mailflow.reading.understanding.said.clauses import Clause, only_letters
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.marks import Mark
from mailflow.reading.words import ADDRESS_MARK, LINK_MARK, QUOTE_MARK, Style, Tokens

_KNOWN_CLASSES = frozenset({"i", "it", "you", "have", "be", "n", "d", "m", "innocent", "plain"})
_STATE = frozenset({"be", "have"})
_WORDS = frozenset("wg")
_FINISHING = frozenset(
    ("done", "did", "attached", "here", "approved", "fine", "yes", "tick", "chose", "same")
)
_ACTS = frozenset(("done", "did"))
_HIDDEN = frozenset((ADDRESS_MARK, LINK_MARK, QUOTE_MARK))
_LAUGHTER = frozenset("😂🤣🙃😏😜🤪")
_CODE_DIGITS = 4
_PLACE_WORDS = 3
_CODE_LETTERS = 4
_SHORTEST_NAMED = 4
_ASIDE = frozenset({"behind", "who"})
_PRONOUNS = frozenset({"it", "they"})
_LEADING = frozenset("بلفكع")
"""Arabic letters that lead to a place or a way, written to its word."""
_MOST_LOOSE = 2
"""So many unknown words behind an act may be whom it went to; more are news of their own."""
_IT = ("ه", "ها", "هم", "هن", "لك", "لكم", "له", "لها", "لهم")
"""Endings of an Arabic verb that names already what it was done to."""


def grasp_of(clause: Clause, typed: Typed) -> Says:
    """Return `PLAIN` if all words are accounted for, `LOOSE` or `STRANGE` by where others stand.

    A word is accounted for by a phrase, a date, the words of the titles, or as one of the small
    words of the language; somebody's name only behind what was done, where it names who got it.
    """
    tokens, kinds = typed.tokens, typed.kinds
    if not _LAUGHTER.isdisjoint(tokens.words[clause.low : clause.high]):
        return Says.STRANGE
    if is_of_other_thing(clause, typed):
        return Says.STRANGE
    codes = _codes_in(clause, typed)
    finishing = [one for one in clause.found if _finishes(one.name)]
    first = min([one.start for one in finishing] or codes, default=clause.high)
    ends = {one.end for one in finishing}
    acts = any(one.name.partition(":")[0] in _ACTS for one in finishing)
    calls = _calls(finishing, typed) and not _names_asked(clause, typed)
    covered = _covered(clause, typed)
    strange = [
        at
        for at in range(clause.low, clause.high)
        if not covered >> at & 1
        and tokens.shapes[at] in _WORDS
        and not _accounted(typed, at)
        and not (codes and _is_letters(typed, at))
        and not _is_of_figure(typed, at)
        and not (at > first and not calls and _is_courteous(typed, at))
        and not (
            at > first
            and not calls
            and _follows_well(kinds[at], object_of=at in ends and not _is_led_to(typed, at))
            and not (acts and _is_object(typed, at, clause.low))
            and not (at in ends and _is_bare(typed, at))
        )
    ]
    if not strange:
        return Says.PLAIN
    if strange[0] < first and not _is_framed(strange, clause, typed):
        return Says.STRANGE
    told = bool(clause.marks & Mark.DID)
    over = not calls and all(
        not day.ahead and (told or day.end <= typed.today) for day in clause.dates
    )
    taken = reduce(or_, (one.mask & ~(1 << (one.end - 1)) for one in finishing), 0)
    first = min(first, strange[0] - _PLACE_WORDS) if strange[0] < first else first
    placed = over and all(_is_place(typed, at, first, taken) for at in strange)
    if placed:
        return Says.LOOSE | Says.PLACED
    return Says.STRANGE if acts and len(strange) > _MOST_LOOSE else Says.LOOSE


def _is_framed(strange: Sequence[int], clause: Clause, typed: Typed) -> bool:
    """Return whether unknown words are places before a verb at the end ("am Infopoint abgegeben").

    Where the title names a place it matters which, and a longer word that ends as one of the
    title's does is another thing of its sort ("Vorvertrag").
    """
    places, asked = typed.book.words["places"], typed.asked
    if not typed.book.raw.get("verb_end") or not places.isdisjoint(asked.words):
        return False
    last = clause.high - 1
    if "did" not in typed.kinds[last] or strange[-1] >= last:
        return False
    if len(strange) > 1 and not all(_is_capital(typed, at) for at in strange):
        return False
    words = typed.tokens.words
    return all(
        not places.isdisjoint(words[max(at - _PLACE_WORDS, clause.low) : at])
        and not any(words[at].endswith(word) for word in asked.words if len(word) > _CODE_LETTERS)
        for at in strange
    )


def _follows_well(kinds: Sequence[str], *, object_of: bool) -> bool:
    """Return whether a word behind a finish names who got it, or where or by what it was done.

    Right behind the verb a name is what it was done to: "called Susan" calls nobody else.
    """
    return not object_of and ("behind" in kinds or ("who" in kinds and "relative" not in kinds))


def _is_courteous(typed: Typed, at: int) -> bool:
    """Return whether a word of family is only courtesy before a name ("bei Frau Demir").

    Where a title names somebody, the name matters, and so what stands before it.
    """
    word = typed.tokens.words[at]
    if word not in typed.book.raw.get("honorifics", ()) or at + 1 >= len(typed.kinds):
        return False
    return _is_capital(typed, at + 1) and typed.book.words["titles_of_people"].isdisjoint(
        typed.asked.words
    )


def _is_capital(typed: Typed, at: int) -> bool:
    return typed.text[typed.tokens.starts[at]].isupper()


def _is_led_to(typed: Typed, at: int) -> bool:
    """Return whether a preposition at the end of the finish leads to a word ("paid from ...")."""
    before, lists = typed.tokens.words[at - 1], typed.book.words
    return not lists["articles"] or before in lists["places"] or before in lists["governs"]


def _calls(finishing: Sequence[Found], typed: Typed) -> bool:
    """Return whether somebody was spoken to: whoever is named then is who it was."""
    return any(
        one.name == "did:call"
        or any("did_call" in typed.kinds[at] for at in range(one.start, one.end))
        for one in finishing
    )


def _names_asked(clause: Clause, typed: Typed) -> bool:
    """Return whether a clause names what the titles name, in so many words or by "her"."""
    small = typed.book.words["function_words"] | typed.book.words["titles_of_people"]
    return any(
        (at > clause.low and not _PRONOUNS.isdisjoint(typed.kinds[at]))
        or (
            len(typed.tokens.words[at]) >= _SHORTEST_NAMED
            and typed.tokens.words[at] in typed.asked.words
            and typed.tokens.words[at] not in small
            and "did" not in typed.kinds[at]
        )
        for at in range(clause.low, clause.high)
    )


def _is_object(typed: Typed, at: int, low: int) -> bool:
    """Return whether a word stands behind an article that no preposition governs."""
    if _ASIDE.isdisjoint(typed.kinds[at]):
        return False
    words, lists = typed.tokens.words, typed.book.words
    at -= 1
    if at > low and "innocent" in typed.kinds[at] and words[at] not in lists["articles"]:
        at -= 1
    if at <= low or words[at] not in lists["articles"]:
        return False
    return words[at - 1] not in lists["places"] and words[at - 1] not in lists["governs"]


def _is_bare(typed: Typed, at: int) -> bool:
    """Return whether a word of a language that glues small words on stands as an object.

    "بالبنك" tells where; "البنك" right behind a verb without an "it" is what it was done to.
    """
    if typed.book.style is not Style.CLITIC or "behind" not in typed.kinds[at]:
        return False
    if "did" not in typed.kinds[at - 1]:
        return False
    led = typed.text[typed.tokens.starts[at]] in _LEADING and _is_stripped(typed, at)
    return not led and not typed.tokens.words[at - 1].endswith(_IT)


def _is_stripped(typed: Typed, at: int) -> bool:
    """Return whether small words came off a word."""
    return len(typed.tokens.words[at]) < typed.tokens.ends[at] - typed.tokens.starts[at]


def _codes_in(clause: Clause, typed: Typed) -> list[int]:
    words = typed.tokens.words[clause.low : clause.high]
    if only_letters(words):
        return []
    return [at for at, word in enumerate(words, clause.low) if is_code(word)]


@cache
def _finishes(pattern: str) -> bool:
    return pattern.partition(":")[0] in _FINISHING


def _covered(clause: Clause, typed: Typed) -> int:
    """Return one bit for each token that a phrase, a date or a pointer takes."""
    covered = clause.pointing
    for found in clause.found:
        covered |= found.mask
    starts = typed.tokens.starts
    for low, high in [day.span for day in clause.dates]:
        for at in range(clause.low, clause.high):
            if low <= starts[at] < high:
                covered |= 1 << at
    return covered


def _is_place(typed: Typed, at: int, first: int, taken: int) -> bool:
    """Return whether a word belongs to a place or a way ("to your Leeds branch").

    A small word inside the finish itself ("set up", "mis à jour") leads to no place.
    """
    if "relative" in typed.kinds[at] or names_unfinished(typed.tokens.words[at]):
        return False
    return _leads_to_place(typed, at, first, taken) or _goes_on(typed, at, first, taken)


def _leads_to_place(typed: Typed, at: int, first: int, taken: int) -> bool:
    words, places = typed.tokens.words, typed.book.words["places"]
    low = max(at - _PLACE_WORDS, first)
    return any(words[near] in places and not taken >> near & 1 for near in range(low, at))


def _goes_on(typed: Typed, at: int, first: int, taken: int) -> bool:
    """Return whether a word is joined to that of a place ("the tray of the front office")."""
    words, lists = typed.tokens.words, typed.book.words
    for near in range(at - 1, max(at - _PLACE_WORDS - 1, first), -1):
        if words[near] in lists["splits.weak"]:
            return False
        if words[near] in lists["governs"]:
            return _leads_to_place(typed, near, first, taken)
    return False


def _accounted(typed: Typed, at: int) -> bool:
    word, asked = typed.tokens.words[at], typed.asked
    if "they" in typed.kinds[at]:
        behind = typed.kinds[at + 1] if at + 1 < len(typed.kinds) else ()
        return "it" in typed.kinds[at] and not _STATE.isdisjoint(behind)
    word = word.removesuffix("'s")
    if word in asked.words:
        return True
    if "relative" in typed.kinds[at]:
        return any(
            len(title) >= _SHORTEST_NAMED and word.startswith(title) for title in asked.words
        )
    if is_small(word, typed.book.code):
        return True
    if typed.book.raw.get("own_script") and word.isascii():
        return True  # a Latin word in a script of its own names a firm or a product
    if is_part(word, asked.parts):
        return True
    return typed.tokens.shapes[at] == "w" and asked.has_form_of(word)


def _is_letters(typed: Typed, at: int) -> bool:
    """Return whether a token is the letters of a code ("GB", "BSB")."""
    word = typed.text[typed.tokens.starts[at] : typed.tokens.ends[at]]
    return len(word) <= _CODE_LETTERS and word.isupper()


def _is_glued(tokens: Tokens, at: int) -> bool:
    return tokens.ends[at] == tokens.starts[at + 1]


def _is_of_figure(typed: Typed, at: int) -> bool:
    """Return whether letters are a figure's unit or belong to a long code ("2.6m", "7F3A09C2KL").

    The letter of a short one ("8b") tells it from others, and is left to those who compare.
    """
    tokens = typed.tokens
    if tokens.shapes[at] != "w":
        return False
    low = high = at
    while low and tokens.shapes[low - 1] in "wn" and _is_glued(tokens, low - 1):
        low -= 1
    last = len(tokens) - 1
    while high < last and tokens.shapes[high + 1] in "wn" and _is_glued(tokens, high):
        high += 1
    if "n" not in tokens.shapes[low : high + 1]:
        return False
    unit = at > low and tokens.shapes[at - 1] == "n"
    if unit and (len(tokens.words[at]) > 1 or not tokens.words[at - 1].isdecimal()):
        return True
    return is_code("".join(tokens.words[low : high + 1]))


@lru_cache(maxsize=16_384)
def is_small(word: str, lang: str) -> bool:
    """Return whether a word is one of those that hold a sentence together in a language."""
    book = lexicon(lang)
    classes = book.classes.of(word)
    small = word in book.words["function_words"] or word.isdecimal()
    return small or not _KNOWN_CLASSES.isdisjoint(classes)


def is_code(word: str) -> bool:
    """Return whether a token can only be a fact: a long number, a code, a link, an address."""
    if word.isalpha():
        return False
    if word[:1] in _HIDDEN:
        return True
    return sum(character.isdigit() for character in word) >= _CODE_DIGITS
