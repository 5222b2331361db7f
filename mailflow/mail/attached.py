"""Attachments as values: names made harmless, locked files told, `winmail.dat` opened."""

import re

from mailflow.mail.message import Attachment
from mailflow.mail.tnef import read_tnef

_NAME_LIMIT = 200
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_FORBIDDEN = str.maketrans(dict.fromkeys(':*?"<>|', "_"))
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,100}")
_TNEF_TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_OFFICE_LOCK = "EncryptedPackage".encode("utf-16-le")


def clean_name(name: str) -> str:
    """Return a sender's file name as any system can keep it.

    Paths, controls, marks that turn it around, and signs and names that Windows keeps for
    itself ("a:b.png", "con.txt") are taken out of it.
    """
    name = _NOT_IN_NAMES.sub(" ", name).replace("\\", "/").rpartition("/")[2]
    name = name.translate(_FORBIDDEN).strip(" .")
    if _DEVICE.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    if len(name) <= _NAME_LIMIT:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = dot + ending if len(ending) <= 10 else ""
    return (stem if tail else name)[: _NAME_LIMIT - len(tail)] + tail


def attachments_of(
    name: str, media_type: str, content: bytes, *, content_id: str = ""
) -> tuple[Attachment, ...]:
    """Return the part as an attachment, or the files in it where it is a `winmail.dat`.

    Args:
        name: file name as the sender gave it, decoded; may be empty.
        media_type: as declared, in lower case.
        content: decoded bytes.
        content_id: without angle brackets.
    """
    if media_type in _TNEF_TYPES or name.lower() == "winmail.dat":
        inside = read_tnef(content)
        if inside:
            return tuple(
                _attachment(file.name, file.media_type.lower(), file.content) for file in inside
            )
    return (_attachment(name, media_type, content, content_id),)


def _attachment(name: str, media_type: str, content: bytes, content_id: str = "") -> Attachment:
    if not _MEDIA_TYPE.fullmatch(media_type):
        media_type = "application/octet-stream"
    return Attachment(
        name=clean_name(name),
        media_type=media_type,
        size=len(content),
        content=content,
        content_id=content_id,
        locked=is_locked(content),
    )


def is_locked(content: bytes) -> bool:
    """Tell whether this is an encrypted PDF, ZIP or Office file: readable only with a password."""
    if content.startswith(b"%PDF"):
        return b"/Encrypt" in content
    if content.startswith(b"PK\x03\x04"):
        return bool(content[6:7] and content[6] & 1)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _OFFICE_LOCK in content
    return False
