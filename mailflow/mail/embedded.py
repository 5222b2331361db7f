"""Files that stand within a text: uuencode and yEnc, from before MIME and beside it."""

import binascii
import re
from dataclasses import dataclass

_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
_YENC_BEGIN = re.compile(rb"^=ybegin [^\r\n]{0,500}?name=([^\r\n]{1,255})\r?\n", re.MULTILINE)
_YENC_END = re.compile(rb"^=yend[^\r\n]{0,200}\r?$", re.MULTILINE)
_YENC_SHIFT = bytes((octet - 42) % 256 for octet in range(256))
_MAX_FILES = 20
_FALSE_BEGINNING = 7  # as dear as seven files: it is searched to the next end for nothing
_TEXT_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file that stood within a text.

    Attributes:
        name: as the sender gave it, not yet cleaned.
        content: its bytes.
    """

    name: bytes
    content: bytes


def take_out_files(text: bytes) -> tuple[bytes, tuple[EmbeddedFile, ...]]:
    """Return a text without the files in it, and the files; at most 20 of each kind.

    Only texts of up to a megabyte are searched, and three false beginnings end the search.
    Whatever does not decode stays where it is: a person may have written about `begin 644`.
    """
    files: list[EmbeddedFile] = []
    if len(text) > _TEXT_LIMIT or b"begin " not in text:
        return text, ()
    for begin, end, decode in (
        (_UU_BEGIN, _UU_END, _uudecoded),
        (_YENC_BEGIN, _YENC_END, _ydecoded),
    ):
        kept: list[bytes] = []
        at = tries = 0
        while tries < _MAX_FILES and (head := begin.search(text, at)):
            tail = end.search(text, head.end())
            if tail is None:
                break
            content = decode(text[head.end() : tail.start()])
            kept.append(text[at : head.end() if content is None else head.start()])
            at = head.end() if content is None else tail.end()
            tries += _FALSE_BEGINNING if content is None else 1
            if content is not None:
                files.append(EmbeddedFile(head[1].strip(), content))
        text = b"".join([*kept, text[at:]])
    return text, tuple(files)


def uudecode(octets: bytes) -> bytes:
    """Return what a uuencoded part holds; octets that are not uuencoded come back as they are."""
    _, files = take_out_files(octets)
    return b"".join(file.content for file in files) if files else octets


def _uudecoded(body: bytes) -> bytes | None:
    """The decoded lines, None when one of them cannot be one."""
    out: list[bytes] = []
    for line in body.splitlines():
        if not line:
            continue
        # Some writers pad a line too little or too much: cut it to the length it states.
        octets = (line[0] - 32) & 63
        needed = 1 + (octets + 2) // 3 * 4
        try:
            out.append(binascii.a2b_uu(line[:needed].ljust(needed)))
        except binascii.Error:
            return None
    return b"".join(out)


def _ydecoded(body: bytes) -> bytes | None:
    """The decoded lines (yEnc 1.3): each octet is shifted by 42, `=` shifts the next by 64 more."""
    lines = [line for line in body.splitlines() if not line.startswith(b"=y")]
    first, *escaped = b"".join(lines).split(b"=")
    out = [first.translate(_YENC_SHIFT)]
    for piece in escaped:
        if not piece:
            return None
        out.append(bytes([(piece[0] - 64 - 42) % 256]) + piece[1:].translate(_YENC_SHIFT))
    return b"".join(out)
