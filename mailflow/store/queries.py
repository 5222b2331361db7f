"""What a look asks, each once compiled; no question here walks through a whole table.

Words of partial indices stand in the SQL as they are: a parameter would hide them from the
planner.
"""

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    text,
)

from mailflow.ports.kept import ASKING
from mailflow.store.hot import Hot
from mailflow.store.post_tables import (
    AliasRow,
    EntryRow,
    InboxRow,
    IncidentRow,
    LetterItemRow,
    LetterRow,
    OutboxRow,
    SealedRow,
    ThreadRow,
)
from mailflow.store.tables import (
    IS_TROUBLE,
    IS_UNIQUE_END,
    ActRow,
    AddressRow,
    ChainRow,
    ClientRow,
    HelperRow,
    JournalRow,
    PayloadRow,
    PersonRow,
    PhaseRow,
    PlanRow,
    ProposalRow,
    SecretRow,
    SettingRow,
    StakeholderRow,
    ToDoRow,
    table_of,
)

act = table_of(ActRow)
address = table_of(AddressRow)
alias = table_of(AliasRow)
chain = table_of(ChainRow)
client = table_of(ClientRow)
entry = table_of(EntryRow)
helper = table_of(HelperRow)
inbox = table_of(InboxRow)
incident = table_of(IncidentRow)
item = table_of(LetterItemRow)
journal = table_of(JournalRow)
letter = table_of(LetterRow)
outbox = table_of(OutboxRow)
payload = table_of(PayloadRow)
person = table_of(PersonRow)
phase = table_of(PhaseRow)
plan = table_of(PlanRow)
proposal = table_of(ProposalRow)
sealed = table_of(SealedRow)
stakeholder = table_of(StakeholderRow)
thread = table_of(ThreadRow)
todo = table_of(ToDoRow)

_ID: BindParameter[object] = bindparam("id")
_ASKING: list[ColumnClause[str]] = [literal_column(f"'{kind}'") for kind in ASKING]

# letters
LETTER = Hot(select(letter).where(letter.c.id == _ID))
LETTER_NAMED = Hot(select(letter.c.id).where(letter.c.message_id == _ID))
LETTER_ALIASED = Hot(select(alias.c.letter).where(alias.c.message_id == _ID))
_ASKED_OF = (
    select(letter.c.person)
    .distinct()
    .join_from(item, letter, letter.c.id == item.c.letter)
    .join(outbox, outbox.c.id == letter.c.outbox)
    .where(
        item.c.plan == bindparam("plan"),
        item.c.n == bindparam("n"),
        letter.c.kind.in_(_ASKING),
    )
    .order_by(letter.c.person)
)
TOLD = Hot(
    _ASKED_OF.where(
        outbox.c.state.in_(
            [literal_column(f"'{s}'") for s in ("queued", "trying", "retry", "unknown", "sent")]
        )
    )
)
ASKED = Hot(_ASKED_OF.where(text("outbox.state <> 'refused'")))
WAITING_LETTERS = Hot(
    select(outbox.c.id)
    .where(text(IS_TROUBLE), text("state = 'awaiting approval'"))
    .order_by(outbox.c.id)
)
WAITING_LETTER = Hot(
    select(outbox, sealed.c.content)
    .join_from(outbox, sealed, sealed.c.outbox == outbox.c.id)
    .where(outbox.c.id == _ID, text("state = 'awaiting approval'"))
)
DAY_KEY = Hot(select(outbox.c.id).where(outbox.c.day_key == _ID, text("day_key IS NOT NULL")))

# people
PERSON = Hot(select(person).where(person.c.id == _ID))
PERSONS = Hot(select(person).order_by(person.c.id))
PROVIDERS = Hot(select(person.c.id).where(text("role = 'provider'")).order_by(person.c.id))
ADDRESS = Hot(select(address.c.person).where(address.c.address == _ID))
CLIENT = Hot(select(client).where(client.c.id == _ID))
CLIENT_NAMED = Hot(select(client).where(client.c.name_key == _ID).order_by(client.c.id))
SETTING = Hot(select(table_of(SettingRow).c.value).where(table_of(SettingRow).c.name == _ID))
NEWEST_EVENT = Hot(select(func.max(table_of(JournalRow).c.seq)))
SECRET = Hot(select(table_of(SecretRow).c.value).where(table_of(SecretRow).c.name == _ID))

