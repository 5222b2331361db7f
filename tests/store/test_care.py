"""Backup, check and erasure."""

import errno
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import event

from mailflow.domain.event import DocumentFiled, NoteTaken
from mailflow.domain.plan import Document
from mailflow.ports.kept import Act, Handled, MailFate
from mailflow.store.intake import SMALL
from mailflow.store.revision import DATABASE
from tests.store.builders import NOW, Office, a_store, an_arrival, done

CANARY = "canary-of-anne"


def busy_office(office: Office) -> None:
    """Let Anne send a small mail, a large one with a document, and get a letter."""
    small = an_arrival(1, f"Message-ID: <1@{CANARY}>\r\n\r\n{CANARY}".encode())
    large = an_arrival(2, CANARY.encode() + b"x" * SMALL)
    office.store.receive([small, large], NOW, old=False)
    office.store.claim(50, NOW)
    unit = office.store.unit()
    content = f"%PDF {CANARY}".encode()
    document = Document(sha256(content).hexdigest(), f"{CANARY}.pdf", "application/pdf", 20)
    unit.file_document(document, content)
    said = NoteTaken(1, office.anne.id, CANARY)
    act = Act(unit.new_act_id(), office.anne.id, NOW, 1, (CANARY,))
    unit.record(act, office.plan, [said, DocumentFiled(1, document), done(1, office.anne.id)])
    for number in (1, 2):
        handled = Handled(number, MailFate.ACTED, f"print {number}", at=NOW)
        unit.handled(replace(handled, sender=office.anne.id, summary=CANARY, message_id=CANARY))
    unit.commit()
    office.sends(1)


def files_with(folder: Path, words: str) -> list[str]:
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and words.encode() in path.read_bytes()
    ]


def test_a_backup_is_whole_and_can_take_the_place_of_the_store(
    office: Office, tmp_path: Path
) -> None:
    busy_office(office)
    target = tmp_path / "backups" / "monday"

    verdict = office.store.backup(target)

    assert verdict.problems == ()
    again = a_store(target)
    assert again.unit().plan(office.plan) == office.store.unit().plan(office.plan)
    assert again.verify() == office.store.verify()
    again.close()
    with pytest.raises(FileExistsError, match="never overwrites"):
        office.store.backup(target)


def test_after_a_restore_no_number_is_given_twice_and_no_letter_sent_blindly(
    office: Office, tmp_path: Path
) -> None:
    office.sends(1)
    office.store.receive([an_arrival(1)], NOW, old=False)
    office.store.claim(50, NOW)
    office.store.backup(tmp_path / "backup")
    since = [office.store.unit().new_letter_id() for _ in range(100)]

    again = a_store(tmp_path / "backup")

    assert again.unit().new_letter_id() > max(since)
    [letter] = again.claim_outgoing(50, NOW, automatic=True)
    assert letter.was_unknown
    assert again.waiting_mail() == 1
    again.close()


def test_a_backup_that_cannot_be_written_leaves_nothing(office: Office, tmp_path: Path) -> None:
    (tmp_path / "full").write_bytes(b"a file where the folder should be")

    with pytest.raises(OSError, match="full"):
        office.store.backup(tmp_path / "full" / "monday")


def test_damage_is_found(office: Office, tmp_path: Path) -> None:
    busy_office(office)
    assert office.store.verify().problems == ()
    assert [chain.events for chain in office.store.verify().chains] == [2, 5]
    blobs = sorted((tmp_path / "state" / "blobs").glob("??/*"))
    blobs[0].unlink()
    blobs[1].write_bytes(b"something else")

    problems = office.store.verify().problems

    assert sorted(problem.partition(": ")[2] for problem in problems) == [
        "it is missing",
        "it was changed",
    ]


def test_nothing_is_left_of_an_erased_person(office: Office, tmp_path: Path) -> None:
    busy_office(office)
    assert files_with(tmp_path / "state", CANARY)

    assert office.store.erase_person(office.anne.id, NOW)

    # what she delivered belongs to the plan and goes with it
    left = files_with(tmp_path / "state", CANARY)
    assert office.store.erase_plan(office.plan, NOW)
    assert left
    assert files_with(tmp_path / "state", CANARY) == []
    assert files_with(tmp_path / "state", "Anne") == []
    assert files_with(tmp_path / "state", "client.example") == []
    assert files_with(tmp_path / "state", "receipt") == []
    assert office.store.verify().problems == ()


def test_an_erased_person_is_known_by_number_only(office: Office) -> None:
    busy_office(office)
    office.store.erase_person(office.anne.id, NOW)
    unit = office.store.unit()

    person = unit.person(office.anne.id)
    assert person is not None
    assert (person.name, person.addresses, person.stopped) == ("", (), True)
    assert unit.person_by_address("anne@client.example") is None
    letter = unit.letter_by_message_id("<letter.1@studio.example>")
    assert letter is not None
    assert (letter.text, letter.address, letter.items) == ("", "", ((1, office.plan, 1),))
    assert office.store.next_due(NOW) is None


def test_erased_mail_that_is_read_again_does_not_come_back(office: Office) -> None:
    busy_office(office)
    office.store.erase_person(office.anne.id, NOW)
    small = an_arrival(9, f"Message-ID: <1@{CANARY}>\r\n\r\n{CANARY}".encode())

    assert office.store.receive([small], NOW, old=False) == 0
    assert office.store.unit().was_handled("print 1")


def test_old_mail_goes_and_what_it_did_stays(office: Office, tmp_path: Path) -> None:
    busy_office(office)
    [letter] = office.store.claim_outgoing(50, NOW, automatic=True)

    office.store.erase_old_mail(NOW)
    assert _raw_count(tmp_path) == 1
    office.store.erase_old_mail(NOW.replace(year=2027))

    assert _raw_count(tmp_path) == 0
    assert letter.mail.data == b"sealed"
    plan = office.store.unit().plan(office.plan)
    assert plan is not None
    assert plan.done_count == (1, 4)
    assert office.store.verify().problems == ()


def test_a_full_disk_is_told_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    unit = office.store.unit()
    unit.record(office.act(unit), office.plan, [NoteTaken(1, None, "x" * 500_000)])
    _shrink(office)

    with pytest.raises(sqlite3.OperationalError, match="full") as told:
        unit.commit()

    assert isinstance(told.value, OSError)
    assert told.value.errno == errno.ENOSPC

    assert office.store.verify_chain(office.plan).events == 2
    assert office.store.verify().problems == ()


def test_a_database_that_is_none_is_told_as_trouble_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"this is no database, " * 1000)

    with pytest.raises(OSError, match="not a database"):
        a_store(tmp_path)


def test_a_broken_page_is_told_when_it_is_read(office: Office, tmp_path: Path) -> None:
    busy_office(office)
    office.store.close()
    path = tmp_path / "state" / DATABASE
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    path.write_bytes(content)

    with pytest.raises(OSError, match="malformed"):
        a_store(tmp_path / "state").unit().plan(office.plan)


def _raw_count(tmp_path: Path) -> int:
    database = sqlite3.connect(tmp_path / "state" / DATABASE)
    count: int = database.execute("SELECT count(*) FROM raw").fetchone()[0]
    database.close()
    return count


def _shrink(office: Office) -> None:
    """Leave no room in the database, as a full disk would."""
    engine = office.store._house.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    engine.dispose()

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    event.listen(engine, "connect", limit)
