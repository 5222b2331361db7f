"""An office for each journey, in each place; after the journey everything is proven."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from mailflow.demo.stage import StageClock
from tests.journeys.builders import START, JourneyOffice, library_warnings
from tests.journeys.places import MemoryPlace, Place
from tests.journeys.places_real import RealPlace, pymap_place
from tests.journeys.proofs import prove
from tests.servers import dovecot, postfix

__all__ = ["dovecot", "postfix"]


@pytest.fixture
def clock() -> StageClock:
    return StageClock(START)


@pytest.fixture(params=["memory", "pymap", pytest.param("servers", marks=pytest.mark.servers)])
def place(request: pytest.FixtureRequest, clock: StageClock) -> Iterator[Place]:
    with ExitStack() as stack:
        if request.param == "memory":
            yield MemoryPlace(clock)
        elif request.param == "pymap":
            yield stack.enter_context(pymap_place(clock))
        else:
            servers = request.getfixturevalue("dovecot"), request.getfixturevalue("postfix")
            yield stack.enter_context(closing(RealPlace(*servers)))


@pytest.fixture
def office(place: Place, clock: StageClock, tmp_path: Path) -> Iterator[JourneyOffice]:
    """An office in shadow mode, in the place."""
    yield from _proven(JourneyOffice(place, tmp_path / "state", clock))


@pytest.fixture
def memory(clock: StageClock) -> MemoryPlace:
    return MemoryPlace(clock)


@pytest.fixture
def quick(memory: MemoryPlace, clock: StageClock, tmp_path: Path) -> Iterator[JourneyOffice]:
    """An office in memory alone, for journeys in which the wires play no part."""
    yield from _proven(JourneyOffice(memory, tmp_path / "state", clock))


@pytest.fixture
def believing_nobody(clock: StageClock, tmp_path: Path) -> Iterator[JourneyOffice]:
    """An office to which nobody vouches for senders."""
    yield from _proven(JourneyOffice(MemoryPlace(clock, trust=""), tmp_path / "state", clock))


def _proven(office: JourneyOffice) -> Iterator[JourneyOffice]:
    with library_warnings(office.log):
        office.turn()
        yield office
        prove(office)
        office.close()
