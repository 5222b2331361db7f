"""How an answer finds the letter it answers: four carriers and one verifier.

Mail systems lose or rewrite any single mark, so every letter carries its number in four
places: the reply address, the Message-ID (and again in References), a line at its end, and
the UID of its calendar entry. Each carries a code (HMAC-SHA256) that only we can make.
Reading a mark proves nothing; `verify` does, and for addresses only together with the
person to whom the letter went. Subject tags and visible codes such as `TAX-3` are hints.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import islice

from mailflow.mail import percent

_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _DIGITS for second in _DIGITS)
_BLOCK = 64
_INNER = bytes(octet ^ 0x36 for octet in range(256))
_OUTER = bytes(octet ^ 0x5C for octet in range(256))
_LETTER_BITS = 40
_REF_MAC_LENGTH = 8
_LOOK_ALIKES = 2_000
_TOKEN = re.compile(r"[a-z2-7]{24}", re.IGNORECASE | re.ASCII)
_OWN_ID = re.compile(
    r"<(mf|thread)\.([0-9a-f])([a-z2-7]{8})\.([a-z2-7]{16})@([^\s<>@]{1,255})>",
    re.IGNORECASE | re.ASCII,
)
# A hyphen is rare in prose, so the search starts there and then looks back.
_REF_CODE = re.compile(r"-[\s>]{0,20}([a-z2-7]{8})(?![0-9a-z-])", re.IGNORECASE | re.ASCII)
_REF_NUMBER = re.compile(r"[^0-9a-z-]?([0-9a-f])([a-z2-7]{8})", re.IGNORECASE | re.ASCII)
_UID = re.compile(
    r"([A-Za-z0-9%]{1,200})-([0-9]{1,9})\.([A-Za-z0-9%]{1,200})\.([0-9a-f])([a-z2-7]{16})"
    r"@([^\s<>@]{1,255})",
    re.ASCII,
)


class TokenKind(IntEnum):
    """What a tokened address is for; four bits in the token."""

    REPLY = 1
    BOUNCE = 2
    UNSUBSCRIBE = 3
    CONFIRM = 4


class IdKind(StrEnum):
    """Which of our two kinds of id stands in a header; the word is part of the id."""

    MESSAGE = "mf"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The secrets behind the codes.

    Attributes:
        current: 32 random bytes; new codes are made with it.
        version: number of `current`, 0 to 15; it stands in every code.
        previous: retired keys that are still believed, the newest first: `version - 1`,
            `version - 2`, … counted around 16.
    """

    current: bytes
    version: int = 0
    previous: tuple[bytes, ...] = ()

    def key(self, version: int) -> bytes | None:
        """Return the key with this version, None when it is not known (any more)."""
        age = (self.version - version) % 16
        return (self.current, *self.previous)[age] if age <= len(self.previous) else None


@dataclass(frozen=True, slots=True)
class TokenClaim:
    """What a tokened address says: unverified."""

    version: int
    kind: TokenKind
    letter_id: int
    mac: bytes


@dataclass(frozen=True, slots=True)
class IdClaim:
    """What an id of ours in a header says: unverified."""

    version: int
    kind: IdKind
    letter_id: int
    mac: str
    instance: str


@dataclass(frozen=True, slots=True)
class RefClaim:
    """What a reference line in a text says: unverified."""

    version: int
    letter_id: int
    mac: str


@dataclass(frozen=True, slots=True)
class CalendarClaim:
    """What the UID of a calendar entry says: unverified."""

    version: int
    plan_code: str
    n: int
    person_id: str
    mac: str
    instance: str


@dataclass(frozen=True, slots=True)
class CodeHint:
    """A visible code such as `TAX` or `TAX-3`: typed or kept by a person, never proof."""

    plan_code: str
    n: int | None


Claim = TokenClaim | IdClaim | RefClaim | CalendarClaim | CodeHint


def make_token(keyring: Keyring, kind: TokenKind, letter_id: int, recipient: str) -> str:
    """Return the 24 characters that go behind the delimiter of a reply address.

    Args:
        keyring: the installation's keys.
        kind: what mail to this address means.
        letter_id: number of the letter, below 2**40.
        recipient: address of the person to whom the letter goes; the token holds for no one
            else.
    """
    head = bytes([keyring.version << 4 | kind]) + _letter_bytes(letter_id)
    mac = _mac(keyring.current, "reply", head, _folded(recipient))[:9]
    return _base32(head + mac)


