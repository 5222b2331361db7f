"""One event a line, key=value, on standard error: no bodies and no addresses at any level."""

import logging
import sys
from typing import TextIO

import structlog

from mailflow.flow.settings import AtStop, Stop

_QUIET_STOPS = frozenset(
    {Stop.ARRIVE, Stop.CLAIM, Stop.PARSE, Stop.SCREEN, Stop.UNDERSTAND, Stop.SIGN, Stop.SETTLE}
)
"""Stops that are told only when somebody looks closely."""


def open_log(stream: TextIO | None = None, *, debug: bool = False) -> structlog.BoundLogger:
    """Return the logger of this process."""
    level = logging.DEBUG if debug else logging.INFO
    logger: structlog.BoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
    )
    return logger.bind()  # once, and not at every line


def stop_logger(log: structlog.BoundLogger, *, debug: bool = False) -> AtStop:
    """Return what writes a line for each stop of a journey; quiet stops only with `debug`."""

    def at_stop(stop: Stop, journey: int, word: str, message_id: str) -> None:
        if debug or stop not in _QUIET_STOPS:
            log.info(
                stop.name.lower(), stop=int(stop), journey=journey, word=word, message=message_id
            )

    return at_stop
