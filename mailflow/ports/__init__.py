"""Every door between the journeys and the outside world.

`flow` is written against these; `store`, `transport` and `daemon` fit them, and the tests
bring in-memory twins. Values that cross a door stand beside it.
"""

from mailflow.ports.kept import (
    ANSWERING,
    Act,
    ClaimedMail,
    Handled,
    InboxState,
    MailFate,
    OutboxState,
    Outgoing,
    PastAct,
    QueuedLetter,
    SentLetter,
)
from mailflow.ports.memory import Memory, UnitOfWork
from mailflow.ports.wires import (
    ArrivedMail,
    Belongs,
    Clock,
    MailSource,
    Outcome,
    OutcomeKind,
    PartSummary,
    SealedMail,
    Submission,
    Watermark,
)

__all__ = [
    "ANSWERING",
    "Act",
    "ArrivedMail",
    "Belongs",
    "ClaimedMail",
    "Clock",
    "Handled",
    "InboxState",
    "MailFate",
    "MailSource",
    "Memory",
    "OutboxState",
    "Outcome",
    "OutcomeKind",
    "Outgoing",
    "PartSummary",
    "PastAct",
    "QueuedLetter",
    "SealedMail",
    "SentLetter",
    "Submission",
    "UnitOfWork",
    "Watermark",
]
