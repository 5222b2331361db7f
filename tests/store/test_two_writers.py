"""The command line beside the daemon: two processes write, and neither loses anything."""

import os
from pathlib import Path

from mailflow.domain.event import NoteTaken
from mailflow.domain.ids import PlanId
from mailflow.errors import StaleVersion
from mailflow.ports.kept import Act
from tests.store.builders import NOW, a_store, an_arrival, an_office

EACH = 40
PLAN = PlanId(1)


def write(folder: Path, name: int) -> None:
    """Take notes on one plan, each in a commit of its own, and take in mail between them."""
    store = a_store(folder, seed=b"%032d" % name)
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
    store.close()


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    an_office(tmp_path).store.close()
    children = []
    for name in range(3):
        child = os.fork()
        if child == 0:
            try:
                write(tmp_path, name)
            except BaseException:  # noqa: BLE001 - the parent must hear of it, not pytest's copy
                os._exit(1)
            os._exit(0)
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert ends == [0, 0, 0]
    store = a_store(tmp_path)
    past = store.unit().acts_since(PLAN, 1)
    notes = [event.text for act in past for _, event in act.events if isinstance(event, NoteTaken)]
    assert sorted(notes) == sorted(f"{name} {n}" for name in range(3) for n in range(EACH))
    plan = store.unit().plan(PLAN)
    assert plan is not None
    assert plan.version == 1 + 3 * EACH
    assert store.waiting_mail() == 3 * EACH
    assert store.verify().problems == ()
    store.close()
