"""Mail out of a folder: in small batches, sizes first, and of giants only what people wrote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailflow.ports import PartSummary
from mailflow.transport.imap_structure import (
    Leaf,
    Value,
    attributes,
    decoded,
    leaves,
    number,
)
from mailflow.transport.imap_wire import FetchAnswer, ImapWire

MAILS_PER_BATCH = 50
OCTETS_PER_BATCH = 8_000_000
"""Fifty great mails at once would not fit; above this a batch ends early."""

LEFT_BEHIND = "X-Mailflow-Left-Behind"
"""Names the files of a giant, divided by semicolons; put above what the sender wrote."""

_HEADER_OCTETS = 64_000
_TEXT_OCTETS = 256_000
_NAME_LENGTH, _NAMES_LENGTH = 100, 1500
_OPENING_OCTETS = 8_000
_TELLING = ("text/calendar", "message/delivery-status", "message/rfc822", "text/rfc822-headers",
            "message/disposition-notification")  # fmt: skip
_OPENINGS = 4
_CONTENT_FIELD = re.compile(rb"(?:content-[a-z-]+|mime-version)[ \t]*:", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[A-Za-z0-9!#$&^_.+/-]{1,60}")


@dataclass(frozen=True, slots=True)
class Glance:
    """What is looked at of a mail before it is decided whose it is.

    Attributes:
        header: the header block, 64 kB at most.
        parts: its structure.
    """

    header: bytes
    parts: tuple[PartSummary, ...]


def batches(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """Group numbers so that a batch has 50 mails and 8 MB at most, or is one great mail."""
    batch: list[int] = []
    octets = 0
    for uid in uids:
        size = sizes.get(uid, 0)
        if batch and (len(batch) >= MAILS_PER_BATCH or octets + size > OCTETS_PER_BATCH):
            yield batch
            batch, octets = [], 0
        batch.append(uid)
        octets += size
    if batch:
        yield batch


def fetch_sizes(wire: ImapWire, uids: Sequence[int]) -> dict[int, int]:
    """Return the octets of each mail that is still there; may raise as `ImapWire.uid_fetch`."""
    found = _by_uid(wire.uid_fetch(uids, "(UID RFC822.SIZE)"), uids)
    return {uid: number(got["RFC822.SIZE"]) for uid, got in found.items() if "RFC822.SIZE" in got}


def fetch_whole(wire: ImapWire, uids: Sequence[int]) -> dict[int, bytes]:
    r"""Return the mails that are still there, by number, without setting `\Seen`."""
    found = _by_uid(wire.uid_fetch(uids, "(UID BODY.PEEK[])"), uids)
    bodies = {uid: got.get("BODY[]") for uid, got in found.items()}
    return {uid: body for uid, body in bodies.items() if isinstance(body, bytes)}


def fetch_by_parts(wire: ImapWire, uid: int) -> bytes:
    """Return header and text of one mail that is too great to fetch; empty: it is gone.

    The text part takes the place of the whole: its type and encoding stand in the header, so
    that the result reads as the small mail which the person would have sent without files.
    """
    items = f"(UID BODYSTRUCTURE BODY.PEEK[HEADER]<0.{_HEADER_OCTETS}>)"
    got = _by_uid(wire.uid_fetch([uid], items), [uid]).get(uid, {})
    header = got.get("BODY[HEADER]")
    if not isinstance(header, bytes):
        return b""
    parts = leaves(got.get("BODYSTRUCTURE"))
    leaf = _text_leaf(parts)
    header = _left_behind(parts) + header
    if leaf is None:
        return _without_content_fields(header) + b"\r\n"
    items = f"(UID BODY.PEEK[{leaf.section}]<0.{_TEXT_OCTETS}>)"
    got = _by_uid(wire.uid_fetch([uid], items), [uid]).get(uid, {})
    text = got.get(f"BODY[{leaf.section}]")
    return _without_content_fields(header) + _content_fields(leaf) + b"\r\n" + _octets(text)


def fetch_glances(wire: ImapWire, uids: Sequence[int]) -> dict[int, Glance]:
    """Return header and structure of each mail, with the openings of its telling parts.

    Of a mail whose structure cannot be read only the header is looked at.
    """
    header = f"BODY.PEEK[HEADER]<0.{_HEADER_OCTETS}>"
    found = _by_uid(wire.uid_fetch(uids, f"(UID BODYSTRUCTURE {header})"), uids)
    odd = [uid for uid in uids if uid not in found]
    if odd:
        found.update(_by_uid(wire.uid_fetch(odd, f"(UID {header})"), odd))
    return {
        uid: _glance(wire, uid, got)
        for uid, got in found.items()
        if isinstance(got.get("BODY[HEADER]"), bytes)
    }


def _glance(wire: ImapWire, uid: int, got: dict[str, Value]) -> Glance:
    parts = leaves(got.get("BODYSTRUCTURE"))
    openings = _openings(wire, uid, parts)
    return Glance(
        _octets(got.get("BODY[HEADER]")), tuple(_summary(leaf, openings) for leaf in parts)
    )


def _openings(wire: ImapWire, uid: int, parts: tuple[Leaf, ...]) -> dict[str, bytes]:
    telling = {_opening_section(leaf): leaf for leaf in parts if leaf.kind in _TELLING}
    sections = list(telling)[:_OPENINGS]
    if not sections:
        return {}
    peeks = " ".join(f"BODY.PEEK[{section}]<0.{_OPENING_OCTETS}>" for section in sections)
    got = _by_uid(wire.uid_fetch([uid], f"(UID {peeks})"), [uid]).get(uid, {})
    return {
        telling[section].section: decoded(_octets(got.get(f"BODY[{section}]")), leaf_encoding)
        for section in sections
        for leaf_encoding in [telling[section].encoding]
    }


def _opening_section(leaf: Leaf) -> str:
    return f"{leaf.section}.HEADER" if leaf.kind == "message/rfc822" else leaf.section


def _summary(leaf: Leaf, openings: dict[str, bytes]) -> PartSummary:
    return PartSummary(leaf.kind, leaf.parameters, leaf.size, openings.get(leaf.section, b""))


def _text_leaf(parts: tuple[Leaf, ...]) -> Leaf | None:
    for kind in ("text/plain", "text/html"):
        for leaf in parts:
            if leaf.kind == kind and not leaf.attached:
                return leaf
    return None


def _left_behind(parts: tuple[Leaf, ...]) -> bytes:
    """Return a field of our own that names the files which stay in the mailbox."""
    named = [dict(leaf.parameters).get("name", "") for leaf in parts]
    plain = ["".join(c for c in name if c.isprintable() and c != ";") for name in named]
    names = "; ".join(name[:_NAME_LENGTH] for name in plain if name.strip())
    return f"{LEFT_BEHIND}: {names[:_NAMES_LENGTH]}\r\n".encode() if names else b""


def _without_content_fields(header: bytes) -> bytes:
    """Return the fields that do not speak of the body, without the empty line at the end."""
    kept: list[bytes] = []
    dropping = False
    for line in header.rstrip(b"\r\n").split(b"\r\n"):
        if not line.startswith((b" ", b"\t")):  # a fold belongs to the field above it
            dropping = _CONTENT_FIELD.match(line) is not None
        if line and not dropping:
            kept.append(line + b"\r\n")
    return b"".join(kept)


def _content_fields(leaf: Leaf) -> bytes:
    charset = dict(leaf.parameters).get("charset", "")
    named = f"; charset={charset}" if _PLAIN_WORD.fullmatch(charset) else ""
    lines = ["MIME-Version: 1.0", f"Content-Type: {leaf.kind}{named}"]
    if _PLAIN_WORD.fullmatch(leaf.encoding):
        lines.append(f"Content-Transfer-Encoding: {leaf.encoding}")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _by_uid(answers: list[FetchAnswer], wanted: Sequence[int]) -> dict[int, dict[str, Value]]:
    """Sort answers by their own UID; what was not asked for is left aside.

    A server may answer for one mail in several responses, and may speak of others between.
    """
    asked = set(wanted)
    found: dict[int, dict[str, Value]] = {}
    for answer in answers:
        got = attributes(answer)
        uid = number(got.get("UID"))
        if uid in asked:
            found.setdefault(uid, {}).update(got)
    return found


def _octets(value: Value) -> bytes:
    return value if isinstance(value, bytes) else b""
