"""A list told state by state: beside "2 not yet" and "3 on Friday", an "ok" behind 1 says done.

Alone an "ok" only agrees. Where another To Do of the same answer is told to be finished, open or
put off, and each is named before its state, the "ok" is one of the states.
"""

from collections.abc import Sequence

from mailflow.reading.understanding.lists.spoken import POINTED, Spoken
from mailflow.reading.understanding.said.table import OPEN, Says, within
from mailflow.reading.understanding.said.typed import Typed
from mailflow.reading.understanding.text.marks import Mark

_STATES = OPEN | Says.DONE | Says.DATED | Says.WILL | Says.OTHERS | Says.PASSES_ON | Says.REFUSES
_OK = Mark.FINE | Mark.YES | Mark.SHORT | Mark.VALUE
_CONSENT = frozenset({"fine", "yes"})


def ticked_in(spoken: Sequence[Spoken], typed: Typed) -> frozenset[int]:
    """Return the numbers of the To Dos that an "ok" behind their name says are done."""
    oks = [one for one in spoken if one.said.row.says == Says.AGREES and _names(one)]
    if not oks or any(_promises(one) for one in spoken):
        return frozenset()
    ticked = {n for one in oks if _ends_in_consent(one, typed) for n in one.items}
    told = {n for one in spoken if _names(one) and _is_state(one) for n in one.items}
    return frozenset(ticked - told) if told - ticked else frozenset()


def _names(one: Spoken) -> bool:
    return bool(one.items) and one.how in POINTED


def _is_state(one: Spoken) -> bool:
    return within(one.said.row.says, _STATES) and not one.said.clause.marks & Mark.QUESTION_SIGN


def _promises(one: Spoken) -> bool:
    """Return whether something is promised, of no single To Do, and maybe of all."""
    return bool(one.said.clause.marks & Mark.WILLING) and not _names(one)


def _ends_in_consent(one: Spoken, typed: Typed) -> bool:
    """Return whether a To Do's name stands first in a clause and the consent last, and no more."""
    clause = one.said.clause
    if clause.marks & ~_OK or not clause.pointing:
        return False
    consent = [found for found in clause.found if found.name in _CONSENT]
    words = [at for at in range(clause.low, clause.high) if typed.tokens.shapes[at] in "wg"]
    beside = [at for at in words if not clause.pointing >> at & 1 and "be" not in typed.kinds[at]]
    return bool(beside) and any(
        clause.pointing < 1 << found.start and all(found.mask >> at & 1 for at in beside)
        for found in consent
    )
