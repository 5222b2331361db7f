"""Stop 12: letters leave, one recipient a letter, over one kept connection.

A letter is claimed in one commit, submitted, and its outcome written in another. When the
line was cut after the final dot nobody knows whether it went: then the Sent folder is asked,
and only what people wait for is sent once more, with the same bytes.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailflow.domain.ids import LetterId
from mailflow.domain.notice import Reminder
from mailflow.domain.outcome import OpenItem
from mailflow.domain.plan import Plan, PlanState
from mailflow.errors import StaleVersion, TransientFailure
from mailflow.flow.breaker import stopped_by
from mailflow.flow.post import Occasion, PostRoom
from mailflow.flow.reachable import Refused, refused_for_good
from mailflow.flow.retry import next_attempt
from mailflow.flow.settings import AtStop, FlowSettings, Stop, pass_by
from mailflow.flow.way_out import WayOut
from mailflow.mail.keys import message_id_for
from mailflow.ports import (
    Memory,
    OutboxState,
    Outcome,
    OutcomeKind,
    Outgoing,
    SentLetter,
    Submission,
    UnitOfWork,
)

BATCH = 50
LOOK_AGAIN = timedelta(minutes=5)
_ONCE_ONLY = frozenset({"reminder", "digest", "plan_page"})
"""Letters that are not sent again when nobody knows whether they went."""

Ended = tuple[int, Outcome, OutboxState, datetime | None]


@dataclass(slots=True)
class Rate:
    """How many letters may leave a minute, as the account's host allows.

    Attributes:
        per_minute: the limit; 0 means none.
        began: start of the minute that is being counted.
        sent: letters in it.
    """

    per_minute: int = 0
    began: datetime | None = None
    sent: int = 0

    def room(self, now: datetime, wanted: int) -> int:
        """Return how many of the wanted letters may leave now."""
        if not self.per_minute:
            return wanted
        if self.began is None or now - self.began >= timedelta(minutes=1):
            self.began, self.sent = now, 0
        return max(0, min(wanted, self.per_minute - self.sent))


@dataclass(slots=True)
class Post:
    """Where letters go: the way out, and the Sent folder to look into."""

    submission: Submission
    find_sent: Callable[[str], bool | None] = field(default=lambda _id: None)
    keep_sent: Callable[[Sequence[bytes]], None] = field(default=lambda _mails: None)
    rate: Rate = field(default_factory=Rate)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch.

    Attributes:
        tried: letters that were claimed.
        sent: letters that a server took.
        deferred: letters that wait for another try.
        must_wait: the account's rate leaves no room in this minute.
    """

    tried: int = 0
    sent: int = 0
    deferred: int = 0
    must_wait: bool = False


