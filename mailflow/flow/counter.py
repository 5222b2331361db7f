"""The counter where a provider's commands are carried out: what one line may know and say.

Every line is read before any is done. A line answers with what it did, or why not and the
nearest right form; what is right counts even if another line is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mailflow.domain.decision import Decision
from mailflow.domain.ids import PlanId
from mailflow.domain.notice import LineFate, Notice, TranscriptLine
from mailflow.domain.people import Person
from mailflow.domain.phases import Moment
from mailflow.domain.plan import Plan, PlanState, ToDo
from mailflow.domain.planning import By
from mailflow.domain.refusal import Refusal, RefusalReason
from mailflow.domain.telling import tell_change
from mailflow.flow.journey import Journey, commit_events, moment_of
from mailflow.flow.settings import FlowSettings
from mailflow.ports import SentLetter, UnitOfWork
from mailflow.reading.provider import Command, CommandLine, Misread, glue_words
from mailflow.writing.words import Fact, say

_SLIP_WORDS = 2

CURRENT = (
    PlanState.RUNNING,
    PlanState.PAUSED,
    PlanState.PROPOSED,
    PlanState.AGREED,
    PlanState.DRAFT,
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one line did.

    Attributes:
        fate: done, shown, refused …
        said: the sentence for the transcript.
        block: lines that were asked for.
        notices: what others must be told because of it.
        pages: plans whose page goes along with the transcript.
        example: the nearest right form.
    """

    fate: LineFate
    said: str
    block: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    pages: tuple[Plan, ...] = ()
    example: str = ""

    def line(self, typed: str) -> TranscriptLine:
        """Return the transcript's line for what was typed."""
        return TranscriptLine(typed, self.fate, self.said, self.block, self.example)


