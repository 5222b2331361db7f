"""Days and months that are written in numeral glyphs: "五月二十六号" is read as "5月26号"."""

import re

from mailflow.reading.words import Tokens

_DIGITS = {glyph: value for value, glyph in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TEN = "十"
_GLYPHS = "〇零一二三四五六七八九十"
_RUN = re.compile(
    f"(?<!第)[{_GLYPHS}]{{1,3}}(?=[月号號])|(?<=月)[{_GLYPHS}]{{1,3}}(?=日)|[{_GLYPHS}]{{2,3}}(?=日)"
)
"""Before a month or a day; a single glyph before 日 may be "one day" and stays."""


def with_numerals(tokens: Tokens, text: str) -> Tokens:
    """Return tokens in which such a number is a single one, written in digits."""
    runs = {hit.start(): hit for hit in _RUN.finditer(text)}
    if not runs:
        return tokens
    words, starts, ends, shapes = list(tokens.words), list(tokens.starts), list(tokens.ends), ""
    kept: list[int] = []
    over = -1
    for at, start in enumerate(tokens.starts):
        hit = runs.get(start)
        if hit is not None and tokens.shapes[at] == "g":
            words[at], ends[at] = str(number_of(hit[0])), hit.end()
            over = hit.end()
            shapes += "n"
        elif start < over:
            continue
        else:
            shapes += tokens.shapes[at]
        kept.append(at)
    return Tokens(
        tuple(words[at] for at in kept),
        tuple(starts[at] for at in kept),
        tuple(ends[at] for at in kept),
        shapes,
    )


def number_of(glyphs: str) -> int:
    """Return the number of digits, or of up to three glyphs: 十二 is 12, 三十一 is 31."""
    if glyphs.isdecimal():
        return int(glyphs)
    tens, ten, ones = glyphs.partition(_TEN)
    if not ten:
        return int("".join(str(_DIGITS[glyph]) for glyph in glyphs))
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
