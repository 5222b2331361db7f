"""One To Do of a plan text, with all that its line, its cells and its details say."""

from dataclasses import dataclass, field

from mailflow.reading.plan_bullets import split_key, without_bullet
from mailflow.reading.plan_parts import RawToDo
from mailflow.reading.plan_pieces import PieceReader, Pieces
from mailflow.reading.plan_tags import Tags, tags_in, with_tag
from mailflow.reading.plan_timing import Fault
from mailflow.reading.plan_titles import Scope, TitleReader


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
    """Reads To Dos, milestones and headings of one plan."""

    def __init__(self, pieces: PieceReader) -> None:
        """Take what knows the people and the dates of the plan."""
        self.pieces = pieces
        self.titles = TitleReader(pieces)
        self.languages = pieces.context.languages

    def step(self, raw: RawToDo) -> Step:
        """Return the parts of one To Do."""
        tags = tags_in(raw.text, self.languages)
        said = Pieces()
        if raw.cells:
            tags = self._columns(raw.cells, tags, said)
        said.faults += tags.faults
        title = self.titles.title(tags.text, said, Scope.TODO)
        pairs = [split_key(without_bullet(line.text)) for line in raw.notes]
        notes = [pair[1] for pair in pairs if pair is not None]
        details = [line for line in raw.cells.get("details", "").split("\n") if line]
        details += [without_bullet(line.text) for line in raw.details]
        return Step(raw, title, said, tags, details, notes)

    def _columns(self, cells: dict[str, str], tags: Tags, said: Pieces) -> Tags:
        """Take the cells of a row whose columns have names."""
        for column in ("who", "when"):
            self.titles.cell(cells.get(column, ""), said)
        after = cells.get("after", "")
        if after:
            self._order(after, said)
        helpers = self.pieces.whole(cells.get("helpers", ""), names=True)
        if helpers is not None:
            said.helpers += helpers.people + helpers.helpers
            said.faults += helpers.faults
        kind = cells.get("kind", "")
        return with_tag(tags, kind, self.languages) if kind else tags

    def _order(self, cell: str, said: Pieces) -> None:
        for words in (cell, f"after {cell}", f"after #{cell}"):
            timing = self.pieces.date(words)
            if timing is not None and timing.anchors:
                said.timings.append(timing)
                return
        said.faults.append(Fault("unread_cell", (("cell", cell),)))

    def milestone(self, text: str) -> tuple[str, Pieces]:
        """Return the title of a milestone, and what stands behind it."""
        tags = tags_in(text, self.languages)
        said = Pieces(faults=list(tags.faults))
        if tags.said:
            said.faults.append(Fault("tagged_milestone", (("tag", tags.said),)))
        return self.titles.title(tags.text, said, Scope.MILESTONE), said

    def heading(self, text: str) -> tuple[str, Pieces]:
        """Return the title of a phase, and what an `@` or brackets behind it say."""
        said = Pieces()
        return self.titles.title(text, said, Scope.HEADING), said