def read_token(text: str) -> TokenClaim | None:
    """Return what a token claims, None when `text` is not of a token's form."""
    if not _TOKEN.fullmatch(text):
        return None
    raw = base64.b32decode(text.upper())
    try:
        kind = TokenKind(raw[0] & 15)
    except ValueError:
        return None
    return TokenClaim(raw[0] >> 4, kind, int.from_bytes(raw[1:6]), raw[6:])


def verify_token(keyring: Keyring, claim: TokenClaim, recipient: str) -> bool:
    """Tell whether we made this token for this person."""
    key = keyring.key(claim.version)
    if key is None:
        return False
    head = bytes([claim.version << 4 | claim.kind]) + _letter_bytes(claim.letter_id)
    return hmac.compare_digest(claim.mac, _mac(key, "reply", head, _folded(recipient))[:9])


def message_id_for(keyring: Keyring, letter_id: int, instance: str) -> str:
    """Return the Message-ID of a letter, with angle brackets."""
    return _own_id(keyring, IdKind.MESSAGE, letter_id, instance)


def thread_id_for(keyring: Keyring, letter_id: int, instance: str) -> str:
    """Return an id that stands only in References and names a letter, with angle brackets.

    Some servers replace the Message-ID of what we send but leave References alone. So each
    letter lists the thread id of the first letter of its thread and, last, its own; mail
    programs group by the first, and we find the letter by the last.
    """
    return _own_id(keyring, IdKind.THREAD, letter_id, instance)


def body_ref(keyring: Keyring, letter_id: int) -> str:
    """Return the line at the end of a letter, such as `Ref: 1aaaaaaab-k3jd9x2a`.

    It is found again behind quote marks, in HTML, in any case and when a mail program breaks
    the line at the hyphen. The word before it may be translated.
    """
    number = _number(keyring.version, letter_id)
    return f"Ref: {number}-{_text_mac(keyring.current, 'ref', number)[:_REF_MAC_LENGTH]}"


def calendar_uid(
    keyring: Keyring, plan_code: str, n: int, person_id: str | int, instance: str
) -> str:
    """Return the UID of one person's calendar entry for one To Do.

    The same arguments give the same UID as long as the current key is the same. The UID must
    not change for the life of the entry, so whoever stores the entry stores its UID.
    """
    entry = _entry(plan_code, n, str(person_id), keyring.version)
    mac = _text_mac(keyring.current, "calendar", f"{entry}@{instance.lower()}")
    return f"{entry}{mac}@{instance}"


def read_uid(text: str) -> CalendarClaim | None:
    """Return what a calendar UID claims, None when it is not of our form."""
    if (found := _UID.fullmatch(text.strip()[:1000])) is None:
        return None
    plan_code, n, person_id, version, mac, instance = found.groups()
    return CalendarClaim(
        int(version, 16), _read_part(plan_code), int(n), _read_part(person_id), mac, instance
    )


def read_own_id(text: str) -> IdClaim | None:
    """Return what an id `<…>` claims, None when it is not of our form."""
    if (found := _OWN_ID.fullmatch(text)) is None:
        return None
    kind, version, letter, mac, instance = found.groups()
    return IdClaim(
        int(version, 16), IdKind(kind.lower()), _letter_number(letter), mac.lower(), instance
    )


def find_refs(text: str, limit: int = 32) -> tuple[RefClaim, ...]:
    """Return the reference lines in a text, the least quoted first, at most `limit`."""
    found: list[tuple[int, RefClaim]] = []
    for code in islice(_REF_CODE.finditer(text), _LOOK_ALIKES):
        at = code.start()
        number = _REF_NUMBER.fullmatch(text[max(0, at - 10) : at])
        if number is None:
            continue
        claim = RefClaim(int(number[1], 16), _letter_number(number[2]), code[1].lower())
        line = text[max(0, at - 200) : at].rpartition("\n")[2]
        found.append((line.count(">"), claim))
        if len(found) == limit:
            break
    return tuple(dict.fromkeys(claim for _, claim in sorted(found, key=lambda item: item[0])))