class OutgoingMail:
    """Sends what is due."""

    def __init__(
        self,
        memory: Memory,
        settings: FlowSettings,
        post_room: PostRoom,
        post: Post,
        at_stop: AtStop = pass_by,
    ) -> None:
        self._memory = memory
        self._settings = settings
        self._post_room = post_room
        self._post = post
        self._at_stop = at_stop
        self._way_out = WayOut(memory, settings, post_room)

    @property
    def trouble(self) -> str:
        """Why no letter can be handed in, in the server's words; "" while they can."""
        return self._way_out.trouble

    @property
    def login_refused(self) -> bool:
        """True when that is because the server refuses our login."""
        return self._way_out.refused

    def send_due(self, now: datetime, *, automatic: bool) -> "Sent":
        """Send one batch of what is due; returns what became of it.

        Args:
            now: the present instant (aware, UTC).
            automatic: False holds back what time brought (reminders), because incoming mail
                is not all known: it may say that the thing is done.
        """
        if self._way_out.is_shut(now):
            return Sent()
        room = self._post.rate.room(now, BATCH)
        if not room:
            return Sent(must_wait=True)
        claimed = self._claim(room, now, automatic=automatic)
        if not claimed:
            return Sent()
        ended: list[Ended] = []
        ready = [
            letter
            for letter in claimed
            if self._may_go(letter, ended, now) and self._still_stands(letter, ended, now)
        ]
        self._submit(ready, ended, now)
        self._memory.record_outcomes(ended, now)
        self._post.rate.sent += len(ready)
        self._keep_copies(ready, ended)
        self._way_out.heard([outcome for _, outcome, _, _ in ended], now)
        self._tell(claimed, ended, now)
        states = [state for _, _, state, _ in ended]
        return Sent(
            tried=len(claimed),
            sent=states.count(OutboxState.SENT),
            deferred=states.count(OutboxState.RETRY),
        )

    def _claim(self, room: int, now: datetime, *, automatic: bool) -> Sequence[Outgoing]:
        uow = self._memory.unit()
        alarm = stopped_by(uow)
        uow.close()
        if alarm is not None:
            return self._memory.claim_while_stopped(alarm, now)
        return self._memory.claim_outgoing(room, now, automatic=automatic)

    def close(self) -> None:
        """Let go of the line to the server."""
        self._post.submission.close()

    def _may_go(self, letter: Outgoing, ended: list[Ended], now: datetime) -> bool:
        """Decide about a letter of which nobody knows whether it went."""
        if not letter.was_unknown:
            return True
        try:
            found = self._post.find_sent(letter.mailflow_id)
        except TransientFailure as failure:
            outcome = Outcome(OutcomeKind.UNKNOWN, f"cannot look into the Sent folder: {failure}")
            ended.append((letter.mail.outbox_id, outcome, OutboxState.UNKNOWN, now + LOOK_AGAIN))
            return False
        if found:
            outcome = Outcome(OutcomeKind.SENT, "found in the Sent folder")
            ended.append((letter.mail.outbox_id, outcome, OutboxState.SENT, None))
            return False
        if letter.kind in _ONCE_ONLY:
            outcome = Outcome(OutcomeKind.UNKNOWN, "not sent again: nobody waits for it")
            ended.append((letter.mail.outbox_id, outcome, OutboxState.WITHDRAWN, None))
            return False
        return True

    def _still_stands(self, letter: Outgoing, ended: list[Ended], now: datetime) -> bool:
        """Withdraw a reminder when one of its items no longer stands, and compose it anew.

        It may have waited for hours: meanwhile the thing may have been delivered.
        """
        if not letter.automatic:
            return True
        uow = self._memory.unit()
        remembered = uow.letter(LetterId(int(letter.mailflow_id)))
        items = () if remembered is None else remembered.items
        if remembered is not None and letter.kind == "agreement_asked":
            return self._is_still_asked(uow, remembered, letter, ended)
        plans = {plan_id: uow.plan(plan_id) for _, plan_id, _ in items}
        standing = [
            (plan, n) for _, plan_id, n in items if is_open(plan := plans[plan_id], n) and plan
        ]
        if len(standing) == len(items):
            return True
        if standing:
            again = tuple(
                OpenItem(shown, plan, n) for shown, (plan, n) in enumerate(standing, start=1)
            )
            shown = tuple(item.shown for item in again)
            self._post_room.write(
                uow, [Reminder(letter.to, again, shown)], Occasion(now, asked_for=True)
            )
            uow.commit()
        outcome = Outcome(OutcomeKind.UNKNOWN, "withdrawn: one of its To Dos was settled meanwhile")
        ended.append((letter.mail.outbox_id, outcome, OutboxState.WITHDRAWN, None))
        return False

    @staticmethod
    def _is_still_asked(
        uow: UnitOfWork, remembered: SentLetter, letter: Outgoing, ended: list[Ended]
    ) -> bool:
        """Withdraw a reminder of a plan to which nobody has to agree any more."""
        plans = [uow.plan(plan) for plan in remembered.plans]
        if all(plan is not None and plan.state is PlanState.PROPOSED for plan in plans):
            return True
        outcome = Outcome(OutcomeKind.UNKNOWN, "withdrawn: the plan was answered meanwhile")
        ended.append((letter.mail.outbox_id, outcome, OutboxState.WITHDRAWN, None))
        return False

    def _submit(self, ready: Sequence[Outgoing], ended: list[Ended], now: datetime) -> None:
        for letter in ready:
            self._at_stop(Stop.SEND, letter.mail.outbox_id, letter.kind, self._message_id(letter))
        outcomes = self._post.submission.submit([letter.mail for letter in ready])
        for letter, outcome in zip(ready, outcomes, strict=True):
            self._at_stop(
                Stop.SEND, letter.mail.outbox_id, outcome.kind.value, self._message_id(letter)
            )
            ended.append((letter.mail.outbox_id, outcome, *_next(letter, outcome, now)))

    def _message_id(self, letter: Outgoing) -> str:
        settings = self._settings
        return message_id_for(settings.keyring, int(letter.mailflow_id), settings.instance)

    def _keep_copies(self, ready: Sequence[Outgoing], ended: Sequence[Ended]) -> None:
        sent = {outbox_id for outbox_id, _, state, _ in ended if state is OutboxState.SENT}
        copies = [letter.mail.data for letter in ready if letter.mail.outbox_id in sent]
        if copies:
            with suppress(TransientFailure):  # a copy is a courtesy; the letter has gone
                self._post.keep_sent(copies)

    def _tell(self, claimed: Sequence[Outgoing], ended: Sequence[Ended], now: datetime) -> None:
        """Tell the provider of letters that a server refused for good, once an address.

        Letters that were given up because no server was reached at all say nothing of their
        addresses; the digest names them.
        """
        by_id = {letter.mail.outbox_id: letter for letter in claimed}
        refused = [
            (by_id[outbox_id], outcome)
            for outbox_id, outcome, state, _ in ended
            if state is OutboxState.REFUSED and not outcome.unreachable
        ]
        if not refused:
            return
        uow = self._memory.unit()
        for letter, outcome in refused:
            provider, address = self._settings.provider, letter.mail.recipient
            if letter.to == provider:
                continue
            person = uow.person(letter.to)
            alarm = refused_for_good(uow, provider, person, Refused(address, outcome, now))
            if alarm is not None:
                self._post_room.write(uow, [alarm], Occasion(now))
        with suppress(StaleVersion):  # the person changed just now; the digest still tells it
            uow.commit()


def is_open(plan: Plan | None, n: int) -> bool:
    """Return whether it is still somebody's turn, on a plan that runs."""
    todo = None if plan is None else plan.todo(n)
    running = plan is not None and plan.state is PlanState.RUNNING
    return running and todo is not None and todo.active


def _next(letter: Outgoing, outcome: Outcome, now: datetime) -> tuple[OutboxState, datetime | None]:
    match outcome.kind:
        case OutcomeKind.SENT:
            return OutboxState.SENT, None
        case OutcomeKind.PERMANENT:
            return OutboxState.REFUSED, None
        case OutcomeKind.UNKNOWN:
            return OutboxState.UNKNOWN, now
        case OutcomeKind.TRANSIENT:
            again = next_attempt(letter.queued_at, letter.attempts, now)
            return (OutboxState.REFUSED, None) if again is None else (OutboxState.RETRY, again)
