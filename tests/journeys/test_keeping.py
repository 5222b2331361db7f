"""Copies of everything, and one person's share of it: out, or gone."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.bootstrap import sole_worker
from mailflow.commands.keeping import back_up, erase, export, restore
from mailflow.demo.stage import StageClock
from mailflow.errors import ConfigError
from mailflow.store import views
from tests.journeys.builders import STATEMENTS, JourneyOffice
from tests.journeys.places import MemoryPlace

DONE = ["done", "open", "waiting", "waiting"]


@pytest.fixture
def office(memory: MemoryPlace, clock: StageClock, tmp_path: Path) -> Iterator[JourneyOffice]:
    """An office in which Carol has answered once; what it forgets here nobody proves later."""
    made = JourneyOffice(memory, tmp_path / "state", clock)
    made.turn()
    made.starts_plan()
    made.carol.answers("1 done, statements attached", STATEMENTS, to="to_dos_asked")
    yield made
    made.close()


def holds(folder: Path, words: str) -> list[str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.name for path in found if words.encode() in path.read_bytes()]


# --- backup and restore ---------------------------------------------------------------------


def test_a_restored_backup_goes_on_and_loses_no_answer_that_came_meanwhile(
    office: JourneyOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert back_up(office.config, tmp_path / "monday") == 0
    assert "is sound" in capsys.readouterr().out
    office.carol.answers("2 done", to="to_dos_asked")
    assert office.states()[:2] == ["done", "done"]
    office.close()

    with pytest.raises(ConfigError) as told:
        restore(office.config, tmp_path / "monday")
    assert "is in use" in told.value.problems[0].message
    assert restore(office.config, tmp_path / "monday", force=True) == 0
    assert office.states() == DONE, "as it was on Monday"

    before = {name: len(person.letters) for name, person in office.people.items()}
    works = office.office.works
    assert sum(office.office.runner.look(source) for source in works.sources) == 1
    office.office.runner.work()
    assert office.states()[:2] == ["done", "done"], "the answer was looked for and found"
    assert all(len(p.letters) == before[name] for name, p in office.people.items())
    assert sum(office.office.runner.look(source) for source in works.sources) == 0


def test_a_backup_never_writes_over_anything(office: JourneyOffice, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ConfigError, match="1 problem"):
        back_up(office.config, tmp_path / "there")
    with pytest.raises(ConfigError, match="1 problem"):
        restore(office.config, tmp_path / "there")


# --- export ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["{carol}", "Carol Jones", "Acme Ltd", "tax"])
def test_an_archive_holds_every_row_and_mail(
    office: JourneyOffice, tmp_path: Path, words: str
) -> None:
    out = tmp_path / "carol.zip"
    assert export(office.config, office.filled(words), out) == 0

    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        rows = {
            name: [json.loads(line) for line in archive.read(name).decode().splitlines()]
            for name in names
            if name.endswith(".jsonl")
        }
        [statements] = [archive.read(name) for name in names if name.startswith("documents/")]
    assert statements == STATEMENTS[2]
    assert len(rows["mails.jsonl"]) == sum(name.startswith("mails/") for name in names) > 0
    assert len(rows["letters.jsonl"]) == sum(name.startswith("letters/") for name in names) > 0
    assert {row["title"] for row in rows["todos.jsonl"]} >= {"Send the bank statements"}
    assert rows["history.jsonl"]


def test_nobody_is_exported_for_words_that_mean_nobody(
    office: JourneyOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(office.config, "Zebedee", tmp_path / "z.zip") == 1
    assert "Nobody is meant" in capsys.readouterr().out
    assert not (tmp_path / "z.zip").exists()

    assert export(office.config, "tax", tmp_path / "t.zip") == 0
    with pytest.raises(ConfigError):
        export(office.config, "tax", tmp_path / "t.zip")


# --- erase ----------------------------------------------------------------------------------


def test_a_client_is_gone_and_the_journal_still_holds(
    office: JourneyOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert back_up(office.config, tmp_path / "copy") == 0
    office.close()
    assert erase(office.config, "Acme Ltd", sure=False) == 1
    assert holds(office.folder, office.carol.address)

    assert erase(office.config, "Acme Ltd", sure=True) == 0
    told = capsys.readouterr().out
    assert f"still holds it: {tmp_path / 'copy'}" in told
    for words in (office.carol.address, "Carol", "statements.pdf", "bank statements"):
        assert holds(office.folder, words) == [], words
    with views.looking(office.folder) as connection:
        assert "ERASED" in next(plan["code"] for plan in views.plans(connection))
    assert office.office.store.verify().problems == ()


def test_the_provider_is_not_erased(office: JourneyOffice) -> None:
    office.close()
    with pytest.raises(ConfigError):
        erase(office.config, office.dana.address, sure=True)


def test_nothing_is_erased_while_the_daemon_runs(office: JourneyOffice) -> None:
    with sole_worker(office.folder), pytest.raises(ConfigError):
        erase(office.config, "tax", sure=True)


def test_a_mail_of_somebody_who_was_erased_brings_nothing_back(office: JourneyOffice) -> None:
    old = office.said[-1]
    office.close()
    assert erase(office.config, office.carol.address, sure=True) == 0
    assert holds(office.folder, office.carol.address) == []
    office.people.pop("carol")
    mailbox = office.place.account("carol@client.test")
    mailbox.send(old)
    works = office.office.works
    assert sum(office.office.runner.look(source) for source in works.sources) == 0
