"""What a compiled wheel is made of; that it reads alike is proven where it is built."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

HOUSE = Path(__file__).parent.parent


def hooks_of_the_wheel() -> dict[str, Any]:
    """Return the steps that hatchling would take beside packing files."""
    return dict(WheelBuilder(str(HOUSE)).config.hook_config)


def compiled_modules() -> list[str]:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    hook = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    return [str(name) for name in hook["modules"]]


def test_nothing_is_compiled_unless_somebody_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HATCH_BUILD_HOOKS_ENABLE", raising=False)
    monkeypatch.delenv("HATCH_BUILD_HOOK_ENABLE_CUSTOM", raising=False)
    assert hooks_of_the_wheel() == {}
    monkeypatch.setenv("HATCH_BUILD_HOOK_ENABLE_CUSTOM", "true")
    assert hooks_of_the_wheel().keys() == {"custom"}


def test_the_modules_to_compile_are_there_and_named_once() -> None:
    names = compiled_modules()
    assert names == sorted(set(names))
    assert [name for name in names if not (HOUSE / name).is_file()] == []


def test_no_module_that_unites_flags_is_compiled() -> None:
    assert flags_in("mailflow/reading/understanding/text/marks.py") == ["Mark"]
    assert [(name, found) for name in compiled_modules() if (found := flags_in(name))] == []


def flags_in(name: str) -> list[str]:
    """Return the classes of a module that are flags: mypyc cannot unite them in their own class."""
    tree = ast.parse((HOUSE / name).read_text("utf-8"))
    return [
        one.name
        for one in ast.walk(tree)
        if isinstance(one, ast.ClassDef)
        and any(ast.unparse(base).endswith("Flag") for base in one.bases)
    ]
