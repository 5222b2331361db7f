"""What is kept with a letter, so that one word settles it."""

from dataclasses import replace

from mailflow.domain.digest import Digest, DigestLine, DigestSection
from mailflow.domain.ids import PlanId
from mailflow.domain.intent import Intent
from mailflow.domain.notice import (
    AnswerPassedOn,
    ApprovalAsked,
    ClaimMade,
    ConfirmationAsked,
    PlanProposal,
    Receipt,
    ToDoListed,
)
from mailflow.domain.outcome import ItemOutcome, ItemResult, OpenItem
from mailflow.domain.plan import Proposal, ProposalReason
from mailflow.flow.letter_facts import all_facts, code_digest, fact, facts_of, plans_of
from tests.builders import CAROL, DANA, MONDAY, TODAY, a_plan, says

PLAN = a_plan(2)
OTHER = replace(a_plan(1), id=PlanId(2), code="WEB")
PROPOSAL = Proposal(7, 1, CAROL, says(1, Intent.DONE), ProposalReason.UNCLEAR, MONDAY)


def test_a_passed_on_answer_knows_its_client_and_what_is_proposed() -> None:
    outcomes = (
        ItemOutcome(PLAN, 1, ItemResult.PROPOSED, proposal=PROPOSAL),
        ItemOutcome(PLAN, 2, ItemResult.DONE),
    )
    facts = facts_of(AnswerPassedOn(DANA, CAROL, PLAN, outcomes, "perhaps"))

    assert fact(facts, "client") == str(CAROL)
    assert all_facts(facts, "proposal") == (f"{PLAN.id}:7",)


def test_a_digest_knows_under_which_number_it_asks() -> None:
    line = DigestLine(shown=3, plan=PLAN, n=1, proposal=PROPOSAL)
    facts = facts_of(Digest(DANA, TODAY, ((DigestSection.TO_JUDGE, (line,)),)))

    assert all_facts(facts, "proposal") == (f"{PLAN.id}:7:3",)


def test_a_claim_knows_whose_it_is_and_from_where() -> None:
    claim = ClaimMade(DANA, CAROL, "erin@acme.example", PLAN, (1,), "done", (PROPOSAL,))
    facts = facts_of(claim)

    assert (fact(facts, "claimant"), fact(facts, "person")) == ("erin@acme.example", str(CAROL))
    assert all_facts(facts, "proposal") == (f"{PLAN.id}:7",)


def test_a_code_is_kept_so_that_it_can_be_known_again_and_not_used() -> None:
    asked = ConfirmationAsked(DANA, "ABCDEFGH23", ("cancel TAX",), "", MONDAY)
    facts = facts_of(asked)

    assert "ABCDEFGH23" not in str(facts)
    assert fact(facts, "code") == code_digest("ABCDEFGH23")
    assert all_facts(facts, "line") == ("cancel TAX",)


def test_an_approval_knows_the_letter_that_waits() -> None:
    facts = facts_of(ApprovalAsked(DANA, CAROL, "2 To Dos", "…", outbox_id=12))

    assert (fact(facts, "outbox"), fact(facts, "client")) == ("12", str(CAROL))


def test_a_proposal_knows_its_plan_and_a_list_nothing() -> None:
    assert fact(facts_of(PlanProposal(DANA, PLAN)), "plan") == str(PLAN.id)
    assert facts_of(ToDoListed(CAROL, ())) == ()
    assert fact((), "plan") == ""


def test_a_letter_speaks_of_each_plan_once() -> None:
    items = (OpenItem(1, PLAN, 1), OpenItem(2, OTHER, 1), OpenItem(3, PLAN, 2))
    outcomes = (ItemOutcome(PLAN, 1, ItemResult.DONE), ItemOutcome(OTHER, 1, ItemResult.DONE))

    assert plans_of(ToDoListed(CAROL, items)) == (PLAN, OTHER)
    assert plans_of(Receipt(CAROL, outcomes, ((PLAN, (2,)),))) == (PLAN, OTHER)
