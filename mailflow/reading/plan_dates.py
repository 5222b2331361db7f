"""The grammar of "when" in plans: one phrase in, a `Timing` out, or nothing.

    by Fri 6 March 2026 · 06.03. · 2026-03-06 · am 3. Dezember · el próximo viernes · KW 50
    tomorrow · next week · end of next month · the 15th · 2-6 March · on 9 March at 14:00
    in 2 weeks · +3 days · 3 working days after #2 · 2 weeks after start
    5 days before Records complete · after #6

A phrase counts only if every word of it is understood, in one language. So a phrase that only
resembles a date ("before the board") stays what it is: words.
"""

from collections.abc import Iterator
from dataclasses import replace

from mailflow.reading.plan_clock import read_hours
from mailflow.reading.plan_days import DateContext, shifted
from mailflow.reading.plan_daywords import read_day
from mailflow.reading.plan_phrase import Phrase
from mailflow.reading.plan_timing import Anchor, Point, Timing, Unit
from mailflow.reading.plan_vocabulary import LANGUAGES, split_words
from mailflow.reading.words import fold

_MOST_WORDS = 24
_MOST_COUNT = 999
_PLUS = "+"
_FIGURES = frozenset("./-:#")
_NEVER = frozenset("()[]{}<>!?*=@%&\\_~^|")
"""Signs that stand in no date; a glance at them saves trying every language."""


_Timings = Iterator[tuple[Timing, int]]
_Anchors = Iterator[tuple[tuple[Anchor, ...], int]]


def read_timing(text: str, context: DateContext) -> Timing | None:
    """Return what a phrase says about when, or None where it is no such phrase.

    Names of milestones and the like are believed as they stand; whether the plan has them is
    found out when anchors are resolved.
    """
    return timing_of(split_words(fold(text)), context, only_known=False)


def timing_of(words: list[str], context: DateContext, *, only_known: bool) -> Timing | None:
    """Return what folded words say about when, asking one language after the other.

    Args:
        words: as `split_words` gives them.
        context: what the words are read against.
        only_known: True where the words stand in a sentence, so that "after the party" is a
            date only if the plan has a milestone of that name.
    """
    if not words or len(words) > _MOST_WORDS:
        return None
    spoken = list(dict.fromkeys((*context.languages, *LANGUAGES)))
    if not any(word[0].isalpha() for word in words):  # figures say the same in every language
        spoken = spoken[:1] if _FIGURES.intersection(words) else []
    if _NEVER.intersection(words):
        return None
    phrases = [phrase for one in spoken if (phrase := Phrase(words, one)).plausible]
    for known in (True,) if only_known else (True, False):
        for phrase in phrases:
            found = _whole(phrase, context, only_known=known)
            if found is not None:
                return found
    return None


def _whole(phrase: Phrase, context: DateContext, *, only_known: bool) -> Timing | None:
    for at in _prefixes(phrase):
        for timing, end in _with_hours(phrase, at, context):
            if phrase.after(_closed(phrase, end), "late") < phrase.end:
                continue
            if only_known and not _all_known(timing, context):
                continue
            return replace(timing, bare=timing.bare and at == 0)
    return None


def _prefixes(phrase: Phrase) -> list[int]:
    """Return the places behind "by", "until", "pour le" and their like, the last first."""
    reached, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        for sign in phrase.signs(at):
            if sign.name == "by" and at + sign.length not in reached:
                reached.add(at + sign.length)
                waiting.append(at + sign.length)
    return sorted(reached, reverse=True)


def _closed(phrase: Phrase, end: int) -> int:
    return end + 1 if phrase.word(end) in (",", ".") else end


def _all_known(timing: Timing, context: DateContext) -> bool:
    return all(a.point is not Point.NAME or context.known(a.name) for a in timing.anchors)


def _with_hours(phrase: Phrase, at: int, context: DateContext) -> _Timings:
    for timing, end in _core(phrase, at, context):
        yield timing, end
        if timing.day is not None:
            behind = end + (phrase.word(end) == ",")
            for place in dict.fromkeys((behind, phrase.filled(behind))):
                for hours, last in read_hours(phrase, place):
                    yield replace(timing, hours=hours), last
    for hours, place in read_hours(phrase, at):
        for timing, end in _core(phrase, phrase.after(phrase.filled(place, ","), "by"), context):
            if timing.day is not None:
                yield replace(timing, hours=hours), end


def _core(phrase: Phrase, at: int, context: DateContext) -> _Timings:
    yield from _distance(phrase, at, context)
    yield from _order(phrase, at, context)
    begin = phrase.filled(at)
    for place in dict.fromkeys((at, begin)):
        for named, end in read_day(phrase, place, context):
            yield Timing(day=named.day, fault=named.fault, bare=True), end
    if phrase.sign(0, "by") is not None and at > 0:
        for anchors, end in _anchor(phrase, at, context):
            if anchors[0].point is not Point.DAY:
                yield Timing(anchors=anchors, count=0), end


def _count(phrase: Phrase, at: int) -> Iterator[tuple[int, int]]:
    number = phrase.number(at, _MOST_COUNT)
    if number is not None:
        yield number, at + 1
    sign = phrase.sign(at, "count")
    if sign is not None:
        yield sign.value, at + sign.length


_UNITS = {
    "days": Unit.DAY,
    "working_days": Unit.WORKING_DAY,
    "weeks": Unit.WEEK,
    "months": Unit.MONTH,
    "years": Unit.YEAR,
}


