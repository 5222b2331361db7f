"""Everything the demo leaves to look at: each mail as its reader saw it, on one timeline."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from mailflow.demo.world import Posted
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message

Row = Mapping[str, Any]


def write_album(
    out: Path, posted: Sequence[Posted], todos: Sequence[Row], history: Sequence[Row]
) -> None:
    """Write every mail (`.eml`, HTML, text), page and entry, and an index that shows them."""
    mails = out / "mails"
    mails.mkdir(exist_ok=True)
    entries = [_keep(mails, number, mail) for number, mail in enumerate(posted, start=1)]
    template = files("mailflow.demo").joinpath("album.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(template).render(mails=entries, todos=todos, history=history)
    (out / "index.html").write_text(page, "utf-8")


def _keep(folder: Path, number: int, mail: Posted) -> dict[str, object]:
    message = parse_message(mail.data)
    stem = f"{number:02d}-{_plain(mail.recipient)}-{_plain(message.subject)}"[:80].rstrip("-")
    (folder / f"{stem}.eml").write_bytes(mail.data)
    (folder / f"{stem}.txt").write_text(message.text or "", "utf-8")
    html = message.html or ""
    if html:
        (folder / f"{stem}.html").write_text(html, "utf-8")
    return {
        "at": mail.at,
        "sender": mail.sender,
        "recipient": mail.recipient.partition("+")[0] + "@" + mail.recipient.rpartition("@")[2]
        if "+" in mail.recipient
        else mail.recipient,
        "ours": message.header("x-mailflow-id") is not None,
        "subject": message.subject,
        "text": message.text or "",
        "html": f"mails/{stem}.html" if html else "",
        "eml": f"mails/{stem}.eml",
        "files": _attachments(folder, stem, message),
    }


def _attachments(folder: Path, stem: str, message: InboundMessage) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    for attachment in message.attachments:
        if not attachment.name:
            continue
        path = folder / f"{stem}--{_plain(attachment.name, keep='.')}"
        path.write_bytes(attachment.content)
        kept.append((attachment.name, f"mails/{path.name}"))
    return kept


def _plain(text: str, keep: str = "") -> str:
    """Return a text as part of a file name."""
    return "".join(c if (c.isascii() and c.isalnum()) or c in keep else "-" for c in text).strip(
        "-"
    )[:48]
