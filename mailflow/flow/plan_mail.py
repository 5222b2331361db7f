"""A mail with a plan in it: read, kept as a draft, and answered with what was read."""

from dataclasses import replace
from datetime import date

from mailflow.domain.draft import DraftPerson, PlanDraft
from mailflow.domain.drafting import plan_from_draft
from mailflow.domain.event import PlanDrafted
from mailflow.domain.ids import ClientId, PersonId
from mailflow.domain.notice import PlanProposal
from mailflow.domain.office import ClientAdded, ClientChanged, PersonAdded
from mailflow.domain.people import Client, Person, Role
from mailflow.domain.plan import Document, Plan, PlanState
from mailflow.domain.worktime import local_day
from mailflow.flow.enclosures import file_key
from mailflow.flow.journey import Journey, digest
from mailflow.flow.letter_facts import all_facts, fact
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import FlowSettings
from mailflow.ports import MailFate, SentLetter, UnitOfWork
from mailflow.reading.plan_mending import mended
from mailflow.reading.plan_subject import subject_title
from mailflow.reading.plantext import (
    PlanSource,
    PlanWorld,
    looks_like_plan,
    mendable_text,
    read_plan,
)

REPLACEABLE = frozenset({PlanState.DRAFT, PlanState.PROPOSED})


def source_of(journey: Journey, typed: str) -> PlanSource:
    """Return what of a mail may hold a plan: of an answer only what was typed.

    Our own letters quote the plan, so that an answer's quotation would look like one.
    """
    message = journey.message
    answers = journey.found.letter is not None
    return PlanSource(
        subject=message.subject,
        text=typed if answers else message.text,
        html=None if answers else message.html,
        files=tuple((a.name, a.media_type, a.content) for a in message.attachments if not a.inline),
    )


def holds_plan(source: PlanSource) -> bool:
    """Return whether the mail is a plan rather than commands or words."""
    return looks_like_plan(source)


def corrected(uow: UnitOfWork, letter: SentLetter | None, typed: str) -> PlanSource | None:
    """Return the draft's text with the lines that an answer corrects; None where it has none.

    Args:
        uow: the office.
        letter: what is answered; only a proposal with problems can be corrected so.
        typed: the answer, of which no line is a command.
    """
    source = "" if letter is None else fact(letter.facts, "source")
    if letter is None or letter.kind != "plan_proposal" or not source:
        return None
    plan = uow.plan(letter.plans[0])
    if plan is None or plan.state not in REPLACEABLE:
        return None
    text = mended(source, all_facts(letter.facts, "problem"), typed)
    return None if text is None else PlanSource(plan.title, text)


class PlanDesk:
    """Makes drafts of plans that are mailed."""

    def __init__(self, settings: FlowSettings, post: PostRoom) -> None:
        self._settings = settings
        self._post = post

    def draft(
        self, uow: UnitOfWork, journey: Journey, sender: Person, source: PlanSource
    ) -> MailFate:
        """Keep what was read as a draft and show it to the provider; nobody else hears of it.

        A corrected mail in the same thread replaces the draft.
        """
        message = journey.message
        thread = (*message.in_reply_to, *message.references)
        letter = journey.found.letter
        former = uow.plan(letter.plans[0]) if letter is not None and letter.plans else None
        former = former or uow.draft_of_thread(thread)
        if former is not None and former.state not in REPLACEABLE:
            former = None
        if former is not None and not subject_title(source.subject)[1]:
            source = replace(source, subject=former.title)  # that of an answer is our own
        today = local_day(journey.sent_at, self._settings.timezone)
        draft = read_plan(source, plan_world(uow, self._settings, today, former))
        persons = _persons(uow, journey, draft, self._settings)
        client = _client(uow, journey, draft, persons)
        plan_id = uow.new_plan_id() if former is None else former.id
        plan = plan_from_draft(draft, plan_id, persons, self._settings.provider, client)
        plan = replace(plan, unsettled=len(draft.problems))
        drafted = uow.record(journey.act, plan_id, [PlanDrafted(plan)])
        _keep_files(uow, source, plan)
        uow.remember_thread(plan_id, (message.message_id, *thread))
        notice = PlanProposal(
            sender.id,
            drafted,
            draft.problems,
            replaced=former is not None,
            source=mendable_text(source) if draft.problems else "",
        )
        self._post.write(uow, [notice], journey.occasion(by_provider=True))
        return MailFate.COMMANDED


