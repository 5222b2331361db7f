"""The decision table of one To Do: from what all clauses said about it to one intent.

Rows are read from the top; the first that fits decides. The confidence of a row is measured on
the corpus (`tools/eval_understand.py`), not felt.
"""

from dataclasses import dataclass

from mailflow.domain.intent import Intent, ProgressKind
from mailflow.reading.understanding.table import OPEN
from mailflow.reading.understanding.table import Says as S  # noqa: N817 - the table is read by its rows

_NONE = S(0)
_COMPLETE = S.DONE | S.ATTACHES
AWAY = S.REFUSES | S.UNNEEDED
"""What says that it will not be done."""
_PROMISING = (
    S.IFFY
    | S.WILL
    | S.DOUBTS
    | S.REJECTS
    | S.OBJECTS
    | S.PROMISES
    | S.OTHERS
    | S.MOCKS
    | S.PASSES_ON
)
"""What leaves it open whether what was done is all there is to do."""
_BUT = OPEN | AWAY | _PROMISING | S.ASKS | S.TAKES_BACK | S.STOPS | S.TURNED | S.CHATS
"""What stands in the way of acting on something that is said to be finished."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be made of one To Do.

    Attributes:
        name: the row that decided.
        intent: what is said.
        confidence: how often this row is right.
        progress: for progress, which kind.
        needs: facts that must all be there.
        any_of: facts of which one must be there.
        lacks: facts that must not be there.
    """

    name: str
    intent: Intent
    confidence: float
    progress: ProgressKind | None = None
    needs: S = _NONE
    any_of: S = _NONE
    lacks: S = _NONE

    def fits(self, facts: S) -> bool:
        """Return whether these facts are this row's."""
        if facts & self.needs != self.needs or facts & self.lacks:
            return False
        return not self.any_of or bool(facts & self.any_of)


