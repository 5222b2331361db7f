"""The letters that put a person's words before somebody who must judge or answer them."""

from mailflow.domain.intent import Intent, Reading
from mailflow.domain.notice import (
    AnswerPassedOn,
    ClaimMade,
    MailTooLarge,
    PassedOnReason,
    WordsForwarded,
)
from mailflow.domain.outcome import ItemOutcome
from mailflow.domain.plan import Plan, Proposal, ToDo
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import paragraphs, small_print, welcome
from mailflow.writing.letter_parts import (
    Block,
    Button,
    Buttons,
    Heading,
    LetterItem,
    Note,
    Para,
    Prose,
    Quote,
    Row,
    Rows,
    Sheet,
    Tone,
)
from mailflow.writing.letter_planned import title_line
from mailflow.writing.letter_receipt import outcome_words
from mailflow.writing.words import Said, one_line

_OF_A_MAIL = 65
"""Files grow by a third on their way (base64, RFC 2045 section 6.8): what is safe, in per cent."""


def answer_passed_on(desk: Desk, notice: AnswerPassedOn) -> Sheet:
    """Show the provider an answer whole, and what it seems to mean."""
    plan = notice.plan
    name = desk.office.people[notice.by].display
    doubt = notice.doubt if notice.doubt in set(PassedOnReason) else PassedOnReason.UNCLEAR
    key = doubt.replace(" ", "_")
    judged = [(o, todo) for o in notice.outcomes if (todo := desk.todo(o.plan, o.n))]
    subject = desk.say(f"passed_on.subject_{key}", name=name, title=_about(desk, notice, judged))
    return Sheet(
        subject=subject,
        tag=plan.code if plan else "",
        eyebrow=title_line(desk, plan) if plan else None,
        headline=desk.tell(f"passed_on.headline_{key}", name=name),
        blocks=(
            Para(desk.tell(f"passed_on.{key}", name=name)),
            *_wrote(desk, notice),
            *_outcomes(desk, plan, judged),
            *_settling(desk, notice, name, subject),
        ),
        regards=False,
        items=_items(judged),
    )


def claim_made(desk: Desk, notice: ClaimMade) -> Sheet:
    """Ask whether an answer from another address counts."""
    plan = notice.plan
    own = notice.to == notice.on_behalf
    name = desk.name(notice.on_behalf)
    todos = desk.todos(plan, notice.numbers)
    subject = desk.say("claim_made.subject", address=notice.address)
    how = tuple(
        desk.tell(f"claim_made.{word}", address=notice.address, name=name)
        for word in ("yes", "always", "no")
    )
    buttons = tuple(
        desk.button(
            desk.say(f"button.{word}"),
            desk.say(f"line.{word}"),
            about=subject,
            primary=word == "yes",
        )
        for word in ("yes", "always", "no")
    )
    lead = "claim_made.lead_own" if own else "claim_made.lead"
    return Sheet(
        subject=subject,
        tag=plan.code,
        eyebrow=title_line(desk, plan),
        headline=desk.tell("claim_made.headline"),
        blocks=(
            Para(desk.tell(lead, address=notice.address, name=name)),
            Quote(notice.text),
            *_titles(desk, todos),
            *paragraphs(desk.tell("claim_made.nothing"), *how),
            Buttons(buttons),
        ),
        small=small_print(desk),
        items=tuple(LetterItem(todo.n, plan.id, todo.n) for todo in todos),
    )


def words_forwarded(desk: Desk, notice: WordsForwarded) -> Sheet:
    """Bring a client the answer to her question, word for word."""
    plan = notice.plan
    name = desk.name(notice.by)
    asked = one_line(notice.subject)
    subject = (
        desk.say("forwarded.subject_re", subject=asked)
        if asked
        else desk.say("forwarded.subject", name=name)
    )
    return Sheet(
        subject=subject,
        tag="" if plan is None or f"[{plan.code}]" in subject else plan.code,
        eyebrow=title_line(desk, plan) if plan else None,
        headline=desk.tell("forwarded.headline", name=name),
        blocks=(
            Para(desk.tell("forwarded.lead", name=name)),
            Prose(notice.text),
            *welcome(desk),
        ),
        small=(desk.tell("forwarded.small", name=name),),
        regards=False,
    )


