"""What a letter is made of: pieces that say the same in plain text and in HTML.

A composer puts pieces together and knows no layout; the two layouts know no notice. So the
plain part and the HTML part of a letter can never tell different things.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.people import People
from mailflow.domain.plan import Plan
from mailflow.writing.words import Said


@dataclass(frozen=True, slots=True)
class LetterItem:
    """A number this letter shows, for ever: what an answer means by it."""

    shown: int
    plan: PlanId
    n: int


@dataclass(frozen=True, slots=True)
class EntryWanted:
    """A calendar entry that goes along, or is taken away again."""

    plan: Plan
    n: int
    cancel: bool = False


@dataclass(frozen=True, slots=True)
class LetterMark:
    """How answers find this letter.

    Attributes:
        ref: the last line of text and HTML, such as `Ref: 1f3a-k3m9qa2x`.
        reply_to: address that the buttons write to.
    """

    ref: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes, and when.

    Attributes:
        people: everybody the letter may name.
        provider: who runs the work.
        name: what letters are signed with.
        now: the present moment (aware, UTC).
        live: False while letters to clients go to the provider first.
    """

    people: People
    provider: PersonId
    name: str
    now: datetime
    live: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter for one person, before it becomes a mail.

    Attributes:
        to: who gets it.
        kind: name of the notice, such as `to_dos_asked`.
        subject: one line; ends with the plan's tag where the letter is about one plan.
        text: the plain part, complete by itself; lines end with LF.
        html: the HTML part; it says the same.
        items: the numbers it shows.
        entries: calendar entries that go along.
        pages: plans whose page goes along as PDF.
        answering: it answers a mail (`Auto-Submitted: auto-replied`, RFC 3834).
    """

    to: PersonId
    kind: str
    subject: str
    text: str
    html: str
    items: tuple[LetterItem, ...] = ()
    entries: tuple[EntryWanted, ...] = ()
    pages: tuple[Plan, ...] = ()
    answering: bool = False


class Tone(StrEnum):
    """How a line is meant; it only colours what the words say already."""

    PLAIN = "plain"
    DAY = "day"
    GOOD = "good"
    WARN = "warn"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Button:
    """A prepared answer: a `mailto:` link with subject and first line."""

    label: str
    href: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A line below a title."""

    said: Said
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """One To Do, or one line of a list.

    Attributes:
        title: its title.
        number: what an answer calls it; 0 shows a bullet.
        ref: reference beside the title, where a list runs over several plans.
        notes: lines below.
        quote: somebody's own words about it.
        buttons: prepared answers, in HTML only.
    """

    title: Said
    number: int = 0
    ref: str = ""
    notes: tuple[Note, ...] = ()
    quote: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows."""

    rows: tuple[Row, ...]
    name: str = field(default="rows", init=False)


@dataclass(frozen=True, slots=True)
class Single:
    """A list of one row: one sentence in plain text, a lead and the row in HTML."""

    said: Said
    lead: Said
    row: Row
    name: str = field(default="single", init=False)


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `tone` quiet is small print among the text."""

    said: Said
    tone: Tone = Tone.PLAIN
    name: str = field(default="para", init=False)


@dataclass(frozen=True, slots=True)
class Tight:
    """Lines that belong together, such as the frame of a plan."""

    lines: tuple[Said, ...]
    name: str = field(default="tight", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    said: Said
    note: Said | None = None
    name: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Panel:
    """A few lines set apart, such as the words of welcome."""

    title: Said
    lines: tuple[Said, ...]
    name: str = field(default="panel", init=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person wrote, word for word."""

    text: str
    name: str = field(default="quote", init=False)


@dataclass(frozen=True, slots=True)
class Prose:
    """What a person wrote and somebody else now reads as a letter, unquoted."""

    text: str
    name: str = field(default="prose", init=False)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines whose columns matter: a list, a plan text, commands."""

    lines: tuple[str, ...]
    name: str = field(default="lines", init=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a command mail: as typed, what became of it, and what belongs to it."""

    typed: str
    fate: Said
    tone: Tone
    said: Said | None = None
    block: tuple[str, ...] = ()
    example: Said | None = None
    name: str = field(default="step", init=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a plan is done; the words say it, the bar shows it."""

    said: Said
    percent: int
    name: str = field(default="progress", init=False)


@dataclass(frozen=True, slots=True)
class Buttons:
    """Prepared answers to the letter as a whole, in HTML only."""

    buttons: tuple[Button, ...]
    name: str = field(default="buttons", init=False)


Block = (
    Rows
    | Single
    | Para
    | Tight
    | Heading
    | Panel
    | Quote
    | Prose
    | Lines
    | Step
    | Progress
    | Buttons
)
"""Every piece there is; both layouts answer for each."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as it will be laid out.

    Attributes:
        subject: without the plan's tag.
        headline: what the HTML part has as its heading; the subject says it in plain text.
        blocks: the pieces, in order.
        eyebrow: a few words above the headline.
        tag: the plan's code, where the letter is about one plan.
        hello: False where the text begins without a greeting.
        regards: False where the name alone closes the letter.
        small: small print, one paragraph each.
        items: see `Letter`.
        entries: see `Letter`.
        pages: see `Letter`.
        answering: see `Letter`.
    """

    subject: str
    headline: Said
    blocks: tuple[Block, ...]
    eyebrow: Said | None = None
    tag: str = ""
    hello: bool = True
    regards: bool = True
    small: tuple[Said, ...] = ()
    items: tuple[LetterItem, ...] = ()
    entries: tuple[EntryWanted, ...] = ()
    pages: tuple[Plan, ...] = ()
    answering: bool = False
