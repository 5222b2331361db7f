"""Asks for the mailbox and writes config.toml; the password goes into a file of its own."""

from pathlib import Path

import typer

from mailflow.config import read_config

_TEMPLATE = """\
# Written by `mailflow init`. Every other setting is explained in config.example.toml.

[provider]
name = {name}
addresses = [{address}]
language = {language}
country = {country}
timezone = {timezone}

[[mailbox]]
address = {bot}
imap = {imap}
user = {user}
password_file = {secret}

[sending]
smtp = {smtp}
user = {user}
password_file = {secret}

[state]
folder = "state"

[mode]
# Letters to clients wait for your ok until this is true or you write "go live".
live = false
"""


def ask_and_write(path: Path, *, force: bool) -> int:
    """Ask, write the settings and the password file, and read them back; returns the status.

    Raises:
        ConfigError: an answer cannot be right; the sentence says which and why.
    """
    if path.exists() and not force:
        typer.echo(f"{path} is there already; --force writes over it.", err=True)
        return 2
    answers = _ask()
    secret = path.with_name("mailbox-password")
    password = typer.prompt("Password of the mailbox", hide_input=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    secret.touch(mode=0o600)
    secret.write_text(password + "\n", "utf-8")
    answers["secret"] = str(secret.resolve())
    path.write_text(
        _TEMPLATE.format(**{name: _quoted(value) for name, value in answers.items()}), "utf-8"
    )
    read_config(path)
    typer.echo(f"Wrote {path}. The password stands in {secret}, readable by you alone.")
    typer.echo(f"Next: mailflow run --config {path}")
    return 0


def _ask() -> dict[str, str]:
    name = typer.prompt("Your name, as letters are signed")
    address = typer.prompt("Your own address, from which you steer")
    bot = typer.prompt("The bot's address, whose mailbox is watched")
    domain = bot.rpartition("@")[2]
    imap = typer.prompt("IMAP server", default=f"imaps://imap.{domain}:993")
    smtp = typer.prompt("Submission server", default=f"smtps://smtp.{domain}:465")
    return {
        "name": name,
        "address": address,
        "bot": bot,
        "imap": imap,
        "smtp": smtp,
        "user": typer.prompt("Login name", default=bot),
        "language": typer.prompt("Your language", default="en"),
        "country": typer.prompt("Your country", default="GB"),
        "timezone": typer.prompt("Your time zone", default="Europe/London"),
    }


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
