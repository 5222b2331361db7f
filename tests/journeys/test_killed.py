"""Killed at every stop, and again in the next life: nothing lost, nothing twice.

Every scene of an engagement is lived once without trouble; then once for each stop with the
process killed there and a second life after it, and the two must not differ in anything that
people or the plan could notice. A second copy of a letter is allowed only where the line
between submission and recording was cut, and only of the same bytes.
"""

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailflow.store import views
from mailflow.store.memory import Store
from tests.journeys.lives import KILLED, SCENES, live, mail_comes

TORTURE = os.environ.get("MAILFLOW_TORTURE") == "1"  # noqa: TID251 - a test is asked from outside
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.journeys.warmed"])
EVERY_SCENE = pytest.mark.parametrize("scene", range(len(SCENES)), ids=[s.name for s in SCENES])

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200 if TORTURE else 120)]

NOT_AGAIN = {"reminder", "digest", "plan_page"}
"""Letters that are not sent when nobody knows whether they went: nobody waits for them."""

UNRECORDED = {"after the dot", "send", "before the dot"}
"""Where the line between submission and recording is cut."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that people and the plan could notice."""

    todos: list[tuple[str, str, str | None]]
    history: list[tuple[str, str | None, str | None, str, str, str]]
    letters: list[tuple[str, str]]
    mails: dict[str, int]


def outcome(folder: Path) -> Outcome:
    with views.looking(folder / "state") as look:
        todos = [(row["ref"], row["state"], row["promised"]) for row in views.todos(look)]
        history = [
            (r["event"], r["todo"], r["person"], r["before"], r["after"], r["evidence"])
            for r in views.history(look)
        ]
        rows = list(views.outbox(look))
        inbox = views.status(look)["inbox"]
    return Outcome(todos, history, sorted((row["to"], row["kind"]) for row in rows), inbox)


@pytest.fixture(scope="module")
def engagement(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Outcome, list[str]]]:
    """Every scene as it begins, its mail in the mailbox; how it ends; and its stops."""
    folder = tmp_path_factory.mktemp("engagement") / "now"
    folder.mkdir()
    found = []
    for number in range(len(SCENES)):
        mail_comes(folder, number)
        begins = Path(shutil.copytree(folder, folder.parent / f"scene-{number}"))
        stops = lived(folder, number)
        found.append((begins, outcome(folder), stops))
    assert {state for _, state, _ in found[-1][1].todos} == {"done"}
    return found


def lived(folder: Path, scene: int, kill_at: int = 0, *, sent_folder: bool = False) -> list[str]:
    """Live once; returns the names of the stops that were passed."""
    process = FORKED.Process(target=live, args=(str(folder), scene, kill_at, sent_folder))
    process.start()
    process.join(60)
    assert process.exitcode == (KILLED if kill_at else 0) or (kill_at and process.exitcode == 0)
    return (folder / "stops").read_text("utf-8").split("\n")


def submissions(folder: Path) -> dict[int, list[bytes]]:
    """Return what servers took, by the letter's row in the outbox."""
    taken: dict[int, list[bytes]] = {}
    for path in sorted((folder / "out").glob("*.eml")):
        taken.setdefault(int(path.name.partition("-")[0]), []).append(path.read_bytes())
    return taken


def assert_well(folder: Path, expected: Outcome, *, cuts: int) -> None:
    """Assert that nobody could tell this end from one without trouble, but for twins."""
    assert outcome(folder) == expected
    assert not list((folder / "in").glob("*.eml"))
    taken = submissions(folder)
    with views.looking(folder / "state") as look:
        rows = list(views.outbox(look))
    for row in rows:
        copies = taken.get(row["id"], [])
        withdrawn = row["state"] == "withdrawn" and row["kind"] in NOT_AGAIN and cuts
        assert row["state"] == "sent" or withdrawn
        assert 1 <= len(copies) <= 1 + cuts or withdrawn
        assert len(set(copies)) <= 1
    store = Store(folder / "state", seed=bytes(32))
    assert store.verify().problems == ()
    store.close()


def kill_points(count: int, scene: int) -> Iterator[int]:
    """All stops under torture, else every fifth, beginning elsewhere in each scene."""
    yield from range(1, count + 1) if TORTURE else range(1 + scene % 5, count + 1, 5)


@EVERY_SCENE
def test_killed_at_a_stop_nothing_is_lost_and_nothing_counts_twice(
    engagement: list[tuple[Path, Outcome, list[str]]], tmp_path: Path, scene: int
) -> None:
    begins, ends, stops = engagement[scene]
    for kill_at in kill_points(len(stops), scene):
        folder = Path(shutil.copytree(begins, tmp_path / f"at-{kill_at}"))
        passed = lived(folder, scene, kill_at)
        assert passed == stops[:kill_at]
        lived(folder, scene)
        assert_well(folder, ends, cuts=passed[-1] in UNRECORDED)
        shutil.rmtree(folder)


@EVERY_SCENE
def test_with_a_sent_folder_to_look_in_there_is_no_second_copy(
    engagement: list[tuple[Path, Outcome, list[str]]], tmp_path: Path, scene: int
) -> None:
    begins, ends, stops = engagement[scene]
    cuts = [at for at, name in enumerate(stops, start=1) if name == "after the dot"]
    for kill_at in cuts if TORTURE else cuts[-1:]:
        folder = Path(shutil.copytree(begins, tmp_path / f"at-{kill_at}"))
        lived(folder, scene, kill_at, sent_folder=True)
        lived(folder, scene, sent_folder=True)
        assert_well(folder, ends, cuts=1)
        assert all(len(copies) == 1 for copies in submissions(folder).values())
        shutil.rmtree(folder)


def second_kills(stops: int, scene: int) -> Iterator[tuple[int, int]]:
    """All pairs of stops under torture, else one of each scene."""
    if TORTURE:
        yield from ((one, two) for one in range(1, stops + 1) for two in range(1, stops + 1))
    else:
        yield max(1, stops - 1 - scene % 4), 1 + scene % 3


@EVERY_SCENE
def test_killed_again_in_the_next_life_it_still_ends_well(
    engagement: list[tuple[Path, Outcome, list[str]]], tmp_path: Path, scene: int
) -> None:
    begins, ends, stops = engagement[scene]
    for first, second in second_kills(len(stops), scene):
        folder = Path(shutil.copytree(begins, tmp_path / f"at-{first}-{second}"))
        ends_at = [lived(folder, scene, kill_at)[-1] for kill_at in (first, second)]
        lived(folder, scene)
        assert_well(folder, ends, cuts=sum(name in UNRECORDED for name in ends_at))
        shutil.rmtree(folder)


def test_a_mail_that_kills_every_life_is_held_and_told_once(
    engagement: list[tuple[Path, Outcome, list[str]]], tmp_path: Path
) -> None:
    scene = 3
    folder = Path(shutil.copytree(engagement[scene][0], tmp_path / "poison"))
    for _ in range(3):
        stops = lived(Path(shutil.copytree(folder, tmp_path / "look")), scene)
        lived(folder, scene, stops.index("parse") + 1)
        shutil.rmtree(tmp_path / "look")
    lived(folder, scene)
    lived(folder, scene)

    with views.looking(folder / "state") as look:
        held = list(views.held(look))
        alarms = [row for row in views.outbox(look) if row["kind"] == "alarm"]
    assert [line["reason"] for line in held] == ["it stopped the program three times"]
    assert [row["state"] for row in alarms] == ["sent"]
