"""A store and an office for each test, closed when it is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.store.memory import Store
from tests.store.builders import Office, a_store, an_office


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = a_store(tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = an_office(tmp_path / "state")
    yield made
    made.store.close()
