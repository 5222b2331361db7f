"""Files that a plan names, matched with the files that came with it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from mailflow.domain.draft import DraftPhase, PlanDraft
from mailflow.reading.plan_lines import PlanLine
from mailflow.reading.plan_problems import Problems
from mailflow.reading.words import fold


def with_files(draft: PlanDraft, attached: Sequence[str], problems: Problems) -> PlanDraft:
    """Return the draft with the files' own names, and with those that no line names.

    A name is found without regard to case, and without its ending where that is plain.
    """
    used: set[str] = set()
    phases = tuple(_phase(phase, attached, problems, used) for phase in draft.phases)
    unnamed = tuple(name for name in dict.fromkeys(attached) if name not in used)
    return replace(draft, phases=phases, unnamed_files=unnamed, problems=problems.found)


def _phase(
    phase: DraftPhase, attached: Sequence[str], problems: Problems, used: set[str]
) -> DraftPhase:
    todos = []
    for todo in phase.todos:
        names = []
        for wished in todo.files:
            name = _meant(wished, attached)
            if name is None:
                line = PlanLine(todo.line, 0, todo.title, f"[file: {wished}]")
                problems.add(line, "missing_file", name=wished, names=", ".join(attached) or "–")
            names.append(name or wished)
        used.update(names)
        todos.append(replace(todo, files=tuple(names)))
    return replace(phase, todos=tuple(todos))


def _meant(wished: str, attached: Sequence[str]) -> str | None:
    key = fold(wished)
    same = [name for name in attached if fold(name) == key]
    same = same or [name for name in attached if fold(PurePosixPath(name).stem) == key]
    return same[0] if len(same) == 1 else None
