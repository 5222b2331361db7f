"""The words of every letter: sentences with named gaps, one TOML file a language.

A sentence is told with facts, never with finished text: a `date` becomes a day in the
reader's own form, a state becomes its word, somebody's title is escaped and kept apart from
the sentence around it. Whoever adds a language adds one file; nothing here knows any language.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from markupsafe import Markup, escape

from mailflow.domain.plan import PhaseState, PlanState, ToDoKind, ToDoState

FALLBACK = "en"
"""The language of whoever reads none of ours, and of a sentence another file lacks."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of scripts that run from right to left."""

_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u058f]")
_STRONG = re.compile("\\*([^*]+)\\*")
_STRESSED = r'<strong style="display:inline-block">\1</strong>'  # breaks as a whole
_BLANKS = re.compile("[\\s\x00-\x1f\x7f-\x9f]+")
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ISOLATE, _POP = "\u2068", "\u2069"  # Unicode Standard Annex 9, section 2.4
_PLURALS = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Said:
    """A finished text, once for the plain part and once, escaped, for the HTML part."""

    plain: str
    html: Markup

    @staticmethod
    def of(text: str) -> "Said":
        """Return somebody's own words, which are never a sentence of ours."""
        return Said(text, escape(text))

    def __html__(self) -> Markup:
        return self.html


Word = ToDoState | PlanState | PhaseState | ToDoKind
"""Enums whose members have a word in every language."""

Fact = str | int | date | time | tuple[str, ...] | Said | Word
"""What fills a gap. Enum members are told by their word in the language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with gaps; a word between asterisks is stressed in HTML."""

    plain: str
    html: str

    @staticmethod
    def read(text: str) -> "Sentence":
        """Return the sentence that a language file spells so."""
        return Sentence(_STRONG.sub(r"\1", text), _STRONG.sub(_STRESSED, str(escape(text))))

    @property
    def gaps(self) -> frozenset[str]:
        """The names of the facts that the sentence tells."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.plain) if name)


Entry = Sentence | dict[str, Sentence]
"""A sentence, or one for each plural category of CLDR that the language tells apart."""


@dataclass(frozen=True, eq=False)  # one object a language and country, known by identity
class Words:
    """All sentences of one language, with the forms of one country.

    Attributes:
        language: the language of the file that speaks, ISO 639-1.
        locale: CLDR locale of dates, lists and plurals.
        direction: `ltr` or `rtl`.
        first_names: people are greeted and named by their first name.
        entries: sentence by dotted key, complete in the fallback language.
        patterns: CLDR date patterns `day` and `year`.
    """

    language: str
    locale: Locale
    direction: str
    first_names: bool
    entries: Mapping[str, Entry] = field(repr=False)
    patterns: Mapping[str, str] = field(repr=False)

    def tell(self, key: str, **facts: Fact) -> Said:
        """Return a sentence filled with facts; `count` chooses the plural.

        Raises:
            KeyError: there is no such sentence, or a gap has no fact. Tests find both.
        """
        return _told(self, key, tuple(facts.items()))

    def say(self, key: str, **facts: Fact) -> str:
        """Return the same as plain text."""
        return self.tell(key, **facts).plain

    def fact(self, fact: Fact) -> Said:
        """Return what stands in a gap: one line, and kept from turning its neighbours."""
        match fact:
            case Said():
                return fact
            case ToDoState() | PlanState() | PhaseState() | ToDoKind():
                return self.tell(word_key(fact))
            case str():
                return self._own_words(one_line(fact))
            case date():
                return Said.of(self.day(fact, with_year=True))
            case time():
                return Said.of(self.hour(fact))
            case tuple():
                return self._several(fact)
            case int():
                return Said.of(str(fact))

    def day(self, day: date, *, with_year: bool) -> str:
        """Return a day with its weekday, such as `Friday 6 March`."""
        return _day(day, self.patterns["year" if with_year else "day"], self.locale)

    def hour(self, hour: time) -> str:
        """Return a time of day as the country writes it."""
        return format_time(hour, "short", locale=self.locale).replace("\u202f", " ")

    def sentence(self, key: str, count: Fact | None) -> Sentence:
        """Return a sentence with its gaps, in the plural that `count` asks for."""
        entry = self.entries[key]
        if isinstance(entry, Sentence):
            return entry
        form = str(self.locale.plural_form(count)) if isinstance(count, int) else "other"
        return entry.get(form) or entry["other"]

    def _own_words(self, text: str) -> Said:
        if text.isascii() and self.direction == "ltr":
            return Said.of(text)
        other = RIGHT_TO_LEFT if self.direction == "ltr" else _LEFT_TO_RIGHT
        if other.search(text) is None:
            return Said.of(text)
        return Said(f"{_ISOLATE}{text}{_POP}", Markup("<bdi>{}</bdi>").format(text))

    def _several(self, texts: tuple[str, ...]) -> Said:
        told = [self._own_words(one_line(text)) for text in texts]
        plain = format_list([said.plain for said in told], locale=self.locale)
        html = format_list([str(said.html) for said in told], locale=self.locale)
        return Said(plain, Markup(html))  # noqa: S704 - every item is escaped


@lru_cache(maxsize=8192)
def _told(words: Words, key: str, facts: tuple[tuple[str, Fact], ...]) -> Said:
    """Most sentences of most letters were told before: the small print, a day, a plan."""
    given = dict(facts)
    sentence = words.sentence(key, given.get("count"))
    told = {name: words.fact(fact) for name, fact in facts}
    plain = sentence.plain.format_map({name: said.plain for name, said in told.items()})
    html = sentence.html.format_map({name: said.html for name, said in told.items()})
    return Said(plain, Markup(html))  # noqa: S704 - our own file, and facts are escaped


def one_line(text: str) -> str:
    """Return text as one line: no controls, no marks that turn what stands after it."""
    if text.isprintable():
        return text.strip()
    return _BLANKS.sub(" ", _TURNS.sub("", text)).strip()


def word_key(word: Word) -> str:
    """Return where the word of an enum member stands, such as `state.open`."""
    return f"{_TABLES[type(word)]}.{word.value.replace(' ', '_')}"


_TABLES: dict[type, str] = {
    ToDoState: "state",
    PlanState: "plan_state",
    PhaseState: "phase_state",
    ToDoKind: "kind",
}


def say(key: str, language: str, **facts: Fact) -> str:
    """Return one of the sentences about commands, such as `done` or `unknown_plan`.

    Args:
        key: its name in the table `said` of the language files.
        language: ISO 639-1 of the reader.
        **facts: what the sentence tells; dates are told with their year.

    Raises:
        KeyError: there is no such sentence, or a gap has no fact.
    """
    words = words_for(language)
    if f"said.{key}" not in _entries(words.language):
        words = words_for(FALLBACK)
    return words.say(f"said.{key}", **facts)


def state_word(state: ToDoState | PlanState | PhaseState, language: str) -> str:
    """Return the word for a state, as pages, letters and lists write it."""
    return office_words(language).say(word_key(state))


def day_words(day: date, language: str, country: str = "", *, with_year: bool = False) -> str:
    """Return a local date with its weekday, in the form of language and country."""
    return words_for(language, country).day(day, with_year=with_year)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that every letter is written in, the fallback first."""
    found = _files_in(files("mailflow.writing") / "words")
    return (FALLBACK, *(language for language in found if language != FALLBACK))


