"""Finding our own words in an answer, however a mail program has dressed them.

Mail programs re-wrap, quote, indent, translate entities, turn tables into lines and lines into
tables; the words and their order survive. So both mails are read as words, and each line of
the answer is traced to the place in the original from which its words come. Every word of the
answer is looked at a bounded number of times, whatever the two mails say.

See docs/alignment.md for the reasoning and the limits.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GRAM = 3
_PLACES = 16
_CHOICES = 800
_REACH = 40
_JUDGED = 12
_SKIPPED = 3
_MAX_WORDS = 60_000
_OURS = 0.75
_BULLET_LENGTH = 2
_NO_PLACE = -1
# UTF-8 read as Latin-1, letters lost altogether, quoted-printable left as it was.
_DAMAGE = frozenset("ÃÂâ\ufffd?=")

# Scripts that set no spaces between words: every character counts as a word.
_UNSPACED = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_LINK = re.compile(r"<?(?:https?://|mailto:|cid:|tel:)[^\s<>]*>?|\[(?:cid|image)[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Original:
    """A mail that was sent, ready for tracing.

    Attributes:
        words: all its words, folded, in reading order.
        starts: places of words that begin a line.
        ends: places after words that end a line.
        paragraphs: places after words that end a paragraph, in order.
        places: where each run of `GRAM` words stands.
        symbols: lines without any word, and single symbols such as emoji.
    """

    words: tuple[str, ...]
    starts: frozenset[int]
    ends: frozenset[int]
    paragraphs: tuple[int, ...]
    places: dict[tuple[str, ...], list[int]]
    symbols: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one line of an answer comes from.

    Attributes:
        ours: True when the line is one of ours (what was typed into it apart).
        share: part of its words, 0 to 1, that were found in their order in the original.
        first: place of its first word in the original, -1 when it was not found.
        last: place of its last word in the original, -1 when it was not found.
        words: number of its words.
        before: what was typed in front of our words in the same line, "" if nothing.
        after: what was typed behind our words in the same line, "" if nothing.
    """

    ours: bool
    share: float
    first: int = _NO_PLACE
    last: int = _NO_PLACE
    words: int = 0
    before: str = ""
    after: str = ""


_UNKNOWN = Trace(ours=False, share=0.0)


