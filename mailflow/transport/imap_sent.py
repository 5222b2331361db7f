"""The Sent folder: asked whether a mail left, and given copies where the server keeps none."""

import threading
from collections.abc import Sequence

from mailflow.transport.imap_folders import make_folder
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.imap_session import ImapSession
from mailflow.transport.imap_structure import attributes
from mailflow.transport.login import TokenSource

_LOOKED_AT = 20


class SentFolder:
    """Works on a line of its own, because whoever sends is not whoever listens.

    Any thread may call; one is served after the other.
    """

    def __init__(self, settings: ImapSettings, token: TokenSource | None) -> None:
        self._settings = settings
        self._session = ImapSession(settings, token)
        self._lock = threading.Lock()

    def find(self, mailflow_id: str) -> bool | None:
        """Tell whether a mail was sent, as `ports.MailSource.find_sent`."""
        with self._lock:
            sent = self._session.places().sent
            if sent is None:
                return None
            self._session.enter(sent)
            quoted = mailflow_id.replace("\\", "\\\\").replace('"', '\\"')
            uids = self._session.search(f'HEADER X-Mailflow-Id "{quoted}"')[-_LOOKED_AT:]
            return bool(uids) and self._one_is(uids, mailflow_id)

    def _one_is(self, uids: list[int], mailflow_id: str) -> bool:
        """Compare whole: SEARCH finds parts of words, too (RFC 3501 section 6.4.4)."""
        with self._session.speaking("the Sent folder cannot be read") as line:
            answers = line.wire.uid_fetch(uids, "(UID BODY.PEEK[HEADER.FIELDS (X-MAILFLOW-ID)])")
        found = (attributes(answer) for answer in answers)
        fields = [value for one in found for value in one.values() if isinstance(value, bytes)]
        wanted = mailflow_id.encode("utf-8")
        return any(field.partition(b":")[2].strip() == wanted for field in fields)

    def keep(self, mails: Sequence[bytes]) -> None:
        """Append copies, as `ports.MailSource.keep_sent`; Gmail keeps its own."""
        if not (self._settings.keep_sent and mails):
            return
        with self._lock:
            sent = self._session.places().sent
            with self._session.speaking("copies of sent mail cannot be kept") as line:
                if line.can("X-GM-EXT-1"):
                    return
                if sent is None:
                    sent = "Sent"
                    make_folder(line, sent)
                    self._session.forget_places()
                for mail in mails:
                    line.append(sent, mail, flags=[b"\\Seen"])

    def close(self) -> None:
        """Let go of the line, once nobody works on it."""
        with self._lock:
            self._session.close()
