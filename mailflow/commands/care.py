"""Care in the terminal: held mail goes on, stopped sending goes on."""

from collections.abc import Sequence

from mailflow.bootstrap import open_store
from mailflow.commands.running import clock
from mailflow.commands.views import print_line
from mailflow.config import Config
from mailflow.flow.breaker import resume


def release_held(config: Config, numbers: Sequence[int]) -> int:
    """Let held mails be handled anew; returns 1 when one of them is not held."""
    store = open_store(config)
    try:
        released = {number: store.retry_held(number) for number in numbers}
    finally:
        store.close()
    for number, went in released.items():
        said = "is handled anew by the daemon within a minute, or by `mailflow run --once`"
        print_line(f"{number}  {said if went else 'is not held; nothing was changed'}")
    return 0 if all(released.values()) else 1


def resume_sending(config: Config) -> int:
    """Let letters leave again after they were stopped; returns 1 when they were not."""
    store = open_store(config)
    try:
        unit = store.unit()
        went = resume(unit, clock().now())
        unit.commit()
    finally:
        store.close()
    print_line("Letters leave again." if went else "Sending was not stopped; nothing was changed.")
    return 0 if went else 1
