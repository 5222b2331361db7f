"""Stops 8 to 11 for a client's answer: understood, decided, written, settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mailflow.domain.decision import Decision
from mailflow.domain.ids import PlanId
from mailflow.domain.intent import Intent, Reading
from mailflow.domain.notice import AnswerPassedOn, ClaimMade, Notice, PassedOnReason
from mailflow.domain.people import Person
from mailflow.domain.permission import may_agree
from mailflow.domain.plan import Document, Plan, PlanState, ToDo, ToDoKind
from mailflow.domain.planning import By, agree
from mailflow.domain.progress import Answer, answer_todos
from mailflow.domain.refusal import Refusal
from mailflow.domain.telling import AnswerFacts, tell_answer, tell_change
from mailflow.flow.authenticity import Right
from mailflow.flow.claims import settle_claim
from mailflow.flow.client_wishes import fulfil_wish
from mailflow.flow.counter import Counter
from mailflow.flow.journey import (
    Journey,
    answer_of,
    commit_events,
    evidence_act,
    file_documents,
    moment_of,
    plain_subject,
    responsible_items,
)
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import FlowSettings
from mailflow.mail.reply import VisibleAnswer
from mailflow.ports import MailFate, UnitOfWork
from mailflow.reading.client import Asked, AskedItem, understand
from mailflow.reading.documents import Wanted, match_documents
from mailflow.reading.vocabulary import read_wish

_Item = tuple[int, PlanId, int]
_WANTS_FILES = frozenset({ToDoKind.SEND, ToDoKind.DO})


@dataclass(frozen=True, slots=True)
class _Understood:
    """An answer, read: what was typed, for which To Dos, and what it says about each."""

    visible: VisibleAnswer
    items: tuple[_Item, ...]
    readings: tuple[Reading, ...]
    documents: tuple[tuple[int | None, Document], ...]
    asked: Asked


class ClientDesk:
    """Handles answers of people who have something to do."""

    def __init__(self, settings: FlowSettings, post: PostRoom) -> None:
        self._settings = settings
        self._post = post

    def handle(self, uow: UnitOfWork, journey: Journey, sender: Person, right: Right) -> MailFate:
        """Do what an answer says, as far as it is proven, and pass on the rest.

        Returns how the mail ended.
        """
        visible = answer_of(journey, uow)
        wish = read_wish(visible.text)
        if wish is not None:
            fate = fulfil_wish(uow, journey, sender, wish, self._settings, self._post)
            if fate is not None:
                return fate
        letter = journey.found.letter
        if letter is not None and letter.kind == "agreement_asked" and right is Right.ACT:
            agreed = self._agreement(uow, journey, sender, visible)
            if agreed is not None:
                return agreed
        if letter is not None and letter.kind == "claim_made" and right is Right.ACT:
            counter = Counter(uow, journey, self._settings, sender, letter)
            told = settle_claim(counter, letter, visible.text)
            if told is not None:
                self._post.write(uow, told, journey.occasion())
                return MailFate.ACTED
        understood = self._understand(uow, journey, sender, visible)
        if not understood.items:
            return self._pass_on(uow, journey, sender, understood, PassedOnReason.NO_TODO)
        return self._settle(uow, journey, sender, understood, right)

    def read(
        self, uow: UnitOfWork, journey: Journey, sender: Person
    ) -> tuple[str, tuple[tuple[str | None, Reading], ...]]:
        """Return what was typed and how it is read, with each To Do's reference."""
        understood = self._understand(uow, journey, sender, answer_of(journey, uow))
        refs = {
            shown: plan.ref(n)
            for shown, plan_id, n in understood.items
            if (plan := uow.plan(plan_id)) is not None
        }
        readings = tuple(
            (None if reading.n is None else refs.get(reading.n), reading)
            for reading in understood.readings
        )
        return understood.visible.text, readings

    def asked(
        self, uow: UnitOfWork, journey: Journey, sender: Person
    ) -> tuple[Asked, tuple[tuple[str, int], ...]]:
        """Return an answer as it is put before the reader, and each To Do's shown number."""
        understood = self._understand(uow, journey, sender, answer_of(journey, uow))
        shown = tuple(
            (plan.ref(n), number)
            for number, plan_id, n in understood.items
            if (plan := uow.plan(plan_id)) is not None
        )
        return understood.asked, shown

    def claim(self, uow: UnitOfWork, journey: Journey, person: Person) -> MailFate:
        """Keep an answer from another address as a claim, for provider and client to settle.

        Nothing is done and nothing is written to that address before one of them says so.
        """
        understood = self._understand(uow, journey, person, answer_of(journey, uow))
        notices: list[Notice] = []
        for plan, decision in self._decide(uow, journey, person, understood, proven=False):
            proposals = tuple(o.proposal for o in decision.outcomes if o.proposal)
            for asked in dict.fromkeys((plan.provider, person.id)):
                claim = ClaimMade(
                    to=asked,
                    on_behalf=person.id,
                    address=journey.found.address,
                    plan=decision.plan,
                    numbers=tuple(n for _, of, n in understood.items if of == plan.id),
                    text=understood.visible.text,
                    proposals=proposals,
                )
                notices.append(claim)
        self._post.write(uow, notices, replace(journey.occasion(), answered=None))
        return MailFate.CLAIM

    # -- stop 8: understand

    def _understand(
        self, uow: UnitOfWork, journey: Journey, sender: Person, visible: VisibleAnswer
    ) -> _Understood:
        letter = journey.found.letter
        items = letter.items if letter is not None else ()
        answered = bool(items)
        if not items:
            plans = uow.plans_of(sender.id)
            wanted = set(letter.plans) if letter is not None and letter.plans else None
            plans = tuple(p for p in plans if wanted is None or p.id in wanted)
            items = responsible_items(plans, sender)
        todos = {shown: todo for shown, plan, n in items if (todo := _todo(uow, plan, n))}
        kept = file_documents(uow, journey)
        names = tuple(document.name for document, _ in kept)
        asked = Asked(
            text=visible.text,
            items=tuple(
                AskedItem(shown, todo.title, todo.due, todo.kind.value)
                for shown, todo in todos.items()
            ),
            single=len(todos) == 1,
            sent_at=journey.sent_at,
            subject=journey.message.subject,
            attachments=names,
            language=sender.language,
            segments=tuple((s.n, s.text) for s in visible.segments),
        )
        readings = understand(asked, done_from=self._settings.done_from)
        if visible.uncertain or not answered:
            readings = tuple(replace(reading, sure=False) for reading in readings)
        wants = [Wanted(n, t.title, t.kind in _WANTS_FILES) for n, t in todos.items()]
        matched = match_documents(names, wants, readings)
        documents = tuple((n, doc) for n, (doc, _) in zip(matched, kept, strict=True))
        return _Understood(visible, items, _addressed(readings, todos), documents, asked)

    # -- stops 9 to 11: decide, write, settle

    def _settle(
        self,
        uow: UnitOfWork,
        journey: Journey,
        sender: Person,
        understood: _Understood,
        right: Right,
    ) -> MailFate:
        proven = right is Right.ACT
        steps = self._decide(uow, journey, sender, understood, proven=proven)
        facts = _facts(sender, journey, understood)
        notices = tell_answer(steps, facts)
        self._post.write(uow, notices, journey.occasion())
        passed_on = any(isinstance(notice, AnswerPassedOn) for notice in notices)
        acted = any(decision.events for _, decision in steps)
        if not acted and not notices:
            return MailFate.LOGGED
        return MailFate.PASSED_ON if passed_on and not acted else MailFate.ACTED

    def _decide(
        self,
        uow: UnitOfWork,
        journey: Journey,
        sender: Person,
        understood: _Understood,
        *,
        proven: bool,
    ) -> list[tuple[Plan, Decision]]:
        """Decide and journal plan by plan, in the order of their ids."""
        words = [word for reading in understood.readings for word in reading.evidence]
        journey = replace(journey, act=evidence_act(journey.act, words, sender.id))
        steps: list[tuple[Plan, Decision]] = []
        for plan_id in sorted({plan for _, plan, _ in understood.items}):
            plan = uow.plan(plan_id)
            if plan is None:
                continue
            answer = self._answer(uow, journey, sender, understood, plan)
            decision = answer_todos(plan, replace(answer, proven=proven))
            after = commit_events(uow, journey, plan, decision.events)
            steps.append((plan, replace(decision, plan=after)))
        return steps

    def _answer(
        self, uow: UnitOfWork, journey: Journey, sender: Person, understood: _Understood, plan: Plan
    ) -> Answer:
        numbers = {shown: n for shown, plan_id, n in understood.items if plan_id == plan.id}
        only = len({plan_id for _, plan_id, _ in understood.items}) == 1
        readings = tuple(
            replace(reading, n=None if reading.n is None else numbers[reading.n])
            for reading in understood.readings
            if reading.n in numbers or (reading.n is None and only)
        )
        return Answer(
            by=sender.id,
            readings=readings,
            moment=moment_of(self._settings, journey.now),
            documents=tuple(
                (numbers[n], document)
                for n, document in understood.documents
                if n is not None and n in numbers
            ),
            calendar=self._settings.calendar(self._settings.country, journey.now.year),
            grace=self._settings.grace,
            people=uow.people_of(plan),
        )

    def _agreement(
        self, uow: UnitOfWork, journey: Journey, sender: Person, visible: VisibleAnswer
    ) -> MailFate | None:
        """Record "fine with me"; None when the answer says something else or more."""
        letter = journey.found.letter
        plan = uow.plan(letter.plans[0]) if letter is not None and letter.plans else None
        if plan is None or plan.state is not PlanState.PROPOSED or not may_agree(sender.id, plan):
            return None
        asked = Asked(
            text=visible.text,
            items=(AskedItem(1, plan.title, None, ToDoKind.APPROVE.value),),
            single=True,
            sent_at=journey.sent_at,
            subject=journey.message.subject,
            language=sender.language,
        )
        readings = understand(asked, done_from=self._settings.done_from)
        agreed = bool(readings) and all(
            reading.intent is Intent.DONE and reading.sure for reading in readings
        )
        if not agreed or visible.uncertain:
            understood = _Understood(visible, (), readings, (), asked)
            return self._pass_on(uow, journey, sender, understood, PassedOnReason.REQUEST, plan)
        words = [word for reading in readings for word in reading.evidence]
        journey = replace(journey, act=evidence_act(journey.act, words, sender.id))
        decision = agree(plan, By(sender.id, moment_of(self._settings, journey.now)))
        if isinstance(decision, Refusal):
            return None
        after = commit_events(uow, journey, plan, decision.events)
        notices = tell_change(plan, replace(decision, plan=after), sender.id, lambda _n: ())
        self._post.write(uow, notices, journey.occasion(by_provider=True))
        return MailFate.ACTED

    def _pass_on(  # noqa: PLR0913, PLR0917 - the last two only say why and about what
        self,
        uow: UnitOfWork,
        journey: Journey,
        sender: Person,
        understood: _Understood,
        doubt: PassedOnReason,
        plan: Plan | None = None,
    ) -> MailFate:
        only_thanks = all(
            reading.intent is Intent.ACKNOWLEDGE for reading in understood.readings
        ) and bool(understood.readings)
        empty = not understood.visible.text.strip() and not journey.message.attachments
        if only_thanks or empty:
            return MailFate.LOGGED
        letter = journey.found.letter
        if plan is None and letter is not None and letter.plans:
            plan = uow.plan(letter.plans[0])
        notice: Notice = AnswerPassedOn(
            to=self._settings.provider,
            by=sender.id,
            plan=plan,
            outcomes=(),
            text=understood.visible.text,
            subject=plain_subject(journey.message.subject),
            files=tuple(a.name for a in journey.message.attachments if not a.inline),
            doubt=doubt.value,
        )
        self._post.write(uow, [notice], journey.occasion())
        return MailFate.PASSED_ON


