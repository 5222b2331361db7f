"""What would be understood of a mail and done, and why; nothing is written.

The same stops run on a unit of work that is never committed, and what they staged is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mailflow.domain.event import Event
from mailflow.domain.ids import PlanId
from mailflow.domain.intent import Reading
from mailflow.flow.authenticity import evidence, vouched
from mailflow.flow.client_mail import ClientDesk
from mailflow.flow.incoming import Incoming
from mailflow.flow.journey import Journey
from mailflow.flow.post import PostRoom
from mailflow.flow.recognise import recognise
from mailflow.flow.settings import FlowSettings
from mailflow.mail.automatic import classify
from mailflow.mail.carriers import is_own_message
from mailflow.mail.parse import parse_message
from mailflow.ports import Act, ClaimedMail, Memory, QueuedLetter


@dataclass(frozen=True, slots=True)
class Explanation:
    """The chain: whose, visible answer, readings, what would be done and sent.

    Attributes:
        sender: address in From, "" where there is no trustworthy one.
        authentic: the letters of evidence that hold, such as `F+T`.
        kind: what wrote the mail.
        matched_by: where the mark stood that names the letter, "" where there is none.
        visible: what was typed.
        readings: what was understood, with the shown number's reference.
        would_do: events, as plan code, number and name.
        would_send: letters, as recipient, kind and subject.
    """

    sender: str
    authentic: str
    kind: str
    matched_by: str
    visible: str
    readings: tuple[tuple[str | None, Reading], ...]
    would_do: tuple[str, ...]
    would_send: tuple[tuple[str, str, str], ...]


def explain_mail(memory: Memory, settings: FlowSettings, raw: bytes, now: datetime) -> Explanation:
    """Walk a mail through the stops and throw the outcome away.

    Raises:
        UnreadableMail: the mail breaks a bound or cannot be parsed.
    """
    message = parse_message(raw)
    look = memory.unit()
    found = recognise(message, look, settings)
    stamp = vouched(settings, raw, message, now).result
    claimed = ClaimedMail(0, raw, settings.address, 1, now)
    act = Act(0, None if found.sender is None else found.sender.id, now, 0)
    journey = Journey(claimed, message, "", found, evidence(found, stamp), now, act)
    readings: tuple[tuple[str | None, Reading], ...] = ()
    visible = ""
    if found.sender is not None:
        desk = ClientDesk(settings, PostRoom(settings))
        visible, readings = desk.read(look, journey, found.sender)
    own = is_own_message(message, settings.keyring, settings.instance)
    rehearsal = Incoming(memory, settings, PostRoom(settings)).rehearse(claimed, now)
    return Explanation(
        sender=found.address,
        authentic=journey.evidence,
        kind=classify(message, own=own).value,
        matched_by=found.source.value if found.source else "",
        visible=visible,
        readings=readings,
        would_do=tuple(_told(plan, event) for plan, event in rehearsal.events),
        would_send=_letters(rehearsal.letters),
    )


def _told(plan: PlanId, event: Event) -> str:
    n = getattr(event, "n", None)
    after = getattr(event, "after", "")
    number = "" if n is None else f" {n}"
    return f"plan {plan}{number} {type(event).__name__} {after}".strip()


def _letters(letters: Sequence[QueuedLetter]) -> tuple[tuple[str, str, str], ...]:
    return tuple((q.letter.address, q.letter.kind, q.letter.subject) for q in letters)
