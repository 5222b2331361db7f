"""Killed at every stop, and again in the next life: nothing lost, nothing twice.

The process is ended with `os._exit` when a journey reaches a stop, as a power cut would end
it. What is on disk then is all that the next life knows.
"""

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.demo.programs import Received, Typed, answer, fresh
from mailflow.flow.settings import Stop
from mailflow.store import views
from tests.journeys.lives import BOT, CAROL, DANA, KILLED, NOW, live, open_life, work_once

PLAN = """\
Client: Carol Jones <carol@acme.example>
Agree: no
# Gather
- Send the bank statements @Carol by Friday 6 March
- Sign the engagement letter @Carol by Friday 6 March
Milestone: Records complete
# Prepare
- Approve the draft @Carol
"""
TORTURE = os.environ.get("MAILFLOW_TORTURE") == "1"  # noqa: TID251 - a test is asked from outside
SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.journeys.lives"])


def comes(folder: Path, name: str, raw: bytes) -> None:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / f"{name}.eml").write_bytes(raw)


def letters(folder: Path, address: str) -> list[Received]:
    """What was sent to somebody, oldest first, copies included."""
    found = [Received.of(path.read_bytes()) for path in sorted((folder / "out").glob("*.eml"))]
    return [mail for mail in found if mail.message.to[0].address == address]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose client has just answered: the answer lies in the mailbox, unread."""
    folder = tmp_path_factory.mktemp("answered")
    comes(folder, "1", fresh(f"Dana <{DANA}>", BOT, Typed(PLAN, subject="plan: Tax"), NOW))
    work_once(open_life(folder))
    [proposal] = letters(folder, DANA)
    comes(folder, "2", answer(f"Dana <{DANA}>", proposal, Typed("ok"), NOW))
    work_once(open_life(folder))
    asked = letters(folder, CAROL)[-1]
    comes(folder, "3", answer(f"Carol <{CAROL}>", asked, Typed("1 done. 2 is done as well."), NOW))
    return folder


def lived(folder: Path, kill_at: int) -> tuple[int, str]:
    """Live once; returns how many stops were passed and the name of the last one."""
    process = SPAWN.Process(target=live, args=(str(folder), kill_at))
    process.start()
    process.join(60)
    assert process.exitcode in {0, KILLED}
    passed, name = (folder / "stops").read_text("utf-8").split()
    return int(passed), name


def all_is_well(folder: Path, *, twins: bool) -> None:
    """Assert that the answer counted once and that every letter owed went out."""
    with views.looking(folder / "state") as look:
        todos = {row["ref"]: row["state"] for row in views.todos(look)}
        history = list(views.history(look))
        outbox = list(views.outbox(look))
    code = next(iter(todos)).partition("-")[0]
    assert list(todos.values()) == ["done", "done", "open"]
    for n in (1, 2):
        ticks = [r for r in history if r["todo"] == f"{code}-{n}" and r["after"] == "done"]
        assert len(ticks) == 1
    receipts = [row for row in outbox if row["kind"] == "receipt"]
    assert [row["state"] for row in receipts] == ["sent"]
    # A page is not sent again when nobody knows whether it went: nobody waits for it.
    assert {row["state"] for row in outbox} <= {"sent", "withdrawn" if twins else "sent"}
    sent: dict[str, list[bytes]] = {}
    for path in sorted((folder / "out").glob("*.eml")):
        sent.setdefault(path.name.partition("-")[0], []).append(path.read_bytes())
    copies = [group for group in sent.values() if len(group) > 1]
    assert bool(copies) <= twins
    assert all(len(set(group)) == 1 for group in copies)
    assert not list((folder / "in").glob("*.eml"))


def copied(origin: Path, folder: Path) -> Path:
    shutil.copytree(origin, folder)
    return folder


def lives(origin: Path, folder: Path) -> int:
    """How many stops a life without trouble passes."""
    return lived(copied(origin, folder), 0)[0]


def test_a_life_without_trouble_ends_well(answered: Path, tmp_path: Path) -> None:
    folder = copied(answered, tmp_path / "life")

    passed, _ = lived(folder, 0)

    assert passed >= len(Stop)
    all_is_well(folder, twins=False)


def test_killed_at_every_stop_nothing_is_lost_and_nothing_counts_twice(
    answered: Path, tmp_path: Path
) -> None:
    for kill_at in range(1, lives(answered, tmp_path / "count") + 1):
        folder = copied(answered, tmp_path / f"at-{kill_at}")
        _, name = lived(folder, kill_at)
        lived(folder, 0)
        all_is_well(folder, twins=name == Stop.SEND.name)


def second_kills(stops: int) -> Iterator[tuple[int, int]]:
    """Pairs of stops: all of them under torture, else a few from every part of the journey."""
    step = 1 if TORTURE else 5
    for first in range(1, stops + 1, step):
        for second in range(1, stops + 1, step):
            yield first, second


@pytest.mark.slow
def test_killed_again_in_the_next_life_it_still_ends_well(answered: Path, tmp_path: Path) -> None:
    for first, second in second_kills(lives(answered, tmp_path / "count")):
        folder = copied(answered, tmp_path / f"at-{first}-{second}")
        names = [lived(folder, first)[1], lived(folder, second)[1]]
        lived(folder, 0)
        all_is_well(folder, twins=Stop.SEND.name in names)


def test_a_mail_that_kills_every_life_is_held_and_told(answered: Path, tmp_path: Path) -> None:
    folder = copied(answered, tmp_path / "poison")
    stops = range(1, lives(answered, tmp_path / "count") + 1)
    fatal = next(n for n in stops if lived_name(answered, tmp_path / f"probe-{n}", n) == "PARSE")
    first = True
    for _ in range(6):
        # After the first life the mail is kept already, so that fewer stops come before.
        lived(folder, fatal if first else _parse_stop(folder, tmp_path))
        first = False

    with views.looking(folder / "state") as look:
        held = list(views.held(look))
        alarms = [row for row in views.outbox(look) if row["kind"] == "alarm"]
    assert len(held) == 1
    assert len(alarms) == 1


def lived_name(origin: Path, folder: Path, kill_at: int) -> str:
    return lived(copied(origin, folder), kill_at)[1]


def _parse_stop(folder: Path, tmp_path: Path) -> int:
    """The number of the stop at which the waiting mail is parsed now; 0 if it is not any more."""
    probe = tmp_path / "parse-probe"
    for kill_at in range(1, 12):
        shutil.rmtree(probe, ignore_errors=True)
        passed, name = lived(copied(folder, probe), kill_at)
        if name == "PARSE":
            return kill_at
        if passed < kill_at:
            return 0
    return 0
