"""Lines in and lines out, with nothing imported that would keep a pipe waiting."""

import gc
import os
import stat
import sys
from collections.abc import Iterable, Iterator

_OBJECTS, _ROUNDS = 1_000_000, 20
"""How rarely to look for circles: what is read back makes none, and answers make few."""


def understand_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line of a corpus of replies with a prediction."""
    from mailflow.reading.client import predict_lines

    return predict_lines(lines)


def print_understood(lines: Iterable[str]) -> None:
    """Print a prediction for each line, with what was kept of the languages at hand."""
    from mailflow.commands.shelves import keep_lexicons

    keep_lexicons()
    gc.set_threshold(_OBJECTS, _ROUNDS, _ROUNDS)
    print_lines(understand_lines(lines))
    gc.freeze()  # or the end of the program would look through all languages for circles


def print_lines(lines: Iterable[str]) -> None:
    """Print line by line, each at once where somebody may wait for it before he asks on."""
    awaited = not _reads_a_file()
    for line in lines:
        sys.stdout.write(line.rstrip("\n") + "\n")
        if awaited:
            sys.stdout.flush()


def _reads_a_file() -> bool:
    """Return whether all lines are there already, so that nobody waits for the next answer."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode)
    except (OSError, ValueError):
        return False
