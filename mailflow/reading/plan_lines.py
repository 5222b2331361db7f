"""The lines of a plan text, free of what mail programs do to them.

Links come off addresses, invisible signs go, tabs and hard spaces become spaces, quoted
originals, signatures and taglines are cut, and lines that a program wrapped are whole again.
What somebody typed stays as it was typed, with its line number.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mailflow.mail.attribution import Likeness, ends_like_attribution, likeness
from mailflow.mail.signature import is_tagline
from mailflow.reading.plan_vocabulary import all_words, split_words
from mailflow.reading.words import fold

MOST_LINE = 2000
"""Longer lines are cut here, and said so; nobody writes a step of that length by hand."""

_LONGEST_FAREWELL = 16
_FEWEST_MAIL_HEADERS = 3
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\v\f]")
_LINKED = re.compile(r"<(?:mailto:|https?://)[^<>\s]{1,500}>", re.IGNORECASE)
_BRACKETED = re.compile(r"\[mailto:([^\[\]\s]{3,320})\]", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]]{1,200})\]\(mailto:([^()\s]{3,320})\)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"|@]{1,64}@[^\s<>()\[\],;:\"|@]{1,255}")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the text.

    Attributes:
        number: where it stands, counted from 1.
        indent: how many spaces stand before it, a tab counting as four.
        text: the line without them, cleaned.
        typed: the line as it came, for showing.
        soft: True where the mail program says that it goes on in the next line.
        cells: the cells of a table row; empty for a line of text.
        cut: True where only its beginning is here.
    """

    number: int
    indent: int
    text: str
    typed: str
    soft: bool = False
    cells: tuple[str, ...] = ()
    cut: bool = False


def clean_line(text: str) -> str:
    """Return a line without what nobody typed: hidden signs, doubled links, odd spaces."""
    line = unicodedata.normalize("NFC", text[:MOST_LINE])
    line = _SPACES.sub(" ", _INVISIBLE.sub("", line))
    return _unlinked(line) if "mailto:" in line or "://" in line else line


def _unlinked(line: str) -> str:
    line = _MARKDOWN.sub(_markdown_link, line)
    line = _BRACKETED.sub(r"<\1>", line)
    pieces: list[str] = []
    done = 0
    for hit in _LINKED.finditer(line):
        before = line[done : hit.start()]
        pieces.append(before)
        target = hit[0][1:-1]
        if target[:7].lower() == "mailto:" and not _ends_with_address(before):
            pieces.append(f" <{target[7:].split('?', 1)[0]}>")
        done = hit.end()
    return "".join((*pieces, line[done:]))


def _markdown_link(hit: re.Match[str]) -> str:
    return hit[1] if _ADDRESS.search(hit[1]) else f"{hit[1]} <{hit[2]}>"


def _ends_with_address(text: str) -> bool:
    words = text.rsplit(None, 1)
    return bool(words) and _ADDRESS.search(words[-1]) is not None