def _keep_files(uow: UnitOfWork, source: PlanSource, plan: Plan) -> None:
    """Keep the files that lines of the plan name: they go out with their To Dos."""
    named = {name.casefold() for todo in plan.todos() for name in todo.files}
    for name, media_type, content in source.files:
        if name.casefold() in named:
            document = Document(digest(content), name, media_type, len(content))
            uow.file_document(document, content)
            uow.note_setting(file_key(plan.id, name), document.sha256)


def plan_world(
    uow: UnitOfWork, settings: FlowSettings, today: date, former: Plan | None
) -> PlanWorld:
    """Return what a plan text is read against: who is known, which codes are taken.

    Args:
        uow: the office.
        settings: whose language, country and holidays count.
        today: the provider's local date when the text was sent.
        former: the plan whose text it is, whose code is its own.
    """
    persons = uow.persons()
    provider = uow.person(settings.provider)
    taken = frozenset(p.code for p in uow.plans() if former is None or p.id != former.id)
    return PlanWorld(
        locale=f"{settings.language}-{settings.country}",
        today=today,
        calendar=settings.calendar(settings.country, today.year),
        address_book=tuple(_entry(p) for p in persons if p.id != settings.provider),
        provider=None if provider is None else _entry(provider),
        codes_taken=taken,
    )


def _entry(person: Person) -> DraftPerson:
    return DraftPerson(person.name, person.addresses[0], person.role)


def _persons(
    uow: UnitOfWork, journey: Journey, draft: PlanDraft, settings: FlowSettings
) -> dict[str, PersonId]:
    """Find everybody the draft names, and make known who is new; keys as the draft's."""
    found: dict[str, PersonId] = {}
    provider = uow.person(settings.provider)
    if provider is not None:
        names = (provider.name, *provider.addresses)
        found.update(dict.fromkeys(names, provider.id))
    for named in draft.people:
        if named.address is None:
            continue
        known = uow.person_by_address(named.address)
        if known is None:
            known = newcomer(uow, named, draft.language, settings)
            uow.record_office(journey.act, [PersonAdded(known)])
        found[named.key] = known.id
    return found


def newcomer(uow: UnitOfWork, named: DraftPerson, language: str, settings: FlowSettings) -> Person:
    """Return somebody whom a plan names for the first time; clients read the plan's language."""
    inside = named.role in {Role.TEAM, Role.PROVIDER}
    return Person(
        id=uow.new_person_id(),
        name=named.name,
        addresses=(named.address or "",),
        role=named.role,
        language=settings.language if inside else language,
        timezone=settings.timezone,
        country=settings.country,
    )


def _client(
    uow: UnitOfWork, journey: Journey, draft: PlanDraft, persons: dict[str, PersonId]
) -> ClientId | None:
    contacts = tuple(
        persons[p.key] for p in draft.people if p.role is Role.CLIENT and p.key in persons
    )
    if not draft.client_name or not contacts:
        return None
    known = uow.client_by_name(draft.client_name)
    if known is None:
        client = Client(uow.new_client_id(), draft.client_name, contacts)
        uow.record_office(journey.act, [ClientAdded(client)])
        return client.id
    merged = tuple(dict.fromkeys((*known.contacts, *contacts)))
    if merged != known.contacts:
        changed = replace(known, contacts=merged)
        uow.record_office(journey.act, [ClientChanged(known, changed)])
    return known.id