def _todo(uow: UnitOfWork, plan_id: PlanId, n: int) -> ToDo | None:
    plan = uow.plan(plan_id)
    return None if plan is None else plan.todo(n)


def _addressed(readings: Sequence[Reading], todos: dict[int, ToDo]) -> tuple[Reading, ...]:
    """Give readings of a mail with one To Do its number, and distrust numbers it had not."""
    if len(todos) == 1:
        [only] = todos
        return tuple(replace(reading, n=only) for reading in readings)
    return tuple(
        one if one.n is None or one.n in todos else replace(one, n=None, sure=False)
        for reading in readings
        for one in _each(reading, todos)
    )


def _each(reading: Reading, todos: dict[int, ToDo]) -> Iterator[Reading]:
    """A "thanks" for the whole mail has seen everything in it."""
    if reading.n is None and reading.sure and reading.intent is Intent.ACKNOWLEDGE:
        yield from (replace(reading, n=n) for n in todos)
    else:
        yield reading


def _facts(sender: Person, journey: Journey, understood: _Understood) -> AnswerFacts:
    said_nothing = all(reading.intent is Intent.NONE for reading in understood.readings)
    lost_files = any(n is None for n, _ in understood.documents)
    return AnswerFacts(
        by=sender.id,
        text=understood.visible.text,
        subject=plain_subject(journey.message.subject),
        files=tuple(document.name for _, document in understood.documents),
        leftover=(said_nothing and bool(understood.visible.text.strip())) or lost_files,
    )
