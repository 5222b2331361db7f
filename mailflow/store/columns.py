"""How single values stand in a row: instants and days as text, tuples as JSON."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache

from mailflow.store.codec import compact_json


@lru_cache(maxsize=1024)
def instant_text(instant: datetime) -> str:
    """Return an aware instant as it stands in a row: UTC, microseconds, sortable."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def day_text(day: date | None) -> str | None:
    """Return a day as it stands in a row."""
    return day.isoformat() if day else None


def instant_of(text: str | None) -> datetime | None:
    """Return what `instant_text` wrote."""
    return datetime.fromisoformat(text) if text else None


def day_of(text: str | None) -> date | None:
    """Return what `day_text` wrote."""
    return date.fromisoformat(text) if text else None


def listed(values: tuple[object, ...]) -> str | None:
    """Return a tuple of plain values as JSON, NULL where it is empty."""
    return compact_json(values) if values else None


def numbers_of(text: str | None) -> tuple[int, ...]:
    """Return the numbers that `listed` wrote."""
    return tuple(json.loads(text)) if text else ()


def words_of(text: str | None) -> tuple[str, ...]:
    """Return the words that `listed` wrote."""
    return tuple(json.loads(text)) if text else ()
