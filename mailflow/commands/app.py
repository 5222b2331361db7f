"""Every command with its options; the work is done in the modules beside this one.

Heavy libraries are imported where a command needs them, so that `--help` answers at once.
Exit status: 0 fine, 1 the input had problems, 2 wrong usage or configuration, 3 a server
could not be reached.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from mailflow import __version__
from mailflow.commands.keeping_options import add_keeping
from mailflow.commands.pipes import print_lines, print_understood

app = typer.Typer(
    name="mailflow",
    help="Run client work by mail: the client just answers, and the answer ticks the box.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
plan_app = typer.Typer(
    help="Read a plan's text: as JSON, as a page, as a calendar.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(plan_app, name="plan")

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", help="The settings, see config.example.toml.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DEFAULT_CONFIG = Path("config.toml")


def _complain(words: str) -> None:
    typer.echo(words, err=True)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mailflow {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    del version


# --- to see it ------------------------------------------------------------------------------


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Where mails, pages and entries go.")] = Path(
        "demo-out"
    ),
) -> None:
    """Play a whole engagement on an embedded mail server; nothing to configure."""
    from mailflow.demo.story import tell

    raise typer.Exit(tell(out))


@app.command()
def sandbox(
    imap_port: Annotated[int, typer.Option(help="Port of the IMAP server.")] = 1143,
    smtp_port: Annotated[int, typer.Option(help="Port of the submission server.")] = 1587,
    out: Annotated[Path, typer.Option("--out", help="Where the state lives.")] = Path(
        "sandbox-out"
    ),
) -> None:
    """Keep the embedded server up: connect any mail program as provider and as clients."""
    from mailflow.demo.sandbox import stay_up

    stay_up(out, imap_port, smtp_port)


# --- to run it ------------------------------------------------------------------------------


@app.command()
def init(
    config: ConfigOption = DEFAULT_CONFIG,
    force: Annotated[bool, typer.Option(help="Write over an existing file.")] = False,
) -> None:
    """Ask for the mailbox and write config.toml; the password goes into a file of its own."""
    from mailflow.commands.init import ask_and_write

    raise typer.Exit(ask_and_write(config, force=force))


@app.command()
def run(
    config: ConfigOption = DEFAULT_CONFIG,
    once: Annotated[bool, typer.Option("--once", help="Handle what waits, then leave.")] = False,
    ticks: Annotated[
        bool, typer.Option("--ticks", help="Read instants on standard input and play them.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Log every stop.")] = False,
) -> None:
    """Watch the mailbox, answer, remind and report; the daemon."""
    from mailflow.commands import running
    from mailflow.commands.shelves import keep_lexicons
    from mailflow.config import read_config

    settings = read_config(config, with_secrets=True)
    keep_lexicons()
    if once:
        raise typer.Exit(running.run_once(settings, debug=debug))
    if ticks:
        print_lines(running.run_ticks(settings, sys.stdin))
    else:
        running.run_daemon(settings, debug=debug)


@app.command()
def deliver(
    files: Annotated[list[Path], typer.Argument(help="Mails as .eml files.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Take .eml files as if they had been fetched."""
    from mailflow.commands.running import deliver as take
    from mailflow.config import read_config

    new = take(read_config(config), files)
    typer.echo(f"{new} new of {len(files)}")