_PK = ProgressKind
_D, _P, _R, _Q, _A = (
    Intent.DONE,
    Intent.PROGRESS,
    Intent.RESCHEDULE,
    Intent.QUESTION,
    Intent.ACKNOWLEDGE,
)
VERDICTS: tuple[Verdict, ...] = (
    Verdict("stop, yet done", _D, 0.6, needs=S.STOPS | S.DONE),
    Verdict("stop", Intent.STOP, 0.95, any_of=S.STOPS),
    Verdict(
        "takes back, and done",
        _D,
        0.7,
        needs=S.TAKES_BACK | S.DONE,
        lacks=S.NOT_DONE | S.PARTLY | S.WILL,
    ),
    Verdict("takes back", _P, 0.85, _PK.NOT_DONE, any_of=S.TAKES_BACK),
    Verdict("mocks and dated", _R, 0.6, needs=S.MOCKS | S.DATED, lacks=AWAY),
    Verdict(
        "mocks",
        _P,
        0.7,
        _PK.NOT_DONE,
        needs=S.MOCKS,
        lacks=AWAY | S.ASKS | S.PASSES_ON | S.APPROVES | S.HERE,
    ),
    Verdict("not needed", Intent.DECLINE, 0.85, any_of=S.UNNEEDED, lacks=S.FILE),
    Verdict("done, and yet refuses", Intent.DECLINE, 0.5, needs=S.DONE | S.REFUSES),
    Verdict("refuses, but by a day", _R, 0.6, needs=S.REFUSES | S.DATED),
    Verdict("refuses", Intent.DECLINE, 0.85, any_of=S.REFUSES, lacks=S.FILE | S.PASSES_ON),
    Verdict("passes on", Intent.DELEGATE, 0.85, any_of=S.PASSES_ON, lacks=S.FILE | S.DONE),
    Verdict(
        "passes on, and tells what was done for it",
        Intent.DELEGATE,
        0.6,
        needs=S.PASSES_ON | S.DONE | S.OTHER_ACT,
        lacks=S.FILE,
    ),
    Verdict(
        "file, but a draft or a part",
        _P,
        0.8,
        _PK.SOME_DONE,
        needs=S.ODD_FILE,
        lacks=S.ASKS | S.FILE | S.DATED,
    ),
    Verdict("file, but more to come by a day", _R, 0.6, needs=S.FILE | S.DATED, any_of=OPEN),
    Verdict("file of one of a list", _D, 0.5, needs=S.FILE | S.POINTED, any_of=OPEN),
    Verdict(
        "file, but more to come",
        _P,
        0.8,
        _PK.SOME_DONE,
        needs=S.FILE,
        any_of=S.NOT_DONE | S.NEARLY | S.PARTLY | S.WAITS,
    ),
    Verdict("file", _D, 0.997, needs=S.FILE | S.SEND, lacks=_BUT | S.DATED | S.HEDGED),
    Verdict(
        "file, says so and asks",
        _D,
        0.99,
        needs=S.FILE | S.SEND | S.ASKS,
        any_of=_COMPLETE | S.HERE,
        lacks=(_BUT & ~S.ASKS) | S.DATED | S.ASKS_FIRST | S.HEDGED,
    ),
    Verdict(
        "file and done, in plain words",
        _D,
        0.997,
        needs=S.FILE | S.DONE | S.PLAIN,
        lacks=_BUT | S.HEDGED,
    ),
    Verdict(
        "file and says so",
        _D,
        0.99,
        needs=S.FILE,
        any_of=_COMPLETE | S.HERE,
        lacks=S.STRANGE | S.NO_PAPER | _BUT | S.DATED | S.HEDGED,
    ),
    Verdict("file, but more is said", _D, 0.8, needs=S.FILE, any_of=_COMPLETE | S.HERE | S.SEND),
    Verdict("file alone", _D, 0.9, needs=S.FILE | S.EMPTY),
    Verdict("did something else, the rest by a day", _R, 0.7, needs=S.DATED | S.OTHER_ACT),
    Verdict(
        "done but for a part, the rest by a day", _R, 0.6, needs=S.DATED, any_of=OPEN, lacks=S.ASKS
    ),
    Verdict(
        "announced but not attached",
        _P,
        0.5,
        _PK.SOME_DONE,
        needs=S.ATTACHES,
        lacks=S.DONE | S.VALUE,
    ),
    Verdict("done, and yet open", _P, 0.8, _PK.SOME_DONE, needs=S.DONE, any_of=OPEN),
    Verdict(
        "did a step, and promises the rest",
        _P,
        0.4,
        _PK.SOME_DONE,
        needs=S.DONE | S.OTHER_ACT,
        any_of=_PROMISING,
    ),
    Verdict(
        "done, but turned into a promise",
        _P,
        0.4,
        _PK.SOME_DONE,
        needs=S.DONE | S.TURNED,
        any_of=_PROMISING,
    ),
    Verdict(
        "done, and yet promised",
        _D,
        0.7,
        needs=S.DONE,
        any_of=_PROMISING,
    ),
    Verdict(
        "booked, and the day of it",
        _D,
        0.99,
        needs=S.DONE | S.DATED | S.BOOK | S.PLAIN,
        lacks=S.ASKS | S.AHEAD | S.OTHER_ACT | S.TURNED,
    ),
    Verdict("done and dated", _D, 0.7, needs=S.DONE | S.DATED),
    Verdict(
        "did a step, and approves in plain words",
        _D,
        0.99,
        needs=S.DONE | S.OTHER_ACT | S.APPROVES | S.APPROVE | S.PLAIN,
        lacks=_BUT | S.INVOLVES | S.HEDGED | S.MORE,
    ),
    Verdict(
        "did a step, and chooses in plain words",
        _D,
        0.99,
        needs=S.DONE | S.OTHER_ACT | S.CHOOSES | S.ANSWER | S.PLAIN,
        lacks=_BUT | S.STRANGE | S.HEDGED | S.MORE,
    ),
    Verdict("called, and tells more", _D, 0.9, needs=S.DONE | S.CALL | S.MORE),
    Verdict("done, but on a day to come", _D, 0.7, needs=S.DONE | S.AHEAD),
    Verdict("done otherwise", _D, 0.7, needs=S.DONE | S.OTHER_ACT),
    Verdict(
        "done, in plain words, and asks",
        _D,
        0.99,
        needs=S.DONE | S.ASKS | S.PLAIN,
        lacks=S.ASKS_FIRST | S.TURNED | S.STRANGE,
    ),
    Verdict("done, and asks", _Q, 0.4, needs=S.DONE | S.ASKS),
    Verdict("done, but something turns it", _D, 0.9, needs=S.DONE, any_of=S.TURNED | S.CHATS),
    Verdict("done, in plain and in other words", _D, 0.986, needs=S.DONE | S.PLAIN | S.STRANGE),
    Verdict("done, in plain words", _D, 0.997, needs=S.DONE | S.PLAIN, lacks=S.HEDGED),
    Verdict("done, and where", _D, 0.987, needs=S.DONE | S.PLACED),
    Verdict("done, and other words behind", _D, 0.97, needs=S.DONE | S.LOOSE),
    Verdict("done, among other words", _D, 0.9, needs=S.DONE),
    Verdict("by a day", _R, 0.85, needs=S.DATED, lacks=S.WHEN),
    Verdict(
        "day, asked for a day",
        _R,
        0.6,
        needs=S.DATED,
        any_of=OPEN | S.WILL | S.ASKS | S.PROMISES | S.OTHERS,
    ),
    Verdict(
        "day that was asked for",
        _D,
        0.99,
        needs=S.DATED | S.WHEN | S.ANSWER | S.FITS,
        lacks=_BUT,
    ),
    Verdict("day, asked for an answer", _D, 0.6, needs=S.DATED | S.WHEN | S.ANSWER | S.VALUE),
    Verdict("day, perhaps put off to", _R, 0.55, needs=S.DATED | S.WHEN),
    Verdict(
        "approves, but objects",
        _P,
        0.6,
        _PK.NOT_DONE,
        needs=S.APPROVE,
        any_of=S.OBJECTS | S.REJECTS,
    ),
    Verdict(
        "approves, but somebody else must",
        _P,
        0.6,
        _PK.NOT_DONE,
        needs=S.OTHERS,
        any_of=S.APPROVES | S.AGREES,
    ),
    Verdict(
        "approves, in plain words",
        _D,
        0.997,
        needs=S.APPROVES | S.PLAIN,
        any_of=S.APPROVE | S.CHECK,
        lacks=_BUT | S.INVOLVES | S.RECEIVED,
    ),
    Verdict(
        "approves, and other words behind",
        _D,
        0.97,
        needs=S.APPROVES | S.LOOSE,
        any_of=S.APPROVE | S.CHECK,
        lacks=_BUT,
    ),
    Verdict(
        "approves, among other words",
        _D,
        0.9,
        needs=S.APPROVES,
        any_of=S.APPROVE | S.CHECK,
        lacks=_BUT,
    ),
    Verdict(
        "agrees to approve, in plain words",
        _D,
        0.99,
        needs=S.AGREES | S.APPROVE | S.PLAIN,
        lacks=_BUT | S.THANKS | S.INVOLVES | S.RECEIVED,
    ),
    Verdict("agrees to approve", _D, 0.9, needs=S.AGREES | S.APPROVE, lacks=_BUT),
    Verdict(
        "as before, in plain words",
        _D,
        0.99,
        needs=S.SAME | S.PLAIN,
        any_of=S.ANSWER | S.CHECK | S.UPDATE,
        lacks=_BUT,
    ),
    Verdict(
        "as before",
        _D,
        0.8,
        needs=S.SAME,
        any_of=S.ANSWER | S.CHECK | S.UPDATE | S.APPROVE,
        lacks=S.ASKS | OPEN,
    ),
    Verdict("nothing to send", _D, 0.6, needs=S.NOTHING, lacks=S.ASKS | OPEN),
    Verdict("others do it, and asks", _Q, 0.7, needs=S.ASKS),
    Verdict("others do it", Intent.DELEGATE, 0.6, needs=S.OTHERS, lacks=OPEN),
    Verdict("stuck", _P, 0.8, _PK.BLOCKED, any_of=S.STUCK | S.WAITS | S.IFFY),
    Verdict("nearly", _P, 0.85, _PK.SOME_DONE, any_of=S.NEARLY | S.PARTLY),
    Verdict("not done", _P, 0.85, _PK.NOT_DONE, any_of=S.NOT_DONE | S.WANTS_TIME),
    Verdict("objects", _P, 0.6, _PK.NOT_DONE, any_of=S.OBJECTS),
    Verdict("tells what was asked for", _D, 0.99, needs=S.ANSWER | S.TOLD, lacks=_BUT),
    Verdict("gives a link", _D, 0.986, needs=S.SEND | S.TOLD | S.HERE, lacks=_BUT | S.HEDGED),
    Verdict(
        "chooses, in plain words",
        _D,
        0.99,
        needs=S.ANSWER | S.CHOOSES,
        any_of=S.PLAIN | S.LOOSE,
        lacks=_BUT | S.STRANGE,
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
        lacks=_BUT | S.THANKS,
    ),
    Verdict(
        "tells an answer and no more",
        _D,
        0.986,
        needs=S.TELLS | S.ANSWER | S.LABELLED,
        lacks=_BUT | S.CHATS | S.HEDGED | S.MORE | S.DATED,
    ),
    Verdict(
        "confirms in so many words",
        _D,
        0.99,
        needs=S.ANSWER | S.CONFIRM | S.PLAIN | S.APPROVES,
        lacks=_BUT,
    ),
    Verdict(
        "agrees to a time",
        _D,
        0.99,
        needs=S.ANSWER | S.WHEN | S.VALUE | S.PLAIN,
        any_of=S.APPROVES | S.AGREES,
        lacks=_BUT | S.THANKS,
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
        "tells an answer",
        _D,
        0.7,
        needs=S.TELLS | S.ANSWER,
        lacks=S.WILL | S.PROMISES | S.DOUBTS | S.CHATS,
    ),
    Verdict("guesses what was asked for", _D, 0.4, needs=S.DOUBTS | S.VALUE),
    Verdict("doubts", _P, 0.6, _PK.NOT_DONE, any_of=S.DOUBTS),
    Verdict("gives", _D, 0.6, any_of=S.HERE, lacks=S.WILL),
    Verdict("rejects", _P, 0.5, _PK.NOT_DONE, any_of=S.REJECTS),
    Verdict(
        "will, as an answer",
        _D,
        0.4,
        needs=S.ANSWER,
        any_of=S.WILL,
        lacks=S.PROMISES | S.THANKS | S.AGREES | S.SEND,
    ),
    Verdict("will, and tells more", _P, 0.6, _PK.WILLING, any_of=S.WILL, lacks=S.PROMISES),
    Verdict("promises, and tells more", _P, 0.5, _PK.WILLING, needs=S.PROMISES | S.MORE),
    Verdict("promises", _A, 0.8, any_of=S.WILL | S.PROMISES),
    Verdict(
        "agrees to one of a list",
        _D,
        0.6,
        needs=S.AGREES | S.POINTED,
        lacks=_BUT | S.THANKS | S.RECEIVED,
    ),
    Verdict("finds it good", _D, 0.4, needs=S.APPROVES, lacks=S.APPROVE | S.THANKS | S.RECEIVED),
    Verdict("received", _A, 0.9, any_of=S.RECEIVED | S.THANKS | S.AGREES | S.APPROVES),
    Verdict("chats", Intent.NONE, 0.7, any_of=S.CHATS),
    Verdict("tells a figure", _D, 0.6, needs=S.TELLS | S.VALUE),
    Verdict("tells of one of a list", _D, 0.4, needs=S.TELLS | S.POINTED, lacks=S.INVOLVES),
    Verdict("tells", _P, 0.4, _PK.NOT_DONE, any_of=S.TELLS),
    Verdict("for information", Intent.NONE, 0.6, any_of=S.FYI),
    Verdict("says something of it", _D, 0.4, any_of=S.CHOOSES | S.SAME | S.NOTHING),
)
