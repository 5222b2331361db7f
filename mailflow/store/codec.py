"""Frozen values as JSON and back, by their type hints alone; and the words of events.

What equals its default is left out, so a value that gains a field reads its old JSON, and a
field that is not known any more is passed over. Each type's codec is built once.
"""

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache, lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from mailflow.domain.event import Event
from mailflow.domain.office import OfficeEvent

Plain = Callable[[Any], Any]

_EVENTS: dict[str, type] = {}
_WORDS: dict[type, str] = {}
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one type become plain JSON values, and again themselves.

    None stands for "as it is", so that tuples of words need not be walked.
    """

    write: Plain | None
    read: Plain | None


_AS_IS = Codec(None, None)

compact_json = json.JSONEncoder(separators=(",", ":")).encode
"""Writes plain values as ASCII JSON; whatever text holds, it survives."""


@cache
def codec_of(hint: Any) -> Codec:  # noqa: ANN401 - a type hint has no type of its own
    """Return the codec for a type hint.

    Raises:
        TypeError: the hint is of a kind that no value of the house uses.
    """
    if hasattr(hint, "__supertype__"):
        return codec_of(hint.__supertype__)
    origin = get_origin(hint)
    if origin in {UnionType, Union}:
        return _optional(hint)
    if origin is tuple:
        return _tuple(get_args(hint))
    return _of_class(hint)


def plain(hint: Any, value: object) -> Any:  # noqa: ANN401 - see codec_of
    """Return the value as JSON knows values."""
    write = codec_of(hint).write
    return write(value) if write else value


def valued(hint: Any, value: Any) -> Any:  # noqa: ANN401 - see codec_of
    """Return what `plain` was given."""
    read = codec_of(hint).read
    return read(value) if read else value


def to_json(hint: Any, value: object) -> str:  # noqa: ANN401 - see codec_of
    """Return the value as ASCII JSON; whatever text holds, it survives."""
    return compact_json(plain(hint, value))


def from_json(hint: Any, text: str) -> Any:  # noqa: ANN401 - see codec_of
    """Return the value that `to_json` wrote."""
    return valued(hint, json.loads(text))


def event_word(event: type) -> str:
    """Return an event's name in the journal, such as `todo_state_changed`."""
    return _WORDS[event]


def event_class(word: str) -> type:
    """Return the event with this name.

    Raises:
        KeyError: no event is called so.
    """
    return _EVENTS[word]


def _of_class(hint: type) -> Codec:
    if hint in {str, int, bool, float}:
        return _AS_IS
    if issubclass(hint, Enum):
        return Codec(attrgetter("value"), hint)
    if issubclass(hint, datetime | date | time):
        return Codec(lru_cache(maxsize=1024)(hint.isoformat), hint.fromisoformat)
    if is_dataclass(hint):
        return _dataclass(hint)
    msg = f"values of {hint!r} are not kept as JSON"
    raise TypeError(msg)


def _optional(hint: UnionType) -> Codec:
    inner = [arg for arg in get_args(hint) if arg is not NoneType]
    if len(inner) != 1:
        msg = f"{hint!r} does not say by itself which value it is"
        raise TypeError(msg)
    codec = codec_of(inner[0])
    if codec.write is None or codec.read is None:
        return _AS_IS
    write, read = codec.write, codec.read
    return Codec(
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _tuple(args: tuple[Any, ...]) -> Codec:
    if args[1:] == (...,):
        one = codec_of(args[0])
        if one.write is None or one.read is None:
            return Codec(list, tuple)
        write, read = one.write, one.read
        return Codec(
            lambda values: [write(value) for value in values],
            lambda values: tuple([read(value) for value in values]),
        )
    codecs = [codec_of(arg) for arg in args]
    writes = [codec.write or _same for codec in codecs]
    reads = [codec.read or _same for codec in codecs]
    return Codec(
        lambda values: [write(value) for write, value in zip(writes, values, strict=True)],
        lambda values: tuple([read(value) for read, value in zip(reads, values, strict=True)]),
    )


def _same(value: object) -> object:
    return value


def _dataclass(hint: type) -> Codec:
    hints = get_type_hints(hint)
    plan = [(field.name, codec_of(hints[field.name]), _default(field)) for field in fields(hint)]
    writes = [(name, attrgetter(name), codec.write, default) for name, codec, default in plan]
    reads = {name: codec.read for name, codec, _ in plan}

    def write(value: object) -> dict[str, Any]:
        return {
            name: encode(part) if encode else part
            for name, get, encode, default in writes
            if (part := get(value)) != default
        }

    def read(value: dict[str, Any]) -> object:
        return hint(
            **{
                name: decode(part) if (decode := reads[name]) else part
                for name, part in value.items()
                if name in reads
            }
        )

    return Codec(write, read)


def _default(field: Any) -> Any:  # noqa: ANN401 - a default is of any type
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


for _event in (*get_args(Event), *get_args(OfficeEvent)):
    _WORDS[_event] = _CAPITAL.sub("_", _event.__name__.replace("ToDo", "Todo")).lower()
    _EVENTS[_WORDS[_event]] = _event
