"""Who may do what, by what is proven about a mail: the one table, used everywhere.

F   From is a registered address of this person
D   an aligned DMARC or DKIM pass by a stamp that is trusted
T   a valid mark of ours, for a letter that was written to this person

who, what              a stamp is trusted                  none is trusted
client's answer        F+D+T acts; F+T without any stamp   F+T acts; F alone proposes
                       and F+D without T propose
T valid, F not         claim                               claim
provider, change       F+D acts                            F+T acts
provider, read-only    F                                   F
failing stamp, forged  nothing                             nothing
"""

from enum import Enum, StrEnum

from mailflow.flow.recognise import Recognised
from mailflow.mail.authentication import StampResult


class Right(Enum):
    """What an incoming mail may do."""

    ACT = "act"
    PROPOSE = "propose"
    CLAIM = "claim"
    READ_ONLY = "read only"
    NOTHING = "nothing"


class Evidence(StrEnum):
    """The letters of evidence that are kept with each decision."""

    FROM = "F"
    DOMAIN = "D"
    MARK = "T"


def evidence(found: Recognised, stamp: StampResult) -> str:
    """Return the letters that hold for a mail, such as `F+T`."""
    letters = (
        (Evidence.FROM, found.sender is not None),
        (Evidence.DOMAIN, stamp is StampResult.PASS),
        (Evidence.MARK, found.token),
    )
    return "+".join(letter.value for letter, holds in letters if holds)


def client_right(found: Recognised, stamp: StampResult, *, trusted: bool) -> Right:
    """Return what a client's answer may do."""
    if found.bad_mark or found.sender_problem or (trusted and stamp is StampResult.FAIL):
        return Right.NOTHING
    if found.sender is None or found.foreign:
        return Right.CLAIM if found.letter is not None else Right.NOTHING
    if not found.token or found.conflict:
        return Right.PROPOSE
    if trusted and stamp is not StampResult.PASS:
        return Right.PROPOSE
    return Right.ACT


def provider_right(found: Recognised, stamp: StampResult, *, trusted: bool) -> Right:
    """Return what a mail of the provider or her team may do."""
    if found.bad_mark or found.sender is None or (trusted and stamp is StampResult.FAIL):
        return Right.NOTHING
    proven = stamp is StampResult.PASS if trusted else found.token
    return Right.ACT if proven else Right.READ_ONLY
