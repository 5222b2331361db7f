"""What the journeys need to know about the office; filled in by `bootstrap.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from mailflow.domain.ids import PersonId
from mailflow.domain.intent import Intent
from mailflow.domain.worktime import Calendar
from mailflow.mail.authentication import FindText
from mailflow.mail.keys import Keyring
from mailflow.reading.understanding.decided.reader import SURE


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """The office as the journeys see it.

    Attributes:
        provider: who runs it.
        name: display name of every letter.
        address: the watched mailbox: From and ORGANIZER of every letter.
        own_addresses: every address of ours, so that our own mail is known.
        delimiter: what stands before the token in a reply address; "" where that is off.
        instance: name of this installation in ids.
        keyring: secrets behind the codes.
        trust: whose Authentication-Results are believed; "" for none.
        find_key: looks up the keys of DKIM signatures; None: they are not checked.
        language: the provider's, ISO 639-1.
        country: the provider's, ISO 3166-1 alpha-2.
        timezone: the provider's, IANA.
        live: False keeps letters to clients for the provider's approval until "go live".
        calendar: working days of a country, by its code and a year.
        way_out: name of the submission server, as the provider is told of it.
        grace: working days after the due date that a client may promise by herself.
        done_from: how surely a "done" must be understood to be acted upon; up to 1.0, never.
    """

    provider: PersonId
    name: str
    address: str
    own_addresses: tuple[str, ...]
    delimiter: str
    instance: str
    keyring: Keyring = field(repr=False)
    trust: str
    language: str
    country: str
    timezone: str
    live: bool
    calendar: Callable[[str, int], Calendar]
    way_out: str = "the mail server"
    grace: int = 5
    done_from: float = SURE[Intent.DONE]
    find_key: FindText | None = field(default=None, repr=False)

    @property
    def trusted(self) -> bool:
        """True when somebody vouches for senders here: a server's stamp, or signatures."""
        return bool(self.trust) or self.find_key is not None


class Stop(IntEnum):
    """The numbered stops of a message; `docs/architecture.md` tells the journey."""

    ARRIVE = 1
    RECEIVE = 2
    SIGN = 3
    CLAIM = 4
    PARSE = 5
    RECOGNISE = 6
    SCREEN = 7
    UNDERSTAND = 8
    DECIDE = 9
    WRITE = 10
    SETTLE = 11
    SEND = 12


AtStop = Callable[[Stop, int, str, str], None]
"""Called when a journey (its inbox or outbox row) reaches a stop: a word on it, the Message-ID.

The daemon logs a line; the crash tests end the process there.
"""


def pass_by(_stop: Stop, _journey: int, _word: str, _message_id: str = "") -> None:
    """Do nothing at a stop."""
