"""One incoming mail on its way through the stops, with all that is known of it so far."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from mailflow.domain.event import Event
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.people import Person
from mailflow.domain.phases import Moment
from mailflow.domain.plan import Document, Plan
from mailflow.domain.worktime import local_day
from mailflow.flow.post import Occasion
from mailflow.flow.recognise import Recognised
from mailflow.flow.settings import FlowSettings
from mailflow.mail.message import InboundMessage
from mailflow.mail.reply import SentMail, VisibleAnswer, visible_answer
from mailflow.ports import Act, ClaimedMail, Handled, MailFate, UnitOfWork
from mailflow.writing.words import button_labels

_DATE_IS_BELIEVED = timedelta(days=2)
_SUMMARY_LENGTH = 200
_REPLY_MARK = re.compile(
    r"^(?:\s{0,3}(?:re|aw|sv|antw|fwd?|wg|tr|rv|odp|res)\s{0,3}:){1,5}", re.IGNORECASE
)
_OWN_TAG = re.compile(r"\s\[[A-Z0-9]{2,12}\]$")


@dataclass(frozen=True, slots=True)
class Journey:
    """What the stops so far have found out.

    Attributes:
        claimed: the row.
        message: the mail, parsed.
        fingerprint: recognises the same mail through another door.
        found: whose it is and which letter it answers.
        evidence: letters of the authenticity table.
        now: the present instant (aware, UTC).
        act: the act under which everything this mail does is journaled.
    """

    claimed: ClaimedMail
    message: InboundMessage
    fingerprint: str
    found: Recognised
    evidence: str
    now: datetime
    act: Act

    @property
    def sent_at(self) -> datetime:
        """When the mail says it was written, if that is believable, else when it came."""
        written = self.message.date
        came = self.claimed.received_at
        if written is not None and abs(written - came) <= _DATE_IS_BELIEVED:
            return written
        return came

    def handled(self, fate: MailFate) -> Handled:
        """Return the end of this journey."""
        sender = self.found.sender
        source = self.found.source
        words = (self.message.text or "").strip()
        return Handled(
            inbox_id=self.claimed.inbox_id,
            fate=fate,
            fingerprint=self.fingerprint,
            message_id=self.message.message_id,
            sender=None if sender is None else sender.id,
            evidence=f"{self.evidence} {source.value if source else ''}".strip(),
            summary=f"{self.found.address} {self.message.subject} {words}"[:_SUMMARY_LENGTH],
        )

    def occasion(self, *, by_provider: bool = False, asked_for: bool = True) -> Occasion:
        """Return why letters are written because of this mail.

        Args:
            by_provider: it is the provider's own act.
            asked_for: a person wrote the mail; if she was proven too, the letters that answer
                her are no sign of a loop.
        """
        return Occasion(
            now=self.now,
            cause=self.claimed.inbox_id,
            replying_to=self.message.message_id,
            answered=self.found.sender,
            by_provider=by_provider,
            asked_for=asked_for and "+" in self.evidence,
        )


def moment_of(settings: FlowSettings, now: datetime) -> Moment:
    """Return now with the provider's local date."""
    return Moment(now, local_day(now, settings.timezone))


def answer_of(journey: Journey, uow: UnitOfWork) -> VisibleAnswer:
    """Return what was typed, compared with the letter that is answered."""
    letter = journey.found.letter
    sent = None
    if letter is not None and letter.text:
        reader = uow.person(letter.to)
        labels = button_labels("en" if reader is None else reader.language)
        sent = SentMail(letter.text, tuple(_item_lines(letter.items, uow)), labels=labels)
    return visible_answer(journey.message.text, journey.message.html, sent)


def _item_lines(
    items: Sequence[tuple[int, PlanId, int]], uow: UnitOfWork
) -> Sequence[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    for shown, plan_id, n in items:
        plan = uow.plan(plan_id)
        todo = None if plan is None else plan.todo(n)
        if todo is not None:
            lines.append((shown, f"{shown}. {todo.title}"))
    return lines


def commit_events(uow: UnitOfWork, journey: Journey, plan: Plan, events: Sequence[Event]) -> Plan:
    """Journal events of this mail's act; nothing happens without events."""
    return uow.record(journey.act, plan.id, events) if events else plan


def file_documents(uow: UnitOfWork, journey: Journey) -> tuple[tuple[Document, bytes], ...]:
    """Keep the files that are deliveries (signature pictures and calendar parts are not)."""
    kept: list[tuple[Document, bytes]] = []
    calendars = {part.data for part in journey.message.calendars}
    for attachment in journey.message.attachments:
        if attachment.inline or not attachment.content or attachment.content in calendars:
            continue
        document = Document(
            sha256=digest(attachment.content),
            name=attachment.name,
            media_type=attachment.media_type,
            size=attachment.size,
            locked=attachment.locked,
        )
        uow.file_document(document, attachment.content)
        kept.append((document, attachment.content))
    return tuple(kept)


def plain_subject(subject: str) -> str:
    """Return a subject without reply marks before and our own tag behind it."""
    words = _REPLY_MARK.sub("", subject).strip()
    return _OWN_TAG.sub("", words).strip()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content, the key under which it is stored once."""
    return sha256(content).hexdigest()


def responsible_items(plans: Sequence[Plan], person: Person) -> tuple[tuple[int, PlanId, int], ...]:
    """Number a person's open To Dos over her plans from 1, as a list would show them."""
    mine = [
        (plan.id, todo.n)
        for plan in plans
        for todo in plan.todos()
        if todo.active and person.id in {todo.responsible, *todo.helpers}
    ]
    return tuple((shown, plan, n) for shown, (plan, n) in enumerate(mine, start=1))


def evidence_act(act: Act, words: Sequence[str], by: PersonId | None) -> Act:
    """Return the act with the words that decided."""
    return Act(act.id, by, act.at, act.cause, tuple(words))
