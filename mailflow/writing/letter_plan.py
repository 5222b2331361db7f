"""The letters about a plan as a whole: what was read of it, and its page."""

from mailflow.domain.notice import PageOccasion, PlanPage, PlanProposal
from mailflow.domain.people import Role
from mailflow.domain.plan import Plan, ToDoState
from mailflow.writing.letter_desk import Desk
from mailflow.writing.letter_layout import paragraphs, small_print, welcome
from mailflow.writing.letter_parts import (
    Block,
    Buttons,
    Heading,
    LetterItem,
    Note,
    Para,
    Progress,
    Row,
    Rows,
    Sheet,
    Tone,
)
from mailflow.writing.letter_planned import plan_blocks, plan_items, title_line
from mailflow.writing.words import Said, word_key


def plan_proposal(desk: Desk, notice: PlanProposal) -> Sheet:
    """Show the provider what was read of her plan, before anybody else hears of it."""
    plan = notice.plan
    problems = len(notice.problems)
    subject = _proposal_subject(desk, notice)
    lead = "plan_proposal.lead_replaced" if notice.replaced else "plan_proposal.lead"
    headline = "plan_proposal.headline_problems" if problems else "plan_proposal.headline"
    return Sheet(
        subject=subject,
        tag=plan.code,
        eyebrow=title_line(desk, plan),
        headline=desk.tell(headline, count=problems),
        blocks=(
            Para(desk.tell(lead, title=plan.title)),
            *_problems(desk, notice),
            *plan_blocks(desk, plan),
            *(() if problems else _go_ahead(desk, plan, subject)),
            Para(desk.tell("answer.page"), Tone.QUIET),
        ),
        regards=False,
        items=plan_items(desk, plan),
        pages=(plan,),
        answering=True,
    )


def plan_page(desk: Desk, notice: PlanPage) -> Sheet:
    """Bring somebody the page of a plan, with what changed since the last copy."""
    plan = notice.plan
    occasion = _occasion(notice)
    facts = {"title": plan.title, "milestone": notice.milestone}
    changed = desk.todos(plan, notice.changes)
    return Sheet(
        subject=desk.say(
            f"plan_page.subject_{occasion}",
            title=desk.short(plan.title),
            milestone=desk.short(notice.milestone),
        ),
        tag=plan.code,
        eyebrow=title_line(desk, plan),
        headline=desk.tell(f"plan_page.headline_{occasion}", **facts),
        blocks=(
            Para(desk.tell(f"plan_page.{occasion}", **facts)),
            *welcome(desk),
            _progress(desk, plan),
            *_changes(desk, notice),
            Para(desk.tell("plan_page.ask")),
        ),
        small=small_print(desk) if plan.role_of(notice.to) is not Role.OBSERVER else (),
        items=tuple(LetterItem(todo.n, plan.id, todo.n) for todo in changed),
        pages=(plan,),
        answering=notice.occasion == PageOccasion.ASKED_FOR,
    )


def _proposal_subject(desk: Desk, notice: PlanProposal) -> str:
    title = desk.short(notice.plan.title)
    if notice.problems:
        return desk.say("plan_proposal.subject_problems", count=len(notice.problems), title=title)
    return desk.say("plan_proposal.subject", title=title)


def _problems(desk: Desk, notice: PlanProposal) -> tuple[Block, ...]:
    if not notice.problems:
        return ()
    rows = tuple(
        Row(
            title=desk.tell("plan_proposal.problem_line", line=p.line, text=p.text)
            if p.line
            else desk.words.fact(p.text),
            notes=(Note(desk.words.fact(p.message), Tone.WARN),),
        )
        for p in notice.problems
    )
    lead = desk.tell("plan_proposal.problems", count=len(rows))
    return (Para(lead), Rows(rows), Para(desk.tell("plan_proposal.mend")))


def _go_ahead(desk: Desk, plan: Plan, subject: str) -> tuple[Block, ...]:
    clients = plan.with_role(Role.CLIENT)
    said: list[Said] = []
    if plan.agree and clients:
        names = tuple(desk.office.people[person].display for person in clients[:1])
        said.append(desk.tell("plan_proposal.ok_agree", name=names))
    else:
        said.append(desk.tell("plan_proposal.ok_start"))
    ok = desk.button(desk.say("button.ok"), desk.say("line.ok"), about=subject, primary=True)
    shadow = () if desk.office.live else paragraphs(desk.tell("plan_proposal.shadow"))
    return (*paragraphs(*said), Buttons((ok,)), *shadow)


def _occasion(notice: PlanPage) -> str:
    occasion = notice.occasion.replace(" ", "_")
    if notice.occasion == PageOccasion.PHASE_FINISHED and not notice.milestone:
        return "phase"
    return occasion


def _progress(desk: Desk, plan: Plan) -> Progress:
    todos = [todo for todo in plan.todos() if desk.todo(plan, todo.n)]
    counting = [todo for todo in todos if todo.state is not ToDoState.DROPPED]
    done = sum(todo.state is ToDoState.DONE for todo in counting)
    percent = 100 * done // len(counting) if counting else 0
    said = desk.tell("plan.progress", done=done, count=len(counting))
    return Progress(said, percent)


def _changes(desk: Desk, notice: PlanPage) -> tuple[Block, ...]:
    todos = desk.todos(notice.plan, notice.changes)
    if not todos:
        return ()
    rows = tuple(
        Row(
            title=desk.words.fact(todo.title),
            number=todo.n,
            notes=(Note(desk.tell(word_key(todo.state)), Tone.QUIET),),
        )
        for todo in todos
    )
    return (Heading(desk.tell("plan_page.changes")), Rows(rows))
