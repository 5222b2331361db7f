"""An office as it stands in the middle of its work, made through the doors that it has itself.

People, running plans and the letters that went out are journalled, composed, sealed and marked
as sent by the program's own rooms; so every token, Message-ID and quotation in the answers that
the bench sends is one that the office gave away.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from mailflow.bootstrap import Office, Wiring, open_office
from mailflow.config import read_config
from mailflow.daemon.clock import WallClock
from mailflow.daemon.logs import open_log
from mailflow.domain.event import PlanDrafted, PlanStateChanged
from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.notice import ToDosAsked
from mailflow.domain.office import PersonAdded
from mailflow.domain.people import Person, Role
from mailflow.domain.phases import Moment, advance
from mailflow.domain.plan import Milestone, Phase, Plan, PlanState, Stakeholder, ToDo, ToDoKind
from mailflow.flow.post import Occasion, PostRoom
from mailflow.mail.message import InboundMessage
from mailflow.mail.parse import parse_message
from mailflow.ports import Act, OutboxState, Outcome, OutcomeKind, UnitOfWork
from mailflow.writing import planpage

PHASES = (5, 8, 7)
"""To Dos in each phase; the first phase is open, so each letter shows five."""

TODOS_PER_PLAN = sum(PHASES)
_A_COMMIT = 50
_WORK = (
    ("Send the bank statements of February", ToDoKind.SEND),
    ("Approve the cover of the brochure", ToDoKind.APPROVE),
    ("Name a person for questions about the old website", ToDoKind.ANSWER),
    ("Order the photographs of the team", ToDoKind.DO),
    ("Send the signed contract", ToDoKind.SEND),
    ("Check the list of domain names", ToDoKind.DO),
    ("Say which of the three logos it shall be", ToDoKind.ANSWER),
    ("Send the texts for the page about services", ToDoKind.SEND),
)
_CONFIG = """
[provider]
name = "Dana Reed"
addresses = ["dana@studio.test"]

[[mailbox]]
address = "{user}"
imap = "imap://127.0.0.1:{imap_port}"
password = "{password}"

[sending]
smtp = "smtp://127.0.0.1:{smtp_port}"

[intake]
lmtp = "{lmtp}"

[state]
folder = "{state}"

[mode]
live = true
"""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where an office takes mail and hands it in.

    Attributes:
        user: its address, and its account at the IMAP server.
        password: of that account.
        imap_port: of the IMAP server.
        smtp_port: of the submission server.
        lmtp: where it listens for LMTP itself; "" for nowhere.
    """

    user: str
    password: str
    imap_port: int
    smtp_port: int
    lmtp: str = ""


@dataclass(frozen=True, slots=True)
class SentOut:
    """A letter that went out, to whom, sealed as it was."""

    address: str
    sealed: bytes

    @property
    def message(self) -> InboundMessage:
        """The letter as she got it."""
        return parse_message(self.sealed)


def write_config(folder: Path, doors: Doors) -> Path:
    """Write the settings of an office that keeps its state below `folder`."""
    text = _CONFIG.format(
        user=doors.user,
        password=doors.password,
        imap_port=doors.imap_port,
        smtp_port=doors.smtp_port,
        lmtp=doors.lmtp,
        state=folder / "state",
    )
    config = folder / "config.toml"
    config.write_text(text)
    return config


def fill_office(config: Path, plans: int) -> list[SentOut]:
    """Give an office this many clients, each with a plan and the letter that asks for it."""
    wiring = Wiring(WallClock(), open_log(io.StringIO()), network=False)
    office = open_office(read_config(config), wiring)
    post = PostRoom(office.settings)
    letters: list[SentOut] = []
    with patch.object(planpage, "plan_page", _first_page(planpage.plan_page)):
        for first in range(0, plans, _A_COMMIT):
            unit = office.store.unit()
            for number in range(first, min(plans, first + _A_COMMIT)):
                _begin_plan(office, unit, post, number)
            unit.commit()
            letters += _send_all(office)
    office.works.memory.close()
    return letters


def _first_page(draw: Callable[..., bytes]) -> Callable[..., bytes]:
    """Let every letter carry the page that was drawn first: nobody reads thousands of them."""
    drawn: list[bytes] = []

    def page(*facts: object) -> bytes:
        if not drawn:
            drawn.append(draw(*facts))
        return drawn[0]

    return page


def _begin_plan(office: Office, unit: UnitOfWork, post: PostRoom, number: int) -> None:
    now = office.works.clock.now()
    provider = office.settings.provider
    client = Person(
        unit.new_person_id(), f"Carol Jones {number}", (f"carol.{number}@client-{number}.test",)
    )
    act = Act(unit.new_act_id(), provider, now)
    unit.record_office(act, [PersonAdded(client)])
    draft = a_plan(unit.new_plan_id(), number, provider, client, now.date())
    started = PlanStateChanged(PlanState.DRAFT, PlanState.RUNNING, provider, now)
    running = replace(draft, state=PlanState.RUNNING)
    opened = advance(running, Moment(now, now.date()))
    plan = unit.record(act, draft.id, [PlanDrafted(draft), started, *opened])
    asked = ToDosAsked(client.id, plan, tuple(range(1, PHASES[0] + 1)))
    post.write(unit, [asked], Occasion(now, by_provider=True, asked_for=True))


def a_plan(plan: PlanId, number: int, provider: PersonId, client: Person, today: date) -> Plan:
    """Return a draft of twenty To Dos in three phases, all the client's."""
    phases: list[Phase] = []
    n = 0
    for place, size in enumerate(PHASES, start=1):
        todos = []
        for _ in range(size):
            title, kind = _WORK[n % len(_WORK)]
            n += 1
            due = today + timedelta(days=7 * place + n)
            todos.append(ToDo(n, f"{title} ({number}.{n})", client.id, kind, due=due))
        phases.append(Phase(place, f"Step {place}", tuple(todos), Milestone(f"Stone {place}")))
    return Plan(
        plan,
        f"W{number}",
        f"Website of client {number}",
        client_name=f"Client {number} Ltd",
        people=(
            Stakeholder(provider, Role.PROVIDER),
            Stakeholder(client.id, Role.CLIENT),
        ),
        phases=tuple(phases),
        agree=False,
    )


def _send_all(office: Office) -> Iterator[SentOut]:
    """Mark what waits in the outbox as sent, as if a server had taken it."""
    memory = office.works.memory
    now = office.works.clock.now()
    while claimed := memory.claim_outgoing(200, now, automatic=False):
        taken = Outcome(OutcomeKind.SENT, "250 taken")
        ends = [(letter.mail.outbox_id, taken, OutboxState.SENT, None) for letter in claimed]
        memory.record_outcomes(ends, now)
        for letter in claimed:
            if letter.kind == "to_dos_asked":
                yield SentOut(letter.mail.recipient, letter.mail.data)
