"""Waiting answers: how many a second `mailflow run --once` handles, receipts sent and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_answers import SAID, Sent, answers, marked
from bench_relay import relay
from bench_state import TODOS_PER_PLAN, SentOut, fill_office, write_config
from bench_world import Spent, World, append, copy_office, program, run

_SMALL = 1_000 // TODOS_PER_PLAN
_ANSWERS_EACH = 4
_ONE_BY_ONE = tuple(f"{n} done" for n in range(1, _ANSWERS_EACH + 1))


@dataclass(frozen=True, slots=True)
class Office:
    """An office in the middle of its work, of which copies are measured.

    Attributes:
        user: its account.
        folder: where its settings and its state are.
        letters: what its clients were asked.
    """

    user: str
    folder: Path
    letters: Sequence[SentOut]

    def once(self, world: World) -> Spent:
        """Handle what waits."""
        config = str(self.folder / "config.toml")
        return run(program("run", "--once", "-c", config), world.folder / f"{self.user}.log")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What handling waiting answers cost, a value a round.

    Attributes:
        relayed: mails a second, fetched and sent on with no work.
        handled: answers a second, from the start of the program to its end.
        worked: the same without what a start and an end cost.
        cpu_large: milliseconds of processor time an answer, in the large office.
        cpu_small: the same in an office of 1,000 To Dos, for the same answers.
        cpu_same: the same answers again in the large office.
        todos: To Dos in the large office.
    """

    relayed: list[float]
    handled: list[float]
    worked: list[float]
    cpu_large: list[float]
    cpu_small: list[float]
    cpu_same: list[float]
    todos: int


def measure_waiting(world: World, plans: int, count: int, rounds: int) -> Waiting:
    """Measure, with `plans` plans and `count` answers from as many clients.

    Raises:
        RuntimeError: not every answer got its receipt.
    """
    large = open_office(world, "large", plans)
    small = open_office(world, "small", _SMALL)
    step = max(1, plans // _SMALL)
    scattered = Office(large.user, large.folder, large.letters[::step][:_SMALL])
    offices = (small, scattered)
    found = Waiting([], [], [], [], [], [], plans * TODOS_PER_PLAN)
    mails = answers(large.letters[-count:], SAID, "relay")
    append(world, "relay@bench.test", [mail.raw for mail in mails])
    few = [(o, answers(list(o.letters) * _ANSWERS_EACH, _in_turn(o), "few")) for o in offices]
    for number in range(rounds):
        idle = large.once(world)
        found.relayed.append(relay(world, "relay@bench.test"))
        sent = marked(mails, f"r{number}")
        spent = _answered(world, large, sent)
        found.handled.append(len(sent) / spent.wall)
        found.worked.append(len(sent) / (spent.wall - idle.wall))
        found.cpu_large.append((spent.cpu - idle.cpu) / len(sent) * 1e3)
        for (office, same), costs in zip(few, (found.cpu_small, found.cpu_same), strict=True):
            spent = _answered(world, office, marked(same, f"s{number}"))
            costs.append((spent.cpu - idle.cpu) / len(same) * 1e3)
    return found


def open_office(world: World, name: str, plans: int) -> Office:
    """Make an office with this many running plans; a copy of its state is kept beside it."""
    folder = world.folder / name
    folder.mkdir()
    doors = world.doors(name)
    office = Office(doors.user, folder, ())
    config = write_config(folder, doors)
    office.once(world)  # the first look at a mailbox: what stands there is old
    letters = fill_office(config, plans)
    copy_office(folder / "state", folder / "kept")
    return Office(doors.user, folder, letters)


def _in_turn(office: Office) -> list[str]:
    return [said for said in _ONE_BY_ONE for _ in office.letters]


def _answered(world: World, office: Office, sent: Sequence[Sent]) -> Spent:
    """Let an office find these answers, as it was when it was made."""
    copy_office(office.folder / "kept", office.folder / "state")
    append(world, office.user, [mail.raw for mail in sent])
    spent = office.once(world)
    receipts = {taken.answers for taken in world.taken()}
    missing = [mail.message_id for mail in sent if mail.message_id not in receipts]
    if missing:
        msg = f"{len(missing)} of {len(sent)} answers have no receipt, such as {missing[0]}"
        raise RuntimeError(msg)
    return spent
