"""When somebody is to be looked at again; an earlier look is never put off by a later wish."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from mailflow.domain.ids import PersonId
from mailflow.store import columns
from mailflow.store.hot import Desk, Hot, deleting, replacing, replacing_later
from mailflow.store.tables import CheckRow, table_of

_check = table_of(CheckRow)
_DUE = Hot(
    select(_check.c.person)
    .where(_check.c.at <= bindparam("now"))
    .order_by(_check.c.at, _check.c.person)
)
_NEXT = Hot(select(func.min(_check.c.at)))
_SET = replacing(_check)
_SOONER = replacing_later(_check, "at")
_GONE = deleting(_check, "person")


@dataclass(frozen=True, slots=True)
class Check:
    """When to look at a person; `exact` forgets what was noted before, and None ends it."""

    at: datetime | None
    exact: bool

    def sooner(self, at: datetime) -> "Check":
        """Return the same with a look at that instant at the latest."""
        return Check(at if self.at is None else min(self.at, at), self.exact)


def due_people(
    desk: Desk, staged: dict[PersonId, Check], now: datetime, limit: int
) -> tuple[PersonId, ...]:
    """Return whom to look at now, those who waited longest first."""
    written = [PersonId(row[0]) for row in desk.all(_DUE, columns.instant_text(now))]
    exact = {person for person, check in staged.items() if check.exact}
    soon = [person for person, check in staged.items() if check.at and check.at <= now]
    waiting = dict.fromkeys([*(p for p in written if p not in exact), *soon])
    return tuple(waiting)[:limit]


def next_check(desk: Desk) -> datetime | None:
    """Return when the next person is to be looked at."""
    at = desk.scalar(_NEXT)
    return datetime.fromisoformat(at) if at else None


def write_checks(desk: Desk, checks: dict[PersonId, Check]) -> None:
    """Write what was noted."""
    settled = [(p, columns.instant_text(c.at)) for p, c in checks.items() if c.exact and c.at]
    sooner = [(p, columns.instant_text(c.at)) for p, c in checks.items() if not c.exact and c.at]
    desk.many(_GONE, [(person,) for person, check in checks.items() if check.at is None])
    desk.many(_SET, settled)
    desk.many(_SOONER, sooner)
