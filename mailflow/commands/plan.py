"""`mailflow plan parse`: what is read of a plan's text, for people or as JSON."""

import json
import sys
from datetime import date, datetime

from mailflow.config import fixed_now
from mailflow.daemon.clock import WallClock
from mailflow.domain.draft import DraftMilestone, DraftPhase, DraftToDo, PlanDraft, Problem
from mailflow.domain.worktime import local_day
from mailflow.errors import UnreadableMail
from mailflow.reading.holidays import calendar_for
from mailflow.reading.plan_languages import country_of, language_of
from mailflow.reading.plantext import PlanSource, PlanWorld, read_plan, source_of_file
from mailflow.writing.plantext import plan_text

_ZONE = "UTC"
_YEARS_AHEAD = 4


def parse_plan(raw: bytes, *, as_json: bool, eml: bool, locale: str) -> tuple[str, int]:
    """Return what was read of a plan, and 0 where nothing is wrong with it, else 1.

    Every problem is also told on standard error, one sentence each.

    Args:
        raw: the text, CSV or sheet; with `eml` a whole mail.
        as_json: True for one JSON object, False for the plan as text with its dates resolved.
        eml: True where `raw` is a mail with its header.
        locale: such as "en-GB"; it decides about dates, holidays and the language of sentences.
    """
    now = fixed_now() or WallClock().now()
    try:
        source = _of_mail(raw) if eml else source_of_file("", raw)
    except UnreadableMail as problem:
        sys.stderr.write(f"line 0: {problem.reason}\n")
        empty = PlanDraft("", "", problems=(Problem(0, "", problem.reason),))
        return (_json(empty) if as_json else ""), 1
    draft = read_plan(source, world_for(locale, local_day(now, _ZONE)))
    for one in draft.problems:
        sys.stderr.write(f"line {one.line}: {one.message}\n")
    return (_json(draft) if as_json else _words(draft, now, locale)), int(bool(draft.problems))


def world_for(locale: str, today: date) -> PlanWorld:
    """Return what a plan is read against where nothing is configured."""
    years = range(today.year - 1, today.year + _YEARS_AHEAD)
    return PlanWorld(locale, today, calendar_for(country_of(locale), years))


def _of_mail(raw: bytes) -> PlanSource:
    from mailflow.mail.parse import parse_message

    message = parse_message(raw)
    return PlanSource(
        subject=message.subject,
        text=message.text,
        html=message.html,
        files=tuple((a.name, a.media_type, a.content) for a in message.attachments if not a.inline),
    )


def _words(draft: PlanDraft, now: datetime, locale: str) -> str:
    from mailflow.commands.plan_out import Desk, cast_of_draft

    desk = Desk("", "", country_of(locale), _ZONE, now, inside=True)
    plan, people = cast_of_draft(draft, desk)
    text = plan_text(plan, people, language=language_of(locale), for_inside=True)
    return text.rstrip("\n")


def _json(draft: PlanDraft) -> str:
    headers: dict[str, str] = {}
    for name, value in draft.headers:
        headers[name] = f"{headers[name]}\n{value}" if name in headers else value
    row = {
        "title": draft.title,
        "code": draft.code,
        "client": draft.client_name,
        "people": [person.key for person in draft.people],
        "headers": headers,
        "phases": [_phase(phase) for phase in draft.phases],
        "problems": [
            {"line": one.line, "text": one.text, "message": one.message} for one in draft.problems
        ],
    }
    return json.dumps(row, ensure_ascii=False, indent=2)


def _phase(phase: DraftPhase) -> dict[str, object]:
    return {
        "title": phase.title,
        "todos": [_todo(todo) for todo in phase.todos],
        "milestone": _milestone(phase.milestone) if phase.milestone else None,
    }


def _todo(todo: DraftToDo) -> dict[str, object]:
    return {
        "n": todo.n,
        "title": todo.title,
        "kind": todo.kind.value,
        "responsible": todo.responsible,
        "helpers": list(todo.helpers),
        "due": _iso(todo.due),
        "after": list(todo.after),
        "details": "\n".join(todo.details),
    }


def _milestone(stone: DraftMilestone) -> dict[str, object]:
    return {"title": stone.title, "due": _iso(stone.due)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
