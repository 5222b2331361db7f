"""The way out: whether letters can be handed in at all, and who is told when they cannot.

While it is shut no letter can tell of it, so `mailflow status` does; when it is open again
the provider is told, if it was shut for long. A login that was refused is not tried again for a
quarter of an hour, however many letters wait: too many wrong passwords lock an account.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from mailflow.domain.notice import Alarm, AlarmKind
from mailflow.errors import StaleVersion
from mailflow.flow.post import Occasion, PostRoom
from mailflow.flow.settings import FlowSettings
from mailflow.ports import Memory, Outcome, OutcomeKind, UnitOfWork

LOGIN_PAUSE = timedelta(minutes=15)
TOLD_AFTER = timedelta(minutes=10)
"""A trouble that was shorter is not worth a letter."""

LOST = "sending"
REFUSED = "login for sending"
_SINCE = "sending lost"


class WayOut:
    """Remembers whether the submission server takes letters.

    Attributes:
        trouble: why it takes none, in its own words; "" while it does, or nobody asked.
        refused: it refuses our login.
    """

    def __init__(self, memory: Memory, settings: FlowSettings, post: PostRoom) -> None:
        self._memory = memory
        self._settings = settings
        self._post = post
        self._not_before: datetime | None = None
        self._known_open = False
        self.trouble = ""
        self.refused = False

    def is_shut(self, now: datetime) -> bool:
        """Return whether it is too early for another login."""
        return self._not_before is not None and now < self._not_before

    def heard(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Learn from how submissions ended."""
        shut = next((o for o in outcomes if o.unreachable or o.login_refused), None)
        if shut is not None:
            self._close(shut, now)
        elif not self._known_open and any(o.kind is OutcomeKind.SENT for o in outcomes):
            self._open(now)

    def _close(self, shut: Outcome, now: datetime) -> None:
        self._not_before = now + LOGIN_PAUSE if shut.login_refused else None
        told_already = bool(self.trouble) and self.refused == shut.login_refused
        self.trouble, self.refused, self._known_open = shut.answer, shut.login_refused, False
        if told_already:
            return
        uow = self._memory.unit()
        key = REFUSED if shut.login_refused else LOST
        if uow.open_incident(key, now):
            uow.note_setting(f"trouble {key}", shut.answer)
        if not uow.setting(_SINCE):
            uow.note_setting(_SINCE, now.isoformat())
        self._commit(uow)

    def _open(self, now: datetime) -> None:
        self._not_before, self.trouble, self.refused, self._known_open = None, "", False, True
        uow = self._memory.unit()
        ended = [key for key in (LOST, REFUSED) if uow.close_incident(key, now)]
        if not ended:
            uow.close()
            return
        since = uow.setting(_SINCE)
        uow.note_setting(_SINCE, "")
        if since and now - datetime.fromisoformat(since) >= TOLD_AFTER:
            reason = uow.setting(f"trouble {ended[-1]}")
            kind = AlarmKind.SENDING_BACK
            alarm = Alarm(self._settings.provider, kind, self._settings.way_out, reason, now)
            self._post.write(uow, [alarm], Occasion(now))
        self._commit(uow)

    @staticmethod
    def _commit(uow: UnitOfWork) -> None:
        with suppress(StaleVersion):  # somebody noted it at the same moment
            uow.commit()
