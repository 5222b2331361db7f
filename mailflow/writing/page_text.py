"""Text for the page: cleaned, joined where its script joins, broken into lines.

Whatever people wrote comes out as something that fonts can draw: emoji vanish cleanly, what
no font knows becomes a question mark, controls and direction marks never take effect. Lines
are broken in the order of speech and only then put into the order of the page (UAX #9), for
the other way round swaps lines. All of it takes linear time.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from mailflow.writing.page_fonts import glyphs

ELLIPSIS = "…"
MISSING = "?"

_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\U000e0000-\U000e0fff\u20e3"
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\ufe00-\ufe0e]"
    # A text symbol that asks to be shown as an emoji; digits and # only carry the mark.
    "|[\u00a9\u00ae\u2000-\u2bff\u3030\u303d\u3297\u3299]\ufe0f|\ufe0f)\u200d?"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_JOINING = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_TOKEN = re.compile(
    r"[ ]+"
    # East Asian text may be broken after any character, but not before a closing mark.
    "|[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
    "[、。，．・：；？！）」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]{0,4}"
    "|[^ \u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"
)
_BREAKABLE = frozenset("-/@._\\&=?,;:+|\u00a0")
_LOOK_BACK = 14
"""A long word is broken after a hyphen or the like if one stands so near before the edge."""

_KEPT_CATEGORIES = frozenset("LMNPSZ")


class Cleaner:
    """Cleans texts for one page and remembers which characters no font could draw."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.shortened = 0

    def line(self, text: str, limit: int) -> str:
        """Return one drawable line of at most `limit` characters; may be empty."""
        # What lies far beyond the limit is not even looked at.
        cut = text[: limit * 4]
        if not cut.isascii():
            cut = _EMOJI.sub("", unicodedata.normalize("NFC", cut))
        if not (cut.isascii() and cut.isprintable()):
            cut = "".join(map(self._drawable, cut))
        cut = " ".join(cut.split())
        if len(cut) > limit or len(text) > limit * 4:
            self.shortened += 1
            cut = cut[: limit - 1].rstrip() + ELLIPSIS
        return joined(cut)

    def _drawable(self, char: str) -> str:
        category = unicodedata.category(char)
        if char.isspace() or category == "Cc":
            return " "
        if category == "Cf" and char in "\u200c\u200d":
            return char  # they steer how letters join; nothing of them is drawn
        if category[0] not in _KEPT_CATEGORIES:
            return ""
        if glyphs(bold=False).home(char) is not None:
            return char
        self.missing.add(char)
        return "" if category[0] == "M" else MISSING


def wrapped(text: str, width: float, *, bold: bool = False, most: int = 99) -> list[str]:
    """Return the lines of a cleaned text, each at most `width` ems wide.

    Words that are too long are broken; what does not fit into `most` lines ends with an
    ellipsis. There is always at least one line, and no line is empty but that of an empty text.
    """
    measure = glyphs(bold=bold).measure
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for piece, size in _pieces(text, width, measure):
        if used + size > width and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0.0
            if len(lines) > most:
                break
        if line or piece != " ":
            line, used = line + piece, used + size
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) > most:
        return [*lines[: most - 1], fitted(lines[most - 1] + ELLIPSIS, width, bold=bold)]
    return lines


def fitted(text: str, width: float, *, bold: bool = False) -> str:
    """Return the text in one line of `width` ems, its end replaced by an ellipsis if need be."""
    measure = glyphs(bold=bold).measure
    if measure(text) <= width:
        return text
    room = width - measure(ELLIPSIS)
    used = 0.0
    for index, char in enumerate(text):
        used += measure(char)
        if used > room:
            return text[:index].rstrip(" ,;:…") + ELLIPSIS
    return text


@lru_cache(maxsize=4096)
def visual(line: str, *, rtl: bool) -> str:
    """Return a line in the order in which its characters stand on the page.

    The direction of a line is that of its first letter; a line without letters takes the
    page's own.
    """
    if not _RIGHT_TO_LEFT.search(line):
        return line
    display, _ = _script_tools()
    return display(line, _base_direction(line, rtl=rtl))


def spoken(text: str) -> str:
    """Return a cleaned text with its letters as they are typed, for what is not drawn."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    return "".join(unicodedata.normalize("NFKC", c) if c > "\ufb4f" else c for c in text)


def _base_direction(line: str, *, rtl: bool) -> str:
    for char in line:
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return "L"
        if direction in {"R", "AL"}:
            return "R"
    return "R" if rtl else "L"


def joined(text: str) -> str:
    """Return a text with its Arabic letters in the forms that join; others are untouched."""
    if not _JOINING.search(text):
        return text.replace("\u200c", "").replace("\u200d", "")
    _, reshape = _script_tools()
    shaped = reshape(text).replace("\u200c", "").replace("\u200d", "")
    home = glyphs(bold=False).home
    return "".join(c if home(c) else unicodedata.normalize("NFKC", c) for c in shaped)


@cache
def _script_tools() -> tuple[Callable[[str, str], str], Callable[[str], str]]:
    """Return what orders and what joins right-to-left text; without them it stays as typed."""
    try:
        from arabic_reshaper import reshape  # noqa: PLC0415 - an optional package

        # The package's faster door does not turn brackets round.
        from bidi.algorithm import get_display  # noqa: PLC0415 - an optional package
    except ImportError:
        return (lambda line, _base: line), (lambda text: text)
    return (lambda line, base: str(get_display(line, base_dir=base))), reshape


def _pieces(
    text: str, width: float, measure: Callable[[str], float]
) -> Iterator[tuple[str, float]]:
    for match in _TOKEN.finditer(text):
        token = match.group()
        size = measure(token)
        if size <= width:
            yield token, size
        else:
            yield from _chopped(token, width, measure)


def _chopped(
    word: str, width: float, measure: Callable[[str], float]
) -> Iterator[tuple[str, float]]:
    start, used = 0, 0.0
    at = 0
    while at < len(word):
        size = measure(word[at])
        if used + size > width and at > start:
            cut = _good_break(word, start, at)
            yield word[start:cut], measure(word[start:cut])
            start, at, used = cut, cut, 0.0
            continue
        used += size
        at += 1
    yield word[start:], used


def _good_break(word: str, start: int, end: int) -> int:
    for at in range(end, max(start + 1, end - _LOOK_BACK), -1):
        if word[at - 1] in _BREAKABLE:
            return at
    return end
