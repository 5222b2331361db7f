"""What all units of work of one process share."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock

from sqlalchemy import Engine

from mailflow.store.blobs import Blobs
from mailflow.store.cache import PeopleCache, PlanCache
from mailflow.store.engine import writing
from mailflow.store.hot import Desk
from mailflow.store.numbers import Numbers


class House:
    """The database, its blobs, its numbers and what was read before.

    Args:
        engine: the open database.
        blobs: the folder of large contents.
        seed: 32 fresh random bytes of this process, never stored; salts are made from it.
    """

    def __init__(self, engine: Engine, blobs: Blobs, seed: bytes) -> None:
        self.engine = engine
        self.blobs = blobs
        self.numbers = Numbers(self.writing)
        self.plans = PlanCache()
        self.people = PeopleCache()
        self._seed = seed
        self._salted = count(1)
        self._pen = Lock()

    def salt(self) -> bytes:
        """Return 16 bytes that nobody can guess and that are never given twice."""
        number = next(self._salted).to_bytes(8, "big")
        return hashlib.blake2b(number, key=self._seed, digest_size=16).digest()

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """Give a desk in a write transaction; threads of this process take turns."""
        with self._pen, writing(self.engine) as desk:
            yield desk

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Give a desk that sees one state of things."""
        with self.engine.connect() as connection, connection.begin():
            yield Desk(connection)
