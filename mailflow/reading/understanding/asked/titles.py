"""The titles of a list, recognised by single words of them, whatever their endings."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.phrases import Found
from mailflow.reading.understanding.text.numerals import with_numerals
from mailflow.reading.understanding.text.word_kinds import is_known
from mailflow.reading.words import Tokens, clean, fold, tokens_of_title

_SHORTEST_STEM = 4
_JOINTS = frozenset({",", "&", "/", "+", ";", ":"})
_TO_DO = frozenset({"to", "then", "please"})
_SHORTEST_ACT = 5
_FEW_DIGITS = 2
_NAMING, _GLYPHS = "wngNR", "gNR"
"""Shapes of what can name a thing; N and R are somebody's name and role, in glyphs one token."""
_MONTH = "月"
_WORDS_KEPT = 8192


class Titles:
    """The titles of the To Dos that were asked for together; indexed when first asked."""

    def __init__(self, titles: Mapping[int, str], book: Lexicon) -> None:
        """Keep the titles by their numbers."""
        self.numbers = tuple(titles)
        self._titles = titles
        self._book = book
        self._owners: dict[str, set[int]] = {}
        self._tails: dict[str, set[int]] = {}
        self._acts: dict[str, set[int]] = {}
        self._tails_begin: set[str] = set()
        self._words_end: set[str] = set()
        self._heads: dict[str, list[tuple[str, int]]] = {}
        self._figures: dict[str, dict[str, set[int]]] = {}

    def _index(self) -> None:
        """Index the titles by words, by stems and by the last parts of long words."""
        book = self._book
        skip = _passed_over(book.code)
        for number, title in self._titles.items():
            tokens = tokens_of_title(title, book.style)
            if book.raw.get("own_script"):
                tokens = with_numerals(tokens, clean(title))
            for word, figure in _figures_of(tokens):
                if word not in skip:
                    self._figures.setdefault(word, {}).setdefault(figure, set()).add(number)
            self._index_words(tokens, number, skip)
        self._titles = {}

    def _index_words(self, tokens: Tokens, number: int, skip: frozenset[str]) -> None:
        """Index the things of a title, and its verb; where all are verbs, the first are things."""
        verbs = verbs_in(tokens, self._book)
        named = list(units(tokens))
        if len(verbs) > 1 and all(low in verbs or word in skip for word, low, _high in named):
            verbs = frozenset({max(verbs)})  # "Water betalen"
        for word, low, _high in named:
            if low in verbs:
                self._act(word, number)
            elif word not in skip:
                self._enter(word, number)

    def _enter(self, word: str, number: int) -> None:
        if len(word) > _SHORTEST_STEM:
            self._heads.setdefault(word[:_SHORTEST_STEM], []).append((word, number))
        for key in (*_keys(word), *_digits(word)):
            self._owners.setdefault(key, set()).add(number)
            self._words_end.add(key[-_SHORTEST_STEM:])
        for tail in _tails(word):
            self._tails.setdefault(tail, set()).add(number)
            self._tails_begin.add(tail[:_SHORTEST_STEM])

    def _act(self, word: str, number: int) -> None:
        for key in _keys(word):
            if len(key) >= _SHORTEST_ACT:
                self._acts.setdefault(key, set()).add(number)

    def owners(self, word: str) -> frozenset[int]:
        """Return the To Dos whose titles hold this word in some form."""
        if self._titles:
            self._index()
        for key in _keys(word):
            found = self._owners.get(key)
            if found is not None:
                return frozenset(found)
        tail = word[:_SHORTEST_STEM] in self._tails_begin
        if tail and "did" not in self._book.classes.of(word):  # "sent" is no end of a "consent"
            for end in range(len(word), max(len(word) - 3, _SHORTEST_STEM - 1), -1):
                found = self._tails.get(word[:end])
                if found is not None:
                    return frozenset(found)
        return self._owner_of_part(word) or self._owner_of_act(word)

    def numbered(self, word: str, figure: str) -> frozenset[int] | None:
        """Return the To Dos whose titles hold this word with this figure ("chapter 3", "ch 3").

        None: no title holds the word, or a longer one that begins so, with any figure.
        """
        if self._titles:
            self._index()
        named = [one for one in self._figures if one.startswith(word) or one in _keys(word)]
        owners = (self._figures[one].get(figure, ()) for one in named)
        return frozenset(chain.from_iterable(owners)) if named else None

    @property
    def numbers_things(self) -> bool:
        """Whether any title tells its thing from others by a figure."""
        if self._titles:
            self._index()
        return bool(self._figures)

    def _owner_of_part(self, word: str) -> frozenset[int]:
        """Return the owner of a title word that a longer typed word ends or begins with."""
        if word[-_SHORTEST_STEM:] not in self._words_end:
            return frozenset()
        for cut in range(3, len(word) - _SHORTEST_STEM + 1):
            found = self._owners.get(word[cut:])
            if found is not None and len(found) == 1:
                return frozenset(found)
        return self._owner_of_pair(word)

    def _owner_of_pair(self, word: str) -> frozenset[int]:
        """Return the owner of the first of two title words that were typed as one.

        That is "Januarrechnung" for the title "Send invoice for January" among other invoices.
        """
        for cut in range(_SHORTEST_STEM, len(word) - _SHORTEST_STEM + 1):
            found = self._owners.get(word[:cut])
            if found is not None and len(found) == 1 and word[cut:] in self._owners:
                return frozenset(found)
        return frozenset()

    def shortened(self, word: str) -> frozenset[int]:
        """Return the owner of a title word that an unknown one shortens ("Bewirtung", "vacc")."""
        if self._titles:
            self._index()
        longer = self._heads.get(word[:_SHORTEST_STEM])
        if longer is None or is_known(word, self._book):
            return frozenset()
        return frozenset(number for whole, number in longer if whole.startswith(word))

    def _owner_of_act(self, word: str) -> frozenset[int]:
        """Return the owner of a verb by a noun made of it ("declaration" of "declare")."""
        if len(word) <= _SHORTEST_ACT or self._book.classes.of(word):
            return frozenset()
        for end in range(len(word), _SHORTEST_ACT - 1, -1):
            found = self._acts.get(word[:end])
            if found is not None:
                return frozenset(found)
        return frozenset()


