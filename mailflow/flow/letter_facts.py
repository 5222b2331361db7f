"""What a letter's answer settles: kept with the letter, so that one word is enough."""

from collections.abc import Iterator
from hashlib import sha256

from mailflow.domain.digest import Digest
from mailflow.domain.notice import (
    AgreementAsked,
    AnswerPassedOn,
    ApprovalAsked,
    ChangeNotice,
    ClaimMade,
    ConfirmationAsked,
    MailTooLarge,
    Notice,
    PlanPage,
    PlanProposal,
    Receipt,
    Reminder,
    ToDoListed,
    ToDosAsked,
    Transcript,
    WordsForwarded,
)
from mailflow.domain.plan import Plan

Facts = tuple[tuple[str, str], ...]


def plans_of(notice: Notice) -> tuple[Plan, ...]:
    """Return the plans a notice speaks of, each once, in order."""
    return tuple({plan.id: plan for plan in _plans(notice)}.values())


def _plans(notice: Notice) -> Iterator[Plan]:
    match notice:
        case (
            PlanProposal(plan=plan)
            | AgreementAsked(plan=plan)
            | ToDosAsked(plan=plan)
            | PlanPage(plan=plan)
            | ChangeNotice(plan=plan)
            | ClaimMade(plan=plan)
        ):
            yield plan
        case ToDoListed(items=items) | Reminder(items=items) | MailTooLarge(items=items):
            yield from (item.plan for item in items)
        case Receipt(outcomes=outcomes, opened=opened):
            yield from (outcome.plan for outcome in outcomes)
            yield from (plan for plan, _ in opened)
        case Digest(sections=sections):
            yield from (line.plan for _, lines in sections for line in lines if line.plan)
        case Transcript(pages=pages):
            yield from pages
        case _:
            found = getattr(notice, "plan", None)
            if isinstance(found, Plan):
                yield found


def facts_of(notice: Notice) -> Facts:
    """Return what an answer to the letter settles, as names and words."""
    match notice:
        case PlanProposal() | AgreementAsked() | Transcript():
            return _of_plans(notice)
        case AnswerPassedOn(by=by, outcomes=outcomes, subject=subject):
            asked = [
                ("proposal", f"{o.plan.id}:{o.proposal.number}") for o in outcomes if o.proposal
            ]
            return (("client", str(by)), ("subject", subject), *asked)
        case WordsForwarded(by=by):
            return (("from", str(by)),)
        case ClaimMade(on_behalf=person, address=address, plan=plan, proposals=proposals):
            claimed = [("proposal", f"{plan.id}:{proposal.number}") for proposal in proposals]
            return (("claimant", address), ("person", str(person)), *claimed)
        case ConfirmationAsked(code=code, lines=lines):
            return (("code", code_digest(code)), *(("line", line) for line in lines))
        case ApprovalAsked(outbox_id=outbox_id, recipient=recipient):
            return (("outbox", str(outbox_id)), ("client", str(recipient)))
        case Digest(sections=sections):
            return tuple(
                ("proposal", f"{line.plan.id}:{line.proposal.number}:{line.shown}")
                for _, lines in sections
                for line in lines
                if line.proposal and line.plan
            )
        case _:
            return ()


def _of_plans(notice: PlanProposal | AgreementAsked | Transcript) -> Facts:
    match notice:
        case PlanProposal(plan=plan, problems=problems, source=source):
            wrong = [("problem", problem.text) for problem in problems if problem.line]
            return (("plan", str(plan.id)), ("source", source), *wrong)
        case AgreementAsked(plan=plan):
            return (("plan", str(plan.id)),)
        case Transcript(waits=waits):
            return waits


def fact(facts: Facts, name: str) -> str:
    """Return the first fact of that name, or ""."""
    return next((value for key, value in facts if key == name), "")


def all_facts(facts: Facts, name: str) -> tuple[str, ...]:
    """Return all facts of that name, in order."""
    return tuple(value for key, value in facts if key == name)


def code_digest(code: str) -> str:
    """Return what is kept of a confirmation code: enough to know it again, not to use it."""
    return sha256(code.encode()).hexdigest()
