"""The house keeps its own rules: sizes, floors, no leftovers, and documents that tell the truth."""

import io
import re
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest
import typer.main
from typer.testing import CliRunner

from mailflow.commands.app import app
from mailflow.config import Config
from mailflow.config.example import _SECTIONS, example
from mailflow.domain.plan import PhaseState, PlanState, ToDoState
from mailflow.domain.planning import _ARROWS
from mailflow.domain.reminder import LADDERS
from mailflow.flow.commands import VERBS
from mailflow.flow.settings import Stop
from mailflow.ports import InboxState, MailFate, OutboxState
from mailflow.reading.provider import read_commands
from tests.reading.plan_builders import read

HOUSE = Path(__file__).parent.parent
DOCS = HOUSE / "docs"
PAGES = sorted([*HOUSE.glob("*.md"), *DOCS.glob("*.md"), *DOCS.glob("adr/*.md")])
LONGEST_FILE = 400
CODE = sorted(p for room in ("mailflow", "tests", "tools") for p in (HOUSE / room).rglob("*.py"))
TEMPLATES = sorted([*(HOUSE / "mailflow").rglob("*.html"), *(HOUSE / "mailflow").rglob("*.mako")])


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the cells of each table row, the rulers apart."""
    for line in text.splitlines():
        if line.startswith("|") and not set(line) <= set("|-: "):
            yield [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of its level."""
    level = heading.partition(" ")[0]
    _, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    assert found, f"there is no heading {heading!r}"
    return re.split(rf"\n{level} ", rest)[0]


def first_words(text: str) -> list[str]:
    """Return the first cells of a table's rows that stand in code quotes."""
    return [row[0].strip("`") for row in rows_of(text) if row[0].startswith("`")]


# --- sizes and leftovers --------------------------------------------------------------------


@pytest.mark.parametrize("path", [*CODE, *TEMPLATES], ids=name_of)
def test_no_file_is_too_long_to_be_read_in_one_go(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines < LONGEST_FILE, f"{name_of(path)} has {lines} lines"


LEFTOVER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
CODE_OF_A_RULE = re.compile(r"noqa: .*")


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_was_left_for_later(path: Path) -> None:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    said = [token.string for token in tokens if token.type == tokenize.COMMENT]
    assert [words for words in said if LEFTOVER.search(CODE_OF_A_RULE.sub("", words))] == []


def tracked() -> list[Path]:
    """Return the files that belong to the project; without a repository, all there are."""
    if not (HOUSE / ".git").exists():
        return [path for path in HOUSE.rglob("*") if path.is_file()]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True
    ).stdout
    names = listed.decode().split("\0")
    return [HOUSE / name for name in names if name and (HOUSE / name).is_file()]


SOMEBODYS_MACHINE = re.compile(
    rb"(?<![\w.~-])/(?:home/(?!\.{3}|user\b|you\b)\w|Users/\w|root/\w|work/\w|opt/(?:pypi|wheels))"
    rb"|index-url[ =]+(?:https?|file):|trusted-host[ =]+\w|https?://[^\s\"'<>)]*(?:/simple\b|artifactory)"
)


def test_no_file_knows_whose_machine_it_was_written_on() -> None:
    here = Path(__file__)
    found = [
        f"{name_of(path)}: {match[0]!r}"
        for path in tracked()
        if path != here and (match := SOMEBODYS_MACHINE.search(path.read_bytes()))
    ]
    assert found == []


# --- floors ---------------------------------------------------------------------------------


