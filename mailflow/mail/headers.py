"""Header blocks: from raw bytes to fields, and from fields to what they say.

The library's own header objects are quadratic on hostile fields, so these readers are our
own: each looks at a field once. RFC 5322 section 2.2, RFC 2047, RFC 2231.
"""

import binascii
import re
import string
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache

from mailflow.errors import UnreadableMail
from mailflow.mail import charsets, percent
from mailflow.mail.message import FieldBlock
from mailflow.mail.precheck import ENCODED_WORDS, block_problem, field_problem, header_span

_NAME = re.compile(r"[!-9;-~]+[ \t]*")
_FOLD = re.compile(r"\n[ \t]+")
_BLANK_FOLD = re.compile(r"\n[ \t]+(?:\n|\Z)")
_NO_FIELD = re.compile(rb"^(?![!-9;-~]+[ \t]*:|[ \t\r\n:]|>?From )", re.MULTILINE)
_WORD = re.compile(r"=\?([^?\s]{1,100})\?([bBqQ])\?(.*?)\?=", re.DOTALL)
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))', re.DOTALL)
_ID = re.compile(r"<([^<>\s]{1,900})>")
_DATE = re.compile(
    r"(?:[A-Za-z]{3},\s*)?(\d{1,2}) ([A-Za-z]{3}) (\d{4})"
    r" (\d\d):(\d\d)(?::(\d\d))? ([+-])(\d\d)(\d\d)"
)
_ZONE = re.compile(r"\d:\d\d(?::\d\d)?\s+[A-Za-z+-]")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MAX_IDS = 200
BASE64_OCTETS = (string.ascii_letters + string.digits + "+/").encode("ascii")
_NOT_BASE64 = bytes(octet for octet in range(256) if octet not in BASE64_OCTETS)


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """A header that was taken apart.

    Attributes:
        fields: its fields, see `FieldBlock`.
        body: offset of the first octet after it.
        defects: what was wrong with its form. A reader who is stricter or more lenient may
            see other fields; nothing is to be believed of a header with defects.
    """

    fields: FieldBlock
    body: int
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentField:
    """A Content-Type or Content-Disposition field.

    Attributes:
        value: what stands before the parameters, in lower case.
        parameters: names in lower case, values decoded; the first of equal names counts.
    """

    value: str
    parameters: tuple[tuple[str, str], ...]

    def parameter(self, name: str) -> str:
        """Return the parameter called `name`, empty when there is none."""
        return next((value for key, value in self.parameters if key == name), "")


def read_header(raw: bytes, start: int = 0, end: int | None = None) -> HeaderBlock:
    r"""Return the header that begins at `start`.

    Args:
        raw: a mail or part with `\n` or `\r\n` line ends.
        start: where it begins.
        end: where the mail or part ends; None for the end of `raw`.

    Raises:
        UnreadableMail: the header breaks a limit of `precheck`.
    """
    start, stop, body = header_span(raw, start, end)
    block = raw[start:stop]
    if problem := block_problem(block):
        raise UnreadableMail(problem)
    if block.startswith((b"From ", b">From ")):  # left over from an mbox file
        line_end = block.find(b"\n") + 1 or len(block)
        start, block = start + line_end, block[line_end:]
    fields, strange, defects = _fields(block)
    if strange and (junk := _NO_FIELD.search(block)) and junk.start() < len(block):
        body, block = start + junk.start(), block[: junk.start()]
        fields, strange, defects = _fields(block)
        defects.append("header and body are not separated")
    if strange:
        defects.append("a line of the header is no field")
    return HeaderBlock(fields, body, tuple(defects))


def _fields(block: bytes) -> tuple[FieldBlock, bool, list[str]]:
    """The fields of a block, whether a line was none, and what else was wrong."""
    defects: list[str] = []
    text = block.decode("latin-1").replace("\r\n", "\n")
    if text.startswith((" ", "\t")):
        defects.append("the header begins with a blank")
        text = text.lstrip(" \t")
    if "\r" in text or "\0" in text:
        defects.append("control characters in the header")
        text = text.replace("\r", "\n").replace("\0", "")
    if (" \n" in text or "\t\n" in text) and _BLANK_FOLD.search(text):
        defects.append("a blank line within a field")
    fields, strange = _split(_FOLD.sub(" ", text), ascii_only=block.isascii())
    return fields, strange, defects


def decode_words(text: str) -> str:
    """Return a field for people: encoded words decoded, on one line, without controls.

    Neighbouring words of one character set are joined before they are decoded, because some
    programs cut characters in two (against RFC 2047 section 5).
    """
    if "=?" in text:
        text = _decoded(text)
    return _CONTROLS.sub(" ", text).strip()


