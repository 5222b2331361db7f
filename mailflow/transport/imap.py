r"""A mailbox on an IMAP server: looked into without a trace, signed for when all is kept.

A mail is found by its number above the mark, fetched with PEEK and handed on; only when it
was committed it gets `\Seen` and moves to the archive. A death in between shows the mail
again and never loses it.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import date

from mailflow.errors import LoginRefused, TransientFailure
from mailflow.ports import ArrivedMail, Belongs, Clock, Watermark
from mailflow.transport.doorbell import Doorbell
from mailflow.transport.imap_folders import make_folder
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.imap_looking import Looking
from mailflow.transport.imap_sent import SentFolder
from mailflow.transport.imap_session import ImapSession
from mailflow.transport.imap_wire import Heard
from mailflow.transport.login import TokenSource

IDLE_SECONDS = 240.0
"""Longer silences were seen to end in a line that nobody closed; with DONE below 5 minutes."""
POLL_SECONDS = 60.0
_LONG_LISTEN = 20.0
_NUMBERS_AT_ONCE = 500


class ImapSource:
    """One mailbox, watched by one thread over one line; fits `ports.MailSource`.

    The Sent folder is worked on over a second line, which is opened when it is first needed:
    the thread that sends may ask for it while another listens.
    """

    def __init__(
        self,
        settings: ImapSettings,
        clock: Clock,
        *,
        belongs: Belongs | None = None,
        token: TokenSource | None = None,
    ) -> None:
        """Prepare; nothing is opened before the first call.

        Args:
            settings: which mailbox.
            clock: tells which day 30 days ago was.
            belongs: decides what is ours in a shared mailbox, and in the junk folder of any;
                left out, all mail is ours and the junk folder is not looked into.
            token: makes access tokens for the logins that want one.
        """
        self._settings = settings
        self._session = ImapSession(settings, token)
        self._sent = SentFolder(settings, token)
        self._looking = Looking(settings, self._session, clock, belongs)
        self._bell = Doorbell()
        self._losses = 0

    @property
    def name(self) -> str:
        """Name of the source: the mailbox address."""
        return self._settings.name

    def arrivals(self, seen: dict[str, Watermark]) -> Iterator[Sequence[ArrivedMail]]:
        """Yield what is new since `seen`, as `ports.MailSource.arrivals`."""
        return self._looking.arrivals(seen)

    def arrived_since(self, day: date) -> Iterator[Sequence[ArrivedMail]]:
        """Yield all mail since `day`, the archive's too: for a state restored from a backup.

        Raises:
            TransientFailure: as `arrivals`.
        """
        archive = self._session.places().archive
        with self._session.speaking("the archive cannot be looked for") as line:
            kept = [archive] if line.folder_exists(archive) else []
        yield from self._looking.since(day, [*self._looking.watched(), *kept])

    def reached(self) -> dict[str, Watermark]:
        """Return how far `arrivals` has looked, as `ports.MailSource.reached`."""
        return dict(self._looking.reached)

    def watermarks(self) -> dict[str, Watermark]:
        """Return where each folder stands now, as `ports.MailSource.watermarks`."""
        return self._looking.watermarks()

    def sign_for(self, mails: Sequence[ArrivedMail]) -> None:
        """Mark mail as taken in and move it to the archive, as `ports.MailSource.sign_for`."""
        groups: dict[tuple[str, int], list[int]] = {}
        for mail in mails:
            groups.setdefault((mail.folder, mail.uidvalidity), []).append(mail.uid)
        archive = self._session.places().archive if groups else ""
        for (folder, validity), uids in groups.items():
            # Numbers of another time: the mail will be seen, known and signed for again.
            if folder != archive and self._session.open_for_change(folder, validity):
                for start in range(0, len(uids), _NUMBERS_AT_ONCE):
                    self._sign(uids[start : start + _NUMBERS_AT_ONCE], archive)

    def _sign(self, uids: list[int], archive: str) -> None:
        with self._session.speaking("mail that was taken in cannot be archived") as line:
            make_folder(line, archive)
            line.add_flags(uids, [b"\\Seen"], silent=True)
            if line.can("MOVE"):
                line.move(uids, archive)
                return
            line.copy(uids, archive)
            line.delete_messages(uids, silent=True)
            if line.can("UIDPLUS"):  # a plain EXPUNGE would remove what others marked, too
                line.uid_expunge(uids)

    def find_sent(self, mailflow_id: str) -> bool | None:
        """Tell whether a mail was sent, as `ports.MailSource.find_sent`; from any thread."""
        return self._sent.find(mailflow_id)

    def keep_sent(self, mails: Sequence[bytes]) -> None:
        """Append copies of sent mail, as `ports.MailSource.keep_sent`; from any thread."""
        self._sent.keep(mails)

    def wait(self, seconds: float) -> bool:
        """Wait until something may have arrived, as `ports.MailSource.wait`.

        A lost line is opened anew at once the first time, and after growing pauses when it is
        lost again and again; what is wrong is told by `arrivals`.
        """
        end = time.monotonic() + seconds
        while True:
            began = time.monotonic()
            try:
                heard = self._listen(min(IDLE_SECONDS, end - began))
            except LoginRefused:
                return self._pause(end - began, end)
            except TransientFailure:
                self._losses = min(self._losses + 1, 7)
                return self._pause(min(2.0**self._losses, POLL_SECONDS) - 2.0, end)
            if heard.arrived or time.monotonic() - began >= _LONG_LISTEN:
                self._losses = 0
            if heard.arrived or heard.rung or time.monotonic() >= end:
                return heard.arrived

    def wake(self) -> None:
        """End a `wait` in another thread."""
        self._bell.ring()

    def _listen(self, seconds: float) -> Heard:
        folder = self._settings.folder
        validity, next_uid = self._session.enter(folder)
        reached = self._looking.reached.get(folder)
        # What came between the last look and now was told already and is not told again.
        if reached and next_uid and Watermark(validity, next_uid - 1) != reached:
            return Heard(arrived=True)
        with self._session.speaking("the server does not let us listen") as line:
            if line.can("IDLE"):
                return line.wire.listen(self._bell, seconds)
            rung, _ = self._bell.wait(min(POLL_SECONDS, seconds), line.wire.sock)
            return Heard(arrived=line.wire.look_up() or next_uid is None, rung=rung)

    def _pause(self, pause: float, end: float) -> bool:
        rung, _ = self._bell.wait(min(pause, end - time.monotonic()))
        return not rung

    def close(self) -> None:
        """Let go of the connections; the next call opens new ones."""
        self._session.close()
        self._sent.close()
