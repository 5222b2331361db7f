"""From a draft to a plan: everybody in it is known by id now, and nothing has begun.

The same plan is shown on the page, proposed by letter and kept in the store, so that it is
made in one place only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailflow.domain.draft import DraftPhase, DraftToDo, PlanDraft
from mailflow.domain.ids import ClientId, PersonId, PlanId
from mailflow.domain.people import Role
from mailflow.domain.plan import Milestone, Phase, Plan, Stakeholder, ToDo, ToDoKind

NOBODY = ""
"""Key of `persons` for whoever stands in where the draft names nobody that is known."""


def plan_from_draft(
    draft: PlanDraft,
    plan_id: PlanId,
    persons: Mapping[str, PersonId],
    provider: PersonId,
    client: ClientId | None = None,
) -> Plan:
    """Return the plan that a draft describes: a draft still, with every To Do waiting.

    A draft with problems is turned into a plan as far as it was read: a To Do without a known
    person goes to `persons[NOBODY]` if there is one, else to the provider, who has to settle
    it; unknown helpers and numbers are left out.

    Args:
        draft: what was read.
        plan_id: the new plan's id.
        persons: who the keys of the draft's people are (`DraftPerson.key`).
        provider: who runs the plan.
        client: the client's id, where the client is known.
    """
    cast = _Cast(
        persons=persons,
        stand_in=persons.get(NOBODY, provider),
        numbers=frozenset(todo.n for phase in draft.phases for todo in phase.todos),
        review=draft.review,
    )
    return Plan(
        id=plan_id,
        code=draft.code,
        title=draft.title,
        client=client,
        client_name=draft.client_name,
        people=tuple(_stakeholders(draft, persons, provider)),
        context=draft.context,
        phases=tuple(
            _phase(number, phase, cast) for number, phase in enumerate(draft.phases, start=1)
        ),
        start=draft.start,
        end=draft.end,
        language=draft.language,
        rhythm=draft.rhythm,
        review=draft.review,
        agree=draft.agree,
    )


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who and what the To Dos of one draft may refer to."""

    persons: Mapping[str, PersonId]
    stand_in: PersonId
    numbers: frozenset[int]
    review: bool

    def responsible(self, key: str | None) -> PersonId:
        return self.stand_in if key is None else self.persons.get(key, self.stand_in)

    def helpers(self, keys: tuple[str, ...], responsible: PersonId) -> tuple[PersonId, ...]:
        known = dict.fromkeys(self.persons[key] for key in keys if key and key in self.persons)
        return tuple(person for person in known if person != responsible)


def _stakeholders(
    draft: PlanDraft, persons: Mapping[str, PersonId], provider: PersonId
) -> Iterator[Stakeholder]:
    yield Stakeholder(provider, Role.PROVIDER)
    seen = {provider}
    for person in draft.people:
        known = persons.get(person.key)
        if known is not None and known not in seen:
            seen.add(known)
            yield Stakeholder(known, person.role)


def _phase(number: int, phase: DraftPhase, cast: _Cast) -> Phase:
    stone = phase.milestone
    return Phase(
        number=number,
        title=phase.title,
        todos=tuple(_todo(todo, cast) for todo in phase.todos),
        milestone=None if stone is None else Milestone(stone.title, stone.due),
    )


def _todo(todo: DraftToDo, cast: _Cast) -> ToDo:
    responsible = cast.responsible(todo.responsible)
    return ToDo(
        n=todo.n,
        title=todo.title,
        responsible=responsible,
        kind=todo.kind,
        helpers=cast.helpers(todo.helpers, responsible),
        due=todo.due,
        details=todo.details,
        fixed=todo.fixed,
        internal=todo.internal,
        review=cast.review and todo.kind is ToDoKind.SEND,
        after=tuple(n for n in todo.after if n in cast.numbers and n != todo.n),
        appointment=todo.appointment,
        files=todo.files,
    )