def folded_words(text: str) -> list[str]:
    """Return the words of `text` as they are compared: no case, no width, no punctuation."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def original_of(*texts: str) -> Original:
    """Prepare a mail that was sent; several texts are several forms of the same mail."""
    words: list[str] = []
    starts: set[int] = set()
    ends: set[int] = set()
    paragraphs: list[int] = []
    symbols: set[str] = set()
    for text in texts:
        for line in text.splitlines():
            found = folded_words(_LINK.sub(" ", line) if ":" in line or "[" in line else line)
            if not line.isascii():
                symbols.update(_symbols(line))
            if not found:
                symbols.add(line.strip())
                paragraphs.append(len(words))
            elif len(words) < _MAX_WORDS:
                starts.add(len(words))
                words.extend(found)
                ends.add(len(words))
        paragraphs.append(len(words))
        words.append("\n")  # no run of words goes from one form into the next
    return Original(
        words=tuple(words),
        starts=frozenset(starts),
        ends=frozenset(ends),
        paragraphs=tuple(paragraphs),
        places=_gram_places(words),
        symbols=frozenset(symbols - {""}),
    )


def _gram_places(words: list[str]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at, gram in enumerate(zip(*(words[by:] for by in range(GRAM)), strict=False)):
        known = places.get(gram)
        if known is None:
            places[gram] = [at]
        elif len(known) < _PLACES:
            known.append(at)
    return places


def trace_lines(lines: Iterable[str], original: Original) -> tuple[Trace, ...]:
    """Trace each line of an answer, in reading order.

    Args:
        lines: the answer's lines without quote marks.
        original: the mail that was sent.
    """
    tracer = _Tracer(original)
    known = list(lines)
    return tuple(
        tracer.trace(line, known[at + 1] if at + 1 < len(known) else "")
        for at, line in enumerate(known)
    )


def is_damaged(line: str) -> bool:
    """Tell a line with what a wrong charset leaves of letters."""
    return not _DAMAGE.isdisjoint(line)


class _Tracer:
    """Walks through the original in step with the answer."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self._next = 0
        self._choices = _CHOICES

    def trace(self, line: str, following: str) -> Trace:
        """Trace one line; our place in the original moves only when the line is ours."""
        if not line.strip():
            return _UNKNOWN
        spoken = _LINK.sub(_blank, line) if ":" in line else line
        words = folded_words(spoken)
        if not words:
            return Trace(ours=line.strip() in self._original.symbols, share=0.0)
        if len(words) < GRAM:
            trace = self._short(words, following)
        else:
            trace = self._verbatim(words) or self._judged(spoken, words)
        if trace.ours:
            self._next = trace.last + 1
        return trace

    def _verbatim(self, words: Sequence[str]) -> Trace | None:
        """Recognise a line that simply goes on with our words, the usual case."""
        count = len(words)
        last = self._next + count - 1
        if self._original.words[self._next : last + 1] != tuple(words):
            return None
        return Trace(ours=True, share=1.0, first=self._next, last=last, words=count)

    def _places_of(self, words: Sequence[str], *, damaged: bool) -> list[int]:
        """Return for each word its place in the original, -1 where it has none.

        Args:
            words: one line.
            damaged: True to find a single word again behind damaged ones.
        """
        known = self._original.words
        runs = self._original.places
        ahead = self._next
        found = [_NO_PLACE] * len(words)
        for at, word in enumerate(words):
            if ahead >= len(known) or known[ahead] != word:
                if tuple(words[at : at + GRAM]) in runs:
                    ahead = self._nearest(words[at : at + _JUDGED], ahead)
                elif damaged and word in known[ahead : ahead + _SKIPPED]:
                    ahead = known.index(word, ahead)
                else:
                    continue
            found[at] = ahead
            ahead += 1
        return found

    def _nearest(self, words: Sequence[str], ahead: int) -> int:
        """Return the place where a run of words stands: the next one, or a longer one.

        Args:
            words: the run, and as many words after it as a place is judged by.
            ahead: where the answer went on so far.
        """
        places = self._original.places[tuple(words[:GRAM])]
        at = bisect_left(places, ahead)
        nearest = places[at] if at < len(places) else places[0]
        wanted = tuple(words)
        known = self._original.words
        if len(places) == 1 or known[nearest : nearest + len(wanted)] == wanted:
            return nearest
        if not self._choices:
            return nearest
        self._choices -= 1
        return max(places, key=lambda place: (self._agreement(place, words), place == nearest))

    def _agreement(self, place: int, words: Sequence[str]) -> int:
        """Count how many words agree from `place` on."""
        known = self._original.words[place : place + len(words)]
        return next((at for at, word in enumerate(known) if word != words[at]), len(known))

    def _judged(self, line: str, words: Sequence[str]) -> Trace:
        places = self._places_of(words, damaged=is_damaged(line))
        known = [at for at, place in enumerate(places) if place != _NO_PLACE]
        if len(known) < GRAM:
            share = len(known) / len(words)
            return Trace(ours=False, share=share, words=len(words))
        first, last = known[0], known[-1]
        share = len(known) / len(words)
        before = after = ""
        if len(known) / (last - first + 1) >= _OURS:
            before, after = self._typed_around(line, words, (first, last), places)
        if before or after:
            ours = (before != "" or first == 0) and (after != "" or last == len(words) - 1)
        else:
            # Another word in our line is an edit of hers, unless it bears the scars of a program.
            bullet = last == len(words) - 1 and first == 1 and len(words[0]) <= _BULLET_LENGTH
            ours = share == 1.0 or (share >= _OURS and (bullet or is_damaged(line)))
        return Trace(
            ours=ours,
            share=share,
            first=places[first],
            last=places[last],
            words=len(words),
            before=before,
            after=after,
        )

    def _typed_around(
        self,
        line: str,
        words: Sequence[str],
        known: tuple[int, int],
        places: Sequence[int],
    ) -> tuple[str, str]:
        """Return what was typed before and after our words in a line of ours."""
        first, last = known
        spans = [found.span() for found in _WORD.finditer(line)]
        if len(spans) != len(words):  # a sign that stands for several words
            return "", ""
        before = after = ""
        if first and places[first] in self._original.starts:
            before = line[: spans[first][0]].strip()
        whole = places[first] == self._next or places[first] in self._original.starts
        if whole and places[last] + 1 in self._original.ends:
            after = line[spans[last][1] :].strip()
            if last + 1 < len(spans):
                after = after.lstrip(".,:;)]> \t")
            elif not set(_symbols(after)) - self._original.symbols:
                after = ""
        return before, after

    def _short(self, words: Sequence[str], following: str) -> Trace:
        """A line of one or two words is ours as a whole line, or where the text goes on."""
        original = self._original
        count = len(words)
        wanted = tuple(words)
        reach = min(self._next + _REACH, len(original.words) - count + 1)
        for at in range(self._next, reach):
            if original.words[at : at + count] != wanted:
                continue
            begins = at == self._next or at in original.starts
            if (begins and at + count in original.ends) or self._goes_on(at + count, following):
                return Trace(ours=True, share=1.0, first=at, last=at + count - 1, words=count)
        return Trace(ours=False, share=0.0, words=count)

    def _goes_on(self, place: int, following: str) -> bool:
        """Tell whether the next line of the answer begins with the next words of ours."""
        words = tuple(folded_words(following)[:GRAM])
        return bool(words) and self._original.words[place : place + len(words)] == words


def _blank(link: re.Match[str]) -> str:
    return " " * len(link[0])


def _symbols(text: str) -> list[str]:
    """Return emoji and other symbols of `text`."""
    if text.isascii():
        return []
    return [char for char in text if unicodedata.category(char) == "So"]
