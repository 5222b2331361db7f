"""What was made of the language files, kept from one start to the next.

Reading a file and taking its phrases apart takes a hundred times as long as reading back what
came of it. This room touches no files but its own, so whoever starts the program may hand it a
shelf. Without one, and wherever a shelf cannot keep anything, all is made anew and the readings
are the same.
"""

import marshal
import sys
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from mailflow.reading.lexicon.making import Lexicon, Sections
from mailflow.reading.phrases import PhraseBook
from mailflow.reading.word_classes import WordClasses
from mailflow.reading.words import Style

_FORM = 1
"""Number of the form in which a lexicon is printed; any change of it needs another number."""

Printed = tuple[bytes, bytes]
"""The sections of a file and the lexicon made of them, each by itself: few need both."""


class Shelf(Protocol):
    """Keeps bytes from one start of the program to the next."""

    def kept(self, name: str, mark: bytes, make: Callable[[], bytes]) -> bytes | None:
        """Return what is kept under a name.

        Args:
            name: of letters.
            mark: what it must have been made from; anything made from another mark is stale.
            make: makes it where there is nothing sound; called only if it can then be kept.

        Returns:
            What `make` returned now or once; None if nothing can be kept. Nothing else may come
            back, whoever can write where it is kept: it is not safe to read.
        """
        ...


@dataclass(slots=True)
class Standing:
    """The shelf in use, None for none."""

    shelf: Shelf | None = None


def mark_of(sources: Iterable[bytes]) -> bytes:
    """Return what tells one state of the sources, in order, and of this Python from another."""
    sums = " ".join(f"{len(source)}:{zlib.crc32(source):x}" for source in sources)
    python = f"{sys.implementation.cache_tag} {sys.hexversion:x} {marshal.version}"
    return f"{_FORM} {python} {sums}".encode("ascii")


def printed(raw: Sections, book: Lexicon | None) -> bytes:
    """Return a file's sections, and the lexicon if they made one, as bytes."""
    made = {} if book is None else _values(book)
    return marshal.dumps((marshal.dumps({**raw}), marshal.dumps(made)))


def _values(book: Lexicon) -> dict[str, Any]:
    return {
        "style": book.style.value,
        "marks": book.marks.printed(),
        "dates": book.dates.printed(),
        "classes": book.classes.printed(),
        "typed": book.typed.printed(),
        "words": dict(book.words),
    }


def opened(content: bytes) -> Printed:
    """Return the two parts of what was `printed`, each to be read back when it is needed."""
    parts: Printed = marshal.loads(content)  # noqa: S302 - a shelf gives back our own bytes only
    return parts


def sections_of(sheets: Printed) -> Sections:
    """Return the sections of a file."""
    raw: Sections = marshal.loads(sheets[0])  # noqa: S302 - a shelf gives back our own bytes only
    return raw


def lexicon_of(sheets: Printed, code: str, raw: Sections) -> Lexicon:
    """Return the lexicon of a language whose sections were read back before."""
    values = marshal.loads(sheets[1])  # noqa: S302 - a shelf gives back our own bytes only
    return Lexicon(
        code=code,
        style=Style(values["style"]),
        marks=PhraseBook.read_back(values["marks"]),
        dates=PhraseBook.read_back(values["dates"]),
        classes=WordClasses.read_back(values["classes"]),
        typed=WordClasses.read_back(values["typed"]),
        words=values["words"],
        raw=raw,
    )
