"""Where a server keeps junk and sent mail, and where ours goes when it was taken in."""

import imaplib
from contextlib import suppress
from dataclasses import dataclass

from mailflow.transport.imap_line import ImapLine

_JUNK = ("junk", "spam", "junk-e-mail", "junk e-mail", "junk email", "junk mail", "bulk mail")
_SENT = ("sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete elemente",
         "gesendete objekte", "gesendete nachrichten", "éléments envoyés", "messages envoyés",
         "enviados", "elementos enviados", "posta inviata", "verzonden items")  # fmt: skip
"""What mail programs call it where the server marks none (RFC 6154 came late)."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one mailbox, by the names that the server uses.

    Attributes:
        junk: None when there is none.
        sent: None when there is none.
        archive: where mail goes when it was taken in; may not exist yet.
    """

    junk: str | None
    sent: str | None
    archive: str


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    flags: frozenset[bytes]
    delimiter: str

    @property
    def last(self) -> str:
        """Return the last level of the name, in small letters."""
        level = self.name.rpartition(self.delimiter)[2] if self.delimiter else self.name
        return level.casefold()


def find_folders(line: ImapLine, archive: str) -> Folders:
    """Look the folders up, once a session; may raise `TROUBLE`.

    Args:
        line: logged in.
        archive: name with `/` between levels, as in `ImapSettings.archive`.
    """
    listed = [_listed(*item) for item in line.list_folders()]
    usable = [one for one in listed if not one.flags & {b"\\noselect", b"\\nonexistent"}]
    prefix, delimiter = _personal(line, listed)
    name = prefix + delimiter.join(archive.split("/")) if delimiter else archive
    return Folders(
        junk=_special(usable, b"\\junk", _JUNK),
        sent=_special(usable, b"\\sent", _SENT),
        archive=name,
    )


def _listed(flags: tuple[bytes, ...], delimiter: bytes | None, name: str) -> _Listed:
    sign = delimiter.decode("ascii", "replace") if delimiter else ""
    return _Listed(str(name), frozenset(flag.lower() for flag in flags), sign)


def _special(usable: list[_Listed], flag: bytes, usual: tuple[str, ...]) -> str | None:
    marked = [one.name for one in usable if flag in one.flags]
    if marked:
        return marked[0]
    by_name = {one.last: one.name for one in reversed(usable)}
    return next((by_name[name] for name in usual if name in by_name), None)


def _personal(line: ImapLine, listed: list[_Listed]) -> tuple[str, str]:
    """Return prefix and delimiter of the person's own folders (RFC 2342)."""
    if line.can("NAMESPACE"):
        with suppress(imaplib.IMAP4.error, ValueError, TypeError, IndexError):
            prefix, delimiter = line.namespace().personal[0]
            return str(prefix), str(delimiter or "")
    return "", next((one.delimiter for one in listed if one.delimiter), "")


def make_folder(line: ImapLine, name: str) -> None:
    """Create a folder unless it is there, and show it to mail programs that list by choice.

    May raise `TROUBLE`.
    """
    if line.folder_exists(name):
        return
    try:
        line.create_folder(name)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        if not line.folder_exists(name):  # somebody was quicker, or it truly failed
            raise
    with suppress(imaplib.IMAP4.error):
        line.subscribe_folder(name)
