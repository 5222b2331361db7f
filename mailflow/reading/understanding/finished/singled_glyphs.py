"""Which one of several a title of glyphs means: scripts without spaces show no words to compare.

What is known by name is looked for in the text itself; the longest name that stands there counts.
"""

import re
from functools import cache, lru_cache

from mailflow.reading.lexicon import COMMON, raw_lexicon
from mailflow.reading.understanding.text.numerals import number_of
from mailflow.reading.words import fold

_NUMBER = r"(\d+|[一二三四五六七八九十]{1,3})"
_UNITS = (
    "号|番|房|階|楼|层|期|回|章|巻|卷|話|課|课|版|次|校|組|班|室|棟|栋|四半期|季度"
    "|轮|批|弾|幕|部|年度"
)
_MONTH = "月分|月の分|月度|月号|月期|月份|月的|月那"
"""What tells a month's paper from a day of that month."""
_COUNTED = re.compile(
    f"第{_NUMBER}(?:个)?({_UNITS})?|{_NUMBER}(?:个)?({_UNITS}|{_MONTH})|(no|#|№)[.:]? ?{_NUMBER}"
)
_OF_MONTH = re.compile(r"(\d{1,2})月(?!\d)")
_ALIKE = {"楼": "階", "层": "階", "卷": "巻", "课": "課", "栋": "棟"}
_LETTER = re.compile(r"(?<![a-z0-9])[a-h](?![a-z0-9])")

Rivals = frozenset[tuple[int, str]]
"""What is named of the families of rivals: the number of the family, and which one of it."""


def names_another_in_glyphs(text: str, title: str, code: str) -> bool:
    """Return whether a title names one of several alike, and a folded text only others of them."""
    title = fold(title)
    told, asked = _counts(text), _counts(title) | _months(title)
    units = {unit for unit, _ in told} & {unit for unit, _ in asked}
    if units - {unit for unit, _ in told & asked}:
        return True
    letters, options = set(_LETTER.findall(text)), set(_LETTER.findall(title))
    if letters and options and letters.isdisjoint(options):
        return True
    named, wanted = _rivals_in(text, code), _rivals_in(title, code)
    alike = {family for family, _ in named} & {family for family, _ in wanted}
    return bool(alike - {family for family, _ in named & wanted})


@lru_cache(maxsize=1024)
def _counts(text: str) -> frozenset[tuple[str, str]]:
    """Return what is counted with which number: ("階", "2") of "2階の窓"."""
    return frozenset(_count(hit) for hit in _COUNTED.finditer(text))


def _count(hit: re.Match[str]) -> tuple[str, str]:
    ordinal, of, number, unit, sign, code = hit.groups()
    named = of or unit or ("no" if sign else "第")
    named = "月" if named[0] == "月" else _ALIKE.get(named, named)
    return named, str(number_of(ordinal or number or code))


def _months(title: str) -> frozenset[tuple[str, str]]:
    return frozenset(("月", str(number_of(month))) for month in _OF_MONTH.findall(title))


@lru_cache(maxsize=1024)
def _rivals_in(text: str, code: str) -> Rivals:
    names, rivals = _rivals(code)
    return frozenset(one for hit in names.finditer(text) for one in rivals[hit[0]])


@cache
def _rivals(code: str) -> tuple[re.Pattern[str], dict[str, Rivals]]:
    """Return a pattern of all names, the longest first, and whom each names."""
    known: dict[str, Rivals] = {}
    for number, family in enumerate(raw_lexicon(COMMON)["rivals"].get(code, ())):
        for one in family.split():
            for name in one.split("|"):
                word = fold(name)
                known[word] = known.get(word, frozenset()) | {(number, one)}
    longest = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or "(?!)"), known
