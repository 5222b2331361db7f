"""Typed text as tokens: what every reader of human language in this house starts from.

Folding makes "Später", "SPÄTER" and "spater" one word without moving a single character, so
that a span of the folded text is the same span of the text as it was typed. That is what
lets a reading show its evidence in the person's own spelling.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

MOST_CHARACTERS = 6000
"""Longer answers are read up to here; what a person asks for stands near the top."""

ADDRESS_MARK = "\ue000"
LINK_MARK = "\ue001"
QUOTE_MARK = "\ue002"

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u064b-\u065f\u0670\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\ue000-\ue002]"
)
_BLANKS = re.compile(r"[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"\n]{3,400}"')
_LONG_QUOTATION = 10
_GLYPH = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_TOKEN = re.compile(
    r"(?P<glyph>[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])"
    r"|(?P<number>\d+(?:[.,:/'’-]\d+)*)"
    r"|(?P<word>[^\W\d_\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
    r"(?:['’][^\W\d_]+)*['’]?)"
    r"|(?P<mark>\ue000+|\ue001+|\ue002+)"
    r"|(?P<stop>\.(?=[?？؟])|[.!?…。!?؟।]+)"
    r"|(?P<line>\n+)"
    r"|(?P<sign>[^\s\w])"
)


def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    for low, high in ((0xC0, 0x250), (0x1E00, 0x1F00), (0xFF01, 0xFF5F), (0xFF66, 0xFFA0)):
        for code in range(low, high):
            plain = unicodedata.normalize("NFKD", chr(code))
            base = "".join(c for c in plain if not unicodedata.combining(c))
            if len(base) == 1:
                table[code] = base
    by_hand = {
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "ß": "s", "æ": "a", "Æ": "a",
        "ı": "i", "İ": "i", "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي",
        "–": "-", "—": "-", "−": "-", "،": ",", "、": ",", "؛": ";", "“": '"', "”": '"',
        "„": '"', "«": '"', "»": '"', "「": '"', "」": '"',
    }  # fmt: skip
    table.update({ord(key): value for key, value in by_hand.items()})
    for zero in (0x660, 0x6F0):
        table.update({zero + digit: str(digit) for digit in range(10)})
    return table


class _Folding(dict[int, str | int]):
    """The folding, which learns letters that stay as they are: a table's gap costs an exception."""

    def __missing__(self, code: int) -> int:
        if code <= _LAST_LEARNT:
            self[code] = code
        return code


_FOLDING = _Folding(_folding())
_LAST_LEARNT = 0xFFFF


def clean(text: str) -> str:
    """Return text as it was typed, minus what cannot be seen, at most MOST_CHARACTERS long."""
    seen = unicodedata.normalize("NFC", text[: 2 * MOST_CHARACTERS])
    seen = seen.replace("\r\n", "\n").replace("\r", "\n")
    if not seen.isascii():
        seen = _INVISIBLE.sub("", seen)
    return _BLANKS.sub(" ", seen)[:MOST_CHARACTERS]


def fold(text: str) -> str:
    """Return text without case and accents, character for character (the length stays)."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.translate(_FOLDING).lower()


@lru_cache(maxsize=8)
def folded_answer(text: str) -> str:
    """Return `fold` of a text that several readers ask for: by machines, its layout, its words."""
    return fold(text)


def hide_addresses(text: str) -> str:
    """Return text with mail addresses and links blotted out, so that their dots end nothing."""
    if "@" in text:
        text = _ADDRESS.sub(lambda hit: ADDRESS_MARK * len(hit[0]), text)
    if "://" in text or "www." in text:
        text = _LINK.sub(lambda hit: LINK_MARK * len(hit[0]), text)
    return text


def hide_quotes(text: str) -> str:
    """Return folded text with longer quotations blotted out: their words are somebody's content."""
    if text.count('"') < 2:
        return text
    return _QUOTED.sub(
        lambda hit: QUOTE_MARK * len(hit[0]) if _is_long(hit[0]) else hit[0],
        text,
    )


