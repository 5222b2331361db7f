"""TXT records of the domain name system: where senders publish the keys of their signatures."""

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dns.resolver import Resolver

_SECONDS = 4.0
"""A mail waits for this look-up, so a silent name server must not keep it."""


def find_text(name: str) -> bytes | None:
    """Return the TXT record of a name, its strings joined (RFC 6376 section 3.6.2.2).

    Returns None when there is none, and also when nobody answers: to whoever asks, an unproven
    sender is the same in both cases. Never raises.
    """
    from dns.exception import DNSException  # noqa: PLC0415 - only where signatures are checked

    with suppress(DNSException, OSError, ValueError):
        for record in _resolver().resolve(name, "TXT", search=False):
            return b"".join(record.strings)
    return None


@cache
def _resolver() -> "Resolver":
    from dns.resolver import LRUCache, Resolver  # noqa: PLC0415 - a tenth of a second

    resolver = Resolver()
    resolver.lifetime = _SECONDS
    resolver.cache = LRUCache()
    return resolver
