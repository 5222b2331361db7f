import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

from icalendar import Calendar
from pypdf import PdfReader

from mailflow.commands.plan_out import Desk, calendar_of_draft, page_of_draft
from mailflow.domain.draft import DraftMilestone, DraftPerson, DraftPhase, DraftToDo, PlanDraft
from mailflow.domain.people import Role
from mailflow.domain.plan import Appointment, PlanContext, ToDoKind

DESK = Desk(
    name="Reed Advisory",
    address="dana@studio.example",
    country="GB",
    timezone="Europe/Berlin",
    now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
)
DRAFT = PlanDraft(
    title="2026 tax return",
    code="TAX",
    client_name="Acme Ltd",
    people=(
        DraftPerson("Carol Jones", "carol@acme.example", Role.CLIENT),
        DraftPerson("Vic", None, Role.TEAM),
        DraftPerson("Dana", "dana@studio.example", Role.TEAM),
    ),
    phases=(
        DraftPhase(
            "Gather",
            (
                DraftToDo(1, "Send statements", "carol@acme.example", due=date(2026, 3, 6)),
                DraftToDo(
                    2,
                    "Meet",
                    "Vic",
                    kind=ToDoKind.ATTEND,
                    due=date(2026, 3, 9),
                    appointment=Appointment(time(14), time(15), "Room 2"),
                ),
                DraftToDo(
                    3, "Check fees", "dana@studio.example", due=date(2026, 3, 9), internal=True
                ),
                DraftToDo(4, "Sign", None),
            ),
            DraftMilestone("Records complete"),
        ),
    ),
    context=PlanContext(goal="Filed", internal=("Old invoice",)),
)


def page(draft: PlanDraft = DRAFT, desk: Desk = DESK) -> str:
    return PdfReader(io.BytesIO(page_of_draft(draft, desk))).pages[0].extract_text()


def test_the_page_shows_the_draft() -> None:
    text = page()
    assert "Draft" in text
    assert "1 Send statements Carol Jones Fri 6 Mar waiting" in text
    assert "2 Meet 14:00–15:00 Room 2 Vic Mon 9 Mar waiting" in text
    assert "4 Sign — waiting" in text


def test_what_is_internal_is_shown_to_the_team_alone() -> None:
    assert "Check fees" not in page()
    assert "Old invoice" not in page()
    assert "Check fees internal Reed Advisory" in page(desk=replace(DESK, inside=True))


def test_the_calendar_holds_every_dated_to_do() -> None:
    data = calendar_of_draft(DRAFT, DESK)
    assert data is not None
    calendar = Calendar.from_ical(data)
    assert calendar["METHOD"] == "PUBLISH"
    assert [(str(e["SUMMARY"]), e.start, str(e["UID"])) for e in calendar.events] == [
        ("Send statements (Carol Jones)", date(2026, 3, 6), "TAX-1.plan@studio.example"),
        ("Meet (Vic)", datetime(2026, 3, 9, 13, 0, tzinfo=UTC), "TAX-2.plan@studio.example"),
    ]


def test_a_newer_file_replaces_the_entries_of_the_older() -> None:
    first, second = (
        calendar_of_draft(DRAFT, replace(DESK, now=datetime(2026, 3, day, tzinfo=UTC)))
        for day in (2, 3)
    )
    assert first is not None
    assert second is not None
    assert first != second
    uids = [[e["UID"] for e in Calendar.from_ical(data).events] for data in (first, second)]
    assert uids[0] == uids[1]


def test_without_dates_there_is_no_calendar() -> None:
    undated = replace(DRAFT, phases=(DraftPhase("", (DraftToDo(1, "Sign", None),)),))
    assert calendar_of_draft(undated, DESK) is None


def test_a_code_of_any_script_makes_a_uid() -> None:
    data = calendar_of_draft(replace(DRAFT, code="税"), replace(DESK, address=""))
    assert data is not None
    assert b"UID:e7a88e2d31.plan@mailflow.invalid" in data
