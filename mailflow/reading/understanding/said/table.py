"""The decision table of one clause: from its marks to what it says.

Rows are read from the top; the first that fits decides. A row fits if the clause has all the
marks of `needs`, one of `any_of` (where given) and none of `lacks`.
"""

from dataclasses import dataclass
from enum import IntFlag, auto
from functools import lru_cache

from mailflow.reading.understanding.text.marks import NONE, united_as_numbers
from mailflow.reading.understanding.text.marks import Mark as M  # noqa: N817 - the table is read by its rows


@united_as_numbers
class Says(IntFlag):
    """What one clause says about the work, and what else is known of it; bits, to be united."""

    DONE = auto()
    ATTACHES = auto()
    HERE = auto()
    APPROVES = auto()
    AGREES = auto()
    REJECTS = auto()
    CHOOSES = auto()
    NOTHING = auto()
    SAME = auto()
    NOT_DONE = auto()
    NEARLY = auto()
    PARTLY = auto()
    WAITS = auto()
    IFFY = auto()
    STUCK = auto()
    DOUBTS = auto()
    WILL = auto()
    PROMISES = auto()
    DATED = auto()
    PUT_OFF = auto()
    WANTS_TIME = auto()
    ASKS = auto()
    REFUSES = auto()
    UNNEEDED = auto()
    PASSES_ON = auto()
    OTHERS = auto()
    STOPS = auto()
    THANKS = auto()
    RECEIVED = auto()
    TAKES_BACK = auto()
    MOCKS = auto()
    OBJECTS = auto()
    CHATS = auto()
    FYI = auto()
    TELLS = auto()
    SILENT = auto()
    # What is known beside the words.
    FILE = auto()
    ODD_FILE = auto()
    SEND = auto()
    APPROVE = auto()
    ANSWER = auto()
    CHECK = auto()
    EMPTY = auto()
    VALUE = auto()
    OTHER_ACT = auto()
    WHEN = auto()
    MORE = auto()
    BOOK = auto()
    CALL = auto()
    SIGN = auto()
    UPDATE = auto()
    CONFIRM = auto()
    # How much of what was said was understood, and in which order it was said.
    PLAIN = auto()
    LOOSE = auto()
    PLACED = auto()
    STRANGE = auto()
    TOLD = auto()
    FITS = auto()
    YES = auto()
    FIT_ACT = auto()
    AHEAD = auto()
    ASKS_FIRST = auto()
    HEDGED = auto()
    POINTED = auto()
    TURNED = auto()
    LABELLED = auto()
    NO_PAPER = auto()
    INVOLVES = auto()
    TICKED = auto()
    ASTRAY = auto()


OPEN = Says.NOT_DONE | Says.NEARLY | Says.PARTLY | Says.WAITS | Says.STUCK | Says.WANTS_TIME
"""What says that work is not finished."""


def within(says: Says, facts: Says) -> bool:
    """Return whether all that is said is among these facts."""
    return not says & ~facts


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is called, what it asks for, what then is said, and how surely."""

    name: str
    says: Says
    confidence: float
    needs: M = NONE
    any_of: M = NONE
    lacks: M = NONE

    def fits(self, marks: M) -> bool:
        """Return whether a clause with these marks is this row's."""
        if marks & self.needs != self.needs or marks & self.lacks:
            return False
        return not self.any_of or bool(marks & self.any_of)


_FINISHED = M.DONE | M.DID | M.ATTACHED | M.TICK
_ASKED = M.ASKS | M.QUESTION_SIGN

