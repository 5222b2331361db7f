"""How a line begins: bullets, numbers, boxes, headings, and the decoration around keywords."""

import re
from dataclasses import dataclass

_SIGNS = "-*+•‣◦▪▫●○■□◆◇–—―−·»›→➔➢➤✓✔✗☐☑☒❑❒⁃∙§\uf0b7\uf0a7\uf0d8"
_NUMBERED = re.compile(r"\(?#?(\d{1,5})[.):]\)?\s+(?=\S)|#(\d{1,5})[.):]?\s+(?=\S)")
_LETTERED = re.compile(r"\(?([a-z])\)\s+(?=\S)")
_CODED = re.compile(r"[A-Z]{2,6}-(\d{1,5})[.):]?\s+(?=\S)")
_BOX = re.compile(r"\[[ xX✓✔]?\]\s*(?=\S)|[☐☑☒✓✔]\s*(?=\S)")
_HASHES = re.compile(r"(#{1,6})(?!#)\s*(?=[^\s\d#])|(#{1,6})\s+(?=\S)")
_RULED = re.compile(r"={2,}\s*([^=]{1,200}?)\s*={2,}")


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the words of a line.

    Attributes:
        bullet: True where there is a bullet, number or box.
        label: the number that was typed, or None.
        text: the words behind it.
    """

    bullet: bool
    label: int | None
    text: str


def opening(text: str) -> Opening:
    """Return how a line begins."""
    bullet, label = False, None
    if (text[:1] in _SIGNS and text[1:2] == " ") or (text[:2] == "o " and text[2:3].isupper()):
        bullet, text = True, text[2:].lstrip()
    hit = _NUMBERED.match(text) or _CODED.match(text)
    if hit is not None:
        bullet, label, text = True, int(next(g for g in hit.groups() if g)), text[hit.end() :]
    elif not bullet and (hit := _LETTERED.match(text)):
        bullet, text = True, text[hit.end() :]
    box = _BOX.match(text)
    if box is not None:
        bullet, text = True, text[box.end() :]
    return Opening(bullet, label, text)


def without_bullet(text: str) -> str:
    """Return a line without the bullets before it; numbers and letters stay."""
    while text[1:2] == " " and (text[0] in _SIGNS or (text[0] == "o" and text[2:3].isupper())):
        text = text[2:].lstrip()
    return text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and how deep it stands; 1 is the outermost."""

    level: int
    text: str


def marked_heading(text: str) -> Heading | None:
    """Return the heading that a line marks by hashes, stars or a frame, or None."""
    hashes = _HASHES.match(text)
    if hashes is not None:
        level = len(hashes[1] or hashes[2])
        return Heading(level, undecorated(text[hashes.end() :].rstrip("# ")))
    ruled = _RULED.fullmatch(text)
    if ruled is not None:
        return Heading(1, ruled[1])
    bare = undecorated(text)
    if bare != text and bare and not bare.startswith("|"):
        return Heading(2, bare.removesuffix(":").rstrip())
    return None


def undecorated(text: str) -> str:
    """Return text without stars or underscores around the whole of it."""
    if text[:1] not in {"*", "_"}:
        return text
    for mark in ("***", "**", "__", "*", "_"):
        inner = text[len(mark) : -len(mark)]
        if len(text) > 2 * len(mark) and text.startswith(mark) and text.endswith(mark):
            if mark not in inner and inner == inner.strip():
                return inner
            break
    return text


def is_underline(text: str) -> bool:
    """Return whether a line only underlines the one above."""
    return len(text) >= 3 and (not text.strip("-") or not text.strip("="))


def split_key(text: str) -> tuple[str, str] | None:
    """Return key and value of "Key: value", "**Key:** value" or "Key - value", or None."""
    plain = text.replace("**", "").replace("__", "") if text[:1] in "*_" else text
    if text[:1] == "*" and plain == text:
        plain = text.replace("*", "", 2)
    for mark in (":", "：", " - ", " – ", " — ", " = ", " | "):
        if mark == " | " and plain.count("|") > 1:
            continue
        key, found, value = plain.partition(mark)
        if found and 0 < len(key.strip()) <= 40:
            return key.strip(), value.strip()
    return None
