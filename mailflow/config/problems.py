"""What is wrong with the settings, told so that whoever reads it can mend it at once."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from mailflow.config.lines import line_of
from mailflow.errors import ConfigProblem

_PATTERNS = {
    "^[a-z]{2}$": "must be two small letters such as en or de",
    "^[A-Z]{2}$": "must be two capital letters such as GB or DE",
}
_BY_TYPE: Mapping[str, str] = {
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "bool_type": "must be true or false, without quotes",
    "bool_parsing": "must be true or false, without quotes",
    "int_type": "must be a whole number, without quotes",
    "int_parsing": "must be a whole number, without quotes",
    "int_from_float": "must be a whole number",
    "path_type": "must be the name of a folder, in quotes",
    "tuple_type": "must be a list in square brackets",
}
_SHOWN = str | int | float


def problems_of(
    invalid: ValidationError, text: str, settings: type[BaseModel]
) -> tuple[ConfigProblem, ...]:
    """Return every problem with its line, in the order of the lines.

    Args:
        invalid: what the check found.
        text: the file.
        settings: the model that was asked for, to say what is missing.
    """
    errors = invalid.errors()
    places = [tuple(error["loc"]) for error in errors]
    told = [
        _problem(error, text, settings)
        for error in errors
        if not (error["type"] == "too_short" and _has_worse(tuple(error["loc"]), places))
    ]
    return tuple(sorted(told, key=lambda problem: problem.line))


def _has_worse(place: tuple[int | str, ...], places: Sequence[tuple[int | str, ...]]) -> bool:
    """A list counts as empty also when each of its items is wrong: that is told already."""
    return any(other[: len(place)] == place and other != place for other in places)


def _problem(error: Any, text: str, settings: type[BaseModel]) -> ConfigProblem:  # noqa: ANN401 - pydantic's ErrorDetails
    place: tuple[int | str, ...] = error["loc"]
    name = ""
    for part in place:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return ConfigProblem(line_of(text, place), name, _sentence(error, place, settings))


def _sentence(error: Any, place: tuple[int | str, ...], settings: type[BaseModel]) -> str:  # noqa: ANN401 - as above
    kind = str(error["type"])
    special: Mapping[str, Callable[[], str]] = {
        "missing": lambda: _missing(place, settings),
        "extra_forbidden": lambda: _unknown(place, settings),
        "string_pattern_mismatch": lambda: _PATTERNS[error["ctx"]["pattern"]],
        "literal_error": lambda: f"must be {error['ctx']['expected']}",
        "greater_than_equal": lambda: f"must be {error['ctx']['ge']} or more",
        "less_than_equal": lambda: f"must be {error['ctx']['le']} or less",
        "too_short": lambda: "must name at least one",
        "model_type": lambda: _section(place),
        "model_attributes_type": lambda: _section(place),
    }
    if kind == "tuple_type" and place == ("mailbox",):
        said = "must be written [[mailbox]], with two brackets: there may be more than one"
    elif kind in special:
        said = special[kind]()
    else:
        said = _BY_TYPE.get(kind) or str(error["msg"]).removeprefix("Value error, ")
    given = error["input"]
    if kind not in {"missing", "extra_forbidden"} and isinstance(given, _SHOWN):
        said = f"{said}, not {_as_written(given)}"
    return said


def _as_written(given: str | float) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    return f'"{given}"' if isinstance(given, str) else str(given)


def _section(place: tuple[int | str, ...]) -> str:
    return f"must be a section of its own, which begins with [{place[0]}]"


def _missing(place: tuple[int | str, ...], settings: type[BaseModel]) -> str:
    model = _model_at(place[:-1], settings)
    field = model.model_fields.get(str(place[-1])) if model else None
    if field is None or not field.description:
        return (
            f"is missing: the section [{place[-1]}] is needed" if len(place) == 1 else "is missing"
        )
    return f"is missing. {field.description}"


def _unknown(place: tuple[int | str, ...], settings: type[BaseModel]) -> str:
    model = _model_at(place[:-1], settings)
    known = list(model.model_fields) if model else []
    near = get_close_matches(str(place[-1]), known, n=1, cutoff=0.6)
    if near:
        return f"is not a setting; did you mean {near[0]}?"
    return f"is not a setting; these are: {', '.join(sorted(known))}"


def _model_at(place: tuple[int | str, ...], settings: type[BaseModel]) -> type[BaseModel] | None:
    model: Any = settings
    for part in place:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        model = None if field is None else _model_in(field.annotation)
        if model is None:
            return None
    found: type[BaseModel] = model
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - a type of any kind
    """Return the section that a field holds, alone or as a list of them."""
    inside = (annotation, *getattr(annotation, "__args__", ()))
    return next((t for t in inside if isinstance(t, type) and issubclass(t, BaseModel)), None)
