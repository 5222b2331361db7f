"""What a later clause tells of a finish that went wrong: "Uploaded, then deleted it"."""

from collections.abc import Sequence
from functools import cache, lru_cache, reduce
from operator import or_

from mailflow.reading.lexicon import COMMON, raw_lexicon
from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said, Typed
from mailflow.reading.words import fold

_TELLING = Says.TELLS | Says.RECEIVED | Says.FYI | Says.DONE
_FINISHING = Says.DONE | Says.APPROVES | Says.CHOOSES | Says.TELLS | Says.HERE
_HARMLESS = frozenset({"neutral", "courtesy", "fine", "approved", "praise"})
_SURE = Says.PLAIN | Says.LOOSE | Says.PLACED


def went_wrong(heard: Sequence[Said], told: Sequence[Says], typed: Typed) -> bool:
    """Return whether a clause behind a finish tells of a trouble that no title names.

    Args:
        heard: the clauses that speak of one To Do.
        told: what each of them says.
        typed: the text they stand in.
    """
    finished = False
    for one, says in zip(heard, told, strict=True):
        low = one.clause.low
        if says & _SURE:
            low = _second_act(one, typed)
        elif not finished or not one.row.says & _TELLING:
            low = one.clause.high
        if _tells_of_trouble(range(low, one.clause.high), one, typed):
            return True
        finished = finished or bool(one.row.says & _FINISHING)
    return False


def _second_act(one: Said, typed: Typed) -> int:
    """Return where a second act stands in a clause ("booked and cancelled"), else its end."""
    acts = [at for at in range(one.clause.low, one.clause.high) if "did" in typed.kinds[at]]
    return acts[1] if len(acts) > 1 else one.clause.high


def _tells_of_trouble(stretch: range, said: Said, typed: Typed) -> bool:
    """Return whether a word of trouble stands there; "no problems" and "sent back" tell of none."""
    harmless = reduce(or_, [f.mask for f in said.clause.found if f.name in _HARMLESS], 0)
    places = [at for at in stretch if not harmless >> at & 1 and "did_send" not in typed.kinds[at]]
    words, code = [typed.tokens.words[at] for at in places], typed.book.code
    if "g" in typed.tokens.shapes[stretch.start : stretch.stop]:
        text = "".join(words)
        return any(glyphs in text for glyphs in _listed(code)[0])
    return any(
        _is_listed(word, code)
        and word not in typed.asked.words
        and not typed.asked.has_form_of(word)
        for word in words
    )


@lru_cache(maxsize=16_384)
def _is_listed(word: str, code: str) -> bool:
    words, beginnings = _listed(code)
    return word in words or word.startswith(beginnings)


@cache
def _listed(code: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of trouble of a language, and how longer ones begin."""
    listed = [fold(word) for word in raw_lexicon(COMMON)["troubles"].get(code, ())]
    words = frozenset(word for word in listed if not word.endswith("*"))
    return words, tuple(word[:-1] for word in listed if word.endswith("*"))
