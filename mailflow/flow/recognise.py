"""Stop 6: whose mail it is, and which of our letters it answers.

All carriers are read in the order in which they are believed; a mark counts only when it
verifies for the person the letter went to. Marks that disagree are asked about; a wrong or
second token makes the whole mail worthless, whatever else is right.
"""

from dataclasses import dataclass

from mailflow.domain.ids import LetterId
from mailflow.domain.people import Person
from mailflow.flow.settings import FlowSettings
from mailflow.mail.carriers import Carrier, CarrierSource, carriers
from mailflow.mail.keys import CalendarClaim, CodeHint, TokenClaim, TokenKind, verify
from mailflow.mail.message import InboundMessage
from mailflow.ports import SentLetter, UnitOfWork


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is known of a mail before its words are read.

    Attributes:
        sender: whose registered address stands in From; None for a stranger.
        address: the address in From, "" where there is no trustworthy one.
        sender_problem: why there is no trustworthy From, None if there is.
        letter: the letter of ours that it answers, proven by a mark.
        source: where that mark stood.
        token: the mark was made for this very sender.
        foreign: the mark is valid, but the letter went to somebody else.
        conflict: two valid marks name different letters.
        bad_mark: a token that we did not make, or more than one.
        calendar: the entry that a calendar answer names, proven.
        hints: plan codes and numbers that stand in the mail; never proof.
    """

    sender: Person | None
    address: str = ""
    sender_problem: str | None = None
    letter: SentLetter | None = None
    source: CarrierSource | None = None
    token: bool = False
    foreign: bool = False
    conflict: bool = False
    bad_mark: bool = False
    calendar: CalendarClaim | None = None
    hints: tuple[CodeHint, ...] = ()


def recognise(message: InboundMessage, uow: UnitOfWork, settings: FlowSettings) -> Recognised:
    """Find out whose mail this is and which letter it answers."""
    sender = uow.person_by_address(message.sender.address) if message.sender else None
    marks = carriers(message, settings.instance, settings.own_addresses, settings.delimiter)
    proven = tuple(_proven_letters(marks, uow, settings))
    best = proven[0] if proven else None
    calendar = next(
        (c.claim for c in marks if isinstance(c.claim, CalendarClaim) and _holds(c, settings)), None
    )
    letter = best[1] if best else None
    foreign = letter is not None and (sender is None or sender.id != letter.to)
    return Recognised(
        sender=sender,
        address=message.sender.address if message.sender else "",
        sender_problem=message.sender_problem,
        letter=letter,
        source=best[0] if best else None,
        token=_token(letter, calendar, sender),
        foreign=foreign,
        conflict=_disagree(proven),
        bad_mark=_bad_mark(marks, proven),
        calendar=calendar,
        hints=tuple(c.claim for c in marks if isinstance(c.claim, CodeHint)),
    )


def _holds(mark: Carrier, settings: FlowSettings) -> bool:
    return verify(
        settings.keyring, mark.claim, instance=settings.instance, recipient=settings.address
    )


_Proven = tuple[CarrierSource, SentLetter]


def _proven_letters(
    marks: tuple[Carrier, ...], uow: UnitOfWork, settings: FlowSettings
) -> list[_Proven]:
    """Return the letters that marks prove: the first of each source, in their order."""
    found: list[_Proven] = []
    for mark in marks:
        if mark.letter_id is None or any(source is mark.source for source, _ in found):
            continue
        letter = uow.letter(LetterId(mark.letter_id))
        if letter is not None and verify(
            settings.keyring, mark.claim, instance=settings.instance, recipient=letter.address
        ):
            found.append((mark.source, letter))
    return found


def _token(
    letter: SentLetter | None, calendar: CalendarClaim | None, sender: Person | None
) -> bool:
    if sender is None:
        return False
    if letter is not None:
        return letter.to == sender.id
    return calendar is not None and calendar.person_id == str(sender.id)


def _disagree(proven: tuple[_Proven, ...]) -> bool:
    """Tell whether the marks name letters to different people or about different plans.

    Two letters of one conversation may well both be in a mail: an older one is quoted.
    """
    if len(proven) < 2:
        return False
    first = proven[0][1]
    return any(
        letter.to != first.to or not set(letter.plans) & set(first.plans)
        for _, letter in proven[1:]
        if letter.id != first.id
    )


def _bad_mark(marks: tuple[Carrier, ...], proven: tuple[_Proven, ...]) -> bool:
    tokens = {
        mark.claim
        for mark in marks
        if isinstance(mark.claim, TokenClaim) and mark.claim.kind is TokenKind.REPLY
    }
    if len(tokens) > 1:
        return True
    believed = any(source is CarrierSource.ADDRESS for source, _ in proven)
    return bool(tokens) and not believed
