"""What somebody must be told: facts for one person, never text.

`writing/letter.py` has one composer a notice. Whoever decides makes notices; who may
receive what (a client never sees what is internal) is settled here by what they carry.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailflow.domain.digest import Digest
from mailflow.domain.draft import Problem
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.outcome import ItemOutcome, OpenItem
from mailflow.domain.plan import Plan, Proposal


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """To the provider: what was read of her plan, and what was unclear. Nothing was sent yet.

    `source` is the text that has problems: corrected lines can be put into it.
    """

    to: PersonId
    plan: Plan
    problems: tuple[Problem, ...] = ()
    replaced: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class AgreementAsked:
    """To the client: the plan, with the question whether it is fine.

    `step` counts the reminders, 0 being the question itself, which was asked on `asked_on`.
    """

    to: PersonId
    plan: Plan
    step: int = 0
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class ToDosAsked:
    """To a responsible person: all of her To Dos of this plan that became open, in one mail."""

    to: PersonId
    plan: Plan
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToDoListed:
    """To a person: every open To Do over all plans, numbered from 1."""

    to: PersonId
    items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """To a silent person: every open To Do, those that are due first, with the reason.

    Attributes:
        to: the responsible person.
        items: all her open To Dos, numbered from 1.
        due: shown numbers for which a step of the rhythm is due.
        step: how often she was reminded of them before, counted from 0.
    """

    to: PersonId
    items: tuple[OpenItem, ...]
    due: tuple[int, ...]
    step: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """To whoever answered: what was understood, and what opened through it.

    Attributes:
        to: whoever answered.
        outcomes: in the order of the answer.
        opened: her own To Dos that opened through the answer, with their plan.
        reached: milestones that were reached through it, by title.
        passed_on: words that did not become an act and went to the provider.
    """

    to: PersonId
    outcomes: tuple[ItemOutcome, ...]
    opened: tuple[tuple[Plan, tuple[int, ...]], ...] = ()
    reached: tuple[str, ...] = ()
    passed_on: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPassedOn:
    """To the provider: an answer that needs a person, whole, with what it seems to mean.

    Attributes:
        to: the provider.
        by: whose answer it was.
        plan: the plan it is about; None where it is about none.
        outcomes: what was done with it, and what is proposed (`proposal` set).
        text: the visible answer, whole.
        subject: of the answer.
        files: names of the files that came with it.
        doubt: why a person must look, one of the words in `PassedOnReason`.
    """

    to: PersonId
    by: PersonId
    plan: Plan | None
    outcomes: tuple[ItemOutcome, ...]
    text: str
    subject: str = ""
    files: tuple[str, ...] = ()
    doubt: str = ""


class PassedOnReason(StrEnum):
    """Why an answer went to the provider."""

    QUESTION = "question"
    UNCLEAR = "unclear"
    REQUEST = "request"
    NO_TODO = "no to do"
    UNPROVEN = "unproven"
    CLAIM = "claim"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """To provider or client: somebody at another address answered with a valid token.

    Attributes:
        to: who is asked to settle it with "yes", "always" or "no".
        on_behalf: the person whose To Do it is.
        address: where the answer came from; nothing was sent there.
        plan: the plan.
        numbers: To Dos the answered mail carried.
        text: the visible answer.
        proposals: what the answer would do, if it counted.
    """

    to: PersonId
    on_behalf: PersonId
    address: str
    plan: Plan
    numbers: tuple[int, ...]
    text: str
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class WordsForwarded:
    """To a client: a person's answer to her question, word for word."""

    to: PersonId
    by: PersonId
    plan: Plan | None
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """To people on the plan: the page, with what changed since their last copy.

    Attributes:
        to: who gets it.
        plan: the plan.
        occasion: why now; one of `PageOccasion`.
        milestone: title of the milestone that was reached, if that is the occasion.
        changes: To Dos that changed since the last copy: number and state.
    """

    to: PersonId
    plan: Plan
    occasion: str
    milestone: str = ""
    changes: tuple[int, ...] = ()


class PageOccasion(StrEnum):
    """Why somebody gets the page."""

    AGREED = "agreed"
    PHASE_FINISHED = "phase finished"
    PLAN_FINISHED = "plan finished"
    ASKED_FOR = "asked for"


