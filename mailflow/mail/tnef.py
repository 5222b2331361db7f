"""Files inside `winmail.dat` (MS-OXTNEF): what Outlook sends when it forgets about MIME.

Only titles and contents of attachments are read. Every length is checked against what is
there; the reader stops at the first thing that makes no sense and keeps what it has.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = 0x223E9F78
_ATTACHMENT_BEGINS = 0x9002
_ATTACHMENT_TITLE = 0x8010
_ATTACHMENT_CONTENT = 0x800F
_ATTACHMENT_PROPERTIES = 0x9005
_LONG_FILE_NAME = 0x3707
_MIME_TYPE = 0x370E
_STRING8, _UNICODE = 0x001E, 0x001F
_FIXED_OCTETS = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4}
_FIXED_OCTETS |= {0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_VARIABLE = frozenset((_STRING8, _UNICODE, 0x000D, 0x0102))
_MULTIPLE = 0x1000
_MAX_FILES = 100
_MAX_PROPERTIES = 500


@dataclass(frozen=True, slots=True)
class TnefFile:
    """A file inside a `winmail.dat`.

    Attributes:
        name: as Outlook gave it, not yet cleaned; may be empty.
        media_type: as Outlook gave it; may be empty.
        content: its bytes.
    """

    name: str
    media_type: str
    content: bytes


def read_tnef(octets: bytes) -> tuple[TnefFile, ...]:
    """Return the files in a TNEF stream, none when it is not one."""
    files: list[TnefFile] = []
    name, media_type, content = "", "", b""
    for attribute, value in _attributes(octets):
        if attribute == _ATTACHMENT_BEGINS:
            if content:
                files.append(TnefFile(name, media_type, content))
            name, media_type, content = "", "", b""
        elif attribute == _ATTACHMENT_TITLE:
            name = name or _text(value, "cp1252")
        elif attribute == _ATTACHMENT_CONTENT:
            content = value
        elif attribute == _ATTACHMENT_PROPERTIES:
            told = _told_properties(value)
            name, media_type = told.get(_LONG_FILE_NAME, name), told.get(_MIME_TYPE, media_type)
    if content:
        files.append(TnefFile(name, media_type, content))
    return tuple(files[:_MAX_FILES])


def _attributes(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Level (1 octet), id and type (2 + 2), length (4), value, checksum (2); little-endian."""
    if len(octets) < 6 or int.from_bytes(octets[:4], "little") != _SIGNATURE:
        return
    at = 6
    while at + 9 <= len(octets):
        _, attribute, _, length = struct.unpack_from("<BHHI", octets, at)
        at += 9
        if at + length > len(octets):
            return
        yield attribute, octets[at : at + length]
        at += length + 2


def _told_properties(octets: bytes) -> dict[int, str]:
    """The textual ones among the MAPI properties of an attachment."""
    told: dict[int, str] = {}
    for tag, kind, value in _properties(octets):
        if kind == _UNICODE:
            told[tag] = _text(value, "utf-16-le")
        elif kind == _STRING8:
            told[tag] = _text(value, "cp1252")
    return told


def _properties(octets: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tag, type and value of each; the property list has no way to skip an unknown type."""
    at = 4
    for _ in range(min(_number(octets, 0), _MAX_PROPERTIES)):
        if at + 4 > len(octets):
            return
        kind, tag = struct.unpack_from("<HH", octets, at)
        at += 4
        if tag >= 0x8000:
            at = _after_name(octets, at)
        count = 1
        if kind & _MULTIPLE or kind in _VARIABLE:
            count, at = _number(octets, at), at + 4
        kind &= ~_MULTIPLE
        for _ in range(min(count, _MAX_PROPERTIES)):
            length = _FIXED_OCTETS.get(kind, 0)
            if kind in _VARIABLE:
                length, at = _number(octets, at), at + 4
            if not length or at + length > len(octets):
                return
            yield tag, kind, octets[at : at + length]
            at += length + (-length % 4)


def _number(octets: bytes, at: int) -> int:
    """Four octets; what is missing at the end counts as zero."""
    return int.from_bytes(octets[at : at + 4], "little")


def _after_name(octets: bytes, at: int) -> int:
    """Skip the name of a named property: GUID (16), kind (4), then a number or a string."""
    if _number(octets, at + 16) == 0:
        return at + 24
    length = _number(octets, at + 20)
    return at + 24 + length + (-length % 4)


def _text(octets: bytes, codec: str) -> str:
    return octets.decode(codec, "replace").partition("\0")[0]
