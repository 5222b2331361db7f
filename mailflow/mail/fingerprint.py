"""By what a mail is known again, when it comes by two doors or under a new number."""

import hashlib

from mailflow.mail.message import InboundMessage


def fingerprint(message: InboundMessage, *, authentic: bool) -> str:
    """Return 64 hexadecimal digits that are equal for copies of one mail, and only for them.

    What servers add on the way (Received, Delivered-To) does not count. What the sender wrote
    does, and so does whether the sender was proven: a stranger who sends another mail under
    the same Message-ID first does not make the true one a copy.

    Args:
        message: the mail.
        authentic: whether its sender was proven.
    """
    when = message.date.isoformat() if message.date else ""
    parts = [
        b"authentic" if authentic else b"claimed",
        message.message_id.encode("utf-8"),
        when.encode("ascii"),
        "\n".join(message.headers("from")).encode("utf-8"),
        (message.text or "").encode("utf-8"),
        (message.html or "").encode("utf-8"),
        *(one.content for one in message.attachments),
    ]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()
