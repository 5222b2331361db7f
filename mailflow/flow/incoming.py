"""One message through its stops, from the mailbox to the commit; in batches as mail came.

Stops 1 to 3 take mail in, 4 claims it, 5 to 10 are pure functions of the mail, a snapshot
and now, and 11 settles everything in one commit. A mail that breaks a bound is held and told
once; it never stops the next one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mailflow.domain.event import Event
from mailflow.domain.ids import PlanId
from mailflow.domain.notice import Alarm, AlarmKind, MailTooLarge, Notice
from mailflow.domain.outcome import OpenItem
from mailflow.errors import LoginRefused, StaleVersion, TransientFailure, UnreadableMail
from mailflow.flow.authenticity import (
    Right,
    client_right,
    evidence,
    provider_right,
    vouched,
)
from mailflow.flow.client_mail import ClientDesk
from mailflow.flow.journey import Journey, answer_of
from mailflow.flow.machine_mail import MachineDesk
from mailflow.flow.post import Occasion, PostRoom
from mailflow.flow.provider_mail import ProviderDesk
from mailflow.flow.reachable import wrote_from
from mailflow.flow.recognise import Recognised, recognise
from mailflow.flow.settings import AtStop, FlowSettings, Stop, pass_by
from mailflow.mail.authentication import Stamp, StampResult
from mailflow.mail.automatic import MailKind, classify
from mailflow.mail.carriers import is_own_message
from mailflow.mail.fingerprint import fingerprint
from mailflow.mail.headers import decode_words
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message
from mailflow.mail.precheck import MAIL_OCTETS
from mailflow.ports import (
    Act,
    ArrivedMail,
    ClaimedMail,
    Handled,
    MailFate,
    MailSource,
    Memory,
    QueuedLetter,
    UnitOfWork,
)

MAX_ATTEMPTS = 3
"""A mail that was claimed more often than this is not worked on: it is held."""

BATCH = 50
LOOK_AGAIN = "look again"
"""Beginning of the setting that names the day from which a mailbox is to be read once more."""

HELD_A_DAY = 10
"""Alarms about held mail within a day; what comes after them is told in the digest."""

_RETRIES = 3
_MAILBOX, _LOGIN = "mailbox", "login of mailbox"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a mail would do: events with their plans, and letters."""

    events: tuple[tuple[PlanId, Event], ...]
    letters: tuple[QueuedLetter, ...]


