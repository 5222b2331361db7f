"""Who may ask for what.

Authenticity is settled before (the letters of evidence); here everybody is who she says.
"""

from mailflow.domain.ids import PersonId
from mailflow.domain.people import INSIDE, Role
from mailflow.domain.plan import Plan, ToDo


def may_answer(person: PersonId, todo: ToDo, plan: Plan) -> bool:
    """Return whether this person's answer acts on the To Do, rather than proposing.

    The responsible person and her helpers may, and so may the provider and the team. Others
    on the plan are heard, and the provider decides.
    """
    return person in {todo.responsible, *todo.helpers} or plan.role_of(person) in INSIDE


def may_agree(person: PersonId, plan: Plan) -> bool:
    """Return whether this person's "fine with me" agrees to the plan."""
    return plan.role_of(person) in {Role.CLIENT, Role.PROVIDER}


def may_see(person: PersonId, todo: ToDo, plan: Plan) -> bool:
    """Return whether the To Do exists for this person at all; internal ones stay inside."""
    return not todo.internal or plan.role_of(person) in INSIDE