def plan_lines(text: str) -> tuple[PlanLine, ...]:
    """Return the lines of a text, each by itself and cleaned."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_line(number, typed) for number, typed in enumerate(lines, 1))


def _line(number: int, typed: str) -> PlanLine:
    expanded = clean_line(typed)
    body = expanded.lstrip()
    lead = expanded[: len(expanded) - len(body)]
    cells: tuple[str, ...] = ()
    if "\t" in body.rstrip():
        cells = tuple(cell.strip() for cell in body.rstrip().split("\t"))
    return PlanLine(
        number=number,
        indent=len(lead.expandtabs(4)),
        text=" ".join(body.split()),
        typed=typed.strip()[:300],
        soft=body.endswith(" ") and not body.endswith("  ") and body != "-- ",
        cells=cells if len([cell for cell in cells if cell]) > 1 else (),
        cut=len(typed) > MOST_LINE,
    )


def own_lines(lines: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    """Return what the author wrote: no quoted original, no signature, no tagline."""
    kept = _unquoted(tuple(lines))
    kept = _before_divider(kept)
    for at, line in enumerate(kept):
        if line.text == "--" and line.indent == 0:
            kept = kept[:at]
            break
    kept = tuple(line for line in kept if not _is_tagline(line))
    return kept[: _farewell(kept)]


def _farewell(lines: tuple[PlanLine, ...]) -> int:
    """Return where "Best regards" and the name below it begin, or the number of lines."""
    for at in range(len(lines) - 1, max(-1, len(lines) - _LONGEST_FAREWELL), -1):
        text = lines[at].text
        if _is_bullet_text(text) or text.startswith("#"):
            break
        words = " ".join(word for word in split_words(fold(text[:60])) if word.isalnum())
        if words in all_words("text", "closings"):
            return at
    return len(lines)


def _unquoted(lines: tuple[PlanLine, ...]) -> tuple[PlanLine, ...]:
    written = [line for line in lines if line.text]
    quoted = sum(line.text.startswith(">") for line in written)
    if not quoted:
        return lines
    if quoted * 10 >= len(written) * 9:
        return tuple(_without_mark(line) for line in lines)
    return tuple(
        line
        for at, line in enumerate(lines)
        if not line.text.startswith(">") and not _is_attribution(lines, at)
    )


def _without_mark(line: PlanLine) -> PlanLine:
    if not line.text.startswith(">"):
        return line
    body = clean_line(line.typed).lstrip("> ") if line.typed.startswith(">") else line.text
    inner = clean_line(line.typed).lstrip(">")
    indent = len(inner) - len(inner.lstrip()) - (1 if inner.startswith(" ") else 0)
    return replace(line, text=" ".join(body.split()), indent=max(0, indent))


def _is_attribution(lines: tuple[PlanLine, ...], at: int) -> bool:
    """Tell "On 3 March Carol wrote:", above a quoted line."""
    follows = next((line.text for line in lines[at + 1 : at + 3] if line.text), "")
    return follows.startswith(">") and likeness(lines[at].text) >= Likeness.WITH_QUOTE


def _before_divider(lines: tuple[PlanLine, ...]) -> tuple[PlanLine, ...]:
    dividers = all_words("text", "dividers")
    for at in range(len(lines)):
        if not _divides(lines, at, dividers):
            continue
        if any(_is_bullet_text(above.text) for above in lines[:at]):
            return lines[:at]
        return _below_headers(lines, at + 1)
    return lines


def _divides(lines: tuple[PlanLine, ...], at: int, dividers: frozenset[str]) -> bool:
    text = lines[at].text
    if not text or _is_bullet_text(text):
        return False
    if fold(text[:80]).strip("-_*=: >") in dividers:
        return True
    if ends_like_attribution(text) and likeness(text) is Likeness.ALONE:
        return True
    return _starts_quoted_block(lines, at)


def _starts_quoted_block(lines: tuple[PlanLine, ...], at: int) -> bool:
    """Outlook writes From, Sent, To and Subject above an original, with no mark at all."""
    return _is_mail_header(lines[at].text) and (
        sum(_is_mail_header(line.text) for line in lines[at : at + 6]) >= _FEWEST_MAIL_HEADERS
    )


def _is_mail_header(text: str) -> bool:
    key, colon, _ = text.replace("*", "").partition(":")
    return bool(colon) and fold(key.strip()) in all_words("text", "mail_headers")


def _below_headers(lines: tuple[PlanLine, ...], at: int) -> tuple[PlanLine, ...]:
    while at < len(lines) and (not lines[at].text or _is_mail_header(lines[at].text)):
        at += 1
    return lines[at:]


def _is_bullet_text(text: str) -> bool:
    return text[:2] in ("- ", "* ", "• ", "+ ", "– ") or (
        text[:1].isdigit() and text.lstrip("0123456789")[:2] in (". ", ") ")
    )


def _is_tagline(line: PlanLine) -> bool:
    text = line.text
    return bool(text) and not _is_bullet_text(text) and "|" not in text and is_tagline(text)
