"""What the cells of the table say, in the page's language; made once, set in any size."""

from collections.abc import Mapping
from datetime import date

from mailflow.domain.plan import ToDoState
from mailflow.domain.worktime import local_day
from mailflow.writing.page_facts import PageFacts, PhaseFacts, RowFacts
from mailflow.writing.page_words import PageWords

COLUMNS = ("responsible", "with", "due", "state")


class Cells:
    """The texts of one table, by number of the To Do and by key of the column."""

    def __init__(self, facts: PageFacts, words: PageWords, today: date) -> None:
        self._words = words
        self._today = today
        self._rows = {row.n: self._row(row) for row in facts.rows()}
        self._stones = {phase.number: self._stone(phase) for phase in facts.phases}

    def row(self, n: int) -> Mapping[str, str]:
        """Return the texts of one row by key of the column."""
        return self._rows[n]

    def stone(self, phase: int) -> tuple[str, str]:
        """Return when a phase's milestone is due, and when it was reached; each may be empty."""
        return self._stones[phase]

    def by_column(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return what each column holds, every text once and no empty ones."""
        held = {key: {row[key]: None for row in self._rows.values()} for key in COLUMNS}
        for due, reached in self._stones.values():
            held["due"][due] = None
            held["state"][reached] = None
        return [(key, tuple(text for text in texts if text)) for key, texts in held.items()]

    def _row(self, row: RowFacts) -> dict[str, str]:
        return {
            "responsible": row.responsible,
            "with": self._words.listed(row.helpers),
            "due": self._words.day(row.due, self._today) if row.due else "",
            "state": self._state(row),
        }

    def _stone(self, phase: PhaseFacts) -> tuple[str, str]:
        due, reached = phase.milestone_due, phase.reached_on
        return (
            self._words.day(due, self._today) if due else "",
            self._words.word("reached_on", day=self._short(reached)) if reached else "",
        )

    def _state(self, row: RowFacts) -> str:
        words = self._words
        parts = [words.word(f"states.{row.state}")]
        if row.closed_at is not None:
            closed = local_day(row.closed_at, words.timezone)
            return f"{parts[0]} {self._short(closed)}"
        if row.promised is not None:
            promise = words.word("promised_for", day=self._short(row.promised))
            parts = [promise] if row.state is ToDoState.PROMISED else [*parts, promise]
        if row.late(self._today):
            parts.append(words.word("late"))
        return words.listed(tuple(parts)) if len(parts) > 1 else parts[0]

    def _short(self, day: date) -> str:
        # A date is never broken over lines.
        return self._words.short_day(day, self._today).replace(" ", "\u00a0")
