"""Addresses in received mail: read generously for showing, strictly for deciding.

What decides is the one sender. A From field that two programs could read differently has no
sender at all: the mail is kept and shown, and nothing is done on its word.
"""

import re
from functools import lru_cache

from mailflow.mail import second_opinion
from mailflow.mail.headers import decode_words
from mailflow.mail.message import MailAddress

_MAX_ADDRESSES = 500
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_BAD_DOTS = re.compile(r"\.\.|^\.|\.@|@\.|@-|\.$|-$|-\.|\.-|=\?")
_ATOMS = re.compile(r"[\w .'&+!#/-]*")
_QUOTED_NAME = re.compile(r'"[^"\\<>@=\x00-\x1f\x7f]*"')
_ENCODED_NAME = re.compile(r"[A-Za-z0-9 .'&+!#/*=?_-]*")
_CONFUSING = re.compile(r'[@<>"\x00-\x1f\x7f]')
# An open quote or bracket reaches to the end: trying again behind it would cost the square.
_PIECE = re.compile(
    r'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>?|[,;:]|[^"(<,;:]+', re.DOTALL
)
_SET_ASIDE = re.compile(r'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?', re.DOTALL)
_BRACKETED = re.compile(r"[^<>@]*<([^<>]*)>")


def is_plain_address(text: str) -> bool:
    """Tell whether `text` is a plain `local@domain` in ASCII, without quotes or comments."""
    return (
        _ADDRESS.fullmatch(text) is not None and _BAD_DOTS.search(text) is None and len(text) <= 254
    )


def same_address(one: str, other: str) -> bool:
    """Tell whether two addresses are the same mailbox: equal but for the case of ASCII letters.

    Look-alikes are not mapped: a full-width letter is another letter.
    """
    return one.translate(_LOWER) == other.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def read_addresses(value: str) -> tuple[MailAddress, ...]:
    """Return the addresses in a field, in order, the first 500 at most.

    Generous: broken lists, groups (`Team: a@b;`) and old comment forms are read as far as
    they make sense. Nothing may be decided on the outcome.
    """
    if (plain := _plain_mailbox(value)) is not None:
        return (plain,)
    found: list[MailAddress] = []
    words: list[str] = []
    bracket: str | None = None
    for piece in (*_PIECE.findall(value), ","):
        if piece in ",;:":
            mailbox = _mailbox(words, bracket) if piece != ":" or bracket else None
            if mailbox:
                found.append(mailbox)
            words, bracket = [], None
        elif piece[0] == "<":
            bracket = piece.strip("<> ")
        else:
            words.append(piece)
        if len(found) == _MAX_ADDRESSES:
            break
    if not found and "=?" in value and "@" in (decoded := decode_words(value)):
        return read_addresses(decoded) if "=?" not in decoded else ()
    return tuple(found)


def read_sender(
    values: tuple[str, ...], defects: tuple[str, ...], block: bytes
) -> tuple[MailAddress | None, str | None]:
    """Return the one trustworthy From address, or None and why there is none.

    Args:
        values: all From fields, unfolded.
        defects: what is wrong with the form of the header.
        block: the raw header, bounded by `precheck`, for a second opinion.
    """
    if len(values) != 1:
        count = "more than one From field" if values else "no From field"
        return None, f"the mail has {count}"
    if defects:
        return None, f"the header is damaged: {defects[0]}"
    if (plain := _plain_mailbox(values[0])) is not None:
        return plain, None
    mailbox = _careful_mailbox(values[0])
    if mailbox is None:
        return None, "the From field does not hold exactly one plain address"
    if not second_opinion.agrees(block, mailbox.address):
        return None, "two ways of reading the From field do not agree"
    return mailbox, None


@lru_cache(maxsize=512)
def _plain_mailbox(value: str) -> MailAddress | None:
    """`address` or `name <address>` where no program can read anything else."""
    phrase, bracket, rest = value.rpartition("<")
    if not bracket:
        return MailAddress("", value) if is_plain_address(value) else None
    if not rest.endswith(">") or not is_plain_address(rest[:-1]):
        return None
    phrase = phrase.strip()
    if _ATOMS.fullmatch(phrase):
        return MailAddress(phrase, rest[:-1])
    if _QUOTED_NAME.fullmatch(phrase):
        return MailAddress(phrase[1:-1].strip(), rest[:-1])
    if "=?" in phrase and _ENCODED_NAME.fullmatch(phrase):
        name = decode_words(phrase)
        return None if _CONFUSING.search(name) else MailAddress(name, rest[:-1])
    return None


def _careful_mailbox(value: str) -> MailAddress | None:
    """The only address in a field, once quoted names and comments are set aside."""
    skeleton = _SET_ASIDE.sub(" ", value).strip(" \t")
    bracketed = _BRACKETED.fullmatch(skeleton)
    address = bracketed[1] if bracketed else skeleton
    if not is_plain_address(address) or (not bracketed and value.count("@") > 1):
        return None
    name = "".join(one.name for one in read_addresses(value) if one.address == address)
    if ("<" in name or ">" in name) and f"<{address}>" not in name:
        return None
    return MailAddress(name, address)


def _mailbox(words: list[str], bracket: str | None) -> MailAddress | None:
    if bracket is not None:
        address = bracket.rpartition(":")[2].strip()  # a route in front (RFC 5322 section 4.4)
        if not address or len(address.split()) > 1:
            return None
        return MailAddress(_name("".join(words)), address)
    comments = [word for word in words if word[0] == "("]
    rest = " ".join(word for word in words if word[0] != "(").split()
    at = next((n for n in reversed(range(len(rest))) if "@" in rest[n].strip("@")), None)
    if at is None:
        return None
    name = " ".join(rest[:at] + rest[at + 1 :]) or " ".join(one.strip("()") for one in comments)
    return MailAddress(_name(name), rest[at].strip("<>"))


def _name(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return decode_words(text)