def _length(phrase: Phrase, at: int) -> Iterator[tuple[int, Unit, int]]:
    """Yield "3 working days", "two weeks", "a fortnight" with the place behind."""
    fortnight = phrase.sign(at, "fortnight")
    if fortnight is not None:
        yield 2, Unit.WEEK, at + fortnight.length
    for count, place in _count(phrase, at):
        unit = phrase.sign(place, *_UNITS)
        if unit is not None:
            end = place + unit.length
            yield count, _UNITS[unit.name], end + (phrase.word(end) == ".")
            yield count, _UNITS[unit.name], end


def _distance(phrase: Phrase, at: int, context: DateContext) -> _Timings:
    inside = phrase.sign(at, "in")
    plus = phrase.word(at) == _PLUS or phrase.sign(at, "plus") is not None
    begin = at + (inside.length if inside else 1 if plus else 0)
    for count, unit, end in _length(phrase, begin):
        yield from _from_anchor(phrase, end, (count, unit), context)
        if plus:
            yield Timing(anchors=(Anchor(Point.ABOVE),), count=count, unit=unit), end
        elif inside is not None:
            day = shifted(context.today, count, unit, context.calendar)
            yield Timing(day=day), end
    yield from _leading_anchor(phrase, at, context)


def _from_anchor(
    phrase: Phrase, at: int, length: tuple[int, Unit], context: DateContext
) -> _Timings:
    count, unit = length
    later = phrase.sign(at, "later")
    if later is not None:
        yield Timing(anchors=(Anchor(Point.ABOVE),), count=count, unit=unit), at + later.length
    now = phrase.sign(at, "now")
    if now is not None:
        yield Timing(day=shifted(context.today, count, unit, context.calendar)), at + now.length
    for name, factor in (("after", 1), ("of", 1), ("before", -1)):
        sign = phrase.sign(at, name)
        if sign is not None:
            for anchors, end in _anchor(phrase, at + sign.length, context):
                yield Timing(anchors=anchors, count=factor * count, unit=unit), end


def _leading_anchor(phrase: Phrase, at: int, context: DateContext) -> _Timings:
    """Read "#2 + 3 days", "Records complete + 1 week", "start + 2 weeks"."""
    pluses = [i for i in range(at + 1, phrase.end) if phrase.word(i) in ("+", "-")]
    for place in pluses[:1]:
        head = Phrase(phrase.words[at:place], phrase.language)
        for anchors, used in _anchor(head, 0, context):
            if used != head.end:
                continue
            factor = 1 if phrase.word(place) == _PLUS else -1
            for count, unit, end in _length(phrase, place + 1):
                yield Timing(anchors=anchors, count=factor * count, unit=unit), end


def _order(phrase: Phrase, at: int, context: DateContext) -> _Timings:
    sign = phrase.sign(at, "after")
    if sign is not None:
        for anchors, end in _anchor(phrase, at + sign.length, context):
            if all(anchor.point is not Point.DAY for anchor in anchors):
                yield Timing(anchors=anchors), end


def _anchor(phrase: Phrase, at: int, context: DateContext) -> _Anchors:
    place = phrase.filled(at)
    for number, end in _reference(phrase, place):
        yield from _references(phrase, end, (Anchor(Point.NUMBER, number=number),))
    for name, point in (("start", Point.START), ("finish", Point.END), ("above", Point.ABOVE)):
        for begin in dict.fromkeys((at, place)):
            sign = phrase.sign(begin, name)
            if sign is not None:
                yield (Anchor(point),), begin + sign.length
    for named, end in read_day(phrase, place, context):
        if named.day is not None:
            yield (Anchor(Point.DAY, day=named.day),), end
    yield from _names(phrase, at, place, context)


def _reference(phrase: Phrase, at: int) -> Iterator[tuple[int, int]]:
    """Yield the number in "#2", "To Do 2", "TAX-2" and the place behind it."""
    number = phrase.number(at + 1, 9999)
    if phrase.word(at) == "#" and number is not None:
        yield number, at + 2
    sign = phrase.sign(at, "todo")
    if sign is not None:
        place = phrase.filled(at + sign.length, ".#")
        number = phrase.number(place, 9999)
        if number is not None:
            yield number, place + 1
    number = phrase.number(at + 2, 9999)
    code = phrase.word(at)
    if phrase.word(at + 1) == "-" and number is not None and code.isalpha() and len(code) <= 6:
        yield number, at + 3


def _references(phrase: Phrase, at: int, anchors: tuple[Anchor, ...]) -> _Anchors:
    """Yield "#2 and #3", "#2, 3" and "#2-#4" as far as they go."""
    joined = phrase.sign(at, "and")
    place = at + (joined.length if joined else phrase.word(at) == ",")
    if place > at and len(anchors) < 50:
        bare = phrase.number(place, 9999)
        more = list(_reference(phrase, place))
        if not more and bare is not None:
            more = [(bare, place + 1)]
        for number, end in more[:1]:
            yield from _references(phrase, end, (*anchors, Anchor(Point.NUMBER, number=number)))
    yield anchors, at


def _names(phrase: Phrase, at: int, place: int, context: DateContext) -> _Anchors:
    """Yield what the rest names: a milestone, a phase, a To Do, whether known or not."""
    label = phrase.sign(place, "milestone", "phase", "todo")
    starts = [at, place, *([place + label.length] if label else ())]
    for begin in dict.fromkeys(starts):
        name = phrase.rest(begin).strip("\"' ")
        if name and context.known(name):
            yield (Anchor(Point.NAME, name=name),), phrase.end
    name = phrase.rest(place).strip("\"' ")
    if name:
        yield (Anchor(Point.NAME, name=name),), phrase.end