@app.command(name="config")
def config_(
    example: Annotated[bool, typer.Option("--example", help="Print config.example.toml.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Print the example file, or say whether the settings are sound."""
    from mailflow.config import read_config
    from mailflow.config.example import example as example_text

    if example:
        typer.echo(example_text(), nl=False)
        return
    read_config(config)
    typer.echo(f"{config}: fine")


# --- to look into it ------------------------------------------------------------------------


@app.command()
def status(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Say what runs, what waits and what needs a person; exit status 1 if something does."""
    from mailflow.commands import views
    from mailflow.config import read_config

    raise typer.Exit(views.show_status(read_config(config), as_json=as_json))


def _view(name: str, explanation: str) -> Callable[[Path, bool], None]:
    def view(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
        from mailflow.commands import views
        from mailflow.config import read_config

        views.show(name, read_config(config), as_json=as_json)

    view.__doc__ = explanation
    return view


app.command(name="plans")(_view("plans", "List the plans and how far they are."))
app.command(name="todos")(_view("todos", "List every To Do with its state and dates."))
app.command(name="people")(_view("people", "List everybody who is known."))
app.command(name="history")(_view("history", "List what happened, from the journal."))


@app.command()
def outbox(
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Let letters leave again after they were stopped.")
    ] = False,
) -> None:
    """List the letters that were or will be sent."""
    from mailflow.config import read_config

    if resume:
        from mailflow.commands.care import resume_sending

        raise typer.Exit(resume_sending(read_config(config)))
    from mailflow.commands import views

    views.show("outbox", read_config(config), as_json=as_json)


@app.command()
def held(
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
    release: Annotated[
        list[int] | None, typer.Option("--release", help="Have the mail with this ID handled anew.")
    ] = None,
) -> None:
    """List the mails that were set aside, with the reason."""
    from mailflow.config import read_config

    if release:
        from mailflow.commands.care import release_held

        raise typer.Exit(release_held(read_config(config), release))
    from mailflow.commands import views

    views.show("held", read_config(config), as_json=as_json)


@app.command()
def check(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Check the settings, the database and the journal's chains."""
    from mailflow.commands import views
    from mailflow.config import read_config

    raise typer.Exit(views.check(read_config(config)))


add_keeping(app)


# --- single stages --------------------------------------------------------------------------


@app.command()
def explain(
    message: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A mail as .eml file.")
    ],
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say what would be understood of a mail and done, and why; nothing is written."""
    from mailflow.commands.explaining import explain as tell
    from mailflow.config import read_config

    typer.echo(tell(read_config(config), message, as_json=as_json))


@app.command()
def extract(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")] = False,
    sent: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The mail that was answered.")
    ] = None,
) -> None:
    """Print what a person typed in the mail on standard input."""
    from mailflow.commands import streams

    if jsonl:
        print_lines(streams.extract_lines(sys.stdin))
    else:
        parent = None if sent is None else sent.read_bytes()
        typer.echo(streams.extract_one(sys.stdin.buffer.read(), parent))


@app.command()
def parse(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")] = False,
) -> None:
    """Print what the mail on standard input holds."""
    import base64
    import json

    from mailflow.commands import streams

    if jsonl:
        print_lines(streams.parse_lines(sys.stdin))
    else:
        raw = sys.stdin.buffer.read()
        line = json.dumps({"id": None, "eml": base64.b64encode(raw).decode("ascii")})
        print_lines(streams.parse_lines([line]))


@app.command()
def understand() -> None:
    """Read a corpus of answers on standard input and print what each means."""
    print_understood(sys.stdin)


@app.command(name="eval")
def evaluate(
    own: Annotated[
        bool, typer.Option("--own", help="Measure on the answers that came to this installation.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Write the answers there, without the people in them."),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Measure how well answers are understood, by what the provider said to each reading."""
    if not own:
        _complain("mailflow eval: say --own; the labelled corpus is measured by `make eval`.")
        raise typer.Exit(2)
    from mailflow.commands.evaluating import measure_own
    from mailflow.config import read_config

    raise typer.Exit(measure_own(read_config(config), export))


@plan_app.command(name="parse")
def plan_parse(
    as_json: JsonOption = False,
    eml: Annotated[bool, typer.Option("--eml", help="Standard input is a whole mail.")] = False,
) -> None:
    """Read a plan on standard input and print what was read; exit status 1 with problems."""
    from mailflow.commands.plan import parse_plan
    from mailflow.config import locale_name

    output, status_ = parse_plan(
        sys.stdin.buffer.read(), as_json=as_json, eml=eml, locale=locale_name()
    )
    typer.echo(output)
    raise typer.Exit(status_)


@plan_app.command(name="pdf")
def plan_pdf(
    plan: Annotated[Path, typer.Argument(help="The plan's text.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where the page goes.")],
) -> None:
    """Draw a plan's page."""
    from mailflow.commands import plan_files

    raise typer.Exit(plan_files.write_page(plan, out))


@plan_app.command(name="ics")
def plan_ics(
    plan: Annotated[Path, typer.Argument(help="The plan's text.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where the calendar goes.")],
) -> None:
    """Write a plan's dates as a calendar file."""
    from mailflow.commands import plan_files

    raise typer.Exit(plan_files.write_calendar(plan, out))
