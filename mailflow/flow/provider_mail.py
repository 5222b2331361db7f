"""A mail of the provider or her team: a plan, commands, or one word on a letter of ours."""

import base64
import hmac
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from mailflow.domain.ids import PersonId
from mailflow.domain.intent import Intent
from mailflow.domain.notice import (
    ConfirmationAsked,
    Notice,
    Transcript,
    WordsForwarded,
)
from mailflow.domain.office import SettingChanged
from mailflow.domain.people import Person
from mailflow.domain.plan import Plan, Proposal
from mailflow.flow.approvals import approve_letter, line_transcript
from mailflow.flow.authenticity import Right
from mailflow.flow.claims import asked_about, settle_claim
from mailflow.flow.client_mail import ClientDesk
from mailflow.flow.commands import carry_out, changes_nothing, is_order, needs_code
from mailflow.flow.commands_todos import settle_proposal
from mailflow.flow.counter import Counter, bare_word, is_slip
from mailflow.flow.journey import Journey, answer_of
from mailflow.flow.letter_facts import all_facts, code_digest, fact
from mailflow.flow.plan_edits import change_by_text, orders_alone, settle_edits
from mailflow.flow.plan_mail import PlanDesk, corrected, holds_plan, source_of
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import FlowSettings
from mailflow.ports import MailFate, SentLetter, UnitOfWork
from mailflow.reading.dates import read_dates
from mailflow.reading.provider import Command, CommandLine, Misread, read_commands

CODE_LIVES = timedelta(hours=48)
TOO_OLD = timedelta(days=3)
_SETTLING = frozenset({"ok", "yes", "no", "always", "done"})
"""Words that settle a letter when they stand alone in the first line."""

_OWN_WORK = frozenset({"to_dos_asked", "reminder", "to_do_listed", "receipt"})
"""Letters with which a team member is asked for her own work."""


class ProviderDesk:
    """Handles mail of those who may steer."""

    def __init__(self, settings: FlowSettings, post: PostRoom, clients: ClientDesk) -> None:
        self._settings = settings
        self._post = post
        self._clients = clients
        self._plans = PlanDesk(settings, post)
        self._by_letter: dict[str, Callable[[Counter, str], tuple[Notice, ...] | None]] = {
            "approval_asked": approve_letter,
            "answer_passed_on": _settle_answer,
            "confirmation_asked": self._confirmed,
            "claim_made": _settle_claim,
            "transcript": settle_edits,
        }

    def handle(self, uow: UnitOfWork, journey: Journey, sender: Person, right: Right) -> MailFate:
        """Do what the mail asks for, as far as it is proven; answer with a transcript."""
        text = answer_of(journey, uow).text
        letter = journey.found.letter if journey.found.token else None
        counter = Counter(uow, journey, self._settings, sender, letter)
        told = change_by_text(counter, text, right)
        if told is not None:
            self._post.write(uow, told, journey.occasion(by_provider=True))
            return MailFate.COMMANDED
        source = source_of(journey, text)
        if holds_plan(source):
            return self._plans.draft(uow, journey, sender, source)
        codes = [plan.code for plan in uow.plans()]
        lines = read_commands(text, codes, sender.language)
        mended = None if orders_alone(counter, lines) else corrected(uow, letter, text)
        if mended is not None:
            return self._plans.draft(uow, journey, sender, mended)
        if letter is not None and right is Right.ACT:
            told = self._by_its_letter(counter, letter, lines, text)
            if told is not None:
                self._post.write(uow, told, journey.occasion(by_provider=True))
                return MailFate.COMMANDED
            misread = not lines or any(isinstance(line, Misread) for line in lines)
            if letter.kind in _OWN_WORK and misread:
                return self._clients.handle(uow, journey, sender, right)
        told = self._commands(counter, lines, right)
        self._post.write(uow, told, journey.occasion(by_provider=True))
        return MailFate.COMMANDED

    def _by_its_letter(
        self, counter: Counter, letter: SentLetter, lines: Sequence[CommandLine], text: str
    ) -> tuple[Notice, ...] | None:
        """Do what an answer means because of the letter it answers; None if it means nothing so.

        Commands may stand below the one word that settles the letter.
        """
        special = self._by_letter.get(letter.kind)
        if special is None:
            return None
        more = lines[1:]
        if not more or bare_word(lines[:1]) not in _SETTLING or not all(map(is_order, more)):
            return special(counter, text)
        told = special(counter, lines[0].typed)
        return None if told is None else (*told, *self._commands(counter, more, Right.ACT))

    def _commands(
        self, counter: Counter, lines: Sequence[CommandLine], right: Right
    ) -> tuple[Notice, ...]:
        """Carry out what may be; the rest waits for an answer to a mail with a code."""
        old = counter.journey.now - counter.journey.sent_at > TOO_OLD
        waiting = [
            line
            for line in lines
            if not changes_nothing(line) and (right is not Right.ACT or old or needs_code(line))
        ]
        ready = [line for line in lines if line not in waiting]
        asked = (self._ask_for_code(counter, waiting, right),) if waiting else ()
        if not ready and asked:
            return asked
        if not ready:
            ready = [Command(1, "help", "help")]
        return (*carry_out(counter, ready), *asked)

    def _ask_for_code(
        self, counter: Counter, lines: Sequence[CommandLine], right: Right
    ) -> ConfirmationAsked:
        key = "code_for_unproven" if right is not Right.ACT else "code_for_destructive"
        return ConfirmationAsked(
            to=counter.sender.id,
            code=self._code(counter, lines),
            lines=tuple(line.typed for line in lines),
            reason=counter.say(key),
            until=counter.journey.now + CODE_LIVES,
        )

    def _code(self, counter: Counter, lines: Sequence[CommandLine]) -> str:
        words = "\n".join((str(counter.journey.act.id), *(line.typed for line in lines)))
        key = self._settings.keyring.current
        mac = hmac.new(key, b"code\0" + words.encode(), sha256).digest()
        return base64.b32encode(mac).decode("ascii")[:10]

    def _confirmed(self, counter: Counter, text: str) -> tuple[Notice, ...]:
        """Carry out what waited for a code, once, while the code lives."""
        letter, journey = counter.letter, counter.journey
        if letter is None:
            return ()
        wanted = fact(letter.facts, "code")
        typed = f"{journey.message.subject} {text}".upper().replace("-", " ")
        words = typed.replace("[", " ").replace("]", " ").replace(":", " ").split()
        used = counter.uow.setting(f"code {wanted}")
        late = journey.now - letter.at > CODE_LIVES
        if used or late or wanted not in {code_digest(word) for word in words}:
            refused = counter.refused("code_wrong").line(text.strip()[:200])
            return (Transcript(counter.sender.id, (refused,)),)
        spent = SettingChanged(f"code {wanted}", "", "used", counter.sender.id)
        counter.uow.record_office(journey.act, [spent])
        lines = "\n".join(all_facts(letter.facts, "line"))
        counter.letter = None
        codes = [plan.code for plan in counter.uow.plans()]
        return carry_out(counter, read_commands(lines, codes, counter.sender.language))


