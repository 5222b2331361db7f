"""What is internal never reaches a client or an observer, whatever the plan looks like."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.digest import Digest, DigestLine, DigestSection
from mailflow.domain.ids import PersonId
from mailflow.domain.notice import (
    AgreementAsked,
    AnswerPassedOn,
    Change,
    ChangeNotice,
    ClaimMade,
    Notice,
    PageOccasion,
    PlanPage,
    PlanProposal,
    Receipt,
    Reminder,
    ToDoListed,
    ToDosAsked,
)
from mailflow.domain.outcome import ItemOutcome, ItemResult, OpenItem
from mailflow.domain.plan import (
    ACTIVE,
    Document,
    Milestone,
    Phase,
    PhaseState,
    Plan,
    PlanContext,
    ToDo,
    ToDoKind,
    ToDoState,
)
from mailflow.writing.letter import Letter
from tests.writing.letter_builders import (
    CAROL,
    DANA,
    FRIDAY,
    NOW,
    OLA,
    VIC,
    a_letter,
    a_plan,
    a_todo,
    an_office,
)

CANARY = "canary"


@st.composite
def todos(draw: st.DrawFn, n: int) -> ToDo:
    internal = draw(st.booleans())
    bird = f"{CANARY}{n}" if internal else f"plain{n}"
    scan = Document("0" * 64, f"{bird}.pdf", "application/pdf", 1)
    return a_todo(
        n,
        f"{bird} title",
        internal=internal,
        details=(f"{bird} details",),
        files=(f"{bird}.docx",),
        documents=(scan,),
        responsible=draw(st.sampled_from([CAROL, VIC, DANA, OLA])),
        state=draw(st.sampled_from(ToDoState)),
        kind=draw(st.sampled_from(ToDoKind)),
        due=draw(st.sampled_from([None, FRIDAY, FRIDAY - timedelta(30)])),
        after=draw(st.sampled_from([(), (1,), (1, 2)])),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    phases: list[Phase] = []
    n = 0
    for number, size in enumerate(sizes, 1):
        made = tuple(draw(todos(n + i)) for i in range(1, size + 1))
        n += size
        stone = Milestone("Reached", FRIDAY) if draw(st.booleans()) else None
        phases.append(Phase(number, "Part", made, stone, PhaseState.OPEN))
    context = PlanContext(goal="A goal", internal=(f"{CANARY} note",))
    return replace(a_plan(), phases=tuple(phases), context=context)


def notices(plan: Plan, to: PersonId) -> list[Notice]:
    numbers = tuple(todo.n for todo in plan.todos())
    items = tuple(OpenItem(n, plan, n) for n in numbers)
    outcomes = tuple(
        ItemOutcome(plan, todo.n, result, documents=todo.documents)
        for todo in plan.todos()
        for result in (ItemResult.DONE, ItemResult.PROPOSED)
    )
    changes = tuple((n, change, f"{n}") for n in numbers for change in Change)
    lines = tuple(DigestLine(n, plan, n, CAROL, "", FRIDAY) for n in numbers)
    return [
        ToDosAsked(to, plan, numbers),
        ToDoListed(to, items),
        Reminder(to, items, numbers),
        Receipt(to, outcomes, opened=((plan, numbers),)),
        AgreementAsked(to, plan),
        PlanProposal(to, plan),
        *(PlanPage(to, plan, why, "Reached", numbers) for why in PageOccasion),
        ChangeNotice(to, plan, ((None, Change.PLAN_CANCELLED, ""), *changes)),
        *(ChangeNotice(to, plan, (change,)) for change in changes),
        ClaimMade(to, CAROL, "x@acme.example", plan, numbers, "Done."),
        AnswerPassedOn(to, CAROL, plan, outcomes, "Done."),
        Digest(to, NOW.date(), tuple((section, lines) for section in DigestSection)),
    ]


def shown(letter: Letter) -> str:
    return f"{letter.subject}\n{letter.text}\n{letter.html}"


@settings(max_examples=40, deadline=None)
@given(plans(), st.sampled_from([CAROL, OLA]), st.sampled_from(["en", "de"]))
def test_nothing_internal_is_told_to_clients_and_observers(
    plan: Plan, to: PersonId, language: str
) -> None:
    hidden = {todo.n for todo in plan.todos() if todo.internal}
    office = an_office(language=language, welcomed=False)
    letters = [a_letter(notice, office) for notice in notices(plan, to)]

    assert [letter.kind for letter in letters if CANARY in shown(letter)] == []
    assert not any(item.n in hidden for letter in letters for item in letter.items)
    assert not any(entry.n in hidden for letter in letters for entry in letter.entries)


def test_somebody_on_no_plan_counts_as_what_she_is_to_the_provider() -> None:
    plan = replace(a_plan(a_todo(1, f"{CANARY} title", internal=True)), people=())

    assert CANARY not in shown(a_letter(AgreementAsked(CAROL, plan)))
    assert CANARY in shown(a_letter(PlanProposal(DANA, plan)))


@settings(max_examples=20, deadline=None)
@given(plans())
def test_the_team_sees_what_is_internal(plan: Plan) -> None:
    letter = a_letter(PlanProposal(VIC, plan))

    titles = [todo.title for todo in plan.todos() if todo.internal]
    assert [title for title in titles if title not in letter.text] == []
    assert f"Internal: {CANARY} note" in letter.text


@settings(max_examples=20, deadline=None)
@given(plans())
def test_what_nobody_may_do_any_more_has_no_button(plan: Plan) -> None:
    numbers = tuple(todo.n for todo in plan.todos() if todo.state not in ACTIVE)
    letter = a_letter(ToDosAsked(VIC, plan, numbers))

    assert "mailto:" not in letter.html
