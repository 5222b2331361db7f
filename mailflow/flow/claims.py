"""An answer from another address: settled by "yes", "always" or "no".

The provider may settle it, or the client herself from her known address. "Always" makes the
address one of hers, so that its answers count from then on.
"""

from dataclasses import replace

from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.notice import Notice, Transcript
from mailflow.domain.office import PersonChanged
from mailflow.domain.plan import Plan, Proposal
from mailflow.flow.commands_todos import settle_proposal
from mailflow.flow.counter import Counter
from mailflow.flow.letter_facts import all_facts, fact
from mailflow.ports import SentLetter, UnitOfWork
from mailflow.reading.provider import Command, read_commands

_WORDS = {"yes": "yes", "ok": "yes", "always": "yes", "no": "no"}


def asked_about(uow: UnitOfWork, letter: SentLetter) -> list[tuple[Plan, Proposal]]:
    """Return the proposals that a letter put before its reader and that are still open."""
    found: list[tuple[Plan, Proposal]] = []
    for value in all_facts(letter.facts, "proposal"):
        plan_id, number = value.split(":")[:2]
        plan = uow.plan(PlanId(int(plan_id)))
        if plan is not None:
            asked = plan.open_proposals()
            found += [(plan, proposal) for proposal in asked if proposal.number == int(number)]
    return found


def settle_claim(counter: Counter, letter: SentLetter, text: str) -> tuple[Notice, ...] | None:
    """Settle a claim with one word; None when the answer is something else."""
    lines = read_commands(text, (), counter.sender.language)
    verb = lines[0].verb if lines and isinstance(lines[0], Command) else ""
    word = _WORDS.get(verb)
    if word is None or len(lines) != 1:
        return None
    if verb == "always":
        _add_address(counter, letter)
    told: list[Notice] = []
    results = []
    for plan, proposal in asked_about(counter.uow, letter):
        current = counter.uow.plan(plan.id) or plan
        result = settle_proposal(counter, current, proposal, word)
        results.append(result.line(lines[0].typed))
        told += result.notices
    if not counter.sender.inside:
        return tuple(told)
    return (Transcript(counter.sender.id, tuple(results)), *told)


def _add_address(counter: Counter, letter: SentLetter) -> None:
    address = fact(letter.facts, "claimant")
    person = counter.uow.person(PersonId(int(fact(letter.facts, "person") or 0)))
    if person is None or not address or counter.uow.person_by_address(address) is not None:
        return
    changed = replace(person, addresses=(*person.addresses, address))
    counter.uow.record_office(counter.journey.act, [PersonChanged(person, changed)])