def test_every_room_of_the_package_has_its_floor() -> None:
    placed = {room for floor in layers_of("mailflow") for room in floor.split(" | ")}
    rooms = {
        path.stem
        for path in (HOUSE / "mailflow").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert placed == rooms - {"__init__", "__main__"}


def test_the_architecture_draws_the_floors_that_are_enforced() -> None:
    assert drawn_in("architecture.md", "## The floors") == layers_of("mailflow")


def test_the_rooms_of_understanding_are_drawn_as_they_are_enforced() -> None:
    rooms = layers_of("mailflow.reading.understanding")
    assert drawn_in("understanding.md", "## The rooms") == rooms


def layers_of(container: str) -> list[str]:
    """Return the floors of a part of the house that the walls are held by, the top first."""
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [floors] = [one["layers"] for one in contracts if one.get("containers") == [container]]
    return [str(floor) for floor in floors]


def drawn_in(name: str, heading: str) -> list[str]:
    """Return the floors as a page draws them."""
    rows = rows_of(section(page(name), heading))
    return [row[1].replace("`", "").replace(", ", " | ") for row in rows][1:]


# --- the command line -----------------------------------------------------------------------


def commands(group: click.Group, above: str = "mailflow") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        path = f"{above} {name}"
        if hasattr(command, "commands"):
            yield from commands(command, path)  # type: ignore[arg-type]  # typer's own group
        else:
            yield path, command


COMMANDS = dict(commands(typer.main.get_command(app)))  # type: ignore[arg-type]  # a group


@pytest.mark.parametrize("path", ["mailflow", "mailflow plan", *COMMANDS])
def test_every_command_explains_itself(path: str) -> None:
    answer = CliRunner().invoke(app, [*path.split(" ")[1:], "--help"])
    assert answer.exit_code == 0
    assert answer.output.startswith(f"Usage: {path} [OPTIONS]")


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_documented(path: str) -> None:
    table = section(page("operations.md"), "## Command line")
    [row] = [row for row in rows_of(table) if re.match(rf"`{path}(?: [^a-z`][^`]*)?`$", row[0])]
    options = [option for p in COMMANDS[path].params for option in p.opts if option[:2] == "--"]
    missing = [option for option in options if f"{option}" not in " ".join(row)]
    assert missing == []


# --- the settings ---------------------------------------------------------------------------


def test_the_example_file_is_the_one_that_the_settings_write() -> None:
    assert (HOUSE / "config.example.toml").read_text("utf-8") == example()


def test_every_setting_stands_in_the_example_file() -> None:
    text = (HOUSE / "config.example.toml").read_text("utf-8")
    for heading, settings in _SECTIONS:
        body = text.partition(f"\n{heading}\n")[2].partition("\n[")[0]
        named = set(re.findall(r"^(?:# )?(\w+) = ", body, re.MULTILINE))
        assert named == set(settings.model_fields), heading


def test_every_section_of_the_settings_stands_in_the_example_file() -> None:
    assert {heading.strip("[]") for heading, _ in _SECTIONS} == set(Config.model_fields)


# --- verbs, stops and states ----------------------------------------------------------------


def test_the_verbs_that_are_documented_are_those_that_are_carried_out() -> None:
    table = section(page("commands.md"), "## Every verb")
    assert sorted(first_words(table)) == sorted(verb.replace("_", " ") for verb in VERBS)


def test_every_example_of_a_command_is_read_as_its_verb() -> None:
    table = section(page("commands.md"), "## Every verb")
    for row in list(rows_of(table))[1:]:
        for example_ in re.findall(r"`([^`]+)`", row[1]):
            [line] = read_commands(example_, ["TAX"])
            assert getattr(line, "verb", "").replace("_", " ") == row[0].strip("`"), example_


def test_the_stops_are_told_by_their_numbers_and_names() -> None:
    table = section(page("architecture.md"), "## Twelve stops")
    told = [(row[0], row[1].upper()) for row in rows_of(table) if row[0].isdigit()]
    assert told == [(str(int(stop)), stop.name) for stop in Stop]


STATES: dict[str, type[StrEnum]] = {
    "## Plan": PlanState,
    "## Phase": PhaseState,
    "## To Do": ToDoState,
    "## Incoming mail": InboxState,
    "## Letter": OutboxState,
    "## How a mail ended": MailFate,
}


@pytest.mark.parametrize("heading", STATES)
def test_every_state_is_told(heading: str) -> None:
    table = section(page("states.md"), heading).partition("\n###")[0]
    assert first_words(table) == [state.value for state in STATES[heading]]


def test_the_arrows_of_a_plan_are_those_of_the_code() -> None:
    table = section(page("states.md"), "## Plan")
    told = {row[0].strip("`"): re.findall(r"`(\w+)`", row[2]) for row in rows_of(table)}
    for state, after in _ARROWS.items():
        assert sorted(told[state.value]) == sorted(after), state


def test_the_ladders_of_reminders_are_those_of_the_code() -> None:
    table = section(page("states.md"), "## Reminders")
    told = {row[0].strip("`"): row[1:3] for row in rows_of(table)}
    for rhythm, ladder in LADDERS.items():
        dated = ", ".join(f"{step:+d}" if step else "0" for step in ladder.steps)
        undated = ", ".join(map(str, ladder.without_date))
        assert told[rhythm.value] == [dated.replace("-", "−") or "none", undated or "none"]


# --- the documents --------------------------------------------------------------------------


def test_every_rfc_that_code_names_is_in_the_list() -> None:
    told = set(re.findall(r"RFC (\d+)", page("rfcs.md")))
    named = {
        number
        for path in CODE
        for number in re.findall(r"\bRFC ?(\d{3,5})\b(?!\.[A-Z])", path.read_text("utf-8"))
    }
    assert named - told == set()


def test_the_plan_in_the_manual_is_read_without_a_question() -> None:
    _, _, rest = page("plan-text.md").partition("```text\nSubject: ")
    subject, _, text = rest.partition("```")[0].partition("\n")
    assert read(text, subject=subject).problems == ()


LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def headings(text: str) -> set[str]:
    """Return the anchors that a page has."""
    lines = re.sub(r"```.*?```", "", text, flags=re.DOTALL).splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name) if name else path
        assert file.exists(), f"{name_of(path)} links {target}"
        if anchor:
            assert anchor in headings(file.read_text("utf-8")), f"{name_of(path)} links {target}"


def test_every_page_can_be_reached_from_the_index() -> None:
    index = page("index.md")
    linked = {(DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(index)}
    assert {path.resolve() for path in PAGES} - linked == {DOCS.resolve() / "index.md"}
