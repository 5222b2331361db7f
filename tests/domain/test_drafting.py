from dataclasses import replace
from datetime import date, time

from mailflow.domain.draft import (
    DraftMilestone,
    DraftPerson,
    DraftPhase,
    DraftToDo,
    PlanDraft,
)
from mailflow.domain.drafting import NOBODY, plan_from_draft
from mailflow.domain.ids import ClientId, PersonId, PlanId
from mailflow.domain.people import Role
from mailflow.domain.plan import (
    Appointment,
    Milestone,
    Phase,
    PhaseState,
    Plan,
    PlanContext,
    PlanState,
    Rhythm,
    Stakeholder,
    ToDo,
    ToDoKind,
    ToDoState,
)

DANA, CAROL, VIC, NEMO = PersonId(1), PersonId(2), PersonId(3), PersonId(9)
KEYS = {"carol@acme.example": CAROL, "Vic": VIC, "dana@studio.example": DANA}
DRAFT = PlanDraft(
    title="2026 tax return",
    code="TAX",
    client_name="Acme Ltd",
    people=(
        DraftPerson("Carol Jones", "carol@acme.example", Role.CLIENT, "Acme Ltd"),
        DraftPerson("Vic", None, Role.TEAM),
    ),
    phases=(
        DraftPhase(
            "Gather",
            (
                DraftToDo(
                    1,
                    "Send the bank statements",
                    "carol@acme.example",
                    kind=ToDoKind.SEND,
                    helpers=("Vic", "carol@acme.example", "Vic", "unknown"),
                    due=date(2026, 3, 6),
                    details=("All accounts",),
                    fixed=True,
                    files=("letter.pdf",),
                ),
                DraftToDo(2, "Meet", "Vic", after=(1, 2, 99), internal=True),
            ),
            DraftMilestone("Records complete", date(2026, 3, 13)),
        ),
        DraftPhase("Prepare", ()),
    ),
    context=PlanContext(goal="Filed"),
    start=date(2026, 3, 2),
    end=date(2026, 3, 31),
    language="de",
    rhythm=Rhythm.GENTLE,
    review=True,
    agree=False,
)


def drafted(draft: PlanDraft = DRAFT) -> Plan:
    return plan_from_draft(draft, PlanId(7), KEYS, DANA, ClientId(4))


def test_the_plan_says_what_the_draft_says() -> None:
    assert drafted() == Plan(
        id=PlanId(7),
        code="TAX",
        title="2026 tax return",
        client=ClientId(4),
        client_name="Acme Ltd",
        people=(
            Stakeholder(DANA, Role.PROVIDER),
            Stakeholder(CAROL, Role.CLIENT),
            Stakeholder(VIC, Role.TEAM),
        ),
        context=PlanContext(goal="Filed"),
        phases=(
            Phase(
                1,
                "Gather",
                (
                    ToDo(
                        1,
                        "Send the bank statements",
                        CAROL,
                        kind=ToDoKind.SEND,
                        helpers=(VIC,),
                        due=date(2026, 3, 6),
                        details=("All accounts",),
                        fixed=True,
                        review=True,
                        files=("letter.pdf",),
                    ),
                    ToDo(2, "Meet", VIC, after=(1,), internal=True),
                ),
                Milestone("Records complete", date(2026, 3, 13)),
            ),
            Phase(2, "Prepare", ()),
        ),
        start=date(2026, 3, 2),
        end=date(2026, 3, 31),
        language="de",
        rhythm=Rhythm.GENTLE,
        review=True,
        agree=False,
    )


def test_nothing_has_begun() -> None:
    plan = drafted()
    assert plan.state is PlanState.DRAFT
    assert {phase.state for phase in plan.phases} == {PhaseState.WAITING}
    assert {todo.state for todo in plan.todos()} == {ToDoState.WAITING}


def test_without_the_plans_wish_no_delivery_is_reviewed() -> None:
    assert not any(todo.review for todo in drafted(replace(DRAFT, review=False)).todos())


def test_a_to_do_of_nobody_waits_for_the_provider() -> None:
    lost = replace(DRAFT, phases=(DraftPhase("", (DraftToDo(1, "Who?", None),)),))
    assert [todo.responsible for todo in drafted(lost).todos()] == [DANA]
    unknown = replace(DRAFT, phases=(DraftPhase("", (DraftToDo(1, "Who?", "Bob"),)),))
    assert [todo.responsible for todo in drafted(unknown).todos()] == [DANA]


def test_a_stand_in_takes_what_nobody_has() -> None:
    lost = replace(DRAFT, phases=(DraftPhase("", (DraftToDo(1, "Who?", None),)),))
    plan = plan_from_draft(lost, PlanId(7), {**KEYS, NOBODY: NEMO}, DANA)
    assert [todo.responsible for todo in plan.todos()] == [NEMO]
    assert plan.client is None


def test_the_provider_is_on_the_plan_once() -> None:
    named = replace(DRAFT, people=(DraftPerson("Dana", "dana@studio.example", Role.TEAM),))
    assert drafted(named).people == (Stakeholder(DANA, Role.PROVIDER),)


def test_an_appointment_comes_along() -> None:
    meeting = DraftToDo(
        1, "Meet", "Vic", ToDoKind.ATTEND, appointment=Appointment(time(14), time(15), "Room 2")
    )
    plan = drafted(replace(DRAFT, phases=(DraftPhase("", (meeting,)),)))
    assert [todo.appointment for todo in plan.todos()] == [meeting.appointment]