def mail_too_large(desk: Desk, notice: MailTooLarge) -> Sheet:
    """Tell whoever sent a mail that is too large how to send it so that it counts."""
    plans = {item.plan.id: item.plan for item in notice.items}
    plan = next(iter(plans.values())) if len(plans) == 1 else None
    asked = one_line(notice.subject)
    return Sheet(
        subject=desk.say("forwarded.subject_re", subject=asked or desk.say("too_large.mail")),
        tag="" if plan is None or f"[{plan.code}]" in asked else plan.code,
        eyebrow=title_line(desk, plan) if plan else None,
        headline=desk.tell("too_large.headline"),
        blocks=(
            Para(desk.tell("too_large.lead", limit=notice.limit)),
            Para(desk.tell("too_large.how", most=notice.limit * _OF_A_MAIL // 100)),
            *welcome(desk),
        ),
        small=small_print(desk),
        items=tuple(LetterItem(item.shown, item.plan.id, item.n) for item in notice.items),
        answering=True,
    )


def seems(desk: Desk, reading: Reading) -> Said:
    """Return what an answer seems to mean, in a few words."""
    key = reading.intent.value
    if reading.intent is Intent.RESCHEDULE and reading.until is None:
        key = "reschedule_open"
    if reading.intent is Intent.DELEGATE and not reading.delegate:
        key = "delegate_open"
    day = reading.until or desk.today
    return desk.tell(f"intent.{key}", day=day, name=reading.delegate or "")


def proposed(desk: Desk, proposal: Proposal) -> tuple[Note, ...]:
    """Return what is proposed, and why it was not simply done."""
    reason = desk.tell(f"proposal.{proposal.reason.value.replace(' ', '_')}")
    meaning = desk.tell("passed_on.seems", meaning=seems(desk, proposal.reading))
    return (Note(meaning, Tone.DAY), Note(reason, Tone.QUIET))


def _about(desk: Desk, notice: AnswerPassedOn, judged: list[tuple[ItemOutcome, ToDo]]) -> str:
    if judged:
        return desk.short(judged[0][1].title)
    return desk.short(notice.subject or (notice.plan.title if notice.plan else ""))


def _wrote(desk: Desk, notice: AnswerPassedOn) -> tuple[Block, ...]:
    words = (Quote(notice.text),) if notice.text.strip() else (Para(desk.tell("passed_on.empty")),)
    if not notice.files:
        return words
    return (*words, Para(desk.tell("passed_on.files", names=notice.files)))


def _outcomes(
    desk: Desk, plan: Plan | None, judged: list[tuple[ItemOutcome, ToDo]]
) -> tuple[Block, ...]:
    if not judged:
        return ()
    shown = _items(judged)
    rows = tuple(
        Row(
            title=desk.words.fact(todo.title),
            number=item.shown,
            ref="" if plan and plan.id == outcome.plan.id else outcome.plan.ref(todo.n),
            notes=proposed(desk, outcome.proposal)
            if outcome.proposal
            else (Note(outcome_words(desk, outcome)),),
        )
        for (outcome, todo), item in zip(judged, shown, strict=True)
    )
    return (Heading(desk.tell("passed_on.became")), Rows(rows))


def _items(judged: list[tuple[ItemOutcome, ToDo]]) -> tuple[LetterItem, ...]:
    if len({outcome.plan.id for outcome, _ in judged}) <= 1:
        return tuple(LetterItem(todo.n, o.plan.id, todo.n) for o, todo in judged)
    return tuple(LetterItem(i, o.plan.id, todo.n) for i, (o, todo) in enumerate(judged, 1))


def _settling(desk: Desk, notice: AnswerPassedOn, name: str, subject: str) -> tuple[Block, ...]:
    """How one word settles it, or how words go back."""
    open_ones = [o for o in notice.outcomes if o.proposal and o.n is not None]
    forward = Para(desk.tell("passed_on.forward", name=name))
    if not open_ones:
        return (forward,)
    yes: tuple[Button, ...] = tuple(
        desk.button(
            desk.say(f"button.{word}"),
            desk.say(f"line.{word}"),
            about=subject,
            primary=word == "yes",
        )
        for word in ("yes", "no")
    )
    key = "passed_on.settle" if len(open_ones) == 1 else "passed_on.settle_some"
    return (Para(desk.tell(key, n=open_ones[0].n or 1)), Buttons(yes), forward)


def _titles(desk: Desk, todos: tuple[ToDo, ...]) -> tuple[Block, ...]:
    if not todos:
        return ()
    rows = tuple(Row(title=desk.words.fact(todo.title), number=todo.n) for todo in todos)
    return (Para(desk.tell("claim_made.about")), Rows(rows))
