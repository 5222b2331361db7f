import subprocess
import sys
from pathlib import Path

from mailflow.domain.event import ToDoDueChanged, ToDoPromised
from mailflow.domain.plan import Promise
from mailflow.ports.kept import OutboxState
from mailflow.store import views
from tests.store.builders import NOW, TODAY, Office, an_arrival, done

INSTANT = "2026-03-04T09:00:00.000000+00:00"


def test_to_dos_as_the_command_line_shows_them(office: Office, tmp_path: Path) -> None:
    office.happens(ToDoDueChanged(1, None, TODAY), ToDoPromised(1, None, Promise(TODAY, TODAY)))

    with views.looking(tmp_path / "state") as database:
        lines = list(views.todos(database))
        assert list(views.todos(database, "tax")) == lines
        assert list(views.todos(database, "NONE")) == []

    assert [line["ref"] for line in lines] == ["TAX-1", "TAX-2", "TAX-3", "TAX-4"]
    assert lines[0] == {
        "ref": "TAX-1",
        "plan": "TAX",
        "phase": "Collect",
        "title": "Send receipt 1",
        "kind": "do",
        "state": "open",
        "responsible": "Anne@client.example",
        "due": "2026-03-04",
        "promised": "2026-03-04",
    }


def test_the_outbox_as_the_command_line_shows_it(office: Office, tmp_path: Path) -> None:
    office.sends(1, state=OutboxState.AWAITING_APPROVAL)

    with views.looking(tmp_path / "state") as database:
        assert list(views.outbox(database)) == [
            {
                "id": 1,
                "message_id": "<letter.1@studio.example>",
                "to": "anne@client.example",
                "kind": "to_dos_asked",
                "state": "awaiting approval",
                "due_at": INSTANT,
                "attempts": 0,
                "reason": None,
            }
        ]


def test_held_mail_as_the_command_line_shows_it(office: Office, tmp_path: Path) -> None:
    unreadable = an_arrival(2, b"no header here\r\n")
    office.store.receive([an_arrival(1), unreadable], NOW, old=False)
    office.store.claim(50, NOW)
    unit = office.store.unit()
    unit.hold(1, "it stopped the program three times", NOW)
    unit.hold(2, "it has no header", NOW)
    unit.commit()

    with views.looking(tmp_path / "state") as database:
        assert list(views.held(database)) == [
            {
                "id": 1,
                "message_id": "<1@client.example>",
                "reason": "it stopped the program three times",
            },
            {"id": 2, "message_id": None, "reason": "it has no header"},
        ]


def test_the_history_as_the_command_line_shows_it(office: Office, tmp_path: Path) -> None:
    office.happens(done(2, office.anne.id), by=office.anne.id)

    with views.looking(tmp_path / "state") as database:
        lines = list(views.history(database, "TAX", 2))
        everything = list(views.history(database))

    assert [line["event"] for line in everything] == [
        "person_added",
        "person_added",
        "plan_drafted",
        "plan_state_changed",
        "todo_state_changed",
    ]
    assert lines == [
        {
            "seq": 5,
            "at": INSTANT,
            "event": "todo_state_changed",
            "plan": "TAX",
            "todo": "TAX-2",
            "person": "Anne@client.example",
            "message_id": None,
            "before": "open",
            "after": "done",
            "evidence": "done",
            "hash": everything[-1]["hash"],
        }
    ]
    assert office.store.erase_plan(office.plan, NOW)
    with views.looking(tmp_path / "state") as database:
        erased = list(views.history(database))
    assert erased[-1]["evidence"] == "erased on 2026-03-04"
    assert [line["hash"] for line in erased] == [line["hash"] for line in everything]


def test_plans_people_and_status(office: Office, tmp_path: Path) -> None:
    office.happens(done(2, office.anne.id))
    office.store.receive([an_arrival(1)], NOW, old=False)
    office.sends(1)
    unit = office.store.unit()
    unit.open_incident("imap", NOW)
    unit.commit()

    with views.looking(tmp_path / "state") as database:
        assert list(views.plans(database, "running")) == list(views.plans(database))
        assert list(views.plans(database, "draft")) == []
        assert list(views.plans(database)) == [
            {
                "id": 1,
                "code": "TAX",
                "title": "Tax return",
                "client": "",
                "state": "running",
                "done": 1,
                "todos": 4,
            }
        ]
        assert [(line["name"], line["address"]) for line in views.people(database)] == [
            ("Paul Weber", "paul@studio.example"),
            ("Anne Roux", "Anne@client.example"),
        ]
        assert views.status(database) == {
            "inbox": {"received": 1, "held": 0},
            "outbox": {"queued": 1},
            "plans": {"running": 1},
            "incidents": ["imap"],
            "reasons": {},
            "oldest_waiting": INSTANT,
            "live": False,
        }


def test_looking_needs_none_of_the_heavy_libraries() -> None:
    heavy = "{'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic'}"
    code = f"import sys, mailflow.store.views; sys.exit(bool({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
