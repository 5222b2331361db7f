"""The limits on raw bytes, checked before anything takes a mail apart.

Ordinary readers of mail are quadratic or worse in the size of a field, the number of its
brackets, parameters and encoded words, and in the depth of its parts. Ordinary mail is far
below all of these limits; what is above is kept raw for a person. Each check is linear.
"""

import re

MAIL_OCTETS = 40 * 1024 * 1024
HEADER_OCTETS = 64 * 1024
HEADER_LINES = 500
FIELD_OCTETS = 8 * 1024
CONTENT_FIELD_OCTETS = 2 * 1024
CONTENT_PARAMETERS = 30
ENCODED_WORDS = 200
BRACKETS = 50
PARTS = 200
DEPTH = 20

# Fields that are taken apart. All others are only ever compared or shown.
_READ = frozenset(
    (
        *("from", "sender", "reply-to", "to", "cc", "bcc", "return-path"),
        *("delivered-to", "x-delivered-to", "x-original-to", "envelope-to", "x-envelope-to"),
        *("subject", "date", "message-id", "in-reply-to", "mime-version"),
        *("content-transfer-encoding", "content-id", "content-type", "content-disposition"),
    )
)
_CONTENT = frozenset(("content-type", "content-disposition"))
_FOLD = re.compile(r"\r?\n[ \t]+")
_LINE_ENDS = re.compile(rb"[\r\n]*")
_BLANK_LINE = re.compile(rb"\n\r?\n")


def precheck(raw: bytes) -> str | None:
    """Return why a mail is not to be read, in words for a person; None when it may be.

    Parts within the mail are bounded by their reader, with the same limits.
    """
    if problem := size_problem(raw):
        return problem
    start, end, _ = header_span(raw)
    if problem := block_problem(raw[start:end]):
        return problem
    for line in _FOLD.sub(" ", raw[start:end].decode("latin-1")).split("\n"):
        name, _, value = line.partition(":")
        if problem := field_problem(name.strip().lower(), value):
            return problem
    return None


def size_problem(raw: bytes) -> str | None:
    """Return why a mail is too large to be read, None when it is not."""
    if len(raw) > MAIL_OCTETS:
        return f"the mail is larger than {MAIL_OCTETS // 1024 // 1024} MB"
    return None


def header_span(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int, int]:
    r"""Return where a header begins and ends, and where the body after it begins.

    Blank lines before the first field do not count. The header includes the end of its last
    line. It may be cut off: one that is longer than the limit is only followed a little
    beyond it, so that `block_problem` sees that it is too long.

    Args:
        raw: a mail or part with `\n` or `\r\n` line ends.
        start: where the mail or part begins in `raw`.
        end: where it ends; None for the end of `raw`.
    """
    end = len(raw) if end is None else end
    leading = _LINE_ENDS.match(raw, start, end)
    start = leading.end() if leading else start
    stop = min(end, start + HEADER_OCTETS + 3)
    blank = _BLANK_LINE.search(raw, start, stop)
    if blank is None:
        return start, stop, stop
    return start, blank.start() + 1, blank.end()


def block_problem(block: bytes) -> str | None:
    """Return why a block of header fields is not to be taken apart, None when it may be."""
    if len(block) > HEADER_OCTETS:
        return f"the header is longer than {HEADER_OCTETS // 1024} kB"
    if block.count(b"\n") > HEADER_LINES:
        return f"the header has more than {HEADER_LINES} lines"
    return None


def field_problem(name: str, value: str) -> str | None:
    """Return why a field is not to be read, None when it may be.

    Args:
        name: in lower case.
        value: unfolded, one character for each octet or fewer.
    """
    if len(value) <= CONTENT_PARAMETERS or name not in _READ:
        return None
    limit = CONTENT_FIELD_OCTETS if name in _CONTENT else FIELD_OCTETS
    if len(value) > limit:
        return f"the field {name} is longer than {limit // 1024} kB"
    if value.count("(") > BRACKETS:
        return f"the field {name} has more than {BRACKETS} brackets"
    if value.count("=?") > ENCODED_WORDS:
        return f"the field {name} has more than {ENCODED_WORDS} encoded words"
    if name in _CONTENT and value.count(";") > CONTENT_PARAMETERS:
        return f"the field {name} has more than {CONTENT_PARAMETERS} parameters"
    return None
