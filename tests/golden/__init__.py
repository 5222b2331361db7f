"""Outputs as they were agreed, to be compared octet by octet."""

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent


def golden(name: str, data: bytes) -> None:
    """Compare with the agreed file; what differs is left beside it for a person to look at."""
    agreed = _FOLDER / name
    if not agreed.exists() or agreed.read_bytes() != data:
        fresh = _FOLDER / f"{name}.new"
        fresh.write_bytes(data)
        pytest.fail(f"{agreed} is not what came out: compare it with {fresh.name}")
