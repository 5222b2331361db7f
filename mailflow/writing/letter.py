"""The public door of writing: from a notice, which is facts, to a letter, which is text.

One composer a notice. Each says what belongs in the letter; the layouts say how it looks;
the language files hold every word.
"""

import re
from functools import cache

from mailflow.domain.digest import Digest
from mailflow.domain.notice import (
    AgreementAsked,
    Alarm,
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
from mailflow.writing.letter_asked import agreement_asked, reminder, to_do_listed, to_dos_asked
from mailflow.writing.letter_change import change_notice
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import lay_out
from mailflow.writing.letter_office import alarm, approval_asked, confirmation_asked, digest
from mailflow.writing.letter_parts import (
    EntryWanted,
    Letter,
    LetterItem,
    LetterMark,
    Office,
    Sheet,
)
from mailflow.writing.letter_passed import (
    answer_passed_on,
    claim_made,
    mail_too_large,
    words_forwarded,
)
from mailflow.writing.letter_plan import plan_page, plan_proposal
from mailflow.writing.letter_receipt import receipt
from mailflow.writing.letter_transcript import transcript

__all__ = ["EntryWanted", "Letter", "LetterItem", "LetterMark", "Office", "compose", "kind_of"]


def compose(notice: Notice, office: Office, mark: LetterMark) -> Letter:
    """Return the letter that tells a notice to the person it is for.

    Internal To Dos and notes never appear for somebody who is client or observer on their
    plan. Dates are the reader's local ones.

    Args:
        notice: what must be told.
        office: who writes, and the present moment.
        mark: how answers will find the letter.

    Raises:
        KeyError: `office.people` lacks somebody the notice is for or names as responsible.
    """
    desk = Desk.at(office, mark, notice.to)
    return lay_out(desk, kind_of(notice), _sheet(desk, notice))


def kind_of(notice: Notice) -> str:
    """Return the name of a notice's kind, such as `to_dos_asked`."""
    return _snake(type(notice).__name__)


@cache
def _snake(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _sheet(desk: Desk, notice: Notice) -> Sheet:
    match notice:
        case Receipt():
            return receipt(desk, notice)
        case ToDosAsked():
            return to_dos_asked(desk, notice)
        case ToDoListed():
            return to_do_listed(desk, notice)
        case Reminder():
            return reminder(desk, notice)
        case AgreementAsked():
            return agreement_asked(desk, notice)
        case PlanProposal():
            return plan_proposal(desk, notice)
        case PlanPage():
            return plan_page(desk, notice)
        case _:
            return _further(desk, notice)


def _further(
    desk: Desk,
    notice: Transcript
    | ChangeNotice
    | AnswerPassedOn
    | ClaimMade
    | WordsForwarded
    | Digest
    | Alarm
    | ConfirmationAsked
    | ApprovalAsked
    | MailTooLarge,
) -> Sheet:
    match notice:
        case Transcript():
            return transcript(desk, notice)
        case ChangeNotice():
            return change_notice(desk, notice)
        case AnswerPassedOn():
            return answer_passed_on(desk, notice)
        case ClaimMade():
            return claim_made(desk, notice)
        case WordsForwarded():
            return words_forwarded(desk, notice)
        case MailTooLarge():
            return mail_too_large(desk, notice)
        case _:
            return _for_the_office(desk, notice)


def _for_the_office(
    desk: Desk, notice: Digest | Alarm | ConfirmationAsked | ApprovalAsked
) -> Sheet:
    match notice:
        case Digest():
            return digest(desk, notice)
        case Alarm():
            return alarm(desk, notice)
        case ConfirmationAsked():
            return confirmation_asked(desk, notice)
        case ApprovalAsked():
            return approval_asked(desk, notice)
