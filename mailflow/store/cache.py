"""Plans and people that were read before, good as long as their version stands.

Whoever looks reads the version first; only what has the same version is taken from here, so
several processes may write beside each other.
"""

from collections import OrderedDict
from threading import Lock

from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan

PLANS_KEPT = 1024
PERSONS_KEPT = 4096


class PlanCache:
    """The plans that were used last, by id and version; any thread may ask."""

    def __init__(self, size: int = PLANS_KEPT) -> None:
        self._size = size
        self._lock = Lock()
        self._plans: OrderedDict[PlanId, Plan] = OrderedDict()

    def get(self, plan: PlanId, version: int) -> Plan | None:
        """Return the plan in exactly this version."""
        with self._lock:
            kept = self._plans.get(plan)
            if kept is None or kept.version != version:
                return None
            self._plans.move_to_end(plan)
            return kept

    def keep(self, plan: Plan) -> None:
        """Remember a plan, unless a newer version is here."""
        with self._lock:
            kept = self._plans.get(plan.id)
            if kept is not None and kept.version > plan.version:
                return
            self._plans[plan.id] = plan
            self._plans.move_to_end(plan.id)
            if len(self._plans) > self._size:
                self._plans.popitem(last=False)


class PeopleCache:
    """Everybody who was read under one version of the office."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = -1
        self._persons: dict[PersonId, Person] = {}

    def get(self, person: PersonId, version: int) -> Person | None:
        """Return the person as she is in this version of the office."""
        with self._lock:
            return self._persons.get(person) if version == self._version else None

    def keep(self, person: Person, version: int) -> None:
        """Remember a person; another version makes everything else old."""
        with self._lock:
            if version < self._version:
                return
            if version > self._version or len(self._persons) >= PERSONS_KEPT:
                self._persons.clear()
            self._version = version
            self._persons[person.id] = person
