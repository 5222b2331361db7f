"""Single stages on standard input, for pipes and for measuring: extract and parse.

One JSON object a line in, one out, flushed at once. A line that cannot be read gives an
answer with a reason; it never ends the stream.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mailflow.errors import UnreadableMail
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message
from mailflow.mail.reply import SentMail, VisibleAnswer, visible_answer

Row = Mapping[str, Any]


def extract_one(raw: bytes, sent: bytes | None = None) -> str:
    """Return what was typed in one mail.

    Raises:
        UnreadableMail: the mail breaks a bound or cannot be parsed.
    """
    return _answer(parse_message(raw), sent).text


def extract_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line `{"id", "eml", "sent"}` with what was typed."""
    return _answers(lines, _extracted)


def parse_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line `{"id", "eml"}` with what the mail holds."""
    return _answers(lines, _parsed)


def _answers(lines: Iterable[str], answer: Callable[[Row], Row]) -> Iterator[str]:
    for line in lines:
        if line.strip():
            yield json.dumps(_answered(line, answer), ensure_ascii=False)


def _answered(line: str, answer: Callable[[Row], Row]) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "reason": f"the line is not JSON: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "reason": "the line is not a JSON object"}
    try:
        return {"id": row.get("id"), **answer(row)}
    except (UnreadableMail, ValueError, KeyError, TypeError) as error:
        reason = error.reason if isinstance(error, UnreadableMail) else f"no mail: {error}"
        return {"id": row.get("id"), **_NOTHING[answer], "reason": reason}


def _answer(message: InboundMessage, sent: bytes | None) -> VisibleAnswer:
    return visible_answer(message.text, message.html, _parent(sent))


def _parent(sent: bytes | None) -> SentMail | None:
    """Read the mail that was answered; one that cannot be read is as good as none."""
    if not sent:
        return None
    try:
        original = parse_message(sent)
    except UnreadableMail:
        return None
    return SentMail(original.text or "", html=original.html)


def _extracted(row: Row) -> Row:
    sent = row.get("sent")
    message = parse_message(base64.b64decode(row["eml"]))
    answer = _answer(message, base64.b64decode(sent) if sent else None)
    return {
        "text": answer.text,
        "uncertain": answer.uncertain,
        "segments": [{"text": s.text, "quoted": s.quoted} for s in answer.segments],
        "reason": None if message.text or message.html else "; ".join(message.defects) or None,
    }


def _parsed(row: Row) -> Row:
    message = parse_message(base64.b64decode(row["eml"]))
    return {
        "subject": message.subject,
        "from": _from(message),
        "text": message.text,
        "html": message.html,
        "attachments": [
            {"name": a.name, "type": a.media_type, "size": a.size} for a in message.attachments
        ],
        "defects": list(message.defects),
        "reason": None,
    }


def _from(message: InboundMessage) -> str | None:
    """Return the address a reader would see; whether it is trusted is told elsewhere."""
    if message.sender is not None:
        return message.sender.address
    return message.authors[0].address if message.authors else None


_NOTHING: Mapping[Callable[[Row], Row], Row] = {
    _extracted: {"text": "", "uncertain": True, "segments": []},
    _parsed: {
        "subject": "",
        "from": None,
        "text": None,
        "html": None,
        "attachments": [],
        "defects": [],
    },
}