@dataclass(slots=True)
class Counter:
    """What a command line can see: the office, the mail, and what lines before it meant.

    Attributes:
        uow: the unit of work; each line sees what the lines before it did.
        journey: the mail the lines stand in.
        settings: the office.
        sender: the provider or a team member.
        letter: the letter that is answered, if any: its numbers are what bare ones mean.
        current: the plan and number that `it` means.
    """

    uow: UnitOfWork
    journey: Journey
    settings: FlowSettings
    sender: Person
    letter: SentLetter | None = None
    current: tuple[Plan, int | None] | None = field(default=None)

    @property
    def by(self) -> By:
        """Who acts, and when."""
        return By(self.sender.id, self.moment)

    @property
    def moment(self) -> Moment:
        """Now, with the provider's local date."""
        return moment_of(self.settings, self.journey.now)

    def say(self, key: str, **facts: Fact) -> str:
        """Return a sentence in the sender's language."""
        return say(key, self.sender.language, **facts)

    def refused(self, key: str, example: str = "", **facts: Fact) -> Result:
        """Return a line that was not carried out, with the reason."""
        return Result(LineFate.REFUSED, self.say(key, **facts), example=example)

    def because(self, refusal: Refusal, plan: Plan, n: int | None = None) -> Result:
        """Return a refusal of the domain as a line of the transcript."""
        todo = None if n is None else plan.todo(n)
        facts: dict[str, Fact] = {
            "what": "",
            "code": plan.code,
            "ref": plan.code if n is None else plan.ref(n),
            "title": plan.title if todo is None else todo.title,
            "state": plan.state if todo is None else todo.state,
            "n": 0 if n is None else n,
            "count": plan.unsettled,
            "known": self._known(),
            "name": "",
            "day": self._day_of(todo, refusal),
            "person": self._taker_of(todo),
            **dict(refusal.facts),
        }
        example = f"show {plan.code}" if refusal.reason is RefusalReason.UNKNOWN_NUMBER else ""
        return self.refused(refusal.reason.value, example, **facts)

    def _day_of(self, todo: ToDo | None, refusal: Refusal) -> Fact:
        if todo is None:
            return ""
        day = todo.held_until if refusal.reason is RefusalReason.HELD_ALREADY else todo.due
        return "" if day is None else day

    def _taker_of(self, todo: ToDo | None) -> str:
        person = None if todo is None else self.uow.person(todo.responsible)
        return "" if person is None else person.display

    def plan_of(self, command: Command) -> Plan | Result:
        """Return the plan a line means: by its code, the answered letter, or the only one."""
        code = command.code or next((ref.code for ref in command.refs if ref.code), None)
        if code is not None:
            found = self.uow.plan_by_code(code)
            return found or self.refused("unknown_plan", code=code, known=self._known())
        if self.letter is not None and len(self.letter.plans) == 1:
            meant = self.uow.plan(self.letter.plans[0])
            if meant is not None:
                return meant
        if self.current is not None:
            return self.uow.plan(self.current[0].id) or self.current[0]
        plans = self.uow.plans(*CURRENT)
        if len(plans) == 1:
            return plans[0]
        key = "which_plan" if plans else "no_plan"
        return self.refused(key, known=self._known())

    def plan_alone(self, command: Command) -> Plan | Result:
        """Return the plan of a line that says nothing but which plan it means.

        Whatever else it says is a code that no plan has: to act on another plan would be worse
        than not to act.
        """
        words = set(command.rest.lower().split())
        if words - glue_words("it", self.sender.language):
            return self.refused("unknown_plan", code=command.rest, known=self._known())
        return self.plan_of(command)

    def _known(self) -> tuple[str, ...]:
        return tuple(plan.code for plan in self.uow.plans(*CURRENT))

    def todos_of(self, command: Command) -> list[tuple[Plan, int]] | Result:
        """Return the To Dos a line means, by reference, by the letter's numbers, or `it`."""
        found: list[tuple[Plan, int]] = []
        shown = {s: (p, n) for s, p, n in self.letter.items} if self.letter else {}
        for ref in command.refs:
            if ref.code is None and command.code is None and ref.n in shown:
                plan_id, n = shown[ref.n]
                plan = self.uow.plan(plan_id)
            else:
                meant = self.plan_of(replace(command, code=ref.code or command.code))
                if isinstance(meant, Result):
                    return meant
                plan, n = meant, ref.n
            if plan is not None:
                found.append((plan, n))
        if not found:
            return self._it(command, shown)
        return found

    def _it(
        self, command: Command, shown: dict[int, tuple[PlanId, int]]
    ) -> list[tuple[Plan, int]] | Result:
        if self.current is not None and self.current[1] is not None:
            return [(self.current[0], self.current[1])]
        if len(shown) == 1 and self.letter is not None:
            [(_, plan_id, n)] = self.letter.items
            plan = self.uow.plan(plan_id)
            if plan is not None:
                return [(plan, n)]
        return self.refused("which_number", self.example(command.verb))

    def example(self, verb: str, *, of_plan: bool = False) -> str:
        """Return a right form of a verb with a number, or a code, of the provider's own plans."""
        plan = next(iter(self.uow.plans(*CURRENT)), None)
        if of_plan:
            return verb if plan is None else f"{verb} {plan.code}"
        todo = None if plan is None else next(plan.todos(), None)
        return verb if plan is None or todo is None else f"{verb} {plan.ref(todo.n)}"

    def commit(self, plan: Plan, decision: Decision) -> tuple[Plan, tuple[Notice, ...]]:
        """Journal a decision; returns the plan after it and who must be told."""
        after = commit_events(self.uow, self.journey, plan, decision.events)
        told = tell_change(
            plan,
            replace(decision, plan=after),
            self.sender.id,
            lambda n: self.uow.was_told(plan.id, n),
        )
        return after, told

    def person_named(self, words: str, plan: Plan | None = None) -> Person | None:
        """Return the one person that a name or address means, those on the plan first."""
        wanted = words.strip().strip("@").casefold()
        if not wanted:
            return None
        everybody: Sequence[Person] = self.uow.persons()
        if plan is not None:
            on_plan = tuple(self.uow.people_of(plan).by_id.values())
            found = _called(wanted, on_plan)
            if len(found) == 1:
                return found[0]
        found = _called(wanted, everybody)
        return found[0] if len(found) == 1 else None


def bare_word(lines: Sequence[CommandLine]) -> str:
    """Return the verb of a mail that is one verb and nothing else, else ""."""
    if len(lines) != 1 or not isinstance(lines[0], Command):
        return ""
    line = lines[0]
    return "" if line.refs or line.code or line.rest or line.text else line.verb


def is_slip(lines: Sequence[CommandLine]) -> bool:
    """Return whether a mail is one mistyped word rather than words for a client."""
    if len(lines) != 1 or not isinstance(lines[0], Misread):
        return False
    return bool(lines[0].nearest) and len(lines[0].typed.split()) <= _SLIP_WORDS


def _called(wanted: str, persons: Sequence[Person]) -> list[Person]:
    return [
        person
        for person in persons
        if wanted
        in {
            person.name.casefold(),
            person.first_name.casefold(),
            *(address.casefold() for address in person.addresses),
        }
    ]
