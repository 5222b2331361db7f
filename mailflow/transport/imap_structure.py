"""What FETCH answers: attributes, and the structure of a mail before it is fetched.

Read here by one linear pass without recursion, because a sender decides how deep a
BODYSTRUCTURE nests, and a parser that calls itself dies of it.
"""

import binascii
import quopri
import re
from dataclasses import dataclass

from mailflow.transport.imap_wire import FetchAnswer

Value = bytes | list["Value"] | None

_DEPTH = 60
_TOKEN = re.compile(rb'[()]|"(?:[^"\\]|\\.)*"|[^\s()"\[]+(?:\[[^\]]*\])?[^\s()"]*')
_SIZE_AT_END = re.compile(rb"~?\{\d+\}$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that holds no other parts.

    Attributes:
        section: its number in BODY[...], such as `1.2` (RFC 3501 section 6.4.5).
        kind: media type in lower case.
        parameters: names (lower case) and values of Content-Type.
        encoding: Content-Transfer-Encoding in lower case.
        size: octets as encoded.
        attached: whether the sender called it an attachment.
    """

    section: str
    kind: str
    parameters: tuple[tuple[str, str], ...]
    encoding: str
    size: int
    attached: bool


def attributes(answer: FetchAnswer) -> dict[str, Value]:
    """Return the attributes of one FETCH response by their names in upper case.

    Of `BODY[HEADER]<0>` the name is `BODY[HEADER]`. What cannot be read is left out.
    """
    outer = _nested(answer)
    items = outer[0] if outer and isinstance(outer[0], list) else []
    found: dict[str, Value] = {}
    for name, value in zip(items[::2], items[1::2], strict=False):
        if isinstance(name, bytes):
            found[name.decode("ascii", "replace").upper().partition("<")[0]] = value
    return found


def number(value: Value) -> int:
    """Return the number that the server wrote; 0 for anything else."""
    return int(value) if isinstance(value, bytes) and value.isdigit() and len(value) < 19 else 0


def _nested(answer: FetchAnswer) -> list[Value]:
    """Return what follows `* n FETCH` as lists within lists; too deep: an empty list."""
    top: list[Value] = []
    open_lists = [top]
    for position, text in enumerate(answer.text):
        literal = position < len(answer.literals)
        line = _SIZE_AT_END.sub(b"", text) if literal else text
        start = 0 if position else max(0, line.find(b"("))
        for token in _TOKEN.findall(line, start):
            if token == b"(":
                inner: list[Value] = []
                open_lists[-1].append(inner)
                open_lists.append(inner)
                if len(open_lists) > _DEPTH:
                    return []
            elif token == b")":
                if len(open_lists) > 1:
                    open_lists.pop()
            else:
                open_lists[-1].append(_atom(token))
        if literal:
            open_lists[-1].append(answer.literals[position])
    return top


def _atom(token: bytes) -> Value:
    if token.startswith(b'"'):
        inner = token[1:-1]
        return re.sub(rb"\\(.)", rb"\1", inner) if b"\\" in inner else inner
    return None if token.upper() == b"NIL" else token


def leaves(structure: Value) -> tuple[Leaf, ...]:
    """Return the leaves of a BODYSTRUCTURE in their order (RFC 3501 section 7.4.2).

    A mail within the mail (`message/rfc822`) is one leaf.
    """
    found: list[Leaf] = []
    waiting: list[tuple[Value, str]] = [(structure, "")]
    while waiting:
        part, section = waiting.pop()
        if not isinstance(part, list) or not part:
            continue
        if isinstance(part[0], list):
            children = [child for child in part if isinstance(child, list)]
            # What follows the children are the multipart's own parameters; lists, too.
            count = next((n for n, c in enumerate(part) if not isinstance(c, list)), len(part))
            dot = f"{section}." if section else ""
            numbered = [(c, f"{dot}{n}") for n, c in enumerate(children[:count], 1)]
            waiting.extend(reversed(numbered))
        else:
            found.append(_leaf(part, section or "1"))
    return tuple(found)


def _leaf(part: list[Value], section: str) -> Leaf:
    padded = [*part, *[None] * 7]
    kind = f"{_word(padded[0])}/{_word(padded[1])}"
    disposition = [value for value in part[7:] if isinstance(value, list) and value]
    attached = any(_word(value[0]) == "attachment" for value in disposition)
    return Leaf(
        section=section,
        kind=kind,
        parameters=_pairs(padded[2]),
        encoding=_word(padded[5]),
        size=number(padded[6]),
        attached=attached,
    )


def _word(value: Value) -> str:
    return value.decode("ascii", "replace").lower() if isinstance(value, bytes) else ""


def _pairs(value: Value) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        return ()
    return tuple(
        (_word(name), text.decode("utf-8", "replace"))
        for name, text in zip(value[::2], value[1::2], strict=False)
        if isinstance(text, bytes)
    )


def decoded(octets: bytes, encoding: str) -> bytes:
    """Undo base64 or quoted-printable on a piece that may be cut anywhere."""
    if encoding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    if encoding == "quoted-printable":
        return quopri.decodestring(octets)
    return octets