def _is_long(quotation: str) -> bool:
    if _GLYPH.search(quotation) is not None:
        return True
    return len(quotation) >= _LONG_QUOTATION and quotation.count(" ") >= 3


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the mail addresses that stand in text, in order, without a full stop behind."""
    return tuple(hit.rstrip(".-") for hit in _ADDRESS.findall(text)) if "@" in text else ()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: words folded, and where each begins and ends in the typed text.

    `shapes` says what each is: g(lyph), n(umber), w(ord), m(ark), s(top), l(ine), or sign p.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shapes: str

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.words)

    def part(self, low: int, high: int) -> "Tokens":
        """Return the tokens from low to high; their places still count from the whole text."""
        return Tokens(
            self.words[low:high], self.starts[low:high], self.ends[low:high], self.shapes[low:high]
        )


_ELISION = re.compile(r"[^']+'?|'")

_SHAPES = "?gnwmslp"
"""The shape of a token by the group of `_TOKEN` that found it."""

_LONGEST_KNOWN = 24
"""Up to here what stands between two spaces is a word that comes again, or a few glyphs."""

MOST_WORDS = 20_000
"""How many different words of texts are remembered."""

_Known = TypeVar("_Known")


class Remembered(dict[str, _Known]):
    """What is known of the words that were met, looked up as fast as a dict can."""

    def __init__(self, look_up: Callable[[str], _Known]) -> None:
        """Start with nothing remembered; `look_up` tells what is known of a new word."""
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> _Known:
        """Look a new word up, and remember it unless it is long enough not to come again."""
        found = self._look_up(word)
        if len(word) <= _LONGEST_KNOWN:
            if len(self) > MOST_WORDS:
                self.clear()
            self[word] = found
        return found


class Style(StrEnum):
    """How a language glues its small words to the next one."""

    PLAIN = "plain"
    """Not at all; an apostrophe belongs to its word ("don't")."""
    ELIDE = "elide"
    """By an apostrophe, which ends a word ("j'ai" is two)."""
    CLITIC = "clitic"
    """By writing them together; article and conjunction come off ("والصور" is "صور")."""


_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)(?=..)")
_CONJUNCTIONS = re.compile("(?:و(?=...)|ف(?=....))+")
"""Also the first letter of "فاتورة": it comes off with an article before it and without one."""


_WHOLE = frozenset(
    {"اليوم", "الان", "الله", "الي", "الا", "التي", "الذي", "اللي", "الحين", "الو", "واحد", "واحده"}
    | {"والله", "والد", "والده", "والدي", "والدها", "والدنا", "والدته", "والدتي", "والدتها"}
)
"""Words whose first letters only look like an article or a conjunction."""


def _without_clitics(word: str) -> str:
    """Return an Arabic word without article and conjunction, if enough of it remains."""
    if word[0] in "وف" and word[1:] in _WHOLE and word not in _WHOLE:
        return word[1:]
    for clitics in (_ARTICLE, _CONJUNCTIONS):
        hit = None if word in _WHOLE else clitics.match(word)
        if hit and hit.end() < len(word) - 1:
            word = word[hit.end() :]
    return word


def runs_of(text: str) -> list[str]:
    """Return what stands between the blanks of a cleaned text, folded."""
    return hide_addresses(folded_answer(text)).split()


def tokens_of(text: str, *, style: Style = Style.PLAIN, quotes_hidden: bool = False) -> Tokens:
    """Return the tokens of a cleaned text.

    Args:
        text: what `clean` returned.
        style: how the language glues its small words on.
        quotes_hidden: True to make one token of a longer quotation.
    """
    folded = hide_addresses(folded_answer(text))
    if quotes_hidden:
        folded = hide_quotes(folded)
    return _tokens_of_folded(folded, style)


@lru_cache(maxsize=16)
def _tokens_of_folded(folded: str, style: Style) -> Tokens:
    """An answer is asked for its language first, and then read: mostly the same text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    shapes: list[str] = []
    place = 0
    for run in folded.split(" "):
        if run:
            found = _known_run(run, style) if len(run) <= _LONGEST_KNOWN else _run(run, style)
            for word, start, end, shape in found:
                words.append(word)
                starts.append(place + start)
                ends.append(place + end)
                shapes.append(shape)
        place += len(run) + 1
    return Tokens(tuple(words), tuple(starts), tuple(ends), "".join(shapes))


_Piece = tuple[str, int, int, str]
"""A token of a run of characters: the word, where it begins and ends in the run, its shape."""


def _run(run: str, style: Style) -> tuple[_Piece, ...]:
    """Return the tokens of what stands between two spaces: a word with its commas and brackets."""
    found: list[_Piece] = []
    for hit in _TOKEN.finditer(run):
        word, start, end, shape = hit[0], hit.start(), hit.end(), _SHAPES[hit.lastindex or 0]
        if shape == "w" and style is Style.CLITIC:
            found.append((_without_clitics(word), start, end, shape))
        elif shape == "w" and style is Style.ELIDE and "'" in word:
            found += _elided(word, start)
        else:
            found.append((word, start, end, shape))
    return tuple(found)


_known_run = lru_cache(maxsize=16_384)(_run)


def _elided(word: str, start: int) -> list[_Piece]:
    """Return the pieces of a word in which an apostrophe ends one, so that "j'ai" is two."""
    places = [hit.span() for hit in _ELISION.finditer(word)]
    return [(word[low:high], start + low, start + high, "w") for low, high in places]


def word_pieces(word: str, style: Style) -> tuple[str, ...]:
    """Return the words that `tokens_of` would make of one word: what a phrase book is full of."""
    folded = fold(word)
    if folded.isalpha():
        if folded.isascii() or not _GLYPH.search(folded):
            return (_without_clitics(folded) if style is Style.CLITIC else folded,)
        if _GLYPH.sub("", folded) == "":
            return tuple(folded)
    return tokens_of(word, style=style).words


@lru_cache(maxsize=4096)
def tokens_of_title(title: str, style: Style) -> Tokens:
    """Return the tokens of a To Do's title: asked for many times, by every part of the reader."""
    return tokens_of(clean(title), style=style)
