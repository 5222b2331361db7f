"""Small facts that transport tests share."""

import socket
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from imapclient import IMAPClient

from mailflow.ports import ArrivedMail, Belongs, SealedMail
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings


class FixedClock:
    """A clock that stands where the test put it."""

    def __init__(self, moment: datetime = datetime(2026, 3, 4, 9, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def a_raw_mail(number: int = 1, text: str = "done 1", **fields: str) -> bytes:
    """RFC 5322 bytes with CRLF line ends."""
    header = {
        "From": "Anne <anne@client.test>",
        "To": "plans@office.test",
        "Subject": f"mail {number}",
        "Message-ID": f"<{number}@client.test>",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = [*(f"{name}: {value}" for name, value in header.items()), "", text, ""]
    return "\r\n".join(lines).encode()


def a_sealed_mail(number: int = 1, **facts: object) -> SealedMail:
    """A mail from the office to Anne, ready to leave."""
    usual: dict[str, object] = {
        "outbox_id": number,
        "sender": "plans@office.test",
        "recipient": "anne@client.test",
        "data": a_raw_mail(number),
    }
    return SealedMail(**{**usual, **facts})  # type: ignore[arg-type]  # a builder takes any fact


def a_certificate(folder: Path, host: str = "127.0.0.1") -> tuple[str, str]:
    """Make a key and a certificate for `host` that signs itself; return their paths."""
    key, certificate = folder / f"{host}.key", folder / f"{host}.pem"
    kind = "IP" if host[0].isdigit() else "DNS"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={host}", "-addext", f"subjectAltName={kind}:{host}",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(key), str(certificate)


class Box:
    """A mailbox, and a mail program of somebody else that looks into it.

    Attributes:
        settings: to open it with.
        junk: name of its junk folder.
    """

    def __init__(self, settings: ImapSettings, junk: str) -> None:
        self.settings = settings
        self.junk = junk
        self._sources: list[ImapSource] = []
        self._other: IMAPClient | None = None

    def source(self, *, belongs: Belongs | None = None, **facts: object) -> ImapSource:
        """Open it as mailflow does."""
        settings = replace(self.settings, **facts)  # type: ignore[arg-type]  # a builder takes any fact
        source = ImapSource(settings, FixedClock(datetime.now(UTC)), belongs=belongs)  # noqa: TID251 - servers stamp mail with their own present
        self._sources.append(source)
        return source

    @property
    def other(self) -> IMAPClient:
        """The other program's line."""
        if self._other is None:
            self._other = IMAPClient(self.settings.host, self.settings.port, ssl=False, timeout=10)
            self._other.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._other.login(f'"{self.settings.user}"', self.settings.password)
        return self._other

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Lay mail into a folder."""
        for mail in mails:
            self.other.append(folder, mail)

    def there(self, folder: str = "INBOX") -> list[tuple[str, bool]]:
        """Return subject and whether it was read, of all mail in a folder."""
        self.other.select_folder(folder, readonly=True)
        uids = self.other.search("ALL")
        found = self.other.fetch(uids, ["FLAGS", "BODY.PEEK[HEADER.FIELDS (SUBJECT)]"])
        return [
            (
                facts[b"BODY[HEADER.FIELDS (SUBJECT)]"].decode().partition(":")[2].strip(),
                b"\\Seen" in facts[b"FLAGS"],
            )
            for _, facts in sorted(found.items())
        ]

    def close(self) -> None:
        """Close all lines."""
        for source in self._sources:
            source.close()
        if self._other is not None:
            self._other.logout()


def subjects(batches: Iterable[Sequence[ArrivedMail]]) -> list[str]:
    """Return the subjects of arrived mail, in order."""
    return [
        mail.raw.split(b"Subject: ")[1].split(b"\r\n")[0].decode()
        for batch in batches
        for mail in batch
    ]
