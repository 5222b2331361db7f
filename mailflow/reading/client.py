"""What a client's answer means: from the words she typed to readings, one or more per To Do.

`understand` is the door. It changes nothing and remembers nothing; whatever it is not sure of
comes back as a proposal (`Reading.sure` is False) with the best reading first.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.lexicon import lexicon
from mailflow.reading.understanding.files import files_by_item, is_unfinished, real_files
from mailflow.reading.understanding.items import Mention, Pointing, Titles
from mailflow.reading.understanding.kinds import kinds_of
from mailflow.reading.understanding.layout import lay_out
from mailflow.reading.understanding.marks import Mark
from mailflow.reading.understanding.reader import Said, Task, Typed, reading_of, said_by
from mailflow.reading.understanding.table import Says, row_for
from mailflow.reading.words import clean, fold, tokens_of


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One To Do of the mail that was answered.

    Attributes:
        n: the number that the client saw; in a mail with one To Do its own number or 1.
        title: its title.
        due: the local date it is due, None if it has none.
        kind: do, send, approve, answer, attend or call; None lets the title tell.
    """

    n: int
    title: str
    due: date | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and what was asked.

    Attributes:
        text: the visible answer, as the client typed it.
        items: the To Dos of the mail that was answered, in its order.
        single: True if that mail carried one To Do.
        sent_at: when the answer was sent, aware; relative dates count from its local date.
        subject: the answer's subject.
        attachments: names of the files that came with it.
        language: the client's language, None if not known; the text may say otherwise.
        segments: what was typed for which item when the client wrote between the quoted
            lines; None stands for the answer as a whole.
    """

    text: str
    items: tuple[AskedItem, ...]
    single: bool
    sent_at: datetime
    subject: str = ""
    attachments: tuple[str, ...] = ()
    language: str | None = None
    segments: tuple[tuple[int | None, str], ...] = ()
