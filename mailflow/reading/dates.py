"""When people say when: dates in typed text, absolute and relative, in every language we read.

How to use it, from another reader of text:

    for found in read_dates("bis Ende nächster Woche", "de", today):
        found.best      the one day to write down (2026-03-13)
        found.start     first and
        found.end       last day that the words allow ("next week" is Monday to Friday)
        found.words     the words, as they were typed
        found.span      where they stand in `clean(text)`, for cutting them out

`today` is the local date of the person who wrote. Days without a year are the next such day,
today included; a bare weekday is the next one, and never today. Nothing is invented: what is
no date gives nothing. The time taken grows with the length of the text.

Language data stands in the `[dates]` section of `lexicon/<lang>.toml`; `date_words.py` says how.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.reading.date_days import WEEKLY, Days, resolve
from mailflow.reading.date_words import EDGES, DateWords, Part, date_parts, date_words
from mailflow.reading.lexicon import LANGUAGES, lexicon
from mailflow.reading.words import Tokens, clean, tokens_of

_LAST_YEAR = 2200
_FAR = timedelta(days=210)
"""A "2 June" that far ahead is rather the one that is just over."""
_VERY_FAR = timedelta(days=750)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that somebody named.

    Attributes:
        start: the first day that the words allow.
        end: the last day that the words allow.
        words: the words, as they were typed.
        span: where they begin and end in the cleaned text.
        best: the one day to write down: the day itself, the middle of a vague time
            ("next week" is its Wednesday), the last day of a month.
        ahead: whether the words themselves say that the day is still to come ("tomorrow",
            "by Friday"); a bare "Friday" may be the last one.
    """

    start: date
    end: date
    words: str
    span: tuple[int, int]
    best: date
    ahead: bool = False
    distant: bool = False
    faint: bool = False
    held: bool = False
    loose: bool = False


def read_dates(
    text: str, lang: str, today: date, *, month_first: bool = False
) -> tuple[FoundDate, ...]:
    """Return the dates in a text, in the order in which they stand.

    Args:
        text: what was typed, at most a few thousand characters (more is not read).
        lang: the language, ISO 639-1; an unknown one is read as English.
        today: the local date of the writer; relative dates count from it.
        month_first: True where "3/4" is the fourth of March.
    """
    code = lang if lang in LANGUAGES else "en"
    seen = clean(text)
    tokens = tokens_of(seen, style=lexicon(code).style)
    return dates_in(tokens, seen, code, today, month_first=month_first)


def dates_in(
    tokens: Tokens,
    text: str,
    lang: str,
    today: date,
    *,
    month_first: bool = False,
) -> tuple[FoundDate, ...]:
    """Return the dates among tokens of `text`; for callers that have the tokens already."""
    return tuple(
        day
        for day in days_and_spans_in(tokens, text, lang, today, month_first=month_first)
        if not day.loose
    )


def days_and_spans_in(
    tokens: Tokens, text: str, lang: str, today: date, *, month_first: bool
) -> tuple[FoundDate, ...]:
    """Return the dates, and the lengths of time that are dates where something is put off."""
    parts = date_parts(tokens, lang, month_first=month_first)
    if not parts:
        return ()
    found: list[FoundDate] = []
    words, earlier = date_words(lang), None
    for group in _groups(parts, tokens, lang, today):
        days = resolve(group, today, earlier)
        if days is None or days.end.year > _LAST_YEAR:
            continue
        first = group[0].start
        span = tokens.starts[first], tokens.ends[group[-1].end - 1]
        before = frozenset(tokens.words[max(first - 2, 0) : first + 1])
        feast = any(part.kind == "holiday" for part in group)
        ahead = (days.end > today or feast) and _is_ahead(group, tokens, words)
        distant = _is_distant(group, days, today) or bool(before & words.since)
        far = days.start - today > _FAR and not any(part.year for part in group)
        faint = far and (not ahead or feast)
        one = FoundDate(
            days.start,
            days.end,
            text[span[0] : span[1]],
            span,
            days.best,
            ahead=ahead,
            distant=distant,
            faint=faint,
            held=bool(before & words.not_before),
            loose=group[0].kind == "span",
        )
        found.append(one)
        if days.end > today and not (one.distant or one.faint or one.loose):
            earlier = days
    return tuple(found)


