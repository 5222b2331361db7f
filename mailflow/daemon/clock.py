"""The wall clock and fresh keys: the only sources of surprise."""

import secrets  # noqa: TID251 - the one place that makes chance
from dataclasses import dataclass
from datetime import UTC, datetime


class WallClock:
    """The present moment, as the machine knows it."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that looks at the clock


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A moment that does not pass: for one-shot commands and for playing time."""

    instant: datetime

    def now(self) -> datetime:
        """Return the fixed instant, UTC."""
        return self.instant.astimezone(UTC)


def fresh_key() -> bytes:
    """Return 32 random bytes for a new installation's keyring."""
    return secrets.token_bytes(32)


def fresh_name() -> str:
    """Return a random name for a new installation, ten lower-case characters."""
    return secrets.token_hex(5)
