"""Header fields as they leave: the only functions that turn texts and addresses into them.

Whatever a title or a name holds, what comes out is ASCII, has no line break but those of
folding, and is read back as one field (RFC 5322 section 2.2.3, RFC 2047, RFC 2231). Ids and
links are folded between words and never encoded: encoded they would match nothing.
"""

import binascii
import re
from collections.abc import Iterable
from functools import lru_cache

from mailflow.mail import percent
from mailflow.mail.addresses import is_plain_address
from mailflow.mail.message import MailAddress

TEXT_LIMIT = 200
NAME_LIMIT = 64
FILE_NAME_LIMIT = 100
_LINE = 76
_PIECE = 50
_WORD_OCTETS = 39  # with its marks 64 characters: fits behind the longest of our field names
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_ATOM = re.compile(r"[A-Za-z0-9._-]{1,100}")


def header_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return `text` as it may stand in a header: one line, no marks that would be decoded.

    Controls and line separators become spaces, runs of spaces become one, `=?` is broken up,
    and the rest is cut after `limit` characters.
    """
    line = " ".join(_NOT_TEXT.sub(" ", text).split())
    return line.replace("=?", "= ?")[:limit].rstrip()


def file_name(text: str) -> str:
    """Return `text` as a harmless file name: no paths, no quotes, never hidden or empty."""
    name = header_text(text.translate(_UNSAFE_IN_FILE_NAMES), 10 * FILE_NAME_LIMIT).lstrip(". ")
    if len(name) > FILE_NAME_LIMIT:
        stem, dot, ending = name.rpartition(".")
        tail = dot + ending if stem and len(ending) <= 10 else ""
        name = name[: FILE_NAME_LIMIT - len(tail)].rstrip() + tail
    return name or "file"


_UNSAFE_IN_FILE_NAMES = str.maketrans(
    dict.fromkeys("\\/:*?|", "_") | {'"': "'", "<": "(", ">": ")"}
)


def display_name(name: str) -> str:
    """Return a person's name as it may stand before an address, in quotes or encoded.

    Quotes, backslashes and angle brackets are replaced: programs that lose the quotes when
    they fold a line would read another address.
    """
    return header_text(name.translate(_UNSAFE_IN_NAMES), NAME_LIMIT)


_UNSAFE_IN_NAMES = str.maketrans({'"': "'", "\\": "/", "<": "(", ">": ")"})


@lru_cache(maxsize=1024)
def wire_address(address: str) -> str:
    """Return `address` as SMTP takes it: ASCII, the domain as A-labels (IDNA 2008).

    Raises:
        ValueError: it is not a plain `local@domain`, or its local part is not ASCII.
    """
    local, at, domain = address.rpartition("@")
    if not domain.isascii():
        import idna  # noqa: PLC0415 - its tables are large, and few domains need them

        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            msg = "the domain of an address cannot be written in ASCII"
            raise ValueError(msg) from error
    if not is_plain_address(f"{local}{at}{domain}"):
        msg = "an address is not of the form local@domain"
        raise ValueError(msg)
    return f"{local}@{domain}"


def text_field(name: str, text: str) -> str:
    """Return a whole field that holds text for people, folded, without its last line end."""
    line = header_text(text)
    return _folded(name, line.split(" ") if line.isascii() else _encoded_words(line))


def address_field(name: str, addresses: Iterable[MailAddress]) -> str:
    """Return a whole field that holds addresses, folded, without its last line end.

    Raises:
        ValueError: an address cannot be sent to, see `wire_address`.
    """
    words: list[str] = []
    for address in addresses:
        if words:
            words[-1] += ","
        words += _mailbox_words(address)
    return _folded(name, words)


def token_field(name: str, value: str) -> str:
    """Return a whole field that holds ids or links: folded at spaces, never encoded.

    Raises:
        ValueError: the value is not printable ASCII.
    """
    if not (value.isascii() and value.isprintable()):
        msg = f"{name} takes printable ASCII only"
        raise ValueError(msg)
    return _folded(name, value.split())


def well_formed_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Return those ids that may stand in a header of ours, in order and without doubles.

    The ids of a thread come from other people's mail. One that is not of the form `<…>` in
    printable ASCII is left out; that loosens the thread and harms nothing else.
    """
    return tuple(dict.fromkeys(one for one in ids if _MESSAGE_ID.fullmatch(one)))


def is_atom(text: str) -> bool:
    """Tell whether `text` is a plain word that needs no quotes anywhere."""
    return _ATOM.fullmatch(text) is not None


@lru_cache(maxsize=256)
def file_name_parameter(parameter: str, text: str) -> str:
    """Return `name="…"` for a MIME field, or its RFC 2231 form, in pieces where it is long."""
    name = file_name(text)
    if name.isascii():
        return f'{parameter}="{name}"'
    pieces = [""]
    for character in name:  # whole characters: some programs decode piece by piece
        coded = character if character in ".-_" else percent.encode(character)
        if len(pieces[-1]) + len(coded) > _PIECE:
            pieces.append("")
        pieces[-1] += coded
    if len(pieces) == 1:
        return f"{parameter}*=utf-8''{pieces[0]}"
    pieces[0] = f"utf-8''{pieces[0]}"
    return ";\r\n ".join(f"{parameter}*{n}*={piece}" for n, piece in enumerate(pieces))


def _mailbox_words(address: MailAddress) -> list[str]:
    name, plain = display_name(address.name), wire_address(address.address)
    if not name:
        return [plain]
    shown = [f'"{name}"'] if name.isascii() else _encoded_words(name)
    return [*shown, f"<{plain}>"]


def _encoded_words(text: str) -> list[str]:
    """RFC 2047 words that each hold whole characters."""
    octets = text.encode("utf-8")
    words: list[str] = []
    start = 0
    while start < len(octets):
        end = start + _WORD_OCTETS
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        code = binascii.b2a_base64(octets[start:end], newline=False).decode("ascii")
        words.append(f"=?utf-8?b?{code}?=")
        start = end
    return words


def _folded(name: str, words: list[str]) -> str:
    whole = f"{name}: {' '.join(words)}"
    if len(whole) <= _LINE and words:
        return whole
    lines: list[str] = []
    line = f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _LINE and not line.endswith(":"):
            lines.append(line)
            line = ""
        line += f" {word}"
    lines.append(line)
    return "\r\n".join(lines)
