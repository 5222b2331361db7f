"""The one-shot forms of the daemon: run once, and once more; time played on standard input."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mailflow.bootstrap import sole_worker
from mailflow.commands.running import run_once, run_ticks
from mailflow.demo.programs import Typed, fresh
from mailflow.errors import ConfigError, TransientFailure
from tests.journeys.builders import PLAN, JourneyOffice

TICKS = ("2026-03-02T10:00:00+00:00", "2026-03-03T09:30:00+00:00", "2026-03-03T09:30:00+00:00")


on_real_wires = pytest.mark.parametrize(
    "place", ["pymap", pytest.param("servers", marks=pytest.mark.servers)], indirect=True
)


@contextmanager
def let_go(office: JourneyOffice) -> Iterator[None]:
    """Close the office, so that another program can work on its folder."""
    office.close()
    office.asleep = True
    yield
    office.asleep = False


@on_real_wires
def test_running_once_more_sends_nothing_more(
    office: JourneyOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILFLOW_NOW", "2026-03-02T10:00:00+00:00")
    dana, now = office.dana, office.clock.now()
    with let_go(office):
        dana.posts(
            fresh(dana.sender, office.bot, Typed(office.filled(PLAN), subject="plan: tax"), now)
        )
        assert run_once(office.config) == 0
        written = office.outbox()
        assert [row["kind"] for row in written] == ["plan_proposal"]
        assert [row["state"] for row in written] == ["sent"]
        assert run_once(office.config) == 0
        assert office.outbox() == written
    office.turn()

    assert dana.new() == ["plan_proposal"]


@on_real_wires
def test_ticks_play_time_and_tell_what_was_done(office: JourneyOffice) -> None:
    office.starts_plan()
    with let_go(office):
        told = [json.loads(line) for line in run_ticks(office.config, TICKS)]
    assert [row["sent"] for row in told] == [0, 2, 0]
    office.turn()

    assert (office.carol.new(), office.dana.new()) == (["reminder"], ["digest"])


def test_a_server_that_is_away_is_told_of_and_nothing_automatic_is_written(
    quick: JourneyOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.starts_plan()
    monkeypatch.setenv("MAILFLOW_NOW", "2026-03-03T09:30:00+00:00")
    with let_go(quick), pytest.raises(TransientFailure):
        run_once(quick.config)
    quick.turn()

    kinds = [row["kind"] for row in quick.outbox()]
    assert (kinds.count("alarm"), kinds.count("reminder"), kinds.count("digest")) == (2, 0, 0)


def test_two_programs_do_not_work_on_one_folder(quick: JourneyOffice) -> None:
    with sole_worker(quick.folder), pytest.raises(ConfigError, match="1 problem"):
        run_once(quick.config)
