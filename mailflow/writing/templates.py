"""The HTML of every letter: template files, data that stays data.

Templates are files of this package and are compiled once. Whatever comes from people is
escaped where it is told or by autoescape, is never a template itself, and a gap that nobody
fills is an error instead of a silence.
"""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from mailflow.writing.letter_plain import own_lines

_LAYOUT = "letter.html"


@cache
def environment() -> Environment:
    """Return the one environment: strict, escaping, reading only our own folder."""
    made = Environment(
        loader=FunctionLoader(_source),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["own_lines"] = own_lines
    return made


@cache
def layout() -> Template:
    """Return the compiled layout of a letter."""
    return environment().get_template(_LAYOUT)


def render(facts: dict[str, object]) -> str:
    """Return the HTML of a letter.

    Args:
        facts: what `templates/letter.html` asks for.

    Raises:
        jinja2.UndefinedError: the layout asks for something that is not there.
    """
    return layout().render(facts)


def _source(name: str) -> str:
    folder = files("mailflow.writing") / "templates"
    return (folder / name).read_text(encoding="utf-8")
