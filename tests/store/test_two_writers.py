"""The command line beside the daemon: two processes write, and neither loses anything."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mailflow.domain.event import NoteTaken
from mailflow.domain.ids import PlanId
from mailflow.errors import StaleVersion
from mailflow.ports.kept import Act
from mailflow.store.memory import Store
from tests.store.builders import NOW, a_store, an_arrival, an_office

EACH = 40
PLAN = PlanId(1)


def write(store: Store, name: int) -> None:
    """Take notes on one plan, each in a commit of its own, and take in mail between them."""
    for count in range(EACH):
        mail = an_arrival(name * EACH + count + 1)
        store.receive([mail], NOW, old=False)
        while True:
            unit = store.unit()
            act = Act(unit.new_act_id(), None, NOW)
            unit.record(act, PLAN, [NoteTaken(None, None, f"{name} {count}")])
            try:
                unit.commit()
            except StaleVersion:
                continue
            break


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    an_office(tmp_path).store.close()
    children = []
    for name in range(3):
        child = os.fork()
        if child == 0:
            try:
                write(a_store(tmp_path, seed=b"%032d" % name), name)
            except BaseException:  # noqa: BLE001 - the parent must hear of it, not pytest's copy
                os._exit(1)
            os._exit(0)
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert ends == [0, 0, 0]
    assert_nothing_was_lost(tmp_path)


def test_threads_of_one_process_lose_nothing(tmp_path: Path) -> None:
    store = an_office(tmp_path).store
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: write(store, name), range(3)))
    store.close()

    assert_nothing_was_lost(tmp_path)


def test_looks_that_nobody_ends_do_not_pile_up(tmp_path: Path) -> None:
    store = an_office(tmp_path).store
    for _ in range(100):
        assert store.unit().plan(PLAN) is not None
    store.close()


def assert_nothing_was_lost(folder: Path) -> None:
    store = a_store(folder)
    past = store.unit().acts_since(PLAN, 1)
    notes = [event.text for act in past for _, event in act.events if isinstance(event, NoteTaken)]
    assert sorted(notes) == sorted(f"{name} {n}" for name in range(3) for n in range(EACH))
    plan = store.unit().plan(PLAN)
    assert plan is not None
    assert plan.version == 1 + 3 * EACH
    assert store.waiting_mail() == 3 * EACH
    assert store.verify().problems == ()
    store.close()