def _settle_answer(counter: Counter, text: str) -> tuple[Notice, ...] | None:
    """Settle an unclear answer with one word, or pass the provider's words to the client."""
    letter = counter.letter
    if letter is None:
        return None
    lines = read_commands(text, [p.code for p in counter.uow.plans()], counter.sender.language)
    asked = asked_about(counter.uow, letter)
    told = _one_word(counter, text, lines, asked)
    if told is not None:
        return told
    if is_slip(lines) or (lines and all(map(is_order, lines))):
        return None
    client = counter.uow.person(PersonId(int(fact(letter.facts, "client") or 0)))
    if client is None or not text.strip():
        return None
    plan = counter.uow.plan(letter.plans[0]) if letter.plans else None
    subject = fact(letter.facts, "subject")
    words = WordsForwarded(client.id, counter.sender.id, plan, text, subject)
    return (*line_transcript(counter, text, "forwarded", client), words)


def _settle_claim(counter: Counter, text: str) -> tuple[Notice, ...] | None:
    return None if counter.letter is None else settle_claim(counter, counter.letter, text)


def _one_word(
    counter: Counter,
    text: str,
    lines: Sequence[CommandLine],
    asked: Sequence[tuple[Plan, Proposal]],
) -> tuple[Notice, ...] | None:
    """Settle with "yes", "no", "done" or a date that is all the provider wrote."""
    if not asked or len(lines) != 1:
        return None
    line = lines[0]
    word, until = _verdict(counter, line)
    if word is None:
        return None
    told: list[Notice] = []
    results = []
    for plan, proposal in asked:
        current = counter.uow.plan(plan.id) or plan
        if word == "done":
            proposal = replace(  # noqa: PLW2901 - the provider's word replaces the reading
                proposal, reading=replace(proposal.reading, intent=Intent.DONE)
            )
        result = settle_proposal(counter, current, proposal, word, until)
        results.append(result.line(text.strip().split("\n", 1)[0]))
        told += result.notices
    return (Transcript(counter.sender.id, tuple(results)), *told)


def _verdict(counter: Counter, line: CommandLine) -> tuple[str | None, date | None]:
    if isinstance(line, Command) and not line.refs:
        if line.verb in {"yes", "ok"} and not line.rest:
            return "yes", None
        if line.verb in {"no", "done"} and not line.rest:
            return line.verb, None
    found = read_dates(line.typed, counter.sender.language, counter.moment.today)
    if len(found) == 1 and len(line.typed.split()) <= len(found[0].words.split()) + 1:
        return "yes", found[0].best
    return None, None
