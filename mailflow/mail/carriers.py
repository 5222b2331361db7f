"""Which letter does a mail answer: every mark in it, in the order in which marks are believed.

What is found here is claimed, not proven; `keys.verify` tells the two apart. Whoever sorts
mail takes the first carrier that verifies and asks when a later one contradicts it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from mailflow.mail.keys import (
    CalendarClaim,
    Claim,
    CodeHint,
    IdClaim,
    IdKind,
    Keyring,
    RefClaim,
    TokenClaim,
    find_refs,
    read_own_id,
    read_token,
    read_uid,
    verify,
)
from mailflow.mail.message import InboundMessage

_CALENDAR_OCTETS = 262_144
_TEXT_LIMIT = 400_000
_HINT_LIMIT = 50
_LOOK_ALIKES = 2_000
_UID_LINE = re.compile(
    rb"^UID(?:;[^:\r\n]{0,200})?:([^\r\n]{1,1000})", re.MULTILINE | re.IGNORECASE
)
_TAG = re.compile(r"\[([^\W\d_][^\W_]{1,11})(?:-([0-9]{1,4}))?\]")
_CODE_NUMBER = re.compile(r"-([0-9]{1,4})(?![\w-])")
_CODE_NAME = re.compile(r"[^\w-]([^\W\d_][^\W_]{1,11})$")


class CarrierSource(StrEnum):
    """Where a mark stood, the most trusted place first."""

    CALENDAR_UID = "calendar uid"
    ADDRESS = "address"
    MESSAGE_ID = "message id"
    BODY_REF = "body reference"
    SUBJECT_TAG = "subject tag"
    VISIBLE_CODE = "visible code"


@dataclass(frozen=True, slots=True)
class Carrier:
    """One mark in a mail.

    Attributes:
        source: where it stood.
        claim: what it says, unverified.
    """

    source: CarrierSource
    claim: Claim

    @property
    def letter_id(self) -> int | None:
        """The letter it names; None for calendar entries, which name a To Do, and hints."""
        match self.claim:
            case TokenClaim() | IdClaim() | RefClaim():
                return self.claim.letter_id
            case CalendarClaim() | CodeHint():
                return None


def carriers(
    message: InboundMessage, instance: str, own_addresses: tuple[str, ...], delimiter: str
) -> tuple[Carrier, ...]:
    """Return every mark of ours in a mail, in the order in which they are believed.

    Args:
        message: the mail.
        instance: name of this installation as it stands in our ids.
        own_addresses: addresses of the watched mailboxes, without a token.
        delimiter: what stands before the token in a reply address, usually `+`; empty when
            the mailbox cannot do that.
    """
    found = [
        *_from_calendars(message, instance),
        *_from_addresses(message, own_addresses, delimiter),
        *_from_ids(message, instance),
        *_from_texts(message),
    ]
    return tuple(dict.fromkeys(found))


def is_own_message(message: InboundMessage, keyring: Keyring, instance: str) -> bool:
    """Tell whether this mail is one of ours that came back to us.

    Only its own Message-ID with a valid code says so; From can be anybody's invention.
    """
    claim = read_own_id(message.message_id)
    return (
        claim is not None
        and claim.kind is IdKind.MESSAGE
        and verify(keyring, claim, instance=instance, recipient="")
    )


def _from_calendars(message: InboundMessage, instance: str) -> Iterator[Carrier]:
    for calendar in message.calendars:
        octets = calendar.data[:_CALENDAR_OCTETS].replace(b"\r\n", b"\n")
        unfolded = octets.replace(b"\n ", b"").replace(b"\n\t", b"")
        for uid in _UID_LINE.findall(unfolded)[:_HINT_LIMIT]:
            claim = read_uid(uid.decode("ascii", "replace"))
            if claim and claim.instance.lower() == instance.lower():
                yield Carrier(CarrierSource.CALENDAR_UID, claim)


def _from_addresses(
    message: InboundMessage, own_addresses: tuple[str, ...], delimiter: str
) -> Iterator[Carrier]:
    if not delimiter:
        return
    own = {address.lower() for address in own_addresses}
    for recipient in (*message.to, *message.cc, *message.delivered_to):
        local, _, domain = recipient.address.rpartition("@")
        base, found, token = local.rpartition(delimiter)
        claim = read_token(token) if found else None
        if claim and f"{base}@{domain}".lower() in own:
            yield Carrier(CarrierSource.ADDRESS, claim)


def _from_ids(message: InboundMessage, instance: str) -> Iterator[Carrier]:
    """In-Reply-To first, then References from the newest to the oldest."""
    for one in (*message.in_reply_to, *reversed(message.references)):
        claim = read_own_id(one)
        if claim and claim.instance.lower() == instance.lower():
            yield Carrier(CarrierSource.MESSAGE_ID, claim)


def _from_texts(message: InboundMessage) -> Iterator[Carrier]:
    texts = [text[:_TEXT_LIMIT] for text in (message.text, message.html) if text]
    for text in texts:
        for ref in find_refs(text):
            yield Carrier(CarrierSource.BODY_REF, ref)
    for code, number in _TAG.findall(message.subject)[:_HINT_LIMIT]:
        hint = CodeHint(code.upper(), int(number) if number else None)
        yield Carrier(CarrierSource.SUBJECT_TAG, hint)
    for hint in _codes(message.subject):
        yield Carrier(CarrierSource.SUBJECT_TAG, hint)
    for text in texts[:1]:
        for hint in _codes(text):
            yield Carrier(CarrierSource.VISIBLE_CODE, hint)


def _codes(text: str) -> tuple[CodeHint, ...]:
    """Codes such as `TAX-3`, in any case; the search starts at the hyphen, which is rare."""
    hints: dict[CodeHint, None] = {}
    text = f" {text}"
    for number in islice(_CODE_NUMBER.finditer(text), _LOOK_ALIKES):
        at = number.start()
        name = _CODE_NAME.search(text[max(0, at - 13) : at])
        if name:
            hints[CodeHint(name[1].upper(), int(number[1]))] = None
    return tuple(hints)[:_HINT_LIMIT]
