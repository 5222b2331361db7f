"""The letters to whoever runs the work: the digest, alarms, codes, and letters to approve."""

from mailflow.domain.digest import Digest, DigestLine, DigestSection
from mailflow.domain.notice import Alarm, ApprovalAsked, ConfirmationAsked
from mailflow.domain.worktime import zone
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import paragraphs, small_print
from mailflow.writing.letter_parts import (
    Block,
    Buttons,
    Heading,
    LetterItem,
    Lines,
    Note,
    Para,
    Quote,
    Row,
    Rows,
    Sheet,
    Tone,
)
from mailflow.writing.letter_passed import proposed
from mailflow.writing.letter_planned import title_line
from mailflow.writing.words import Said, one_line

_MARK = "Ref: "
_LATE = frozenset({DigestSection.LATE, DigestSection.BOUNCED, DigestSection.STALLED})


def digest(desk: Desk, notice: Digest) -> Sheet:
    """Tell the provider or her team in the morning what the day holds."""
    blocks: list[Block] = []
    items: list[LetterItem] = []
    for section, lines in notice.sections:
        shown = tuple(line for line in lines if _visible(desk, line))
        if not shown:
            continue
        blocks.append(Heading(desk.tell(f"digest.{_key(section)}")))
        blocks.append(Rows(tuple(_digest_row(desk, section, line) for line in shown)))
        items += (
            LetterItem(line.shown, line.plan.id, line.n)
            for line in shown
            if line.shown and line.plan and line.n is not None
        )
    lead = desk.tell("digest.lead" if blocks else "digest.quiet", day=notice.day)
    how = paragraphs(desk.tell("digest.how", n=items[0].shown)) if items else ()
    return Sheet(
        subject=_digest_subject(desk, notice),
        headline=Said.of(desk.day(notice.day)),
        blocks=(Para(lead), *blocks, *how),
        regards=False,
        small=small_print(desk),
        items=tuple(items),
    )


def alarm(desk: Desk, notice: Alarm) -> Sheet:
    """Tell the provider at once that something needs a person."""
    key = notice.kind.value.replace(" ", "_")
    local = notice.at.astimezone(zone(desk.reader.timezone))
    subject = one_line(notice.subject)
    said = desk.tell(f"alarm.{key}", subject=subject, count=notice.count)
    when = desk.tell("alarm.when", day=local.date(), hour=local.time())
    reason = (Quote(notice.reason),) if notice.reason.strip() else ()
    return Sheet(
        subject=desk.say(f"alarm.subject_{key}", subject=desk.short(subject)),
        tag=notice.plan.code if notice.plan else "",
        eyebrow=title_line(desk, notice.plan) if notice.plan else None,
        headline=desk.tell(f"alarm.headline_{key}"),
        blocks=(
            Para(said),
            *reason,
            Para(desk.tell(f"alarm.mend_{key}")),
            Para(when, Tone.QUIET),
        ),
        regards=False,
    )


def confirmation_asked(desk: Desk, notice: ConfirmationAsked) -> Sheet:
    """Ask the provider, at her known address, for the word that lets a command happen."""
    local = notice.until.astimezone(zone(desk.reader.timezone))
    subject = desk.say("confirmation.subject", count=len(notice.lines))
    yes = desk.button(desk.say("confirmation.button"), notice.code, about=subject, primary=True)
    return Sheet(
        subject=subject,
        headline=desk.tell("confirmation.headline"),
        blocks=(
            Para(desk.tell("confirmation.lead", count=len(notice.lines))),
            Lines(notice.lines),
            *paragraphs(*_why(desk, notice.reason)),
            Para(desk.tell("confirmation.how", code=notice.code)),
            Buttons((yes,)),
            Para(desk.tell("confirmation.until", day=local.date(), hour=local.time()), Tone.QUIET),
        ),
        regards=False,
        answering=True,
    )


def approval_asked(desk: Desk, notice: ApprovalAsked) -> Sheet:
    """Show the provider a letter that waits for her before it goes to a client."""
    name = desk.office.people[notice.recipient].display
    subject = desk.say("approval.subject", name=name, subject=one_line(notice.subject))
    buttons = tuple(
        desk.button(
            desk.say(f"approval.button_{word}"),
            desk.say(f"line.{word}"),
            about=subject,
            primary=word == "ok",
        )
        for word in ("ok", "no")
    )
    return Sheet(
        subject=subject,
        headline=desk.tell("approval.headline", name=name),
        blocks=(
            Para(desk.tell("approval.lead", name=name)),
            Para(desk.tell("approval.titled", subject=notice.subject)),
            Quote(_without_mark(notice.text)),
            Para(desk.tell("approval.how")),
            Buttons(buttons),
            Para(desk.tell("approval.live"), Tone.QUIET),
        ),
        regards=False,
    )


def _without_mark(text: str) -> str:
    """The letter without its reference, so that an answer finds this letter and not that one."""
    body, _, last = text.rstrip().rpartition("\n")
    return body.rstrip() if last.startswith(_MARK) else text


def _why(desk: Desk, reason: str) -> tuple[Said, ...]:
    return (desk.tell("confirmation.why", reason=reason),) if reason.strip() else ()


def _key(section: DigestSection) -> str:
    return section.value.replace(" ", "_")


def _digest_subject(desk: Desk, notice: Digest) -> str:
    counts = {section: len(lines) for section, lines in notice.sections}
    parts = [
        desk.say(f"digest.count_{_key(section)}", count=counts[section])
        for section in (DigestSection.TO_JUDGE, DigestSection.LATE, DigestSection.PROMISED_TODAY)
        if counts.get(section)
    ]
    summary = ", ".join(parts) or desk.say("digest.count_none")
    return desk.say("digest.subject", day=notice.day, summary=summary)


def _visible(desk: Desk, line: DigestLine) -> bool:
    if line.plan is None or line.n is None:
        return True
    return desk.todo(line.plan, line.n) is not None


def _digest_row(desk: Desk, section: DigestSection, line: DigestLine) -> Row:
    todo = desk.todo(line.plan, line.n) if line.plan else None
    name = desk.name(line.person) if line.person is not None else ""
    judged = section is DigestSection.TO_JUDGE
    title = todo.title if todo else (name or line.text)
    notes = [*_standing(desk, section, line, name if todo else "")]
    if line.proposal:
        notes += proposed(desk, line.proposal)
    quote = line.text if judged else ""
    if line.text and not judged and title != line.text:
        notes.append(Note(desk.words.fact(line.text), Tone.QUIET))
    return Row(
        title=desk.words.fact(title),
        number=line.shown,
        ref=line.plan.ref(todo.n) if line.plan and todo else "",
        notes=tuple(notes),
        quote=quote,
    )


def _standing(desk: Desk, section: DigestSection, line: DigestLine, name: str) -> tuple[Note, ...]:
    """Who, and the day that belongs to the line."""
    tone = Tone.WARN if section in _LATE else Tone.DAY
    key = f"digest.on_{_key(section)}"
    if line.on and key in desk.words.entries:
        when = desk.tell(key, day=line.on)
        return (Note(desk.tell("row.who_when", name=name, when=when) if name else when, tone),)
    return (Note(desk.words.fact(name), Tone.QUIET),) if name else ()
