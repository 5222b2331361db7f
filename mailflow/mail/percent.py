"""Percent coding, as file names (RFC 2231), content ids in pages and our own UIDs use it."""

import re

_CODED = re.compile(rb"%([0-9A-Fa-f]{2})")


def encode(text: str) -> str:
    """Return `text` in ASCII letters, digits and `%`; half surrogate pairs are spelled out."""
    if text.isascii() and text.isalnum():
        return text
    octets = text.encode("utf-8", "backslashreplace")
    return "".join(
        chr(octet) if octet < 128 and chr(octet).isalnum() else f"%{octet:02X}" for octet in octets
    )


def decode(text: str) -> bytes:
    """Return the octets that `text` stands for; a stray `%` stands for itself."""
    return _CODED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), text.encode("utf-8"))