def verify(keyring: Keyring, claim: Claim, *, instance: str, recipient: str) -> bool:
    """Tell whether we made the mark that `claim` was read from.

    Args:
        keyring: the installation's keys.
        claim: what a carrier says; a `CodeHint` never verifies.
        instance: name of this installation as it stands in our ids.
        recipient: address of the person to whom the letter went, as the store knows it. Only
            a token is bound to it.
    """
    place = instance.lower()
    match claim:
        case TokenClaim():
            return verify_token(keyring, claim, recipient)
        case IdClaim():
            text = f"{_number(claim.version, claim.letter_id)}@{place}"
            return claim.instance.lower() == place and _holds(keyring, claim, claim.kind, text)
        case RefClaim():
            return _holds(keyring, claim, "ref", _number(claim.version, claim.letter_id))
        case CalendarClaim():
            entry = _entry(claim.plan_code, claim.n, claim.person_id, claim.version)
            known = claim.instance.lower() == place
            return known and _holds(keyring, claim, "calendar", f"{entry}@{place}")
        case CodeHint():
            return False


def _holds(
    keyring: Keyring, claim: IdClaim | RefClaim | CalendarClaim, label: str, text: str
) -> bool:
    key = keyring.key(claim.version)
    if key is None:
        return False
    expected = _text_mac(key, label, text)
    if isinstance(claim, RefClaim):
        expected = expected[:_REF_MAC_LENGTH]
    return hmac.compare_digest(_octets(claim.mac), _octets(expected))


@lru_cache(maxsize=1024)
def _number(version: int, letter_id: int) -> str:
    return f"{version:x}{_base32(_letter_bytes(letter_id))}"


def _entry(plan_code: str, n: int, person_id: str, version: int) -> str:
    return f"{percent.encode(plan_code)}-{n}.{percent.encode(person_id)}.{version:x}"


def _own_id(keyring: Keyring, kind: IdKind, letter_id: int, instance: str) -> str:
    number = _number(keyring.version, letter_id)
    mac = _text_mac(keyring.current, kind.value, f"{number}@{instance.lower()}")
    return f"<{kind.value}.{number}.{mac}@{instance}>"


def _mac(key: bytes, label: str, head: bytes, tail: str) -> bytes:
    inner, outer = (begun.copy() for begun in _begun(key, label))
    inner.update(head + _octets(tail))
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=64)
def _begun(key: bytes, label: str) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """The two hashes of an HMAC (RFC 2104) that have read key and label already.

    A letter and its answer need a dozen codes, and starting afresh costs most of each.
    """
    block = key if len(key) <= _BLOCK else hashlib.sha256(key).digest()
    block = block.ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(block.translate(_INNER))
    inner.update(b"mailflow-%b\0" % _octets(label))
    return inner, hashlib.sha256(block.translate(_OUTER))


def _text_mac(key: bytes, label: str, text: str) -> str:
    """16 characters, 80 bits; the reference line shows only the first 8."""
    return _base32(_mac(key, label, b"", text)[:10])


def _octets(text: str) -> bytes:
    """UTF-8; what cannot be written so (half a surrogate pair) is spelled out."""
    return text.encode("utf-8", "backslashreplace")


def _base32(raw: bytes) -> str:
    """RFC 4648 in lower case, for lengths that need no padding: ten bits at a time."""
    number = int.from_bytes(raw)
    return "".join([_PAIRS[number >> at & 1023] for at in range(len(raw) * 8 - 10, -1, -10)])


def _letter_bytes(letter_id: int) -> bytes:
    if not 0 <= letter_id < 1 << _LETTER_BITS:
        msg = f"a letter's number has {_LETTER_BITS} bits, not {letter_id}"
        raise ValueError(msg)
    return letter_id.to_bytes(_LETTER_BITS // 8)


def _letter_number(text: str) -> int:
    return int.from_bytes(base64.b32decode(text.upper()))


def _folded(address: str) -> str:
    """The recipient as the code knows it: trimmed and in lower case."""
    return address.strip().lower()


def _read_part(text: str) -> str:
    return percent.decode(text).decode("utf-8", "replace")
