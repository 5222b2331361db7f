import sqlite3
from pathlib import Path

import pytest

from mailflow.domain.event import NoteTaken
from mailflow.domain.ids import PlanId
from mailflow.domain.office import SettingChanged
from mailflow.store.journal import OFFICE
from mailflow.store.revision import DATABASE
from tests.store.builders import NOW, Office, done

CHANGES = (
    "UPDATE journal SET after = 'dropped' WHERE seq = 5",
    "DELETE FROM journal WHERE seq = 5",
    "UPDATE payload SET words = '{}' WHERE seq = 5",
    "DELETE FROM payload WHERE seq = 5",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_rewrite_the_journal(
    office: Office, tmp_path: Path, change: str
) -> None:
    office.happens(done(1, office.anne.id))
    database = sqlite3.connect(tmp_path / "state" / DATABASE)

    with pytest.raises(sqlite3.IntegrityError, match=r"journal is never|words of an event|erased"):
        database.execute(change)
    database.close()
    assert office.store.verify().problems == ()


TAMPERING = (
    ("UPDATE journal SET after = 'dropped' WHERE n = 3 AND plan = 1", 3),
    ("UPDATE journal SET at = '2020-01-01T00:00:00.000000+00:00' WHERE n = 1 AND plan = 1", 1),
    ("UPDATE journal SET by_person = 9 WHERE n = 4 AND plan = 1", 4),
    ("DELETE FROM journal WHERE n = 3 AND plan = 1", 3),
    ("DELETE FROM journal WHERE n = 4 AND plan = 1", 4),
    ("UPDATE payload SET words = replace(words, 'hello', 'howdy')", 4),
    ("UPDATE journal SET n = 7 - n WHERE n IN (3, 4) AND plan = 1 AND seq < 0", None),
)


@pytest.mark.parametrize(("change", "place"), TAMPERING)
def test_whoever_gets_round_the_refusal_is_found_out(
    office: Office, tmp_path: Path, change: str, place: int | None
) -> None:
    office.happens(done(1, office.anne.id), NoteTaken(1, office.anne.id, "hello"))
    _force(tmp_path, change)

    report = office.store.verify_chain(office.plan)

    assert report.broken_at == place
    assert bool(report.reason) == (place is not None)
    assert office.store.verify_chain(OFFICE).broken_at is None
    assert len(office.store.verify().problems) == (place is not None)


def test_the_chain_of_the_office_is_its_own(office: Office) -> None:
    unit = office.store.unit()
    unit.record_office(office.act(unit), [SettingChanged("live", "", "yes")])
    unit.commit()

    assert office.store.verify_chain(OFFICE).events == 3
    assert office.store.verify_chain(office.plan).events == 2
    assert office.store.verify_chain(PlanId(77)).events == 0


def test_a_chain_verifies_after_its_words_were_erased(office: Office) -> None:
    office.happens(done(1, office.anne.id), NoteTaken(1, office.anne.id, "hello"))
    office.store.erase_plan(office.plan, NOW)

    report = office.store.verify_chain(office.plan)

    assert (report.events, report.erased, report.broken_at) == (4, 4, None)
    office.happens(done(2, office.anne.id))
    assert office.store.verify_chain(office.plan).events == 5
    assert office.store.verify().problems == ()


def test_erased_words_cannot_be_guessed_from_their_digest(office: Office, tmp_path: Path) -> None:
    office.happens(done(1, office.anne.id))
    office.happens(done(1, office.anne.id))
    database = sqlite3.connect(tmp_path / "state" / DATABASE)
    rows = database.execute("SELECT payload FROM journal WHERE event = 'todo_state_changed'")
    digests = [row[0] for row in rows]
    database.close()

    assert len(set(digests)) == 2


def _force(tmp_path: Path, change: str) -> None:
    database = sqlite3.connect(tmp_path / "state" / DATABASE)
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        database.execute(f"DROP TRIGGER {name}")
    database.execute("PRAGMA foreign_keys=OFF")
    database.execute(change)
    if change.startswith("DELETE"):
        database.execute("DELETE FROM payload WHERE seq NOT IN (SELECT seq FROM journal)")
    database.commit()
    database.close()
