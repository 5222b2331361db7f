"""Which lines of an answer are ours, when the mail that it answers is known.

Builds on the words alone (`alignment`) and settles what they cannot: a line of ours counts
where other lines of ours stand near it or where it is quoted anyway, and a line that is not
ours but stands between ours was typed there, even if her mail program quoted it along.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from mailflow.mail.alignment import Original, Trace, folded_words, is_damaged, trace_lines
from mailflow.mail.attribution import Likeness, attribution_start, ends_like_attribution
from mailflow.mail.header_block import field_line, is_divider
from mailflow.mail.lines import Body, bare_line
from mailflow.mail.quotes import Cut, Part
from mailflow.mail.reply_words import words

_NEAR_LINES = 6
_NEAR_WORDS = 60
_LONG_LINE = 12
_SHORT_LINE = 3
_ENOUGH_WORDS = 12
_TYPED_IN_QUOTE = 0.34
_EDITED = 0.5
_AT_END = 0.75
_MANY = 200
_LABEL_LENGTH = 20
_WHOLE_LINES = 4


@dataclass(slots=True)
class Settled:
    """What is known once the mail was compared with ours.

    Attributes:
        parts: whose each line is.
        typed: what was typed into a line that is not hers, by line number.
        around: the words of ours around it, by line number.
        items: number of the To Do under which a line stands, by line number.
        found: True when lines of ours were found.
        freed: lines that were quoted by their marks and yet are not ours.
    """

    parts: list[Part]
    typed: dict[int, str] = field(default_factory=dict)
    around: dict[int, str] = field(default_factory=dict)
    items: dict[int, int] = field(default_factory=dict)
    found: bool = False
    freed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Compared:
    """An answer beside our mail."""

    body: Body
    cut: Cut
    traces: tuple[Trace, ...]
    ours: list[int]


def settle(body: Body, cut: Cut, original: Original, items: tuple[tuple[int, str], ...]) -> Settled:
    """Compare an answer with the mail that it answers.

    Args:
        body: the answer.
        cut: what its own marks say.
        original: the mail that was sent.
        items: number and line of each To Do in it.
    """
    traces = trace_lines(body.bare, original)
    settled = Settled(list(cut.parts), dict(cut.typed))
    ours = _trusted(body, cut, traces)
    if ours:
        compared = _Compared(body, cut, traces, ours)
        settled.found = True
        _label_ours(compared, settled)
        _label_frame(body, ours[0], settled)
        _free_typed(compared, settled)
        _number(compared, _item_places(original, items), settled)
    return settled


def whole_quote(body: Body, text: str) -> int | None:
    """Return the line from which on an answer is our mail and nothing else, as most answers are.

    Args:
        body: the answer.
        text: our mail.
    """
    wanted = [bare for line in text.splitlines() if (bare := bare_line(line))]
    places = [at for at, bare in enumerate(body.bare) if bare]
    first = len(places) - len(wanted)
    if len(wanted) < _WHOLE_LINES or first < 0:
        return None
    if any(body.bare[at] != line for at, line in zip(places[first:], wanted, strict=True)):
        return None
    return places[first]


def settle_whole(body: Body, cut: Cut, first: int) -> Settled:
    """Settle an answer that is our whole mail from line `first` on."""
    settled = Settled(list(cut.parts), dict(cut.typed), found=True)
    for at in range(first, len(body)):
        if body.bare[at]:
            settled.parts[at] = Part.QUOTED
    _label_frame(body, first, settled)
    return settled


def confirm_freed(body: Body, settled: Settled, own_words: str) -> None:
    """Believe only those freed lines that another form of the same mail shows as typed.

    Args:
        body: the answer.
        settled: what the comparison found; changed in place.
        own_words: the folded words that the other form holds outside its quote.
    """
    for at in list(settled.freed)[:_MANY]:
        if " ".join(folded_words(body.bare[at])) not in own_words:
            settled.parts[at] = Part.QUOTED
            settled.freed.discard(at)


def _trusted(body: Body, cut: Cut, traces: tuple[Trace, ...]) -> list[int]:
    """Return the lines of ours that are no chance likeness."""
    found = [at for at, trace in enumerate(traces) if trace.ours and trace.words]
    trusted = []
    for order, at in enumerate(found):
        quoted = body.depth[at] > 0 or at >= cut.rest
        if quoted or traces[at].words >= _LONG_LINE or _has_neighbour(found, order, traces):
            trusted.append(at)
    if sum(traces[at].words for at in trusted) < min(_ENOUGH_WORDS, len(traces)):
        return []
    return trusted


def _has_neighbour(found: list[int], order: int, traces: tuple[Trace, ...]) -> bool:
    """Tell whether another line of ours stands near, both in the answer and in our mail.

    A line of one or two words ("Kind regards") is believed only where it goes on without a gap.
    """
    at = found[order]
    here = traces[at]
    for other in found[max(0, order - 1) : order] + found[order + 1 : order + 2]:
        there = traces[other]
        before, after = (there, here) if other < at else (here, there)
        if abs(other - at) > _NEAR_LINES:
            continue
        if after.first == before.last + 1 and max(here.words, there.words) >= _SHORT_LINE:
            return True
        if min(here.words, there.words) >= _SHORT_LINE and (
            abs(after.first - before.first) <= _NEAR_WORDS
        ):
            return True
    return False


def _label_ours(compared: _Compared, settled: Settled) -> None:
    body, traces, ours = compared.body, compared.traces, compared.ours
    for at in ours:
        settled.parts[at] = Part.QUOTED
        before, after = traces[at].before, traces[at].after
        typed = " ".join(part for part in (before, after) if part and not _is_link(part))
        if typed:
            settled.typed[at] = typed
            around = body.bare[at].removeprefix(before).removesuffix(after)
            settled.around[at] = around.strip(" -–—:>=\t")
    for at in range(ours[0], ours[-1]):
        if traces[at].ours and not traces[at].words and body.bare[at]:
            settled.parts[at] = Part.QUOTED


def _label_frame(body: Body, first: int, settled: Settled) -> None:
    """Label the attribution or header block directly above our first line."""
    above = first - 1
    while above >= 0 and not body.bare[above] and first - above <= 4:
        above -= 1
    if above < 0 or not body.bare[above] or settled.parts[above] is not Part.OWN:
        return
    start = attribution_start(body, above, 0, Likeness.FIRST)
    if start is None:
        start = above + 1
        while start > 0 and _is_frame(body.bare[start - 1]):
            start -= 1
    for at in range(start, first):
        settled.parts[at] = Part.FRAME


def _is_frame(bare: str) -> bool:
    return bool(bare) and (field_line(bare) is not None or is_divider(bare))


def _free_typed(compared: _Compared, settled: Settled) -> None:
    """Give back what stands between our lines and is not ours."""
    body, traces, ours = compared.body, compared.traces, compared.ours
    usual = Counter(body.depth[at] for at in ours).most_common(1)[0][0]
    known = set(ours)
    for at in range(ours[0], len(body)):
        if at in known or not body.bare[at] or settled.parts[at] is not Part.QUOTED:
            continue
        if at > ours[-1] and not _is_answer_below(compared, at):
            break
        if body.depth[at] in {usual, 0} and _is_typed(body, traces[at], at):
            settled.freed.add(at)
    settled.freed -= _made_by_programs(body, settled.freed)
    for at in settled.freed:
        settled.parts[at] = Part.OWN


def _is_typed(body: Body, trace: Trace, at: int) -> bool:
    """Tell a typed line from one of ours that a program has damaged."""
    if trace.ours:
        return False
    if not body.depth[at] or not trace.share:
        return True
    if is_damaged(body.bare[at]):
        return False
    return trace.share < _TYPED_IN_QUOTE or trace.share >= _EDITED


def _is_answer_below(compared: _Compared, at: int) -> bool:
    """Tell whether what follows our last line was typed there: not if an older mail begins."""
    body, traces = compared.body, compared.traces
    bare = body.bare[at]
    if body.depth[at] or at < compared.cut.rest or _is_frame(bare) or ends_like_attribution(bare):
        return False
    return traces[compared.ours[-1]].last >= _AT_END * max(trace.last for trace in traces)


def _made_by_programs(body: Body, freed: set[int]) -> set[int]:
    """Find what programs and gateways put between our lines: links, labels, warnings.

    Our buttons stand only in our HTML. Where a program turned it into text, a label comes
    with its link or ends in an ellipsis.
    """
    found = set()
    for at in freed:
        bare = body.bare[at]
        label = bare.endswith("…") and len(bare) <= _LABEL_LENGTH
        below = body.bare[at + 1] if at + 1 < len(body) else ""
        if label or _is_link(bare) or _is_banner(bare) or (below[:1] == "<" and _is_link(below)):
            found.add(at)
    return found


def _is_link(text: str) -> bool:
    """Tell a line that is a link, or the tail of a long one."""
    folded = text.casefold()
    if "mailto:" in folded or "?subject=" in folded or "&body=" in folded:
        return True
    bare = folded.strip("<>[]()*_ ")
    return bool(bare) and " " not in bare and ("://" in bare or "%20" in bare or "cid:" in bare)


def _is_banner(bare: str) -> bool:
    folded = bare.casefold().lstrip("[(*_ ")
    return folded.startswith(("image:", "inline image")) or any(
        banner in folded for banner in words().banners
    )


def _item_places(
    original: Original, items: tuple[tuple[int, str], ...]
) -> list[tuple[int, int, int]]:
    """Return (first place, number, place behind) of each item, sorted by place."""
    found: list[tuple[int, int]] = []
    for number, line in items:
        wanted = folded_words(line)
        numbered = wanted if wanted[:1] == [str(number)] else [str(number), *wanted]
        places = _find_all(original, numbered) or _find_all(original, wanted)
        found.extend((place, number) for place in places)
    found.sort()
    bounds = [place for place, _ in found][1:] + [len(original.words)][: len(found)]
    return [
        (place, number, min(bound, _paragraph_end(original, place)))
        for (place, number), bound in zip(found, bounds, strict=True)
    ]


def _paragraph_end(original: Original, place: int) -> int:
    """Return the place behind the paragraph in which an item stands."""
    at = bisect_right(original.paragraphs, place)
    return original.paragraphs[at] if at < len(original.paragraphs) else len(original.words)


def _find_all(original: Original, wanted: list[str]) -> list[int]:
    """Return every place at which these words stand in a row, at the start of a line."""
    size = len(wanted)
    if not size:
        return []
    starts = original.places.get(tuple(wanted[:3])) if size >= 3 else sorted(original.starts)
    sought = tuple(wanted)
    return [at for at in starts or () if original.words[at : at + size] == sought]


def _number(compared: _Compared, places: list[tuple[int, int, int]], settled: Settled) -> None:
    """Tell for each line from our first one under which item it stands."""
    if not places:
        return
    starts = [place for place, _, _ in places]
    known = set(compared.ours)
    item: int | None = None
    for at in range(compared.ours[0], len(compared.traces)):
        if at in known:
            last = compared.traces[at].last
            order = bisect_right(starts, last) - 1
            item = places[order][1] if order >= 0 and last < places[order][2] else None
        if item is not None:
            settled.items[at] = item
    _unnumber_end(compared, settled)


def _unnumber_end(compared: _Compared, settled: Settled) -> None:
    """Let an answer below several items, and between none, stand for the mail as a whole."""
    body, ours = compared.body, compared.ours
    items = {settled.items[at] for at in ours if at in settled.items}
    between = any(
        settled.parts[at] is Part.OWN and body.bare[at] for at in range(ours[0], ours[-1])
    )
    if len(items) > 1 and not between and not settled.typed:
        for at in range(ours[-1] + 1, len(settled.parts)):
            settled.items.pop(at, None)
