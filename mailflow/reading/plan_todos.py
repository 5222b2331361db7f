"""One To Do: its line taken apart into title, who, when, kind and the rest.

Who and when may stand behind an `@`, in brackets, in cells, behind commas or dashes, or as in
"Carol to sign the letter". What remains when all that is understood has been taken away is
the title, as it was typed.
"""

import re
from dataclasses import dataclass, field

from mailflow.reading.plan_bullets import split_key, without_bullet
from mailflow.reading.plan_parts import RawToDo
from mailflow.reading.plan_pieces import PieceReader, Pieces
from mailflow.reading.plan_tags import QUOTED_TITLE, Tags, tags_in, with_tag
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_vocabulary import LANGUAGES, all_words, split_words, when_phrases
from mailflow.reading.words import fold

_GROUP = re.compile(r"\s*\(([^()]{1,300})\)")
_MENTION = re.compile(r"(?:^|(?<=[\s(,;|]))@(?=[^\s@])")
_SEPARATORS = (", ", " - ", " – ", " — ", "; ", " → ", " -> ", " : ", " ")
_WORD = re.compile(r"\S+")
_LOOSE = " ,;:-–—→|"


@dataclass(slots=True)
class Step:
    """A To Do taken apart; days and numbers are found later.

    Attributes:
        raw: the line it was read from.
        title: what remains.
        said: people and times.
        tags: what the brackets say.
        details: indented lines, as they were typed.
        notes: lines that stay inside the team.
    """

    raw: RawToDo
    title: str
    said: Pieces
    tags: Tags
    details: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class StepReader:
    """Reads the To Do lines of one plan."""

    def __init__(self, pieces: PieceReader) -> None:
        """Take what knows the people and the dates of the plan."""
        self.pieces = pieces
        self.languages = pieces.context.languages

    def step(self, raw: RawToDo) -> Step:
        """Return the parts of one To Do."""
        tags = tags_in(raw.text, self.languages)
        said = Pieces()
        if raw.cells:
            tags = self._columns(raw.cells, tags, said)
        said.faults += tags.faults
        title = self._title(tags.text, said, behind=True)
        notes = [
            pair[1]
            for line in raw.notes
            if (pair := split_key(without_bullet(line.text))) is not None
        ]
        details = [line for line in raw.cells.get("details", "").split("\n") if line]
        details += [without_bullet(line.text) for line in raw.details]
        return Step(raw, title, said, tags, details, notes)

    def _columns(self, cells: dict[str, str], tags: Tags, said: Pieces) -> Tags:
        """Take the cells of a row whose columns have names."""
        for column in ("who", "when"):
            self._cell(cells.get(column, ""), said)
        after = cells.get("after", "")
        if after:
            found = self.pieces.date(f"after {after}" if after[0] in "#0123456789" else after)
            order = found or self.pieces.date(f"after #{after}")
            said.timings += [order] if order else []
            said.faults += [] if order else [Fault("unread_cell", (("cell", after),))]
        helpers = self.pieces.whole(cells.get("helpers", ""), names=True)
        if helpers is not None:
            said.helpers += helpers.people + helpers.helpers
            said.faults += helpers.faults
        kind = cells.get("kind", "")
        return with_tag(tags, kind, self.languages) if kind else tags

    def milestone(self, text: str) -> tuple[str, Pieces]:
        """Return the title of a milestone, and what stands behind it."""
        said = Pieces()
        text = self._title(text, said, behind=False)
        return text if said.timings or said.undated else self._tail(text, said).strip(_LOOSE), said

    def heading(self, text: str) -> tuple[str, Pieces]:
        """Return the title of a phase, and what an `@` or brackets behind it say."""
        said = Pieces()
        return self._title(text, said, behind=False), said

    def _title(self, text: str, said: Pieces, *, behind: bool) -> str:
        """Return the title; `behind` says whether bare words may tell who and when."""
        quoted = QUOTED_TITLE.match(text)
        if quoted is not None and self._literal(text[quoted.end() :], said):
            return quoted[1].replace('""', '"').strip()
        text = self._cells(text, said)
        if said.people and (said.timings or said.undated):
            return text.strip()
        text = self._groups(text, said)
        text = self._mentions(text, said)
        if behind and not said.people:
            text = self._subject(text, said)
        return self._tail(text, said).strip(_LOOSE) if behind else text.strip(_LOOSE)

    def _literal(self, rest: str, said: Pieces) -> bool:
        """Take what stands behind a title in quotation marks, if all of it is understood."""
        if not rest.strip(_LOOSE):
            return not rest.strip()
        if "|" in rest:
            self._cells(rest, said)
            return True
        found = self.pieces.whole(rest.strip(_LOOSE), names=False)
        if found is not None:
            said.take(found)
        return found is not None

    # Cells

    def _cells(self, text: str, said: Pieces) -> str:
        if "|" not in text:
            return text
        cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
        first = cells[0] if not text.startswith((" |", "|")) or len(cells) == 1 else ""
        for cell in cells[1:] if first else cells:
            self._cell(cell, said)
        return first

    def _cell(self, cell: str, said: Pieces) -> None:
        if fold(cell) in all_words("when", "undated") or not cell:
            said.undated = said.undated or bool(cell)
            return
        person = self.pieces.full_name(cell)
        if person is not None:
            said.people.append(person)
            return
        found = self.pieces.whole(cell.strip("()"), names=True)
        timing = self.pieces.date(cell) if found is None else None
        if found is not None:
            said.take(found)
        elif timing is not None:
            said.timings.append(timing)
        elif _resembles_name(cell) and not said.people:
            said.faults.append(self.pieces.unknown(cell))
        else:
            said.faults.append(Fault("unread_cell", (("cell", cell),)))

    # Brackets

    def _groups(self, text: str, said: Pieces) -> str:
        if "(" not in text:
            return text
        return _GROUP.sub(lambda hit: self._group(hit, said), text)

    def _group(self, hit: re.Match[str], said: Pieces) -> str:
        found = self.pieces.whole(hit[1], names=True)
        if found is not None:
            said.take(found)
            return " "
        parts = [part.strip() for part in hit[1].replace(";", ",").split(",")]
        read = [self.pieces.whole(part, names=True) for part in parts]
        if not any(read) or len(parts) == 1:
            return hit[0]
        for part, pieces in zip(parts, read, strict=True):
            if pieces is not None:
                said.take(pieces)
            elif _resembles_name(part):
                said.faults.append(self.pieces.unknown(part))
            else:
                said.faults.append(Fault("unread_cell", (("cell", part),)))
        return " "

    # Mentions

    def _mentions(self, text: str, said: Pieces) -> str:
        hits = list(_MENTION.finditer(text)) if "@" in text else []
        for hit in hits:
            behind = self.pieces.whole(text[hit.start() :], names=False)
            if behind is not None:
                said.take(behind)
                return text[: hit.start()]
        for hit in reversed(hits):
            text = self._inner_mention(text, hit.start(), said)
        return text

    def _inner_mention(self, text: str, at: int, said: Pieces) -> str:
        """Take a mention that words follow; its name stays in the sentence."""
        words = [(w[0], w.end()) for w in _WORD.finditer(text, at)][:4]
        for count in range(len(words), 0, -1):
            spelled = " ".join(word for word, _ in words[:count])
            meant = self.pieces.cast.named(spelled[1:].strip(".,:;!?"))
            if meant.person is not None:
                said.people.insert(0, self.pieces.cast.join(meant.person))
                break
            if meant.fault is not None:
                said.faults.append(meant.fault)
                break
        else:
            said.faults.append(self.pieces.unknown(words[0][0][1:].strip(".,:;!?")))
        if at == 0 and words[0][0].endswith(":"):
            return text[words[0][1] :].strip()
        return text[:at] + text[at + 1 :]

    # "Carol to sign the letter", "Carol: sign the letter"

    def _subject(self, text: str, said: Pieces) -> str:
        words = [(w[0], w.end()) for w in _WORD.finditer(text)][:6]
        for count in range(min(3, len(words) - 1), 0, -1):
            name = " ".join(word for word, _ in words[:count])
            end = self._verb_behind(words, count)
            if not name.endswith(":") and end is None:
                continue
            meant = self.pieces.cast.named(name.rstrip(":"))
            if meant.person is not None:
                said.people.append(self.pieces.cast.join(meant.person))
                behind = words[count - 1][1] if end is None else end
                rest = text[behind:].strip()
                return rest[:1].upper() + rest[1:]
            if meant.fault is not None:
                said.faults.append(meant.fault)
        return text

    @staticmethod
    def _verb_behind(words: list[tuple[str, int]], count: int) -> int | None:
        for length in (2, 1):
            following = words[count : count + length]
            verb = fold(" ".join(word for word, _ in following))
            if len(following) == length and verb in all_words("who", "to"):
                return following[-1][1]
        return None

    # "… by Friday", "…, Carol, by Friday"

    def _tail(self, text: str, said: Pieces) -> str:
        for _ in range(6):
            shorter = self._behind_separator(text, said)
            shorter = shorter if shorter is not None else self._behind_title(text, said)
            if shorter is None:
                break
            text = shorter
        return text

    def _behind_separator(self, text: str, said: Pieces) -> str | None:
        for separator in _SEPARATORS[:-1]:
            head, found, last = text.rpartition(separator)
            if not found or not head.strip(_LOOSE) or len(last) > 120:
                continue
            names = not said.people
            pieces = self.pieces.whole(last, names=names)
            if pieces is not None and not (said.timings and pieces.timings):
                said.take(pieces)
                return head
        return None

    def _behind_title(self, text: str, said: Pieces) -> str | None:
        if said.timings or said.undated:
            return None
        words = list(_WORD.finditer(text))
        for at in range(max(1, len(words) - 14), len(words)):
            if not _may_begin(words[at][0]):
                continue
            pieces = self.pieces.whole(text[words[at].start() :], names=False)
            if pieces is None or (_bare(pieces) and _blocked(words[at - 1][0])):
                continue
            said.take(pieces)
            return text[: words[at].start()]
        return None


def _may_begin(word: str) -> bool:
    first = split_words(fold(word))[:1]
    if not first:
        return False
    if first[0][0].isdigit() or first[0] in "+#@":
        return True
    starts = any(when_phrases(language).starts_with(first[0]) for language in LANGUAGES)
    return starts or fold(word) in all_words("who", "with")


def _bare(pieces: Pieces) -> bool:
    return any(timing.bare for timing in pieces.timings[:1])


def _blocked(word: str) -> bool:
    return fold(word).strip("(\"'") in all_words("when", "blocks")


def _resembles_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 3 and all(word[:1].isupper() for word in words)
