"""The words and dates of the plan page in one language; the words themselves are data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

from mailflow.domain.worktime import zone
from mailflow.writing.page_text import joined

FALLBACK = "en"

_UNAMERICAN = "GB"
"""English of a country that has none of its own is written as Britain does."""


@dataclass(frozen=True)
class PageWords:
    """How one page speaks.

    Attributes:
        language: the language of the words; English where there are none for the wished one.
        locale: of dates, with the country where CLDR knows the pair.
        timezone: IANA name of the zone of the stamp.
        table: the words by key.
    """

    language: str
    locale: Locale
    timezone: str
    table: Mapping[str, Any]

    @property
    def rtl(self) -> bool:
        """True where the page runs from right to left."""
        return bool(self.locale.text_direction == "rtl")

    def word(self, key: str, **facts: object) -> str:
        """Return the words for a key such as `goal` or `states.open`, filled in."""
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        return joined(found.format(**facts) if facts else found)

    def day(self, day: date, near: date) -> str:
        """Return a date as `Fri 6 Mar`, with its year where that is not the year of `near`."""
        return _day(self.locale, day, "MMMEd" if day.year == near.year else "yMMMd")

    def short_day(self, day: date, near: date) -> str:
        """Return a date as `6 Mar`, with its year where that is not the year of `near`."""
        return _day(self.locale, day, "MMMd" if day.year == near.year else "yMMMd")

    def long_day(self, day: date) -> str:
        """Return a date as `6 March 2026`."""
        return joined(format_date(day, "long", locale=self.locale))

    def span(self, start: date | None, end: date | None) -> str:
        """Return the days between which a plan runs, empty where it names none."""
        if start and end:
            return f"{self.long_day(start)} – {self.long_day(end)}"
        if start:
            return self.word("from", day=self.long_day(start))
        return self.word("until", day=self.long_day(end)) if end else ""

    def listed(self, parts: tuple[str, ...]) -> str:
        """Return parts with the language's comma between them, to be broken only there."""
        return self.word("comma").join(part.replace(" ", "\u00a0") for part in parts)

    def stamp(self, at: datetime) -> str:
        """Return when the page was made, in the page's zone."""
        local = at.astimezone(zone(self.timezone))
        hour = format_time(local.time(), "short", locale=self.locale)
        # A zone without an abbreviation calls itself +03, which says enough.
        time = f"{hour} {local.tzname()}"
        return self.word("stamp", when=self.word("comma").join((self.long_day(local.date()), time)))


@lru_cache(maxsize=64)
def page_words(language: str, country: str, timezone: str) -> PageWords:
    """Return the words for a language; an unknown one is written in English."""
    code = language.replace("_", "-").split("-")[0].lower()
    tables = _tables()
    spoken = code if code in tables else FALLBACK
    return PageWords(spoken, _locale(spoken, country), timezone, tables[spoken])


def languages() -> tuple[str, ...]:
    """Return the languages that the page can be written in."""
    return tuple(_tables())


def _locale(language: str, country: str) -> Locale:
    wishes = [f"{language}_{country.upper()}", language]
    if language == FALLBACK:
        wishes.insert(1, f"{language}_{_UNAMERICAN}")
    for wish in wishes:
        try:
            return Locale.parse(wish)
        except (UnknownLocaleError, ValueError):
            continue  # CLDR does not know this pair
    return Locale(FALLBACK)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = (files("mailflow.writing") / "page_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4096)
def _day(locale: Locale, day: date, skeleton: str) -> str:
    return joined(format_skeleton(skeleton, day, locale=locale))