# plans
VERSION = Hot(select(chain.c.version).where(chain.c.plan == _ID))
CHAIN_END = Hot(select(chain.c.version, chain.c.events, chain.c.head).where(chain.c.plan == _ID))
PLAN = Hot(select(plan).where(plan.c.id == _ID))
STAKEHOLDERS = Hot(
    select(stakeholder.c.person, stakeholder.c.role)
    .where(stakeholder.c.plan == _ID)
    .order_by(stakeholder.c.position)
)
PHASES = Hot(select(phase).where(phase.c.plan == _ID).order_by(phase.c.number))
TODOS = Hot(select(*[c for c in todo.columns if c.name != "plan"]).where(todo.c.plan == _ID))
"""In no order: sorting twenty rows here costs more than putting them in place there."""

PROPOSALS = Hot(select(proposal).where(proposal.c.plan == _ID).order_by(proposal.c.position))
PLAN_CODED = Hot(select(plan.c.id).where(plan.c.code_key == _ID))
PLANS = Hot(select(plan.c.id).order_by(plan.c.id))
PLANS_IN_STATE = Hot(select(plan.c.id).where(plan.c.state == _ID).order_by(plan.c.id))
_is_running = plan.c.state == literal_column("'running'")
PLANS_TO_DO = Hot(
    select(todo.c.plan)
    .distinct()
    .join_from(todo, plan, plan.c.id == todo.c.plan)
    .where(todo.c.responsible == _ID, _is_running)
    .order_by(todo.c.plan)
)
PLANS_HELPED = Hot(
    select(helper.c.plan)
    .distinct()
    .join_from(helper, plan, plan.c.id == helper.c.plan)
    .where(helper.c.person == _ID, _is_running)
    .order_by(helper.c.plan)
)
THREAD = Hot(select(thread.c.plan).where(thread.c.message_id == _ID))
ENTRY = Hot(
    select(entry.c.state).where(
        entry.c.plan == bindparam("plan"),
        entry.c.n == bindparam("n"),
        entry.c.person == bindparam("person"),
    )
)

# mail and troubles
HANDLED = Hot(select(inbox.c.id).where(inbox.c.fingerprint == _ID, text(IS_UNIQUE_END)))
INCIDENT = Hot(select(incident.c.id).where(incident.c.key == _ID, incident.c.closed_at.is_(None)))

# acts
ACT = Hot(select(act).where(act.c.id == _ID))
ACT_EVENTS = Hot(
    select(journal.c.plan, journal.c.event, payload.c.words)
    .join_from(journal, payload, payload.c.seq == journal.c.seq, isouter=True)
    .where(journal.c.act == _ID, text("journal.plan > 0"))
    .order_by(journal.c.seq)
)


def _standing(statement: Select[tuple[int]]) -> Select[tuple[int]]:
    """Only acts that hold, and that are no undos."""
    return statement.where(act.c.undone_by.is_(None), act.c.undoes.is_(None))


_of_plan = (
    select(journal.c.act)
    .join_from(journal, act, act.c.id == journal.c.act)
    .where(journal.c.plan == bindparam("plan"))
)
_LAST = "LIMIT 200"
"""More than one commit can take back, counted in events."""

_latest_of_plan = _standing(_of_plan).order_by(journal.c.n.desc()).suffix_with(text(_LAST))
ACTS_OF_PLAN = Hot(_latest_of_plan)
ACTS_OF_PLAN_BY = Hot(_latest_of_plan.where(act.c.by_person == bindparam("by")))
ACTS_SINCE = Hot(
    _standing(_of_plan).distinct().where(journal.c.act > bindparam("act")).order_by(journal.c.act)
)
_touches_plans = (
    select(journal.c.seq).where(journal.c.act == act.c.id, text("journal.plan > 0")).exists()
)
_latest = _standing(select(act.c.id)).where(_touches_plans).order_by(act.c.id.desc())
ACTS = Hot(_latest.suffix_with(text(_LAST)))
ACTS_BY = Hot(_latest.where(act.c.by_person == bindparam("by")).suffix_with(text(_LAST)))
