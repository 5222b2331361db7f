"""Numbers that are given away before the commit that uses them, and never twice.

Each kind has its own counter. A process reserves a block in a small commit of its own and
gives it away from memory; blocks grow with demand, so that a short command line leaves few
gaps and a busy daemon seldom asks.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock

from sqlalchemy import bindparam, update

from mailflow.store.hot import Desk, Hot, inserting_new
from mailflow.store.tables import NumberRow, table_of

_FIRST_BLOCK = 8
_LARGEST_BLOCK = 512
_number = table_of(NumberRow)
_BEGIN = inserting_new(_number)
_RESERVE = Hot(
    update(_number)
    .where(_number.c.name == bindparam("of"))
    .values(next=_number.c.next + bindparam("size"))
    .returning(_number.c.next)
)


class Numbers:
    """The counters of one process; any thread may ask, but not while it writes itself.

    Args:
        writing: opens the small transaction in which a block is reserved.
    """

    def __init__(self, writing: Callable[[], AbstractContextManager[Desk]]) -> None:
        self._writing = writing
        self._lock = Lock()
        self._blocks: dict[str, tuple[int, int]] = {}
        self._sizes: dict[str, int] = {}

    def take(self, kind: str) -> int:
        """Return a number of this kind, from 1 on, that was never given away."""
        with self._lock:
            number, end = self._blocks.get(kind, (0, 0))
            if number == end:
                number, end = self._reserve(kind)
            self._blocks[kind] = (number + 1, end)
            return number

    def _reserve(self, kind: str) -> tuple[int, int]:
        size = min(_LARGEST_BLOCK, 2 * self._sizes.get(kind, _FIRST_BLOCK // 2))
        with self._writing() as desk:
            end = reserve(desk, kind, size)
        self._sizes[kind] = size
        return end - size, end


def reserve(desk: Desk, kind: str, size: int) -> int:
    """Put `size` numbers aside in this transaction; returns the first one after them."""
    desk.run(_BEGIN, kind, 1)
    end: int = desk.scalar(_RESERVE, size, kind)
    return end
