"""Acts read back from the journal, with those that were staged laid over it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from mailflow.domain.event import Event
from mailflow.domain.ids import PersonId, PlanId
from mailflow.ports.kept import Act, PastAct
from mailflow.store import queries
from mailflow.store.hot import Desk
from mailflow.store.journal import OFFICE, event_of
from mailflow.store.staging import Staging


def past_act(desk: Desk, staging: Staging, number: int) -> PastAct | None:
    """Return an act with its events on plans; None where it is unknown or was erased."""
    written = _written(desk, number)
    staged = _staged(staging, number)
    found = [past for past in (written, staged) if past is not None]
    if not found:
        return None
    events = tuple(event for past in found for event in past.events)
    undone = _undone(desk, staging).get(number, found[0].undone_by)
    return PastAct(found[0].act, events, undone)


def last_act(
    desk: Desk, staging: Staging, plan: PlanId | None, by: PersonId | None
) -> PastAct | None:
    """Return the newest act that stands, of a plan or person if named."""
    if plan is None:
        rows = desk.all(queries.ACTS) if by is None else desk.all(queries.ACTS_BY, by)
    elif by is None:
        rows = desk.all(queries.ACTS_OF_PLAN, plan)
    else:
        rows = desk.all(queries.ACTS_OF_PLAN_BY, plan, by)
    wanted = _standing(desk, staging, (row[0] for row in rows), newest_first=True)
    return next((p for p in wanted if _is_of(p, plan) and by in {None, p.act.by}), None)


def acts_since(desk: Desk, staging: Staging, plan: PlanId, number: int) -> tuple[PastAct, ...]:
    """Return the later acts on the plan that stand, oldest first."""
    rows = desk.all(queries.ACTS_SINCE, plan, number)
    found = _standing(desk, staging, (row[0] for row in rows), newest_first=False)
    return tuple(past for past in found if past.act.id > number and _is_of(past, plan))


def _standing(
    desk: Desk, staging: Staging, written: Iterable[int], *, newest_first: bool
) -> Iterator[PastAct]:
    """Yield acts that hold and are no undos, among those written and all that are staged."""
    undone = _undone(desk, staging)
    again = {number for number, by in undone.items() if by is None}
    numbers = {*written, *(act.id for act, _, _ in staging.happened), *again}
    for number in sorted(numbers, reverse=newest_first):
        past = past_act(desk, staging, number) if undone.get(number) is None else None
        if past is not None and past.undone_by is None and past.act.undoes is None:
            yield past


def _undone(desk: Desk, staging: Staging) -> dict[int, int | None]:
    """Return what staged undos change: by whom an act is undone now, None: it holds again."""
    changed: dict[int, int | None] = {}
    undoes = {act.id: act.undoes for act, _, _ in staging.happened}
    for number, target in undoes.items():
        if target is None:
            continue
        changed[target] = number
        row = None if target in undoes else desk.one(queries.ACT, target)
        earlier = undoes.get(target) or (row[4] if row else None)
        if earlier is not None:
            changed[earlier] = None
    return changed


def _written(desk: Desk, number: int) -> PastAct | None:
    row = desk.one(queries.ACT, number)
    if row is None:
        return None
    events: list[tuple[PlanId, Event]] = []
    evidence: tuple[str, ...] = ()
    for plan, word, payload in desk.all(queries.ACT_EVENTS, number):
        if payload is None:  # half an act cannot be taken back
            return None
        event, evidence = event_of(word, payload)
        events.append((PlanId(plan), event))  # type: ignore[arg-type] # plan 0 was left out
    at = datetime.fromisoformat(row[1])
    return PastAct(Act(number, row[2], at, row[3], evidence, row[4]), tuple(events), row[5])


def _staged(staging: Staging, number: int) -> PastAct | None:
    mine = [(act, plan, event) for act, plan, event in staging.happened if act.id == number]
    if not mine:
        return None
    events = tuple((plan, event) for _, plan, event in mine if plan != OFFICE)
    return PastAct(mine[0][0], events)  # type: ignore[arg-type] # the office's were left out


def _is_of(past: PastAct, plan: PlanId | None) -> bool:
    return any(plan in {None, touched} for touched, _ in past.events)
