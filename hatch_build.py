"""Compiles the reader's busiest modules into a wheel of this machine, where that is asked for.

Hatchling loads this only with HATCH_BUILD_HOOK_ENABLE_CUSTOM=true; every other build is plain
Python. pyproject.toml says which modules, and what the compilation needs.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.wheel import WheelBuilderConfig

_GROUP = "mailflow"
"""The shared library of all compiled modules lies beside the package as `mailflow__mypyc`."""


class CompiledReader(BuildHookInterface[WheelBuilderConfig]):
    """Puts a machine-code twin beside each named module; imports prefer it to the source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the installation is an editable one, whose sources must be what runs."""
        if version == "editable":
            return
        self._work = TemporaryDirectory(prefix="mailflow-mypyc-")
        for built, place in _compiled(self.config["modules"], Path(self._work.name)):
            build_data["force_include"][str(built)] = place
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Remove what was only needed to build."""
        if version != "editable":
            self._work.cleanup()


def _compiled(modules: Sequence[str], work: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file that was built, and its place in the wheel."""
    from mypyc.build import mypycify  # noqa: PLC0415 - there only when it is to be used
    from setuptools import Distribution  # noqa: PLC0415 - the same
    from setuptools.command.build_ext import build_ext  # noqa: PLC0415 - the same

    alone = ["--config-file=", f"--cache-dir={work / 'types'}"]  # ours asks for all libraries
    extensions = mypycify(
        [*alone, *modules],
        opt_level="2",
        debug_level="0",
        multi_file=True,
        target_dir=str(work / "c"),
        group_name=_GROUP,
    )
    command = build_ext(Distribution({"name": _GROUP, "ext_modules": extensions}))
    lib = work / "lib"
    command.build_lib, command.build_temp = str(lib), str(work / "objects")
    command.ensure_finalized()
    command.run()
    for built in sorted(lib.rglob("*")):
        if built.is_file():
            yield built, str(built.relative_to(lib))