class Incoming:
    """Walks mail through the stops."""

    def __init__(
        self, memory: Memory, settings: FlowSettings, post: PostRoom, at_stop: AtStop = pass_by
    ) -> None:
        self._memory = memory
        self._settings = settings
        self._post = post
        self._at_stop = at_stop
        self._clients = ClientDesk(settings, post)
        self._provider = ProviderDesk(settings, post, self._clients)
        self._machines = MachineDesk(settings, post)

    # -- stops 1 to 3

    def take_in(self, source: MailSource, now: datetime) -> int:
        """Fetch, keep and sign for what is new in a mailbox; returns how many mails.

        On the very first look at a mailbox everything that stands there counts as old: it is
        neither kept nor answered, and nothing is changed on the server.

        Raises:
            TransientFailure: the mailbox cannot be reached.
        """
        seen = self._memory.watermarks(source.name)
        if not seen:
            self._memory.set_watermarks(source.name, source.watermarks())
            seen = self._memory.watermarks(source.name)
        count = self._look_again(source, now)
        for batch in source.arrivals(seen):
            count += self._keep(source, batch, now)
        if source.reached() != self._memory.watermarks(source.name):
            self._memory.set_watermarks(source.name, source.reached())
        return count

    def _keep(self, source: MailSource, batch: Sequence[ArrivedMail], now: datetime) -> int:
        self._at_stop(Stop.ARRIVE, 0, f"{len(batch)} mails", "")
        count = self.receive(batch, now)
        self._at_stop(Stop.SIGN, 0, f"{len(batch)} mails", "")
        source.sign_for(batch)
        return count

    def _look_again(self, source: MailSource, now: datetime) -> int:
        """After a restore: take in what came since the backup, archived mail too, once."""
        uow = self._memory.unit()
        key = f"{LOOK_AGAIN} {source.name}"
        since = uow.setting(key)
        if not since:
            uow.close()
            return 0
        batches = source.arrived_since(date.fromisoformat(since))
        count = sum(self._keep(source, batch, now) for batch in batches)
        uow.note_setting(key, "")
        uow.commit()
        return count

    def receive(self, mails: Sequence[ArrivedMail], now: datetime) -> int:
        """Keep mail in one commit; returns how many were not known before."""
        new = self._memory.receive(mails, now, old=False)
        self._at_stop(Stop.RECEIVE, 0, f"{new} new", "")
        return new

    def mailbox_lost(self, mailbox: str, failure: TransientFailure, now: datetime) -> None:
        """Note that a mailbox cannot be reached, or refuses our login; tell the provider once."""
        refused = isinstance(failure, LoginRefused)
        key = f"{_LOGIN if refused else _MAILBOX} {mailbox}"
        uow = self._memory.unit()
        if uow.open_incident(key, now):
            uow.note_setting(f"trouble {key}", str(failure))
            kind = AlarmKind.LOGIN if refused else AlarmKind.MAILBOX
            alarm = Alarm(self._settings.provider, kind, mailbox, str(failure), now)
            self._post.write(uow, [alarm], Occasion(now))
            uow.commit()

    def mailbox_back(self, mailbox: str, now: datetime) -> None:
        """Note that a mailbox is reached again, and tell whoever was told before."""
        uow = self._memory.unit()
        if [kind for kind in (_MAILBOX, _LOGIN) if uow.close_incident(f"{kind} {mailbox}", now)]:
            alarm = Alarm(self._settings.provider, AlarmKind.MAILBOX_BACK, mailbox, "", now)
            self._post.write(uow, [alarm], Occasion(now))
            uow.commit()

    # -- stop 4

    def claim(self, now: datetime) -> tuple[ClaimedMail, ...]:
        """Claim what waits; the attempt is counted in the same commit."""
        claimed = self._memory.claim(BATCH, now)
        for mail in claimed:
            self._at_stop(Stop.CLAIM, mail.inbox_id, f"attempt {mail.attempts}", "")
        return claimed

    # -- stops 5 to 11

    def handle(self, claimed: Sequence[ClaimedMail], now: datetime) -> None:
        """Walk claimed mail to the commit; when a plan moved on meanwhile, decide anew.

        Raises:
            StaleVersion: a plan moved on again and again; the claim is tried later.
        """
        for tries_left in reversed(range(_RETRIES)):
            uow = self._memory.unit()
            for mail in claimed:
                self._walk(uow, mail, now)
            self._at_stop(Stop.SETTLE, 0, f"{len(claimed)} mails", "")
            try:
                uow.commit()
            except StaleVersion:
                if not tries_left:
                    raise
            else:
                return

    def rehearse(self, mail: ClaimedMail, now: datetime) -> Rehearsal:
        """Walk one mail through the stops and commit nothing; returns what would be written.

        Raises:
            UnreadableMail: the mail breaks a bound or cannot be parsed.
        """
        uow = self._memory.unit()
        self._understand(uow, mail, now, again=True)
        return Rehearsal(*uow.staged())

    def park(self, mail: ClaimedMail, reason: str, now: datetime) -> None:
        """Hold one mail that broke a stop, and tell the provider once."""
        uow = self._memory.unit()
        self._hold(uow, mail, reason, now)
        uow.commit()

    def _walk(self, uow: UnitOfWork, mail: ClaimedMail, now: datetime) -> None:
        if mail.attempts > MAX_ATTEMPTS:
            self._hold(uow, mail, "it stopped the program three times", now)
            return
        mark = uow.mark()
        try:
            self._understand(uow, mail, now)
        except UnreadableMail as unreadable:
            uow.back_to(mark)
            self._hold(uow, mail, unreadable.reason, now)

    def _hold(self, uow: UnitOfWork, mail: ClaimedMail, reason: str, now: datetime) -> None:
        uow.hold(mail.inbox_id, reason, now)
        key = f"held on {now:%Y-%m-%d}"
        told = int(uow.setting(key) or 0)
        uow.note_setting(key, str(told + 1))
        if told >= HELD_A_DAY:  # the morning's digest lists them all
            return
        alarm = Alarm(self._settings.provider, AlarmKind.HELD, f"no. {mail.inbox_id}", reason, now)
        self._post.write(uow, [alarm], Occasion(now, mail.inbox_id))

    def _understand(
        self, uow: UnitOfWork, mail: ClaimedMail, now: datetime, *, again: bool = False
    ) -> None:
        message = parse_message(mail.raw)
        self._at_stop(Stop.PARSE, mail.inbox_id, f"{len(mail.raw)} octets", message.message_id)
        found = recognise(message, uow, self._settings)
        stamp = vouched(self._settings, mail.raw, message, mail.received_at)
        letters = evidence(found, stamp.result)
        self._at_stop(
            Stop.RECOGNISE, mail.inbox_id, letters or "nothing proven", message.message_id
        )
        known_by = fingerprint(message, authentic="+" in letters)
        known = uow.was_handled(known_by) or _is_replay(uow, stamp, message)
        if mail.old or (known and not again):
            fate = MailFate.IGNORED if mail.old else MailFate.DUPLICATE
            uow.handled(Handled(mail.inbox_id, fate, known_by, message.message_id))
            return
        sender = None if found.sender is None else found.sender.id
        journey = Journey(
            claimed=mail,
            message=message,
            fingerprint=known_by,
            found=found,
            evidence=letters,
            now=now,
            act=Act(uow.new_act_id(), sender, now, mail.inbox_id),
        )
        screened = self._too_large if mail.truncated else self._screen
        fate = screened(uow, journey, stamp.result)
        self._at_stop(Stop.WRITE, mail.inbox_id, fate.value, message.message_id)
        uow.handled(journey.handled(fate))

    def _too_large(self, uow: UnitOfWork, journey: Journey, stamp: StampResult) -> MailFate:
        """Tell of a mail whose files were left in the mailbox; nothing is ticked.

        The provider gets its words; whoever sent it is told how to send it smaller. A machine
        and a stranger are not answered, and whoever is not who she says is not told of.
        """
        found, message = journey.found, journey.message
        kind = self._kind(journey)
        right = client_right(found, stamp, trusted=self._settings.trusted)
        if kind is not MailKind.HUMAN:
            return MailFate.LOGGED
        if right is Right.NOTHING or found.sender is None:
            return self._refused(found)
        subject = f"{found.sender.display} “{message.subject}”"
        words = "\n".join((answer_of(journey, uow).text, "", *_left_behind(message))).strip()
        alarm = Alarm(self._settings.provider, AlarmKind.TOO_LARGE, subject, words, journey.now)
        told: list[Notice] = [alarm]
        if found.sender.id != self._settings.provider:
            limit = MAIL_OCTETS // 1024 // 1024
            items = tuple(_items(uow, found))
            told.append(MailTooLarge(found.sender.id, message.subject, limit, items))
        self._post.write(uow, told, journey.occasion())
        return MailFate.PASSED_ON

    def _kind(self, journey: Journey) -> MailKind:
        own = is_own_message(journey.message, self._settings.keyring, self._settings.instance)
        return classify(journey.message, own=own)

    def _stop(self, stop: Stop, journey: Journey, word: str) -> None:
        self._at_stop(stop, journey.claimed.inbox_id, word, journey.message.message_id)

    # -- stop 7: a table, first match wins

    def _screen(self, uow: UnitOfWork, journey: Journey, stamp: StampResult) -> MailFate:
        found = journey.found
        kind = self._kind(journey)
        self._stop(Stop.SCREEN, journey, kind.value)
        if kind is not MailKind.HUMAN:
            return self._machines.handle(uow, journey, kind, stamp)
        if found.sender is not None and found.sender.inside:
            return self._from_inside(uow, journey, found, stamp)
        right = client_right(found, stamp, trusted=self._settings.trusted)
        self._stop(Stop.UNDERSTAND, journey, right.value)
        if right is Right.NOTHING:
            return self._refused(found)
        if right is Right.CLAIM:
            return self._claimed(uow, journey)
        if found.sender is None:
            return MailFate.LISTED
        if right is Right.ACT:
            wrote_from(uow, journey)
        return self._clients.handle(uow, journey, found.sender, right)

    def _from_inside(
        self, uow: UnitOfWork, journey: Journey, found: Recognised, stamp: StampResult
    ) -> MailFate:
        right = provider_right(found, stamp, trusted=self._settings.trusted)
        self._stop(Stop.UNDERSTAND, journey, right.value)
        if right is Right.NOTHING or found.sender is None:
            return self._refused(found)
        if right is Right.ACT:
            wrote_from(uow, journey)
        return self._provider.handle(uow, journey, found.sender, right)

    def _claimed(self, uow: UnitOfWork, journey: Journey) -> MailFate:
        letter = journey.found.letter
        person = None if letter is None else uow.person(letter.to)
        if person is None:
            return MailFate.LISTED
        journey = replace(journey, act=replace(journey.act, by=person.id))
        return self._clients.claim(uow, journey, person)

    @staticmethod
    def _refused(found: Recognised) -> MailFate:
        stranger = found.sender is None and found.letter is None and not found.bad_mark
        return MailFate.LISTED if stranger and not found.sender_problem else MailFate.FORGED


def _left_behind(message: InboundMessage) -> Iterator[str]:
    """Name the files that stay in the mailbox, as whoever fetched the mail noted them."""
    noted = message.header("x-mailflow-left-behind") or ""
    names = [one.strip() for one in decode_words(noted).split(";") if one.strip()]
    yield from (f"+ {name}" for name in names or [one.name for one in message.attachments])


def _items(uow: UnitOfWork, found: Recognised) -> Iterator[OpenItem]:
    """Return what the answered letter showed: the numbers stay what they were."""
    letter = found.letter if found.token else None
    for shown, plan_id, n in () if letter is None else letter.items:
        plan = uow.plan(plan_id)
        if plan is not None and plan.todo(n) is not None:
            yield OpenItem(shown, plan, n)


def _is_replay(uow: UnitOfWork, stamp: Stamp, message: InboundMessage) -> bool:
    """Tell whether a signature was seen before, under whatever unsigned fields; note a new one."""
    if not stamp.signature:
        return False
    key = f"signature {stamp.signature}"
    if uow.setting(key):
        return True
    uow.note_setting(key, message.message_id or "seen")
    return False
