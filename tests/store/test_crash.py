"""The store killed at every statement and every fsync of a journey, and then begun again."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from mailflow.domain.event import NoteTaken
from mailflow.domain.ids import PlanId
from mailflow.ports.kept import Act, Handled, MailFate, OutboxState, QueuedLetter
from mailflow.ports.wires import Outcome, OutcomeKind
from mailflow.store.hot import Desk
from mailflow.store.intake import SMALL
from mailflow.store.memory import Store
from tests.store.builders import NOW, a_letter, a_store, an_arrival, an_office

MAILS = (an_arrival(1), an_arrival(2, b"Subject: big\r\n\r\n" + b"x" * SMALL), an_arrival(3))
PLAN = PlanId(1)
KILLED = 9


def walk(store: Store) -> None:
    """Walk the same three mails to the end, from wherever an earlier life left them."""
    store.release_claims()
    store.receive(MAILS, NOW, old=False)
    while claimed := store.claim(2, NOW):
        unit = store.unit()
        for mail in claimed:
            print_ = f"mail {len(mail.raw)} {mail.raw[:20]!r}"
            if unit.was_handled(print_):
                continue
            plan = unit.plan(PLAN)
            assert plan is not None
            person = plan.people[1].person
            act = Act(unit.new_act_id(), person, NOW, mail.inbox_id)
            unit.record(act, PLAN, [NoteTaken(1, person, print_)])
            letter = a_letter(unit.new_letter_id(), person, PLAN, 1)
            unit.enqueue(QueuedLetter(letter, b"x", "me@s", OutboxState.QUEUED, NOW, print_))
            unit.handled(Handled(mail.inbox_id, MailFate.ACTED, print_, at=NOW))
        unit.commit()
    while letters := store.claim_outgoing(2, NOW, automatic=True):
        sent = Outcome(OutcomeKind.SENT, "250")
        store.record_outcomes(
            [(letter.mail.outbox_id, sent, OutboxState.SENT, None) for letter in letters], NOW
        )


def life(folder: Path, end_at: int) -> bool:
    """Live in a child process that dies at its n-th step; True when it reached the end."""
    child = os.fork()
    if child == 0:
        _die_at(end_at)
        store = a_store(folder, seed=b"%032d" % end_at)
        walk(store)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, KILLED}
    return code == 0


def _die_at(end_at: int) -> None:
    steps = iter(range(1, 100_000))

    def step(*_: object) -> None:
        if next(steps) == end_at:
            os._exit(KILLED)

    def stepping(inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*args: object, **more: object) -> object:
            step()
            result = inner(*args, **more)
            step()
            return result

        return outer

    def before(inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*args: object, **more: object) -> object:
            step()
            return inner(*args, **more)

        return outer

    for name in ("one", "all", "run", "many"):
        setattr(Desk, name, before(getattr(Desk, name)))
    os.fsync = stepping(os.fsync)
    Path.rename = stepping(Path.rename)  # type: ignore[method-assign] # in the child only
    event.listen(Engine, "begin", step)
    event.listen(Engine, "commit", step)


def assert_all_happened_once(folder: Path) -> None:
    store = a_store(folder)
    assert store.waiting_mail() == 0
    assert store.next_due(NOW) is None
    unit = store.unit()
    assert len(unit.handled_since(NOW)) == 3
    notes = [
        happened
        for past in unit.acts_since(PLAN, 1)
        for _, happened in past.events
        if isinstance(happened, NoteTaken)
    ]
    assert len(notes) == len(set(notes)) == 3
    assert len(unit.was_told(PLAN, 1)) == 1
    assert store.verify().problems == ()
    unit.close()
    store.close()


@pytest.mark.slow
def test_killed_at_any_step_nothing_is_lost_and_nothing_counts_twice(tmp_path: Path) -> None:
    steps = 0
    for end_at in range(1, 1000):
        folder = tmp_path / str(end_at)
        an_office(folder).store.close()
        if life(folder, end_at):
            steps = end_at
            break
        assert life(folder, 100_000)
        assert_all_happened_once(folder)

    assert steps > 100


def test_a_life_that_dies_again_and_again_reaches_the_end(tmp_path: Path) -> None:
    an_office(tmp_path).store.close()
    lives = 0
    while not life(tmp_path, 60 + 7 * lives):
        lives += 1

    assert 2 < lives < 60
    assert_all_happened_once(tmp_path)
