"""How the file of one language is made into a lexicon."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mailflow.reading.phrases import GAP, PhraseBook
from mailflow.reading.word_classes import WordClasses
from mailflow.reading.words import Style, fold, tokens_of

Sections = Mapping[str, Any]
"""The sections of a language's file, as they were written."""

_SMALL_LISTS = (
    *("standing", "leading"),
    *("places", "goals", "articles", "governs"),
    *("made", "generic", "aspect", "either", "out_of", "among", "ands", "option_joints", "states"),
    "comes",
)
"""Lists of small words that stand in the language's file or among what all languages share."""
_POINTERS = (
    *("both", "all", "none", "rest", "except", "excepted", "only", "last", "number"),
    *("idle", "lead", "trail", "first_two", "first_three", "last_two", "last_three"),
)
"""The lists of phrases that point at To Dos of a list."""
_DATE_MAPS = (("unit", "units"), ("holiday", "holidays"), ("n", "numbers"), ("nth", "ordinals"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language.

    Attributes:
        code: ISO 639-1.
        style: how the language glues its small words on.
        marks: the phrases that say something about the state of a piece of work.
        dates: the phrases that name a day.
        kinds: the phrases of a title that tell what sort of work it asks for.
        pointers: the phrases that point at To Dos of a list, by how they do.
        classes: the classes of single words.
        typed: classes of words as they were typed, for endings that only an accent tells apart.
        words: the lists that are looked up word by word, by section and name.
        raw: the file itself, for the readers that have a section of their own.
    """

    code: str
    style: Style
    marks: PhraseBook
    dates: PhraseBook
    kinds: PhraseBook
    pointers: PhraseBook
    classes: WordClasses
    typed: WordClasses
    words: Mapping[str, frozenset[str]]
    raw: Sections

    @property
    def is_of_glyphs(self) -> bool:
        """Whether it is written without spaces, so that glyphs are compared rather than words."""
        return bool(self.raw.get("own_script")) and self.style is Style.PLAIN


def made(code: str, raw: Sections, common: Sections) -> Lexicon:
    """Return the lexicon of a language, from its file and from what every language shares."""
    macros = {name: tuple(words) for name, words in raw.get("macros", {}).items()}
    marks = book_for(raw)
    for section in (common, raw):
        for name, patterns in section.get("marks", {}).items():
            for pattern in patterns:
                marks.add(name, pattern, macros)
    for name, pattern in _acts(raw):
        marks.add(name, pattern, macros)
    return Lexicon(
        code=code,
        style=style_in(raw),
        marks=marks,
        dates=_dates(raw, macros),
        kinds=_kinds(raw),
        pointers=_pointers(raw),
        classes=WordClasses(_members(raw)),
        typed=WordClasses(raw.get("typed", {})),
        words=_word_lists(code, raw, common),
        raw=raw,
    )


def style_in(raw: Sections) -> Style:
    """Return how a language glues its small words on."""
    return Style(raw.get("style", Style.PLAIN))


def book_for(raw: Sections) -> PhraseBook:
    """Return an empty phrase book that reads as a language is written."""
    return PhraseBook(style=style_in(raw), gap=int(raw.get("gap", GAP)))


def _dates(raw: Sections, macros: Mapping[str, Sequence[str]]) -> PhraseBook:
    book = book_for(raw)
    for name, patterns in raw.get("dates", {}).get("patterns", {}).items():
        for pattern in patterns:
            book.add(name, pattern, macros)
    return book


def _kinds(raw: Sections) -> PhraseBook:
    book = book_for(raw)
    for name, phrases in raw.get("kinds", {}).items():
        for phrase in phrases:
            book.add(name, phrase)
    return book


def _pointers(raw: Sections) -> PhraseBook:
    book = book_for(raw)
    section = raw.get("items", {})
    for name in _POINTERS:
        for phrase in section.get(name, ()):
            book.add(name, phrase)
    for name, key in (("place", "ordinals"), ("numeral", "numerals")):
        for rank, words in enumerate(section.get(key, ())):
            for word in [words] if isinstance(words, str) else words:
                book.add(f"{name}:{rank}", word)
    return book


def _members(raw: Sections) -> dict[str, list[str]]:
    style = style_in(raw)
    members: dict[str, list[str]] = {}
    for name, words in raw.get("classes", {}).items():
        members.setdefault(name, []).extend(as_token(word, style) for word in words)
    for group, forms in raw.get("verbs", {}).items():
        for form, words in forms.items():
            plain = [as_token(word, style) for word in words if " " not in word]
            for name in (form, f"{form}_{group}"):
                members.setdefault(name, []).extend(plain)
    for name, words in _date_members(raw.get("dates", {})):
        members.setdefault(name, []).extend(as_token(word, style) for word in words)
    return members


def as_token(word: str, style: Style) -> str:
    """Return a word as a text's tokens will hold it."""
    if style is Style.CLITIC and "*" not in word:
        return tokens_of(word, style=style).words[0]
    return fold(word)


def _acts(raw: Sections) -> Iterator[tuple[str, str]]:
    """Yield the verbs that are more than one word, as phrases: ("did:sign", "skrev på")."""
    for group, forms in raw.get("verbs", {}).items():
        yield from ((f"did:{group}", word) for word in forms.get("did", ()) if " " in word)


def _date_members(dates: Sections) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the classes of the words for days; a shy one ("sat", "so") is mostly another word."""
    yield from dates.get("classes", {}).items()
    shy = set(dates.get("classes", {}).get("shyday", ()))
    for name, key in (("weekday", "weekdays"), ("month", "months")):
        for words in dates.get(key, ()):
            yield name, [word for word in words if word not in shy]
    for name, key in _DATE_MAPS:
        for words in dates.get(key, {}).values():
            yield name, words


def _word_lists(code: str, raw: Sections, common: Sections) -> dict[str, frozenset[str]]:
    style = style_in(raw)
    lists: dict[str, frozenset[str]] = {}
    for section in ("layout", "splits"):
        for name, words in raw.get(section, {}).items():
            lists[f"{section}.{name}"] = frozenset(
                " ".join(tokens_of(word, style=style).words) for word in words
            )
    for name in ("function_words", "abbreviations", "titles_of_people", "oneself"):
        lists[name] = frozenset(as_token(word, style) for word in raw.get(name, ()))
    for name in _SMALL_LISTS:
        listed = (*common[name].get(code, ()), *raw.get(name, ()))
        lists[name] = frozenset(as_token(word, style) for word in listed)
    lists["contrast"] = frozenset(
        " ".join(tokens_of(phrase, style=style).words)
        for phrase in (*common["contrast"].get(code, ()), *raw.get("contrast", ()))
    )
    lists["names"] = frozenset(common["names"]) - lists["function_words"]
    lists["particles"] = frozenset(common["particles"])
    lists.setdefault("splits.relative", frozenset())
    lists["own_and"] = frozenset(_begun_with_and(raw)) if style is Style.CLITIC else frozenset()
    return lists


def _begun_with_and(raw: Sections) -> Iterator[str]:
    """Yield the acts whose own first letter looks like an "and" written to them ("وقعت")."""
    for forms in raw.get("verbs", {}).values():
        yield from (fold(word) for word in forms.get("did", ()) if word.startswith("و"))
