"""The marks: what single phrases say about the state of a piece of work, in any language.

The phrase lists of a language file are named after these marks, in lower case. A clause's
marks together select one row of the decision table.
"""

from enum import IntFlag, auto
from functools import cache
from typing import TypeVar

Flags = TypeVar("Flags", bound=type[IntFlag])


def united_as_numbers(flags: Flags) -> Flags:
    """Let flags be united and compared as the plain numbers they are.

    An answer takes hundreds of such steps, and a member looked up for each union would cost
    more than all the tables. So ask with `&`; `in` and `is` know single members only.
    """
    for name in ("__or__", "__ror__", "__and__", "__rand__", "__invert__"):
        setattr(flags, name, getattr(int, name))
    return flags


@united_as_numbers
class Mark(IntFlag):
    """What a phrase says. Members are bits, so that a row of the table is one comparison."""

    DONE = auto()
    DID = auto()
    ATTACHED = auto()
    HERE = auto()
    APPROVED = auto()
    FINE = auto()
    YES = auto()
    NO = auto()
    TICK = auto()
    CROSS = auto()
    CHOSE = auto()
    SAME = auto()
    NOTHING = auto()
    NOT = auto()
    UNDONE = auto()
    NEAR = auto()
    PARTLY = auto()
    PENDING = auto()
    BLOCKED = auto()
    FUTURE = auto()
    IF = auto()
    AFTER = auto()
    DOUBT = auto()
    ASKS = auto()
    REFUSE = auto()
    UNNEEDED = auto()
    NOT_MINE = auto()
    DELEGATE = auto()
    OTHERS = auto()
    STOP = auto()
    LATER = auto()
    WILLING = auto()
    THANKS = auto()
    RECEIVED = auto()
    UNDO = auto()
    MOCKERY = auto()
    PRAISE = auto()
    NEUTRAL = auto()
    COURTESY = auto()
    OTHER = auto()
    PAST_TIME = auto()
    BAD = auto()
    FYI = auto()
    CHAT = auto()
    MAY = auto()
    # What the reader adds from beyond the words.
    QUESTION_SIGN = auto()
    DATE = auto()
    HELD = auto()
    VALUE = auto()
    SHORT = auto()
    GREETING = auto()


NONE = Mark(0)

BY_NAME = {mark.name.lower(): mark for mark in Mark if mark.name}


@cache
def mark_named(pattern: str) -> Mark:
    """Return the mark that the name of a pattern stands for ("did:sign" is a `DID`)."""
    return BY_NAME.get(pattern.partition(":")[0], NONE)