ROWS: tuple[Row, ...] = (
    Row("asks to be left alone", Says.STOPS, 0.95, needs=M.STOP),
    Row(
        "is polite",
        Says.SILENT,
        1.0,
        needs=M.COURTESY,
        lacks=_FINISHED
        | M.ASKS
        | M.DATE
        | M.DELEGATE
        | M.REFUSE
        | M.UNNEEDED
        | M.HERE
        | M.APPROVED
        | M.CHOSE,
    ),
    Row("takes an earlier word back", Says.TAKES_BACK, 0.9, needs=M.UNDO),
    Row("chats", Says.CHATS, 0.7, needs=M.CHAT, lacks=_FINISHED | M.DATE | M.DELEGATE),
    Row(
        "chats about a day",
        Says.CHATS,
        0.7,
        needs=M.CHAT | M.DATE,
        lacks=_FINISHED | M.DELEGATE | M.LATER | M.FUTURE | M.WILLING | M.NOT | M.UNDONE,
    ),
    Row(
        "a wish, a day, a condition",
        Says.IFFY,
        0.7,
        needs=M.DATE | M.IF,
        lacks=M.LATER | M.QUESTION_SIGN,
    ),
    Row("asks for another day", Says.DATED, 0.9, needs=M.DATE | M.LATER, lacks=M.DONE),
    Row("asks leave for a day", Says.DATED, 0.8, needs=M.DATE | M.MAY, lacks=_FINISHED),
    Row(
        "not before a day",
        Says.DATED,
        0.85,
        needs=M.DATE | M.HELD,
        any_of=M.NOT | M.BLOCKED | M.UNDONE | M.NO,
        lacks=M.PAST_TIME,
    ),
    Row("asks for time", Says.WANTS_TIME, 0.7, needs=M.LATER | M.QUESTION_SIGN, lacks=M.ASKS),
    Row("offers a day", Says.DATED, 0.8, needs=M.DATE | M.QUESTION_SIGN, lacks=M.ASKS | _FINISHED),
    Row("no longer needed", Says.UNNEEDED, 0.9, needs=M.UNNEEDED, lacks=M.QUESTION_SIGN),
    Row("passed on, not hers", Says.PASSES_ON, 0.85, needs=M.DELEGATE | M.NOT_MINE),
    Row(
        "will not before something",
        Says.WAITS,
        0.7,
        needs=M.REFUSE | M.AFTER,
        lacks=M.DATE | _ASKED,
    ),
    Row("not hers", Says.REFUSES, 0.85, needs=M.NOT_MINE, lacks=M.QUESTION_SIGN),
    Row("will not do it before a day", Says.DATED, 0.8, needs=M.REFUSE | M.DATE, lacks=M.PAST_TIME),
    Row("will not do it", Says.REFUSES, 0.9, needs=M.REFUSE, lacks=M.QUESTION_SIGN),
    Row(
        "somebody else does it, by a day",
        Says.DATED,
        0.85,
        needs=M.OTHERS | M.DATE,
        lacks=_ASKED | M.DELEGATE | M.PAST_TIME,
    ),
    Row("waits for somebody", Says.WAITS, 0.7, needs=M.DELEGATE | M.AFTER, lacks=_ASKED),
    Row("waits for others", Says.WAITS, 0.7, needs=M.OTHERS | M.AFTER, lacks=_ASKED | M.DATE),
    Row("somebody else does it", Says.PASSES_ON, 0.85, needs=M.DELEGATE, lacks=_ASKED),
    Row("asks", Says.ASKS, 0.9, any_of=_ASKED),
    Row("stuck", Says.STUCK, 0.85, needs=M.BLOCKED),
    Row("praises our work", Says.THANKS, 0.8, needs=M.PRAISE),
    Row(
        "says it is not done, and when",
        Says.DATED,
        0.85,
        needs=M.UNDONE | M.DATE,
        lacks=M.PAST_TIME,
    ),
    Row("says it is not done", Says.NOT_DONE, 0.9, needs=M.UNDONE),
    Row("denies", Says.NOT_DONE, 0.9, needs=M.NOT, any_of=_FINISHED | M.APPROVED | M.HERE),
    Row("nearly finished", Says.NEARLY, 0.85, needs=M.NEAR, any_of=_FINISHED | M.APPROVED),
    Row("finished, but for a part", Says.PARTLY, 0.85, needs=M.PARTLY, any_of=_FINISHED),
    Row(
        "believes it will be finished by a day",
        Says.DATED,
        0.8,
        needs=M.DATE,
        any_of=M.FUTURE | M.AFTER | M.WILLING,
        lacks=M.PAST_TIME,
    ),
    Row("would be finished, if", Says.IFFY, 0.8, needs=M.IF, any_of=_FINISHED | M.APPROVED),
    Row(
        "finished on some condition",
        Says.WAITS,
        0.8,
        needs=M.AFTER,
        any_of=_FINISHED | M.APPROVED,
        lacks=M.DONE | M.PAST_TIME,
    ),
    Row("will be finished", Says.WILL, 0.8, needs=M.FUTURE, any_of=_FINISHED, lacks=M.TICK),
    Row(
        "somebody else is on it, though something is finished",
        Says.OTHERS,
        0.7,
        needs=M.OTHERS,
        any_of=_FINISHED,
    ),
    Row("still at it, whatever is finished", Says.WAITS, 0.8, needs=M.PENDING, any_of=_FINISHED),
    Row("believes it is finished", Says.DOUBTS, 0.8, needs=M.DOUBT, any_of=_FINISHED),
    Row("crossed", Says.NOT_DONE, 0.8, needs=M.CROSS),
    Row("file with it", Says.ATTACHES, 0.97, needs=M.ATTACHED),
    Row("finished", Says.DONE, 0.97, any_of=M.DONE | M.TICK),
    Row("did something", Says.DONE, 0.93, needs=M.DID),
    Row("speaks of something else", Says.CHATS, 0.7, needs=M.OTHER),
    Row("somebody else is on it", Says.OTHERS, 0.7, needs=M.OTHERS),
    Row("there is nothing to send", Says.NOTHING, 0.8, needs=M.NOTHING, lacks=M.DATE),
    Row("as before", Says.SAME, 0.8, needs=M.SAME),
    Row("objects", Says.OBJECTS, 0.8, needs=M.BAD),
    Row("promises", Says.PROMISES, 0.9, needs=M.WILLING, lacks=M.DATE | M.AFTER | M.IF),
    Row("waits", Says.WAITS, 0.8, needs=M.PENDING, lacks=M.DATE),
    Row("names a day", Says.DATED, 0.75, needs=M.DATE, lacks=M.PAST_TIME),
    Row("wants time", Says.WANTS_TIME, 0.7, needs=M.LATER),
    Row("nearly", Says.NEARLY, 0.75, needs=M.NEAR),
    Row("here it is", Says.HERE, 0.8, needs=M.HERE, lacks=M.PARTLY | M.NEAR),
    Row("approves a part", Says.PARTLY, 0.8, needs=M.APPROVED | M.PARTLY, lacks=M.NOT),
    Row("approves", Says.APPROVES, 0.93, needs=M.APPROVED, lacks=M.NOT | M.IF | M.AFTER | M.FUTURE),
    Row(
        "approves on a condition",
        Says.WAITS,
        0.8,
        needs=M.APPROVED,
        any_of=M.IF | M.AFTER | M.FUTURE,
    ),
    Row("chooses", Says.CHOOSES, 0.85, needs=M.CHOSE, lacks=M.NOT | M.IF),
    Row("partly", Says.PARTLY, 0.7, needs=M.PARTLY),
    Row("would", Says.IFFY, 0.6, needs=M.IF),
    Row("in the future", Says.WILL, 0.7, any_of=M.FUTURE | M.WILLING),
    Row("received", Says.RECEIVED, 0.9, needs=M.RECEIVED),
    Row("agrees", Says.AGREES, 0.8, any_of=M.FINE | M.YES, lacks=M.NOT),
    Row("thanks", Says.THANKS, 0.9, needs=M.THANKS),
    Row("says no", Says.REJECTS, 0.7, needs=M.NO | M.SHORT),
    Row("doubts", Says.DOUBTS, 0.6, needs=M.DOUBT),
    Row("mocks", Says.SILENT, 0.7, needs=M.MOCKERY),
    Row("for information", Says.FYI, 0.7, needs=M.FYI),
    Row("waits for something", Says.WAITS, 0.5, needs=M.AFTER),
    Row("gives a value", Says.TELLS, 0.6, needs=M.VALUE),
    Row("greets", Says.SILENT, 1.0, needs=M.GREETING),
    Row("denies something", Says.TELLS, 0.4, needs=M.NOT),
)
_REST = Row("tells something", Says.TELLS, 0.5)


@lru_cache(maxsize=16_384)
def row_for(marks: M) -> Row:
    """Return the row of the table that fits a clause's marks."""
    for row in ROWS:
        if row.fits(marks):
            return row
    return _REST
