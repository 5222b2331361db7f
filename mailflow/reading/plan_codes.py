"""Short codes such as `TAX`: checked where the text gives one, derived from the title else."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_uppercase

from mailflow.reading.plan_vocabulary import all_words
from mailflow.reading.words import fold

_CODE = re.compile(r"[A-Z]{2,6}")
_WORD = re.compile(r"[A-Za-z]+")
_LONGEST_WHOLE = 5
_FALLBACK = "PLAN"
_NOT_CODES = frozenset({"RE", "FW", "FWD", "AW", "WG", "SV", "VS", "TR", "RV", "OK", "NO", "YES"})
"""They stand before subjects, or are answers."""


def is_code(text: str) -> bool:
    """Return whether a text may be the code of a plan."""
    return _CODE.fullmatch(text) is not None


def derive_code(title: str, taken: Iterable[str]) -> str:
    """Return two to six capitals that remind of a title and are not taken."""
    used = {code.upper() for code in taken} | _NOT_CODES
    for code in _candidates(title):
        if is_code(code) and code not in used:
            return code
    msg = "more plans than codes"  # 26**6 of them
    raise ValueError(msg)


def _candidates(title: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", fold(title)).encode("ascii", "ignore").decode()
    skipped = all_words("text", "small_words")
    words = [word.upper() for word in _WORD.findall(plain) if word not in skipped]
    words = [word for word in words if len(word) > 1] or [_FALLBACK]
    first, initials = words[0], "".join(word[0] for word in words)
    yield first if len(first) <= _LONGEST_WHOLE else first[:3]
    yield initials[:6]
    yield from (first[:3] + word[0] for word in words[1:])
    yield from (first[:length] for length in (4, 5, 6))
    yield from (word if len(word) <= _LONGEST_WHOLE else word[:3] for word in words[1:])
    for length in (1, 2, 3, 4):
        for letters in product(ascii_uppercase, repeat=length):
            yield first[: min(3, 6 - length)] + "".join(letters)
