"""Measure how fast mailflow is, and how fast it could be at most on this machine.

    python tools/bench.py [--quick] [--only waiting,latency,parts]

Every line is compared with a limit of the same run, for absolute numbers move with the machine
and its other work; only ratios can be compared between two days.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench_latency import measure_latency
from bench_parts import measure_parts
from bench_table import Line, table
from bench_waiting import Waiting, measure_waiting
from bench_world import World, open_world, take_priority

QUICK, WHOLE = (500, 500, 2), (5_000, 2_000, 3)
"""Plans (of twenty To Dos), waiting answers, rounds."""


def main() -> None:
    """Print the table; exit status 1 when a goal is missed."""
    asked = argparse.ArgumentParser(description="Measure mailflow's speed.")
    asked.add_argument("--quick", action="store_true", help="with smaller offices")
    asked.add_argument("--only", default=",".join(_PARTS), help="comma-separated: %(default)s")
    options = asked.parse_args()
    real_time = take_priority()
    lines: list[Line] = []
    with open_world() as world:
        for name in options.only.split(","):
            lines += _PARTS[name](world, QUICK if options.quick else WHOLE)
    print(_machine(real_time=real_time))
    print()
    print(table(lines))
    if any(line.reached is False for line in lines):
        sys.exit(1)


def _machine(*, real_time: bool) -> str:
    with Path("/proc/cpuinfo").open() as told:
        model = next((x.partition(":")[2].strip() for x in told if x.startswith("model name")), "?")
    priority = "real-time priority" if real_time else "no real-time priority"
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}, "
        f"{os.cpu_count()} x {model}, {priority}, load {load}"
    )


def _waiting(world: World, size: tuple[int, int, int]) -> Iterator[Line]:
    found: Waiting = measure_waiting(world, *size)
    relay = (found.relayed, "relay")
    todos = f"{found.todos:,} To Dos"
    goal = ">= 0.08 of"
    yield Line(f"answers handled, start included, {todos}", found.handled, "/s", *relay, goal)
    yield Line("the same without start and end", found.worked, "/s", *relay)
    yield Line("processor time an answer", found.cpu_large, "ms")
    small = (found.cpu_small, "1,000 To Dos")
    yield Line(f"the same answers, {todos}", found.cpu_same, "ms", *small, "<= 1.2 of")


def _latency(world: World, size: tuple[int, int, int]) -> Iterator[Line]:
    found = measure_latency(world, 10 * size[2])
    push = (found.push, "Dovecot's own hint")
    yield Line("EXISTS to the accepted receipt", found.idle, "ms", goal="< 150")
    yield Line("delivery to the accepted receipt, IDLE", found.whole, "ms", *push)
    yield Line("end of DATA to the accepted receipt, LMTP", found.lmtp, "ms", goal="< 150")
    yield Line("the same for the first mail after the start", [found.first], "ms")
    yield Line("memory of the idle daemon", [found.rss_start], "MiB", goal="< 90")
    yield Line("the same after its first answers", [found.rss_after], "MiB")


def _parts(_world: World, _size: tuple[int, int, int]) -> Iterator[Line]:
    yield from measure_parts()


_PARTS: dict[str, Callable[[World, tuple[int, int, int]], Iterator[Line]]] = {
    "waiting": _waiting,
    "latency": _latency,
    "parts": _parts,
}


if __name__ == "__main__":
    main()