@cache
def client_languages() -> tuple[str, ...]:
    """Return the further languages that letters to clients are written in."""
    return _files_in(files("mailflow.writing") / "words" / "clients")


def _files_in(folder: Traversable) -> tuple[str, ...]:
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name[-5:] == ".toml"))


def words_for(language: str, country: str = "") -> Words:
    """Return the words for a reader; a language without a file is answered in English."""
    return _words(_spoken(language, (*languages(), *client_languages())), country.upper()[:2])


def office_words(language: str, country: str = "") -> Words:
    """Return the words for somebody of the office, in a language that says everything."""
    return _words(_spoken(language, languages()), country.upper()[:2])


def _spoken(language: str, known: tuple[str, ...]) -> str:
    asked = language.lower()
    base = re.split("[-_]", asked, maxsplit=1)[0]
    return next((found for found in (asked, base) if found in known), FALLBACK)


@lru_cache(maxsize=256)
def _words(language: str, country: str) -> Words:
    spoken = table(language)
    manner = spoken["language"]
    entries = dict(_entries(FALLBACK))
    entries.update(_entries(language))
    patterns = spoken["days"]
    local = patterns.get(country)
    if isinstance(local, dict):
        patterns = {**patterns, **local}
    return Words(
        language=language,
        locale=_locale(language, country, str(manner["country"])),
        direction=str(manner["direction"]),
        first_names=bool(manner["first_names"]),
        entries=entries,
        patterns={name: form for name, form in patterns.items() if isinstance(form, str)},
    )


def _locale(language: str, country: str, home: str) -> Locale:
    for territory in filter(None, (country, home)):
        try:
            return Locale(language, territory=territory)
        except UnknownLocaleError:
            continue
    return Locale(language)


@cache
def table(language: str) -> dict[str, dict[str, str | dict[str, str]]]:
    """Return the language file as it is written: tables of sentences."""
    folder = files("mailflow.writing") / "words"
    place = folder if language in languages() else folder / "clients"
    path = place / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def button_labels(language: str) -> tuple[str, ...]:
    """Return what the buttons of letters say, for telling them apart from an answer."""
    written = {*languages(), *client_languages()}
    own = table(language).get("button", {}) if language in written else {}
    known = {**table(FALLBACK)["button"], **own}
    return tuple(str(label) for label in known.values())


@cache
def _entries(language: str) -> dict[str, Entry]:
    spoken: dict[str, Entry] = {}
    for name, sentences in table(language).items():
        if name in {"language", "days"}:
            continue
        for key, value in sentences.items():
            spoken[f"{name}.{key}"] = _entry(value)
    return spoken


def _entry(value: str | dict[str, str]) -> Entry:
    if isinstance(value, str):
        return Sentence.read(value)
    return {form: Sentence.read(value[form]) for form in _PLURALS if form in value}


@lru_cache(maxsize=4096)
def _day(day: date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale=locale)