class LineFate(StrEnum):
    """What became of one line of a command mail."""

    DONE = "done"
    SHOWN = "shown"
    REFUSED = "refused"
    NOT_UNDERSTOOD = "not understood"
    ASKED_BACK = "asked back"
    NOTHING_TO_DO = "nothing to do"


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of a command mail, as typed, and what it did.

    Attributes:
        typed: the line as typed.
        fate: see `LineFate`.
        said: the sentence that tells what happened, or why not.
        block: preformatted lines that were asked for (a list, a plan text, a history).
        example: the nearest right form from the provider's own plans, if refused.
    """

    typed: str
    fate: LineFate
    said: str = ""
    block: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """To whoever sent commands: each line and what it did; `pages` go along as PDF.

    `notes` are sentences below the lines; `waits` names what an answer of one word settles.
    """

    to: PersonId
    lines: tuple[TranscriptLine, ...]
    pages: tuple[Plan, ...] = ()
    live: bool = True
    notes: tuple[str, ...] = ()
    waits: tuple[tuple[str, str], ...] = ()


class AlarmKind(StrEnum):
    """What the provider is told at once; each is one notice an incident."""

    BOUNCED = "bounced"
    HELD = "held"
    FORGED = "forged"
    MAILBOX = "mailbox"
    MAILBOX_BACK = "mailbox back"
    LOGIN = "login"
    SENDING = "sending"
    REFUSED = "refused"
    SENDING_BACK = "sending back"
    LOOP = "loop"
    STALLED = "stalled"
    STOPPED = "stopped"
    TOO_LARGE = "too large"
    FIRST_START = "first start"
    BREAKER = "breaker"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Alarm:
    """To the provider: something needs a person.

    Attributes:
        to: the provider.
        kind: see `AlarmKind`.
        subject: what it is about: an address, a mail's subject, a server.
        reason: what the other side said, or why a mail was set aside.
        at: when it happened (aware, UTC).
        plan: the plan it touches, if any.
        count: how many mails or tries it stands for.
    """

    to: PersonId
    kind: AlarmKind
    subject: str
    reason: str
    at: datetime
    plan: Plan | None = None
    count: int = 1


class Change(StrEnum):
    """What the provider changed for somebody who was told before."""

    MOVED = "moved"
    DROPPED = "dropped"
    REASSIGNED_AWAY = "reassigned away"
    REOPENED = "reopened"
    REWORDED = "reworded"
    WAITING_AGAIN = "waiting again"
    TICKED = "ticked"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    PLAN_PAUSED = "plan paused"
    PLAN_RESUMED = "plan resumed"
    PLAN_CANCELLED = "plan cancelled"
    PLAN_FINISHED = "plan finished"


@dataclass(frozen=True, slots=True)
class ChangeNotice:
    """To who was told before: the provider moved, dropped, reassigned or corrected something.

    Attributes:
        to: whoever was told.
        plan: the plan after the change.
        changes: number of the To Do (None: the plan), what changed, and its words if any.
    """

    to: PersonId
    plan: Plan
    changes: tuple[tuple[int | None, Change, str], ...]


@dataclass(frozen=True, slots=True)
class ConfirmationAsked:
    """To the provider's known address: a code that lets one exact command happen.

    Attributes:
        to: the provider.
        code: ten base32 characters, single use.
        lines: the command lines that wait for it.
        reason: why it is asked.
        until: when the code ends (aware, UTC).
    """

    to: PersonId
    code: str
    lines: tuple[str, ...]
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """To the provider in shadow mode: a letter that waits for "ok" before it goes to a client.

    Attributes:
        to: the provider.
        recipient: whom the letter is for.
        subject: the letter's subject.
        text: the letter's text.
        outbox_id: the waiting letter.
        plan: its plan, if any.
    """

    to: PersonId
    recipient: PersonId
    subject: str
    text: str
    outbox_id: int
    plan: PlanId | None = None


@dataclass(frozen=True, slots=True)
class MailTooLarge:
    """To whoever sent a mail that is too large: that it came, and how to send it smaller.

    Attributes:
        to: who sent it.
        subject: of her mail.
        limit: megabytes up to which a mail is handled.
        items: what the mail was about: numbers that her next answer may use.
    """

    to: PersonId
    subject: str
    limit: int
    items: tuple[OpenItem, ...] = ()


Notice = (
    PlanProposal
    | AgreementAsked
    | ToDosAsked
    | ToDoListed
    | Reminder
    | Receipt
    | AnswerPassedOn
    | ClaimMade
    | WordsForwarded
    | PlanPage
    | Digest
    | Transcript
    | Alarm
    | ChangeNotice
    | ConfirmationAsked
    | ApprovalAsked
    | MailTooLarge
)
"""Every notice there is; mypy names each place that must answer when one is added."""
