"""A clause of an answer to a list, with the To Dos it speaks of and how it points at them."""

from dataclasses import dataclass

from mailflow.reading.understanding.said.table import Says
from mailflow.reading.understanding.said.typed import Said

ASIDE = Says.THANKS | Says.RECEIVED | Says.CHATS | Says.STOPS | Says.SILENT | Says.FYI
"""What is said of no To Do, unless it points at one."""
POINTED = frozenset({"number", "place", "title"})
NAMED = POINTED | {"shared"}


@dataclass(slots=True)
class Spoken:
    """A clause of an answer to a list.

    Attributes:
        said: the clause and its row.
        items: numbers of the To Dos it speaks of; empty for the answer as a whole.
        how: how it points: `all`, `rest`, `none`, `number`, `place`, `title`, `shared`,
            `carried`, `verb`, `order`, `only` (it is what nothing else is said of), or "" for not
            at all.
        guessed: those of the items that it may not speak of, so that nothing is acted upon.
    """

    said: Said
    items: tuple[int, ...]
    how: str = ""
    guessed: tuple[int, ...] = ()
