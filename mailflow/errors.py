"""The three kinds of bad news that cross a wall of the house.

    MailflowError
    ├── ConfigError            the operator's settings: all problems at once
    ├── UnreadableMail         a mail that is kept raw for a person to look at
    ├── StaleVersion           somebody else changed the plan first: read it again
    └── DeliveryFailure        what a neighbour's server said
        ├── TransientFailure   later (RFC 3463 class 4)
        │   └── LoginRefused   later, and only after a person mended the password
        ├── PermanentFailure   never (RFC 3463 class 5)
        └── UnknownOutcome     the line was cut after the dot: nobody knows

A person's mistake is none of these: it is a value (a refusal, a problem with its line
number) and becomes a sentence. Anything that is not listed here is a bug.
"""

from dataclasses import dataclass


class MailflowError(Exception):
    """The root: everything the house raises on purpose."""


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing that is wrong with the configuration, and what would be right.

    Attributes:
        line: line in the file, counted from 1; 0 when the problem has no line.
        field: dotted name such as `mailbox[0].imap`.
        message: what is wrong and what would be right, one sentence.
    """

    line: int
    field: str
    message: str


class ConfigError(MailflowError):
    """The configuration has problems; nothing was started.

    Attributes:
        path: the file that was read, as the operator named it.
        problems: all of them, in the order of their lines.
    """

    def __init__(self, path: str, problems: tuple[ConfigProblem, ...]) -> None:
        super().__init__(f"{path}: {len(problems)} problem(s), nothing was started")
        self.path = path
        self.problems = problems


class UnreadableMail(MailflowError):
    """A mail that breaks a bound or cannot be parsed; its raw bytes are kept.

    Attributes:
        reason: a short sentence for the provider and for `mailflow held`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StaleVersion(MailflowError):
    """A plan moved on between the read and the commit; read it again and decide anew."""


class DeliveryFailure(MailflowError):
    """A server did not do what was asked; the subclass says whether to try again."""


class TransientFailure(DeliveryFailure):
    """Not now: a 4yz answer, or nobody at the door (RFC 3463 class 4)."""


class LoginRefused(TransientFailure):
    """The server knows us and says no: a wrong password or a dead token, not a busy server."""


class PermanentFailure(DeliveryFailure):
    """Never: a 5yz answer (RFC 3463 class 5)."""


class UnknownOutcome(DeliveryFailure):
    """The line was cut after the final dot: it may have been sent, or not."""
