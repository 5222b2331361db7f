"""What a plan text comes from, and what it is read against."""

from dataclasses import dataclass, field
from datetime import date

from mailflow.domain.draft import DraftPerson
from mailflow.domain.worktime import Calendar


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A mail, or a file, that may hold a plan.

    Attributes:
        subject: of the mail; "" for a mere file.
        text: the plain text, None where there is none.
        html: the HTML, None where there is none.
        files: attachments as (name, media type, content).
    """

    subject: str = ""
    text: str | None = None
    html: str | None = None
    files: tuple[tuple[str, str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWorld:
    """What a plan text is read against.

    Attributes:
        locale: of the provider, such as "en-GB"; it decides what 03/04 means.
        today: the provider's local date.
        calendar: working days of the provider's country.
        address_book: everybody known.
        provider: who writes; None where that is not known.
        team: who works for the provider; asked before the address book.
        codes_taken: codes of other plans.
    """

    locale: str
    today: date
    calendar: Calendar
    address_book: tuple[DraftPerson, ...] = ()
    provider: DraftPerson | None = None
    team: tuple[DraftPerson, ...] = ()
    codes_taken: frozenset[str] = field(default_factory=frozenset)
