"""Which mail of a shared mailbox is ours; everything else leaves no trace.

Decided by the header and the structure alone: our token or tag in an address, our Message-ID
in References, a calendar answer, or a bounce of a letter of ours.
"""

from mailflow.flow.settings import FlowSettings
from mailflow.mail.carriers import carriers
from mailflow.mail.keys import CodeHint
from mailflow.mail.parse import header_only
from mailflow.ports import Belongs, PartSummary


def belongs_to(settings: FlowSettings) -> Belongs:
    """Return the predicate for this office."""
    local, _, domain = settings.address.rpartition("@")
    prefix = f"{local}{settings.delimiter}"

    def belongs(header: bytes, parts: tuple[PartSummary, ...]) -> bool:
        message = header_only(header)
        marks = carriers(message, settings.instance, settings.own_addresses, settings.delimiter)
        if any(not isinstance(mark.claim, CodeHint) for mark in marks):
            return True
        recipients = (*message.to, *message.cc, *message.delivered_to)
        if settings.delimiter and any(
            to.address.startswith(prefix) and to.address.endswith(f"@{domain}") for to in recipients
        ):
            return True
        return any(settings.instance.encode() in part.opening for part in parts)

    return belongs


def is_our_recipient(settings: FlowSettings, recipient: str) -> bool:
    """Return whether an envelope recipient is an address of ours, with a tag or without."""
    local, _, domain = recipient.strip("<>").rpartition("@")
    base = local.partition(settings.delimiter)[0] if settings.delimiter else local
    wanted = f"{base}@{domain}".lower()
    return wanted in (address.lower() for address in settings.own_addresses)
