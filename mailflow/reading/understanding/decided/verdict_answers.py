"""The lower half of the decision table: what is open, what answers a question, what is talk.

It is read where the rows of `verdict_rows.py` did not fit: nothing was done, handed in or dated.
"""

from mailflow.domain.intent import Intent, ProgressKind
from mailflow.reading.understanding.decided.verdict_parts import BUT, Verdict
from mailflow.reading.understanding.said.table import OPEN
from mailflow.reading.understanding.said.table import Says as S  # noqa: N817 - the table is read by its rows

_PK = ProgressKind
_D, _P, _Q, _A = Intent.DONE, Intent.PROGRESS, Intent.QUESTION, Intent.ACKNOWLEDGE
ANSWERS: tuple[Verdict, ...] = (
    Verdict("others do it, and asks", _Q, 0.7, needs=S.ASKS),
    Verdict("others do it", Intent.DELEGATE, 0.6, needs=S.OTHERS, lacks=OPEN),
    Verdict("stuck", _P, 0.8, _PK.BLOCKED, any_of=S.STUCK | S.WAITS | S.IFFY),
    Verdict("nearly", _P, 0.85, _PK.SOME_DONE, any_of=S.NEARLY | S.PARTLY),
    Verdict("not done", _P, 0.85, _PK.NOT_DONE, any_of=S.NOT_DONE | S.WANTS_TIME),
    Verdict("objects", _P, 0.6, _PK.NOT_DONE, any_of=S.OBJECTS),
    Verdict("tells what was asked for", _D, 0.99, needs=S.ANSWER | S.TOLD, lacks=BUT | S.HEDGED),
    Verdict("gives a link", _D, 0.986, needs=S.SEND | S.TOLD | S.HERE, lacks=BUT | S.HEDGED),
    Verdict(
        "chooses, in plain words",
        _D,
        0.99,
        needs=S.ANSWER | S.CHOOSES,
        any_of=S.PLAIN | S.LOOSE,
        lacks=BUT | S.STRANGE,
    ),
    Verdict(
        "chooses, and tells a figure",
        _D,
        0.986,
        needs=S.ANSWER | S.CHOOSES | S.VALUE,
        lacks=BUT | S.HEDGED | S.DATED,
    ),
    Verdict(
        "chooses", _D, 0.95, needs=S.ANSWER, any_of=S.CHOOSES | S.HERE, lacks=S.WILL | S.DOUBTS
    ),
    Verdict(
        "confirms with a yes",
        _D,
        0.99,
        needs=S.ANSWER | S.CONFIRM | S.PLAIN,
        any_of=S.APPROVES | S.YES,
        lacks=BUT | S.THANKS | S.RECEIVED,
    ),
    Verdict(
        "tells an answer and no more",
        _D,
        0.986,
        needs=S.TELLS | S.ANSWER | S.LABELLED,
        lacks=BUT | S.CHATS | S.HEDGED | S.MORE | S.DATED,
    ),
    Verdict(
        "tells an answer, and more",
        _D,
        0.986,
        needs=S.TELLS | S.ANSWER | S.LABELLED,
        lacks=BUT | S.CHATS | S.HEDGED | S.DATED | S.INVOLVES,
    ),
    Verdict(
        "confirms in so many words",
        _D,
        0.99,
        needs=S.ANSWER | S.CONFIRM | S.PLAIN | S.APPROVES,
        lacks=BUT,
    ),
    Verdict(
        "agrees to a time",
        _D,
        0.99,
        needs=S.ANSWER | S.WHEN | S.VALUE | S.PLAIN,
        any_of=S.APPROVES | S.AGREES,
        lacks=BUT | S.THANKS,
    ),
    Verdict(
        "approves, asked to confirm",
        _D,
        0.986,
        needs=S.CONFIRM | S.APPROVES,
        lacks=BUT | S.THANKS | S.RECEIVED | S.HEDGED | S.DATED,
    ),
    Verdict(
        "confirms",
        _D,
        0.8,
        needs=S.ANSWER,
        any_of=S.APPROVES | S.AGREES | S.REJECTS,
        lacks=S.WILL | S.PROMISES | S.THANKS | S.RECEIVED | S.DOUBTS,
    ),
    Verdict(
        "tells an answer, with a figure",
        _D,
        0.986,
        needs=S.TELLS | S.ANSWER | S.VALUE,
        lacks=BUT | S.CHATS | S.HEDGED | S.DATED,
    ),
    Verdict(
        "tells an answer",
        _D,
        0.7,
        needs=S.TELLS | S.ANSWER,
        lacks=S.WILL | S.PROMISES | S.DOUBTS | S.CHATS,
    ),
    Verdict("guesses what was asked for", _D, 0.4, needs=S.DOUBTS | S.VALUE),
    Verdict("doubts", _P, 0.6, _PK.NOT_DONE, any_of=S.DOUBTS),
    Verdict("gives", _D, 0.6, any_of=S.HERE, lacks=S.WILL),
    Verdict("rejects", _P, 0.5, _PK.NOT_DONE, any_of=S.REJECTS, lacks=S.CHATS),
    Verdict(
        "will, as an answer",
        _D,
        0.4,
        needs=S.ANSWER,
        any_of=S.WILL,
        lacks=S.PROMISES | S.THANKS | S.AGREES | S.SEND,
    ),
    Verdict("will, and thanks", _A, 0.7, needs=S.WILL, any_of=S.THANKS | S.RECEIVED),
    Verdict("will, and tells more", _P, 0.6, _PK.WILLING, any_of=S.WILL, lacks=S.PROMISES),
    Verdict("promises, and tells more", _P, 0.5, _PK.WILLING, needs=S.PROMISES | S.MORE),
    Verdict("promises", _A, 0.8, any_of=S.WILL | S.PROMISES),
    Verdict(
        "ok in a list of states",
        _D,
        0.986,
        needs=S.AGREES | S.TICKED | S.PLAIN,
        lacks=BUT | S.THANKS | S.RECEIVED | S.HEDGED | S.MORE,
    ),
    Verdict(
        "agrees to one of a list",
        _D,
        0.6,
        needs=S.AGREES | S.POINTED,
        lacks=BUT | S.THANKS | S.RECEIVED,
    ),
    Verdict("finds it good", _D, 0.4, needs=S.APPROVES, lacks=S.APPROVE | S.THANKS | S.RECEIVED),
    Verdict("received", _A, 0.9, any_of=S.RECEIVED | S.THANKS | S.AGREES | S.APPROVES),
    Verdict("chats", Intent.NONE, 0.7, any_of=S.CHATS),
    Verdict("tells a figure", _D, 0.6, needs=S.TELLS | S.VALUE),
    Verdict("tells of one of a list", _D, 0.4, needs=S.TELLS | S.POINTED, lacks=S.INVOLVES),
    Verdict("tells of somebody", _P, 0.4, _PK.NOT_DONE, needs=S.TELLS | S.INVOLVES),
    Verdict("tells", _P, 0.4, _PK.NOT_DONE, needs=S.TELLS),
    Verdict("for information", Intent.NONE, 0.6, any_of=S.FYI),
    Verdict("says something of it", _D, 0.4, any_of=S.CHOOSES | S.SAME | S.NOTHING),
)
