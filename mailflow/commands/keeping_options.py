"""How the terminal spells backup, restore, export and erase; imports little, `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

_Config = Annotated[
    Path, typer.Option("--config", "-c", help="The settings, see config.example.toml.")
]
_CONFIG = Path("config.toml")
_Whose = Annotated[
    str, typer.Argument(help="An address, a person's or client's name, or a plan's code.")
]


def add_keeping(app: typer.Typer) -> None:
    """Give the command line its commands for keeping and for giving away."""
    for command in (backup, restore, export, erase):
        app.command()(command)


def backup(
    target: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    config: _Config = _CONFIG,
) -> None:
    """Copy everything into a new folder, while the daemon runs, and prove the copy."""
    from mailflow.commands import keeping
    from mailflow.config import read_config

    raise typer.Exit(keeping.back_up(read_config(config), target))


def restore(
    source: Annotated[Path, typer.Argument(help="A folder that `backup` made.")],
    config: _Config = _CONFIG,
    force: Annotated[
        bool, typer.Option("--force", help="Move a state that is there into a folder beside it.")
    ] = False,
) -> None:
    """Put a backup in the place of the state folder; the next run looks at all mail since."""
    from mailflow.commands import keeping
    from mailflow.config import read_config

    raise typer.Exit(keeping.restore(read_config(config), source, force=force))


def export(
    whose: _Whose,
    out: Annotated[Path, typer.Option("-o", "--out", help="The archive to write.")],
    config: _Config = _CONFIG,
) -> None:
    """Write everything that is kept of somebody, or of a plan, into a .zip archive."""
    from mailflow.commands import keeping
    from mailflow.config import read_config

    raise typer.Exit(keeping.export(read_config(config), whose, out))


def erase(
    whose: _Whose,
    config: _Config = _CONFIG,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be taken back.")] = False,
) -> None:
    """Erase somebody's or a plan's words for good; ids, times and the journal's chain remain."""
    from mailflow.commands import keeping
    from mailflow.config import read_config

    raise typer.Exit(keeping.erase(read_config(config), whose, sure=yes))
