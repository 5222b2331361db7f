"""Which copy of a plan's page somebody had last, and what changed since then."""

from mailflow.domain.event import DocumentFiled, NoteTaken, QuestionAsked
from mailflow.domain.ids import PersonId
from mailflow.domain.plan import Plan
from mailflow.domain.undo import number_of
from mailflow.ports import UnitOfWork


def changed_since_copy(uow: UnitOfWork, plan: Plan, reader: PersonId) -> tuple[int, ...]:
    """Return the To Dos that changed since this reader's last copy; none before her first."""
    mark = uow.setting(_name(plan, reader))
    if not mark:
        return ()
    numbers = {
        number
        for past in uow.acts_since(plan.id, int(mark))
        for of, event in past.events
        if of == plan.id
        and not isinstance(event, DocumentFiled | NoteTaken | QuestionAsked)
        and (number := number_of(event)) is not None
    }
    return tuple(sorted(numbers))


def remember_copy(uow: UnitOfWork, plan: Plan, reader: PersonId) -> None:
    """Note that this reader gets the page as it stands now."""
    mark = int(uow.setting(_name(plan, reader)) or 0)
    last = max((past.act.id for past in uow.acts_since(plan.id, mark)), default=mark)
    uow.note_setting(_name(plan, reader), str(last))


def _name(plan: Plan, reader: PersonId) -> str:
    return f"page {plan.id} {reader}"
