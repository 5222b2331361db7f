"""Where the lines of an edited plan text belong: in phases of the plan, or in new ones."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mailflow.domain.draft import DraftPhase, PhaseEdit, ToDoMove
from mailflow.domain.plan import Plan
from mailflow.reading.words import fold


class Places:
    """The phases of a text beside those of the plan.

    A heading of the plan stands for its phase. Another heading is a new title where that of
    the phase its To Dos come from is gone, and a new phase otherwise, which comes last.
    """

    def __init__(self, plan: Plan, phases: Sequence[DraftPhase], headings: Sequence[str]) -> None:
        """Take the plan, the phases as read, and every heading of the text."""
        self.plan = plan
        self.edits: list[PhaseEdit] = []
        self._headings = frozenset(fold(heading) for heading in headings)
        self._free: dict[str, list[int]] = {}
        for phase in plan.phases:
            if phase.title:
                self._free.setdefault(fold(phase.title), []).append(phase.number)
        self._titled = [phase.title for phase in phases]
        self.numbers = [self._number(phase) for phase in phases]

    def moves(self, labels: Sequence[tuple[int | None, int, int]]) -> Iterator[ToDoMove]:
        """Yield the To Dos that stand below the heading of another phase now.

        A To Do moves only where the heading that it leaves is still in the text: one that was
        deleted by accident moves nothing.

        Args:
            labels: the number before each line, the place of its phase, and the line.
        """
        seen: set[int] = set()
        for label, at, line in labels:
            standing = None if label is None else self.plan.phase_of(label)
            if standing is None or label is None or label in seen or not self._titled[at]:
                continue
            left = not standing.title or fold(standing.title) in self._headings
            if left and standing.number != self.numbers[at]:
                seen.add(label)
                yield ToDoMove(label, self.numbers[at], line)

    def _number(self, phase: DraftPhase) -> int:
        known = self._free.get(fold(phase.title), [])
        if phase.title and known:
            return known.pop(0) if len(known) > 1 else known[0]
        origin = self._origin(phase)
        if not phase.title:
            return origin or self._open()
        if origin is not None and self._lost_its_heading(origin):
            self.edits.append(PhaseEdit(origin, phase.title, phase.line))
            return origin
        fresh = [edit.phase for edit in self.edits if edit.phase > len(self.plan.phases)]
        number = len(self.plan.phases) + 1 + len(fresh)
        self.edits.append(PhaseEdit(number, phase.title, phase.line))
        return number

    def _origin(self, phase: DraftPhase) -> int | None:
        """Return the phase of the plan that most To Dos of a phase of the text come from."""
        owners = (self.plan.phase_of(todo.n) for todo in phase.todos)
        counted = Counter(owner.number for owner in owners if owner is not None)
        return counted.most_common(1)[0][0] if counted else None

    def _lost_its_heading(self, number: int) -> bool:
        title = next(p.title for p in self.plan.phases if p.number == number)
        taken = any(edit.phase == number for edit in self.edits)
        return not taken and (not title or fold(title) not in self._headings)

    def _open(self) -> int:
        unfinished = [phase for phase in self.plan.phases if not phase.complete]
        return (unfinished or self.plan.phases)[0].number if self.plan.phases else 1
