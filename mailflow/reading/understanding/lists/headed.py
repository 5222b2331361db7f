"""Answers that stand under the titles they answer: repeated by hand, or quoted with their mark.

> 2. Sign the lease          Lease
signed yesterday             signed yesterday
"""

import re
from collections.abc import Mapping, Sequence

from mailflow.reading.understanding.said.typed import Task
from mailflow.reading.understanding.text.layout import only_answer
from mailflow.reading.words import fold

_QUOTED = (">", "|")
_NUMBER = re.compile(r"#?(\d{1,2})\s?[.):\uff0e\u3001-]\s?")
_WORDS = re.compile(r"\w+")
_FEWEST = 2
"""So many titles have to be repeated without a quotation mark; one alone may be an answer."""
_LONGEST_HEADING = 90
_SLASH = " / "

Pieces = tuple[tuple[int | None, str], ...]


def on_lines(text: str, count: int) -> str:
    """Return a text of one line on as many lines as there are To Dos, if slashes part it so."""
    if text.count(_SLASH) + 1 != count or "\n" in text.strip():
        return text
    return text.replace(_SLASH, " \n ")


def under_titles(text: str, tasks: Mapping[int, Task]) -> Pieces:
    """Return the pieces of an answer with the To Do above each; nothing where none are headed."""
    lines = text.split("\n")
    if len(lines) <= _FEWEST:
        return ()
    marked = any(line.lstrip()[:1] in _QUOTED for line in lines)
    heads = [_head(line, tasks, quoted=marked) for line in lines]
    named = [n for n in heads if n is not None]
    if len(named) < (1 if marked else _FEWEST) or len(set(named)) < len(named):
        return ()
    if not marked and not _each_heads_one(lines, heads):
        return ()
    return _pieces(only_answer(text).split("\n"), lines, heads)


def _head(line: str, tasks: Mapping[int, Task], *, quoted: bool) -> int | None:
    """Return the To Do whose title a line repeats, whole or by words of it alone."""
    bare = line.strip()
    if not bare or (quoted and bare[0] not in _QUOTED) or len(line) > _LONGEST_HEADING:
        return None
    bare = fold(bare.lstrip("".join(_QUOTED)).strip().strip("*:- "))
    number = _NUMBER.match(bare)
    words = _WORDS.findall(bare[number.end() :] if number else bare)
    if not words:
        return None
    owners = [n for n, task in tasks.items() if _is_of(words, task, quoted=quoted)]
    if number and int(number[1]) in owners:
        return int(number[1])
    return owners[0] if len(owners) == 1 and not number else None


def _is_of(words: Sequence[str], task: Task, *, quoted: bool) -> bool:
    """Return whether the words repeat a title; of one that asks to choose, all of its words."""
    title = _WORDS.findall(fold(task.title))
    if quoted or "?" in task.title:
        return words == title or (quoted and " ".join(words) in " ".join(title))
    return any(title[at : at + len(words)] == list(words) for at in range(len(title)))


def _each_heads_one(lines: Sequence[str], heads: Sequence[int | None]) -> bool:
    """Return whether under every title stands something before the next, and nothing before."""
    filled = [(line, n) for line, n in zip(lines, heads, strict=True) if line.strip()]
    named = [n is not None for _line, n in filled]
    first = named.index(True)
    alone = [a and b for a, b in zip(named[first:], [*named[first + 1 :], True], strict=True)]
    return first <= 1 and not any(alone)


def _pieces(answer: Sequence[str], lines: Sequence[str], heads: Sequence[int | None]) -> Pieces:
    """Return the lines of an answer, each under the last To Do that a line named."""
    pieces: list[tuple[int | None, str]] = []
    current: int | None = None
    for said, line, n in zip(answer, lines, heads, strict=True):
        if n is not None:
            current = n
        elif line.lstrip()[:1] in _QUOTED:
            current = None
        elif said.strip():
            pieces.append((current, said))
    return tuple(pieces)
