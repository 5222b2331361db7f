"""What single words of an answer are: classes of the language, names, forms of what was asked."""

from dataclasses import dataclass
from functools import lru_cache

from mailflow.reading.lexicon import Lexicon, lexicon
from mailflow.reading.understanding.text.people import NAME, ROLE, is_behind_title
from mailflow.reading.words import ADDRESS_MARK, Tokens

PERSON = frozenset({NAME, ROLE})
_PEOPLE = frozenset({"who", "relative"})
"""Classes of a first name and of a role, behind which a surname stands."""
_OPTION = {"option"}
"""What a surname may be besides: "Rafał Mucha", "Ann Rose"."""


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

    def has_form_of(self, word: str) -> bool:
        """Return whether a longer word of the titles may be a form of this folded word."""
        return not self.stems.isdisjoint(stems(word))


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
        strange: whether it is a capitalised word that no list knows but as an option, as
            surnames are.
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
    listed = typed[:1].isupper() and word in book.words["names"]
    endings = () if listed else book.typed.of(typed.lower())
    kinds = (*book.classes.of(word), *endings)
    if word.endswith("'s") and "relative" in book.classes.of(word.removesuffix("'s")):
        kinds = (*kinds, "relative", "whos")
    named, done = is_name(word, typed, book), "pastlike" in endings
    strange = typed[:1].isupper() and not is_known(word, book)
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
    if word not in asked.words and typed.stems and not asked.verbs.isdisjoint(typed.stems):
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
    return not is_known(bare, book)


def is_known(word: str, book: Lexicon) -> bool:
    """Return whether a language lists a folded word anywhere but among what can be chosen."""
    listed = word in book.marks.vocabulary or word in book.words["function_words"]
    return listed or not _OPTION.issuperset(book.classes.of(word))