def _figures_of(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Yield the small figures of a title, each with the word before it."""
    for at in range(1, len(tokens)):
        short = len(tokens.words[at]) <= _FEW_DIGITS
        if short and tokens.shapes[at - 1 : at + 1] == "wn":
            yield tokens.words[at - 1], tokens.words[at]


def verbs_in(tokens: Tokens, book: Lexicon) -> frozenset[int]:
    """Return the places of the words of a title that say what is to be done.

    Where the verb stands first, the same word further on is a thing: "Send the mailing list",
    "Pay the water bill"; behind "and" it is a verb again. Where verbs look like things, a verb
    that no list knows is told by the article behind it: "Raise the invoice" asks for no invoicing.
    """
    places = [at for at, word in enumerate(tokens.words) if "title" in book.classes.of(word)]
    if not places or not book.raw.get("verb_first"):
        return frozenset(places)
    first = 0 if begins_with_an_act(tokens, book) else places[0]
    return frozenset(at for at in places if at <= first or _is_joined(tokens, at, book))


def named_acts(tokens: Tokens, found: Sequence[Found], book: Lexicon) -> list[Found]:
    """Return the phrases of a title without those that are things, as in "Write a review"."""
    if not book.raw.get("verbs_like_things") or not tokens.words:
        return list(found)
    begun = "title" in book.classes.of(tokens.words[0]) or begins_with_an_act(tokens, book)
    return [
        one
        for one in found
        if not begun
        or one.name == "facts"
        or (one.name == "when") == bool(one.start)
        or "title" not in book.classes.of(tokens.words[one.start])
        or _is_joined(tokens, one.start, book)
    ]


def is_before_a_thing(tokens: Tokens, at: int, book: Lexicon) -> bool:
    """Return whether a word tells only what sort of thing stands behind it: "phone bills"."""
    if not book.raw.get("verbs_like_things") or at >= len(tokens) or tokens.shapes[at] != "w":
        return False
    asking = not book.words["splits.relative"].isdisjoint(tokens.words[:at])
    return not asking and tokens.words[at] not in book.words["function_words"]


def begins_with_an_act(tokens: Tokens, book: Lexicon) -> bool:
    """Return whether an article stands behind the first word: "Drain the tank", "Put up a sign"."""
    if not book.raw.get("verbs_like_things"):
        return False
    behind = 2 if tokens.words[1:2] and tokens.words[1] in book.raw["verb_particles"] else 1
    return not book.words["articles"].isdisjoint(tokens.words[behind : behind + 1])


def ends_with_an_act(tokens: Tokens, title: str, book: Lexicon) -> bool:
    """Return whether an unknown word stands last and ends as what is to be done does there.

    Where nouns are written with a capital, one that has none is no thing.
    """
    endings = tuple(book.raw.get("infinitive", ()))
    passed = frozenset(fold(word) for word in book.raw.get("has_done", ()))
    places = [at for at, word in enumerate(tokens.words) if word not in passed]
    if not endings or len(places) < 2:
        return False
    word, typed = tokens.words[places[-1]], clean(title)[tokens.starts[places[-1]] :]
    if book.raw.get("noun_capitals") and not typed[:1].islower():
        return False
    return len(word) > _SHORTEST_ACT and word.endswith(endings) and not is_known(word, book)


def _is_joined(tokens: Tokens, at: int, book: Lexicon) -> bool:
    """Return whether a word of a title stands behind an "and", which makes it a verb again."""
    before = tokens.words[at - 1]
    return before in _JOINTS or before in _TO_DO or before in book.words["splits.weak"]


@cache
def _passed_over(code: str) -> frozenset[str]:
    """Return the words of a language that name nothing in a title."""
    book = lexicon(code)
    return book.words["function_words"] | set(book.raw.get("items", {}).get("stop_words", ()))


def _digits(word: str) -> tuple[str, ...]:
    """Return the number by which a form is called without its letters ("1099" of "1099-INT")."""
    digits = "".join(character for character in word if character.isdecimal())
    return (digits,) if len(digits) > _FEW_DIGITS and digits != word else ()


@lru_cache(maxsize=_WORDS_KEPT)
def _tails(word: str) -> tuple[str, ...]:
    """Return the last parts of a long word."""
    return tuple(word[cut:] for cut in range(2, len(word) - _SHORTEST_STEM + 1))


@lru_cache(maxsize=_WORDS_KEPT)
def _keys(word: str) -> tuple[str, ...]:
    """Return the forms under which a word is known, the surest first."""
    bare = word.removesuffix("'s").rstrip("'")
    if len(bare) == _SHORTEST_STEM and bare.endswith("s"):
        return (bare, bare[:-1])
    shortest = max(_SHORTEST_STEM, len(bare) - 2 - (len(bare) > 7))
    if bare.isdecimal() or len(bare) < _SHORTEST_STEM:
        return (bare,)
    return tuple(bare[:end] for end in range(len(bare), shortest - 1, -1))


def units(tokens: Tokens) -> Iterator[tuple[str, int, int]]:
    """Yield what can name a thing: words, pairs of glyphs, and codes such as W-9 or C25."""
    words, shapes = tokens.words, tokens.shapes
    behind = 0
    for at, shape in enumerate(shapes):
        if at < behind or shape not in _NAMING:
            continue
        if shape in _GLYPHS:
            yield from _units_of_glyphs(tokens, at)
            continue
        behind = _code_end(tokens, at)
        if shape == "n" and _is_month(tokens, at):
            yield words[at].lstrip("0") + _MONTH, at, at + 2
        elif shape == "n" and _counts_glyphs(tokens, at):
            yield words[at] + words[at + 1], at, at + 2
        elif behind - at > 1:
            yield "".join([word for word in words[at:behind] if word != "-"]), at, behind
        elif len(words[at]) > 1:
            yield words[at], at, behind


def _is_month(tokens: Tokens, at: int) -> bool:
    """Return whether a number names a month of glyphs, and no day of it stands behind."""
    month = tokens.words[at + 1 : at + 2] == (_MONTH,)
    return month and tokens.shapes[at + 2 : at + 3] != "n"


def _counts_glyphs(tokens: Tokens, at: int) -> bool:
    """Return whether a number is written together with a glyph, as in "1号"."""
    glued = at + 1 < len(tokens) and tokens.starts[at + 1] == tokens.ends[at]
    return glued and tokens.shapes[at + 1] == "g"


def _units_of_glyphs(tokens: Tokens, at: int) -> Iterator[tuple[str, int, int]]:
    """Yield the pairs of glyphs that begin at one, or that stand in somebody's name or role."""
    word = tokens.words[at]
    if tokens.shapes[at] == "g" and tokens.shapes[at + 1 : at + 2] == "g":
        yield word + tokens.words[at + 1], at, at + 2
    for place in range(len(word) - 1):
        yield word[place : place + 2], at, at + 1


def _code_end(tokens: Tokens, at: int) -> int:
    """Return where a run of glued letters and digits ends; words alone are no code."""
    end, count = at + 1, len(tokens.words)
    if end == count or tokens.starts[end] != tokens.ends[at]:
        return end
    while end < count and tokens.starts[end] == tokens.ends[end - 1] and end - at < 6:
        if tokens.shapes[end] not in "wn" and tokens.words[end] != "-":
            break
        end += 1
    if tokens.words[end - 1] == "-":
        end -= 1
    shapes = tokens.shapes[at:end]
    short = sum(len(word) for word in tokens.words[at:end]) <= 8
    return end if short and "n" in shapes and "w" in shapes else at + 1