@lru_cache(maxsize=512)
def read_content_field(value: str) -> ContentField:
    """Return a Content-Type or Content-Disposition field taken apart (RFC 2045, RFC 2231)."""
    head, _, _ = value.partition(";")
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(value, len(head)):
        name, quoted, plain = match.groups()
        text = _unescaped(quoted) if quoted is not None else plain.strip()
        name, star, number = name.lower().partition("*")
        if not star:
            found.setdefault(name, decode_words(text) if "=?" in text else text)
            continue
        extended = number.endswith("*") or not number
        digits = number.rstrip("*")
        if len(digits) <= 3 and (not digits or digits.isdecimal()):
            pieces.setdefault(name, {}).setdefault(int(digits or 0), (text, extended))
    for name, parts in pieces.items():
        found[name] = _joined([parts[number] for number in sorted(parts)])
    words = head.split()
    if words and "/" not in words[0].strip("/"):  # blanks around the slash, or no slash at all
        words = ["".join(words)]
    return ContentField("".join(words[:1]).lower(), tuple(found.items()))


def read_ids(value: str) -> tuple[str, ...]:
    """Return the message ids `<…>` in a field, in order, the last 200 at most."""
    if "=?" in value and "<" not in value:  # some programs encode what must not be encoded
        value = decode_words(value)
    found = [f"<{one}>" for one in _ID.findall(value)]
    if not found and len(words := value.split()) == 1 and "@" in words[0]:
        found = [f"<{words[0].strip('<>')}>"]
    return tuple(found[-_MAX_IDS:])


def read_date(value: str) -> datetime | None:
    """Return a Date field, aware; None when it is unreadable or has no time zone."""
    with suppress(ValueError, LookupError, TypeError, OverflowError):
        if found := _DATE.match(value):
            day, month, year, hour, minute, second, sign, east, minutes = found.groups()
            offset = timedelta(hours=int(east), minutes=int(minutes))
            return datetime(
                *(int(year), _MONTHS[month.lower()], int(day)),
                *(int(hour), int(minute), min(59, int(second or 0))),
                tzinfo=timezone(-offset if sign == "-" else offset) if offset else UTC,
            )
        return _loosely_read_date(value[:100])
    return None


def _loosely_read_date(value: str) -> datetime | None:
    """Old and odd forms; a zone that nobody knows counts as UTC (RFC 5322 section 4.3)."""
    parts = parsedate_tz(value) if _ZONE.search(value) else None
    if parts is None:
        return None
    zone = timezone(timedelta(seconds=parts[9] or 0))
    return datetime(*parts[:5], min(59, parts[5]), tzinfo=zone)


def _split(text: str, *, ascii_only: bool) -> tuple[FieldBlock, bool]:
    """Unfolded lines to fields, and whether a line was none."""
    fields: list[tuple[str, str]] = []
    strange = False
    for line in text.split("\n"):
        written, _, value = line.partition(":")
        name = _field_name(written)
        if not name or len(written) == len(line):
            strange = strange or bool(line.strip())
            continue
        if not ascii_only and not value.isascii():
            value = charsets.decode(value.encode("latin-1"))
        if problem := field_problem(name, value):
            raise UnreadableMail(problem)
        fields.append((name, value.strip(" \t")))
    return tuple(fields), strange


@lru_cache(maxsize=512)
def _field_name(written: str) -> str:
    """The name in lower case; empty when no field can be called so."""
    return written.rstrip().lower() if _NAME.fullmatch(written) else ""


def _decoded(text: str) -> str:
    out: list[str] = []
    pending, charset, at = b"", "", 0
    for count, word in enumerate(_WORD.finditer(text)):
        if count == ENCODED_WORDS:
            break
        gap = text[at : word.start()]
        near = charset and (not gap or gap.isspace())
        if not near or charset != word[1].lower():
            out.append(charsets.decode(pending, charset))
            pending = b""
        if not near:
            out.append(gap)
        charset, at = word[1].lower(), word.end()
        pending += _word_octets(word[2], word[3])
    out += [charsets.decode(pending, charset), text[at:]]
    return "".join(out)


def _word_octets(encoding: str, text: str) -> bytes:
    octets = text.encode("utf-8")
    if encoding in "qQ":
        return binascii.a2b_qp(octets, header=True)
    return decode_base64(octets)


def decode_base64(octets: bytes) -> bytes:
    """Return what base64 holds, as far as it goes: damage and a cut end do not matter."""
    try:
        return binascii.a2b_base64(octets)
    except binascii.Error:
        kept = octets.translate(None, _NOT_BASE64)
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def _joined(parts: list[tuple[str, bool]]) -> str:
    """RFC 2231 section 4: pieces, of which the extended ones are percent-encoded."""
    first, extended = parts[0]
    charset = ""
    if extended and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
        parts = [(first, extended), *parts[1:]]
    octets = b"".join(
        percent.decode(text) if coded else text.encode("utf-8") for text, coded in parts
    )
    text = charsets.decode(octets, charset)
    return decode_words(text) if "=?" in text else text


def _unescaped(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted
    return re.sub(r'\\(["\\])', r"\1", quoted)
