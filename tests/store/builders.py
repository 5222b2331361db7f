"""What tests of the store are made of: an office with two people and one plan."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from mailflow.domain.event import Event, PlanDrafted, PlanStateChanged, ToDoStateChanged
from mailflow.domain.ids import LetterId, PersonId, PlanId
from mailflow.domain.office import PersonAdded
from mailflow.domain.people import Person, Role
from mailflow.domain.plan import (
    Milestone,
    Phase,
    PhaseState,
    Plan,
    PlanState,
    Stakeholder,
    ToDo,
    ToDoState,
)
from mailflow.ports.kept import Act, OutboxState, QueuedLetter, SentLetter
from mailflow.ports.wires import ArrivedMail
from mailflow.store.memory import Store
from mailflow.store.unit_of_work import Unit

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 4)
SEED = b"tests make their own chance, 32B"


def a_store(folder: Path, seed: bytes = SEED) -> Store:
    """Open the store in a folder."""
    return Store(folder, seed=seed)


def an_arrival(uid: int = 1, raw: bytes = b"", **fields: object) -> ArrivedMail:
    """Return a mail as it stands in a mailbox; its content follows its number."""
    content = raw or b"Message-ID: <%d@client.example>\r\n\r\ndone\r\n" % uid
    mail = ArrivedMail("office@studio.example", "INBOX", 7, uid, content, len(content))
    for name, value in fields.items():
        object.__setattr__(mail, name, value)
    return mail


def a_letter(
    number: int, to: PersonId, plan: PlanId | None = None, *items: int, at: datetime = NOW
) -> SentLetter:
    """Return what is remembered of a letter that shows these To Dos of the plan."""
    return SentLetter(
        id=LetterId(number),
        kind="to_dos_asked",
        to=to,
        address="anne@client.example",
        message_id=f"<letter.{number}@studio.example>",
        subject="Your To Dos",
        text="1  Send the receipts",
        items=tuple((shown, plan, n) for shown, n in enumerate(items, 1) if plan is not None),
        plans=() if plan is None else (plan,),
        facts=(("proposal", "7"),),
        at=at,
    )


@dataclass(slots=True)
class Office:
    """A store with Paul, who provides, Anne, his client, and the running plan TAX."""

    store: Store
    paul: Person
    anne: Person
    plan: PlanId
    acts: list[int] = field(default_factory=list)

    def act(self, unit: Unit, by: PersonId | None = None, undoes: int | None = None) -> Act:
        """Return a fresh act."""
        act = Act(unit.new_act_id(), by, NOW, evidence=("done",), undoes=undoes)
        self.acts.append(act.id)
        return act

    def happens(self, *events: Event, by: PersonId | None = None, undoes: int | None = None) -> int:
        """Let events happen to the plan in one commit; returns the act."""
        unit = self.store.unit()
        act = self.act(unit, by, undoes)
        unit.record(act, self.plan, events)
        unit.commit()
        return act.id

    def sends(
        self,
        *items: int,
        day_key: str | None = None,
        automatic: bool = False,
        state: OutboxState = OutboxState.QUEUED,
        due_at: datetime = NOW,
    ) -> int:
        """Put a letter to Anne into the outbox; returns its row."""
        unit = self.store.unit()
        letter = a_letter(unit.new_letter_id(), self.anne.id, self.plan, *items)
        queued = QueuedLetter(
            letter, b"sealed", "me@studio.example", state, due_at, day_key, automatic
        )
        row = unit.enqueue(queued)
        unit.commit()
        return row


def an_office(folder: Path, todos: int = 4) -> Office:
    """Return an office whose plan has this many open To Dos, in two phases."""
    store = a_store(folder)
    unit = store.unit()
    paul = Person(unit.new_person_id(), "Paul Weber", ("paul@studio.example",), Role.PROVIDER)
    anne = Person(unit.new_person_id(), "Anne Roux", ("Anne@client.example",))
    plan = unit.new_plan_id()
    office = Office(store, paul, anne, plan)
    act = office.act(unit, paul.id)
    unit.record_office(act, [PersonAdded(paul), PersonAdded(anne)])
    drafted = a_plan(plan, paul.id, anne.id, todos)
    started = PlanStateChanged(PlanState.DRAFT, PlanState.RUNNING, paul.id, NOW)
    unit.record(act, plan, [PlanDrafted(drafted), started])
    unit.commit()
    return office


def a_plan(
    plan: PlanId, provider: PersonId, client: PersonId, todos: int, code: str = "TAX"
) -> Plan:
    """Return a draft with two phases, the first of them open."""
    half = (todos + 1) // 2
    made = [
        ToDo(
            n, f"Send receipt {n}", client, state=ToDoState.OPEN if n <= half else ToDoState.WAITING
        )
        for n in range(1, todos + 1)
    ]
    return Plan(
        id=plan,
        code=code,
        title="Tax return",
        people=(Stakeholder(provider, Role.PROVIDER), Stakeholder(client, Role.CLIENT)),
        phases=(
            Phase(1, "Collect", tuple(made[:half]), Milestone("All here"), PhaseState.OPEN),
            Phase(2, "File", tuple(made[half:])),
        ),
    )


def done(n: int, by: PersonId, before: ToDoState = ToDoState.OPEN) -> ToDoStateChanged:
    """Return the event that a To Do was done."""
    return ToDoStateChanged(n, before, ToDoState.DONE, by, NOW)