def _is_distant(group: Sequence[Part], days: Days, today: date) -> bool:
    """Return whether nobody would put work off to a day: it is over, or years ahead.

    "This year" is rather spoken of than put off to: "no gifts this year".
    """
    first = group[0]
    this_year = first.kind == "year" and not first.number and first.unit not in EDGES
    return (len(group) == 1 and this_year) or days.end < today or days.start - today > _VERY_FAR


def _is_ahead(group: Sequence[Part], tokens: Tokens, words: DateWords) -> bool:
    """Return whether the words of a date cannot mean a day that is over."""
    if all(part.kind not in _EITHER_WAY for part in group):
        return True
    start = group[0].start
    low = start - 1 - (start > 1 and tokens.words[start - 1] in words.fillers)
    return not words.deadlines.isdisjoint(tokens.words[max(low, 0) : start + 1])


def _groups(
    parts: Sequence[Part], tokens: Tokens, lang: str, today: date
) -> Iterator[tuple[Part, ...]]:
    """Gather the parts that stand together and make one date."""
    fillers = date_words(lang).fillers
    group: tuple[Part, ...] = ()
    for part in parts:
        joined = group and all(
            tokens.words[at] in fillers for at in range(group[-1].end, part.start)
        )
        paused = "," in tokens.words[group[-1].end : part.start] if group else False
        if (paused or part.kind == "weekday") and group and not _same_day(group[-1], part, today):
            joined = False
        if joined and part.start - group[-1].end <= 3 and _fit(group, part, paused=paused):
            group = (*group, part)
            continue
        if group:
            yield group
        group = (part,)
    if group:
        yield group


def _same_day(before: Part, part: Part, today: date) -> bool:
    """Return whether "Friday, the 13th" can be one day rather than two items of a list."""
    first, second = (part, before) if part.kind == "weekday" else (before, part)
    if first.weekday is None or second.kind not in {"day", "day_month"} or not second.day:
        return True
    nearby = (today + timedelta(days=ahead) for ahead in range(-7, 62))
    return any(
        one.day == second.day
        and one.weekday() == first.weekday
        and second.month in {None, one.month}
        for one in nearby
    )


_MONTHLY = ("month", "named_month")
_PERIODS = frozenset((*WEEKLY, *_MONTHLY, "year", "weekend", "quarter"))
_EITHER_WAY = frozenset({"weekday", "day", "day_month", "named_month", "week_number"})
"""What may as well be the last one as the next: "on Friday", "on the 3rd", "in May"."""
_PARTNERS = {
    "weekday": {*WEEKLY, "day", "day_month", "after", "offset", "in", "week_plus", "holiday"},
    "weekday_after": {"holiday"},
    "week": {"weekday", "edge"},
    "week_number": {"weekday", "edge"},
    "that_week": {"weekday"},
    "edge": _PERIODS,
    "month": {"edge", "day"},
    "named_month": {"edge", "year"},
    "year": {"edge", "named_month"},
    "quarter": {"edge", "year"},
    "day": {"weekday", "month"},
    "day_month": {"weekday"},
    "after": {"holiday", "weekend"},
    "holiday": {"after", "weekday"},
    "weekend": {"after", "edge"},
    "offset": {"weekday"},
    "in": {"weekday"},
}


_BEHIND_A_COMMA = {
    "weekday": {"day", "day_month"},
    "day": {"weekday"},
    "day_month": {"weekday"},
    **{kind: {"weekday"} for kind in WEEKLY},
}
"""What goes on with a date behind a comma: "Friday, the 13th", "week 34, Friday"."""


def _fit(group: tuple[Part, ...], part: Part, *, paused: bool) -> bool:
    """Return whether a part goes on with a group."""
    if paused and part.kind not in _BEHIND_A_COMMA.get(group[-1].kind, ()):
        return False
    kinds = {member.kind for member in group}
    if part.kind in kinds or len(group) > 2 or len({*WEEKLY} & {*kinds, part.kind}) > 1:
        return False
    return any(part.kind in _PARTNERS.get(kind, ()) for kind in kinds)
