"""Typed names for what the plan's world is made of, so that one cannot stand for another."""

from typing import NewType

PlanId = NewType("PlanId", int)
PersonId = NewType("PersonId", int)
ClientId = NewType("ClientId", int)
LetterId = NewType("LetterId", int)


def todo_ref(code: str, n: int) -> str:
    """Return the reference people see, such as `TAX-3`."""
    return f"{code}-{n}"
