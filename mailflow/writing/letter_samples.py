"""One letter of every kind with made-up facts.

`mailflow check` writes them in every language before anything is sent, the gallery shows
them, and the tests compare them line by line.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from mailflow.domain.digest import Digest, DigestLine, DigestSection
from mailflow.domain.draft import Problem
from mailflow.domain.ids import ClientId, PersonId, PlanId
from mailflow.domain.intent import Intent, Reading
from mailflow.domain.notice import (
    AgreementAsked,
    Alarm,
    AlarmKind,
    AnswerPassedOn,
    ApprovalAsked,
    Change,
    ChangeNotice,
    ClaimMade,
    ConfirmationAsked,
    LineFate,
    MailTooLarge,
    Notice,
    PageOccasion,
    PassedOnReason,
    PlanPage,
    PlanProposal,
    Receipt,
    Reminder,
    ToDoListed,
    ToDosAsked,
    Transcript,
    TranscriptLine,
    WordsForwarded,
)
from mailflow.domain.outcome import ItemOutcome, ItemResult, OpenItem
from mailflow.domain.people import People, Person, Role
from mailflow.domain.plan import (
    Appointment,
    Document,
    Milestone,
    Phase,
    PhaseState,
    Plan,
    PlanContext,
    PlanState,
    Promise,
    Proposal,
    ProposalReason,
    Stakeholder,
    ToDo,
    ToDoKind,
    ToDoState,
)
from mailflow.writing.letter_parts import LetterMark, Office

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
"""A Monday morning."""

MARK = LetterMark(
    ref="Ref: 1aaaaaaab-k3m9qa2x", reply_to="dana+1aaaaaaabk3m9qa2xk3m9qa2@studio.example"
)

DANA, VIC, CAROL, OLA = (PersonId(n) for n in (1, 2, 3, 4))

_FRIDAY = date(2026, 3, 6)
_TUESDAY = date(2026, 3, 10)
_STATEMENT = Document("0" * 64, "statements-2025.pdf", "application/pdf", 184_000)


FIRST_LETTERS = frozenset({"agreement_asked"})
"""Samples that are written to somebody who never had a letter before."""


def office(language: str = "en", *, live: bool = True, welcomed: bool = True) -> Office:
    """Return the office of the samples; everybody in it reads that language."""
    people = (
        Person(DANA, "Dana Hall", ("dana@studio.example",), Role.PROVIDER),
        Person(VIC, "Vic Ray", ("vic@studio.example",), Role.TEAM),
        Person(CAROL, "Carol Jones", ("carol@acme.example",), welcomed=welcomed),
        Person(OLA, "Ola Berg", ("ola@acme.example",), Role.OBSERVER, welcomed=True),
    )
    country = {"en": "GB", "de": "DE", "fr": "FR"}.get(language, "")
    told = (
        replace(p, language=language, country=country, timezone="Europe/London") for p in people
    )
    return Office(People.of(told), DANA, "Dana Hall", NOW, live)


def tax_plan() -> Plan:
    """Return a plan in its first phase, with something internal in it."""
    gather = (
        ToDo(
            1,
            "Send the bank statements",
            CAROL,
            ToDoKind.SEND,
            ToDoState.OPEN,
            due=_FRIDAY,
            details=("All accounts, January to December, as PDF.",),
        ),
        ToDo(
            2,
            "Sign the engagement letter",
            CAROL,
            ToDoKind.DO,
            ToDoState.OPEN,
            (VIC,),
            _TUESDAY,
            files=("engagement-letter.pdf",),
        ),
        ToDo(
            3,
            "Kick-off meeting",
            CAROL,
            ToDoKind.ATTEND,
            ToDoState.OPEN,
            due=date(2026, 3, 12),
            appointment=Appointment(time(14), time(15), "Room 2"),
            fixed=True,
        ),
        ToDo(4, "Check last year's fee", VIC, state=ToDoState.OPEN, due=_FRIDAY, internal=True),
    )
    prepare = (
        ToDo(5, "Draft the return", VIC, due=date(2026, 3, 20)),
        ToDo(6, "Approve the draft", CAROL, ToDoKind.APPROVE, due=date(2026, 3, 25), after=(5,)),
    )
    return Plan(
        id=PlanId(1),
        code="TAX",
        title="2026 tax return",
        state=PlanState.RUNNING,
        client=ClientId(1),
        client_name="Acme Ltd",
        people=(
            Stakeholder(DANA, Role.PROVIDER),
            Stakeholder(VIC, Role.TEAM),
            Stakeholder(CAROL, Role.CLIENT),
            Stakeholder(OLA, Role.OBSERVER),
        ),
        context=PlanContext(
            goal="Return filed by 31 March, no penalty",
            assumptions="figures as in last year",
            risks="missing bank statements",
            internal=("The fee is capped.",),
        ),
        phases=(
            Phase(
                1,
                "Gather",
                gather,
                Milestone("Records complete", date(2026, 3, 13)),
                PhaseState.OPEN,
            ),
            Phase(2, "Prepare", prepare, Milestone("Return filed", date(2026, 3, 31))),
        ),
        start=date(2026, 3, 2),
        end=date(2026, 3, 31),
    )


def site_plan() -> Plan:
    """Return a second plan of the same client."""
    todos = (
        ToDo(3, "Choose the photographs", CAROL, state=ToDoState.OPEN, due=date(2026, 2, 27)),
        ToDo(
            7,
            "Approve the home page",
            CAROL,
            ToDoKind.APPROVE,
            ToDoState.PROMISED,
            due=date(2026, 3, 4),
            promised=Promise(_FRIDAY, _FRIDAY),
        ),
    )
    return Plan(
        PlanId(2),
        "WEB",
        "New website",
        PlanState.RUNNING,
        people=(Stakeholder(DANA, Role.PROVIDER), Stakeholder(CAROL, Role.CLIENT)),
        phases=(Phase(1, "", todos, state=PhaseState.OPEN),),
    )


def samples() -> dict[str, Notice]:
    """Return a notice of every kind by its name in the gallery, the important ones first."""
    return {**_to_clients(), **_to_the_office()}


def _after_the_answer() -> Plan:
    """The tax plan after "1 done, statements attached. 2 I can do Friday"."""
    plan = tax_plan()
    sent, signed = plan.todo(1), plan.todo(2)
    assert sent is not None
    assert signed is not None
    done = replace(sent, state=ToDoState.DONE, documents=(_STATEMENT,))
    promised = replace(signed, state=ToDoState.PROMISED, promised=Promise(_FRIDAY, _FRIDAY))
    return plan.with_todo(done).with_todo(promised)


def _open_items() -> tuple[OpenItem, ...]:
    tax, site = tax_plan(), site_plan()
    return (
        OpenItem(1, site, 3),
        OpenItem(2, tax, 1),
        OpenItem(3, site, 7),
        OpenItem(4, tax, 2),
    )


def _to_clients() -> dict[str, Notice]:
    plan, later = tax_plan(), _after_the_answer()
    one = ItemOutcome(later, 2, ItemResult.PROMISED, until=_FRIDAY)
    both = (ItemOutcome(later, 1, ItemResult.DONE, documents=(_STATEMENT,)), one)
    return {
        "to_dos_asked": ToDosAsked(CAROL, plan, (1, 2, 3)),
        "to_dos_asked_one": ToDosAsked(CAROL, plan, (1,)),
        "receipt_one": Receipt(CAROL, (one,)),
        "receipt": Receipt(CAROL, both),
        "receipt_opened": Receipt(
            CAROL,
            both[:1],
            opened=((later, (3,)),),
            reached=("Records complete",),
            passed_on="By the way, our office moves in May.",
        ),
        "agreement_asked": AgreementAsked(CAROL, plan),
        "reminder": Reminder(CAROL, _open_items(), (1,), step=1),
        "to_do_listed": ToDoListed(CAROL, _open_items()),
        "change_notice": ChangeNotice(
            CAROL,
            plan,
            ((1, Change.MOVED, ""), (2, Change.REJECTED, "The last page is missing.")),
        ),
        "plan_page": PlanPage(
            CAROL, later, PageOccasion.PHASE_FINISHED, "Records complete", (1, 2)
        ),
        "mail_too_large": MailTooLarge(CAROL, "Bank statements", 40, (OpenItem(1, plan, 1),)),
        "words_forwarded": WordsForwarded(
            CAROL,
            DANA,
            plan,
            "Yes, the February statement is enough.\n\nBest, Dana",
            "Which statements do you need? [TAX]",
        ),
    }


def _to_the_office() -> dict[str, Notice]:
    plan = tax_plan()
    question = ItemOutcome(plan, 1, ItemResult.QUESTION_PASSED_ON)
    return {
        "plan_proposal": PlanProposal(DANA, plan),
        "plan_proposal_problems": PlanProposal(
            DANA,
            plan,
            (Problem(14, "- Call the bank @Karl", "Nobody is called “Karl”. Did you mean Carol?"),),
        ),
        "transcript": Transcript(DANA, _lines(), (plan,), live=False),
        "digest": _digest(),
        "answer_passed_on": AnswerPassedOn(
            DANA,
            CAROL,
            plan,
            (question,),
            "Which months do you need? And is a scan enough?",
            doubt=PassedOnReason.QUESTION,
        ),
        "answer_unclear": AnswerPassedOn(
            DANA,
            CAROL,
            plan,
            (_proposal_outcome(plan),),
            "Should be sorted I think, see below",
            files=("scan.pdf",),
            doubt=PassedOnReason.UNCLEAR,
        ),
        "claim_made": ClaimMade(
            DANA, CAROL, "assistant@acme.example", plan, (1,), "Done, they are attached."
        ),
        "confirmation_asked": ConfirmationAsked(
            DANA,
            "k3m9qa2xpf",
            ("cancel TAX", "drop 3"),
            "it cannot be taken back",
            datetime(2026, 3, 4, 8, 30, tzinfo=UTC),
        ),
        "approval_asked": ApprovalAsked(
            DANA, CAROL, "3 To Dos [TAX]", "Hello Carol,\n\nhere are your next 3 steps.", 12
        ),
        **{f"alarm_{kind.value.replace(' ', '_')}": _alarm(kind) for kind in AlarmKind},
    }


def _alarm(kind: AlarmKind) -> Alarm:
    reason = "550 5.1.1 The account does not exist" if kind is AlarmKind.BOUNCED else ""
    return Alarm(DANA, kind, "carol@acme.example", reason, NOW)


def _lines() -> tuple[TranscriptLine, ...]:
    return (
        TranscriptLine("done 2", LineFate.DONE, "TAX-2 “Sign the engagement letter” is done."),
        TranscriptLine("due 1 friday", LineFate.DONE,
                       "TAX-1 “Send the bank statements” is now due on Friday 6 March 2026."),
        TranscriptLine("show TAX", LineFate.SHOWN, "", ("1  Send the bank statements   6 March",
                                                       "2  Sign the engagement letter 10 March")),
        TranscriptLine("dnoe 9", LineFate.NOT_UNDERSTOOD,
                       "This line was not understood. Nothing was changed.", example="done 3"),
    )  # fmt: skip


def _proposal_outcome(plan: Plan) -> ItemOutcome:
    return ItemOutcome(plan, 1, ItemResult.PROPOSED, proposal=_proposal())


def _proposal() -> Proposal:
    reading = Reading(1, Intent.DONE, confidence=0.6, sure=False, evidence=("sorted",))
    return Proposal(1, 1, CAROL, reading, ProposalReason.UNCLEAR, NOW)


def _digest() -> Digest:
    tax, site = tax_plan(), site_plan()
    return Digest(
        DANA,
        NOW.date(),
        (
            (DigestSection.TO_JUDGE, (DigestLine(
                1, tax, 1, CAROL, "Should be sorted I think, see below", NOW.date(), _proposal()
            ),)),
            (DigestSection.LATE, (DigestLine(2, site, 3, CAROL, on=date(2026, 2, 27)),)),
            (DigestSection.PROMISED_TODAY, (DigestLine(3, site, 7, CAROL, on=NOW.date()),)),
            (DigestSection.WAITING_ON_US, (DigestLine(4, tax, 4, VIC, on=_FRIDAY),)),
            (DigestSection.STRANGERS, (DigestLine(text="offers@shop.example: “Spring sale”"),)),
        ),
    )  # fmt: skip
