"""A mail that was handled once, put before the reader again as it is today; nothing is written.

For measuring the reader on what an installation has seen, where the provider's own words say
what was right.
"""

from dataclasses import dataclass
from datetime import datetime

from mailflow.flow.client_mail import ClientDesk
from mailflow.flow.journey import Journey
from mailflow.flow.post import PostRoom
from mailflow.flow.recognise import recognise
from mailflow.flow.settings import FlowSettings
from mailflow.mail.parse import parse_message
from mailflow.ports import Act, ClaimedMail, Memory
from mailflow.reading.client import Asked


@dataclass(frozen=True, slots=True)
class PutAgain:
    """An answer as the reader gets it.

    Attributes:
        asked: the answer with the list it was about.
        shown: for each To Do its reference and the number that the list showed.
    """

    asked: Asked
    shown: tuple[tuple[str, int], ...]


def put_again(
    memory: Memory, settings: FlowSettings, raw: bytes, came_at: datetime
) -> PutAgain | None:
    """Return an old mail as the reader would get it, None when nobody known wrote it.

    Args:
        memory: what the installation knows; nothing in it changes.
        settings: whose marks letters bear.
        raw: the mail as received.
        came_at: when it was received (aware, UTC); relative dates count from it.

    Raises:
        UnreadableMail: the mail breaks a bound or cannot be parsed.
    """
    message = parse_message(raw)
    look = memory.unit()
    found = recognise(message, look, settings)
    if found.sender is None:
        return None
    claimed = ClaimedMail(0, raw, settings.address, 1, came_at)
    act = Act(0, found.sender.id, came_at, 0)
    journey = Journey(claimed, message, "", found, "", came_at, act)
    asked, shown = ClientDesk(settings, PostRoom(settings)).asked(look, journey, found.sender)
    return PutAgain(asked, shown)
