"""A desk for each test, closed when it is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.builders import Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk in a live office."""
    made = a_desk(tmp_path / "state")
    yield made
    made.store.close()


@pytest.fixture
def shadow(tmp_path: Path) -> Iterator[Desk]:
    """A desk in an office that is not live yet."""
    made = a_desk(tmp_path / "state", live=False)
    yield made
    made.store.close()
