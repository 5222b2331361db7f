"""`mailflow plan pdf` and `mailflow plan ics`: a plan's text as files, without any set-up."""

import sys
from dataclasses import replace
from pathlib import Path

from mailflow.commands.plan_out import Desk, calendar_of_draft, page_of_draft
from mailflow.commands.running import clock
from mailflow.config import locale_name
from mailflow.domain.draft import PlanDraft
from mailflow.domain.worktime import local_day
from mailflow.errors import ConfigError, ConfigProblem
from mailflow.reading.holidays import calendar_for
from mailflow.reading.plan_world import PlanWorld
from mailflow.reading.plantext import read_plan, source_of_file

_ZONE = "UTC"


def write_page(plan: Path, out: Path) -> int:
    """Write the plan's page; returns 1 when the text has problems, which are told."""
    draft, desk = _drafted(plan)
    if not any(phase.todos for phase in draft.phases):
        _problems(draft)
        sys.stderr.write(f"{plan}: no To Do was read, so there is no page to write\n")
        return 1
    out.write_bytes(page_of_draft(draft, desk))
    return _problems(draft)


def write_calendar(plan: Path, out: Path) -> int:
    """Write the plan's dates; returns 1 when the text has problems or no date at all."""
    draft, desk = _drafted(plan)
    calendar = calendar_of_draft(draft, desk)
    if calendar is None:
        sys.stderr.write(f"{plan}: no To Do has a date, so there is no calendar to write\n")
        return 1
    out.write_bytes(calendar)
    return _problems(draft)


def _drafted(path: Path) -> tuple[PlanDraft, Desk]:
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = ConfigProblem(0, str(path), f"cannot be read: {error.strerror}")
        raise ConfigError(str(path), (problem,)) from error
    now = clock().now()
    locale = locale_name()
    country = locale.replace("_", "-").rpartition("-")[2].upper()
    today = local_day(now, _ZONE)
    calendar = calendar_for(country, range(today.year - 1, today.year + 4))
    world = PlanWorld(locale, today, calendar)
    source = replace(source_of_file(path.name, content), subject=path.stem.replace("-", " "))
    draft = read_plan(source, world)
    return draft, Desk("", "", country, _ZONE, now, inside=True)


def _problems(draft: PlanDraft) -> int:
    for problem in draft.problems:
        sys.stderr.write(f"line {problem.line}: {problem.message}\n")
    return int(bool(draft.problems))
