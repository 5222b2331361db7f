"""What was made of the language files, kept from one start to the next.

Reading a file and taking its phrases apart takes a hundred times as long as reading back what
came of it. This room touches no files but its own, so whoever starts the program may hand it a
shelf. Without one, and wherever a shelf cannot keep anything, all is made anew and the readings
are the same.
"""

import marshal
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from mailflow.reading.lexicon.making import Lexicon, Sections
from mailflow.reading.phrases import PhraseBook
from mailflow.reading.word_classes import WordClasses
from mailflow.reading.words import Style

_FORM = 2
"""Number of the form in which things are printed; any change of it needs another number."""


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


class Kept:
    """What is kept on the shelf in use; without a shelf, nothing."""

    def __init__(self) -> None:
        """Begin without a shelf."""
        self.shelf: Shelf | None = None

    def sections(self, code: str, source: bytes, make: Callable[[], Sections]) -> Sections:
        """Return the sections of a file with this text, made only where they are not kept."""
        content = self._kept(f"{code}-sections", [source], lambda: marshal.dumps({**make()}))
        if content is None:
            return make()
        raw: Sections = marshal.loads(content)  # noqa: S302 - a shelf gives back our own bytes only
        return raw

    def lexicon(
        self, code: str, raw: Sections, sources: Sequence[bytes], make: Callable[[], Lexicon]
    ) -> Lexicon:
        """Return the lexicon that comes of these sources, made only where it is not kept.

        Args:
            code: its language.
            raw: the sections of its file.
            sources: everything that it depends on, the code that makes it included.
            make: makes it.
        """
        content = self._kept(f"{code}-lexicon", sources, lambda: marshal.dumps(_values(make())))
        return make() if content is None else _lexicon_of(content, raw)

    def _kept(self, name: str, sources: Iterable[bytes], make: Callable[[], bytes]) -> bytes | None:
        return None if self.shelf is None else self.shelf.kept(name, _mark_of(sources), make)


def _mark_of(sources: Iterable[bytes]) -> bytes:
    """Return what tells one state of the sources, in order, and of this Python from another."""
    sums = " ".join(f"{len(source)}:{zlib.crc32(source):x}" for source in sources)
    python = f"{sys.implementation.cache_tag} {sys.hexversion:x} {marshal.version}"
    return f"{_FORM} {python} {sums}".encode("ascii")


def _values(book: Lexicon) -> dict[str, Any]:
    return {
        "code": book.code,
        "style": book.style.value,
        "marks": book.marks.printed(),
        "dates": book.dates.printed(),
        "kinds": book.kinds.printed(),
        "pointers": book.pointers.printed(),
        "classes": book.classes.printed(),
        "typed": book.typed.printed(),
        "words": dict(book.words),
    }


def _lexicon_of(content: bytes, raw: Sections) -> Lexicon:
    values = marshal.loads(content)  # noqa: S302 - a shelf gives back our own bytes only
    return Lexicon(
        code=values["code"],
        style=Style(values["style"]),
        marks=PhraseBook.read_back(values["marks"]),
        dates=PhraseBook.read_back(values["dates"]),
        kinds=PhraseBook.read_back(values["kinds"]),
        pointers=PhraseBook.read_back(values["pointers"]),
        classes=WordClasses.read_back(values["classes"]),
        typed=WordClasses.read_back(values["typed"]),
        words=values["words"],
        raw=raw,
    )
