"""A whole plan, as a provider writes it to a colleague."""

from datetime import date

from mailflow.domain.draft import DraftMilestone, DraftPerson, DraftPhase, DraftToDo
from mailflow.domain.people import Role
from mailflow.domain.plan import PlanContext, Rhythm, ToDoKind
from tests.reading.plan_builders import read

CAROL, VIC = "carol@acme.example", "vic@studio.example"
TAX_RETURN = """
Client: Carol Jones <carol@acme.example>, Acme Ltd
With: Vic Ray <vic@studio.example>
Goal: Return filed by 31 March, no penalty
Assumptions: figures as in last year
Risks: missing bank statements
Start: Mon 2 March 2026
Reminders: gentle

# Gather
- Send the bank statements @Carol by Fri 6 March [send]
    All accounts, January to December, as PDF.
- Sign the engagement letter (Carol, by 10 March, with Vic)
Milestone: Records complete by 13 March

# Prepare
- Draft the return | Vic | 5 working days after Records complete
- Approve the draft | Carol | +3 days
Milestone: Return filed
"""


def test_a_plan_in_plain_words_is_read_as_its_author_means_it() -> None:
    draft = read(TAX_RETURN, subject="plan: 2026 tax return")

    assert (draft.title, draft.code, draft.client_name) == ("2026 tax return", "TAX", "Acme Ltd")
    assert draft.problems == ()
    assert draft.people == (
        DraftPerson("Carol Jones", CAROL, Role.CLIENT),
        DraftPerson("Vic Ray", VIC, Role.TEAM),
    )
    assert draft.context == PlanContext(
        goal="Return filed by 31 March, no penalty",
        assumptions="figures as in last year",
        risks="missing bank statements",
    )
    assert (draft.start, draft.rhythm, draft.language) == (date(2026, 3, 2), Rhythm.GENTLE, "en")
    assert draft.phases == (
        DraftPhase(
            "Gather",
            (
                DraftToDo(
                    1,
                    "Send the bank statements",
                    CAROL,
                    ToDoKind.SEND,
                    due=date(2026, 3, 6),
                    details=("All accounts, January to December, as PDF.",),
                    line=11,
                ),
                DraftToDo(
                    2,
                    "Sign the engagement letter",
                    CAROL,
                    helpers=(VIC,),
                    due=date(2026, 3, 10),
                    line=13,
                ),
            ),
            DraftMilestone("Records complete", date(2026, 3, 13), 14),
            10,
        ),
        DraftPhase(
            "Prepare",
            (
                DraftToDo(3, "Draft the return", VIC, due=date(2026, 3, 20), line=17),
                DraftToDo(
                    4,
                    "Approve the draft",
                    CAROL,
                    ToDoKind.APPROVE,
                    due=date(2026, 3, 23),
                    after=(3,),
                    line=18,
                ),
            ),
            DraftMilestone("Return filed", None, 19),
            16,
        ),
    )
