"""Who may do what, by what is proven about a mail: the one table, used everywhere.

F   From is a registered address of this person
D   an aligned DMARC or DKIM pass: by a stamp that is trusted, or by our own check of the
    signatures where such a stamp says nothing
T   a valid mark of ours, for a letter that was written to this person

who, what              somebody vouches for senders        nobody does
client's answer        F+D+T acts; F+T without any stamp   F+T acts; F alone proposes
                       and F+D without T propose
T valid, F not         claim                               claim
provider, change       F+D acts                            F+T acts
provider, read-only    F                                   F
failing stamp, forged  nothing                             nothing
"""

from datetime import datetime
from enum import Enum, StrEnum

from mailflow.flow.recognise import Recognised
from mailflow.flow.settings import FlowSettings
from mailflow.mail.authentication import Stamp, StampResult, check_dkim, read_stamp
from mailflow.mail.message import InboundMessage


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


def vouched(
    settings: FlowSettings, raw: bytes, message: InboundMessage, came_at: datetime
) -> Stamp:
    """Return what is known of the sender: the stamp first, and where it is silent the signatures.

    Args:
        settings: whom the office believes.
        raw: the mail as it arrived.
        message: the same, read.
        came_at: when it was kept (aware, UTC); signatures age until then, however long it
            waited here.
    """
    stamp = read_stamp(message, settings.trust)
    if stamp.result is not StampResult.NONE or settings.find_key is None:
        return stamp
    return check_dkim(raw, message, came_at, settings.find_key)


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
