"""The wheel holds all that the program needs, and runs where nothing else is installed."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PACKAGE = HOUSE / "mailflow"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The wheel of the sources as they are, built in a copy so that nothing is left behind."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    sources.mkdir()
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, sources / "mailflow", ignore=skipped)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOUSE / name, sources / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, cwd=sources, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    yield built
    shutil.rmtree(folder, ignore_errors=True)


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    wanted = {str(path.relative_to(HOUSE)) for path in files}
    assert wanted - names_in(wheel) == set()


@pytest.mark.parametrize(
    "name",
    [
        "mailflow/writing/templates/letter.html",
        "mailflow/writing/words/en.toml",
        "mailflow/writing/page_words.toml",
        "mailflow/writing/fonts/DejaVuSans.ttf",
        "mailflow/reading/lexicon/en.toml",
        "mailflow/reading/plan_words/de.toml",
        "mailflow/reading/command_words/en.toml",
        "mailflow/mail/data/reply/en.toml",
        "mailflow/store/migrations/versions/0001_office_and_plans.py",
        "mailflow/demo/album.html",
    ],
)
def test_what_is_no_code_is_in_the_wheel_too(wheel: Path, name: str) -> None:
    assert name in names_in(wheel)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    roots = {name.split("/")[0] for name in names_in(wheel)}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"mailflow"}


def test_the_wheel_is_plain_python_for_every_machine(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        said = archive.read(name).decode().partition("\n\n")[0].splitlines()
        [name] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        entry = archive.read(name).decode()
    assert "Name: mailflow-daemon" in said
    assert "License-Expression: Apache-2.0" in said
    assert "Requires-Python: >=3.11" in said
    assert "mailflow = mailflow.cli:main" in entry


@pytest.mark.skipif(
    os.environ.get("MAILFLOW_TORTURE") != "1",  # noqa: TID251 - a switch of the tests, no setting
    reason="installs everything from the package index; make torture",
)
@pytest.mark.timeout(1200)
def test_the_demo_plays_where_nothing_but_the_wheel_is_installed(
    wheel: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "pip", "install", *quiet, wheel], check=True)
    played = subprocess.run(
        [tmp_path / "empty" / "bin" / "mailflow", "demo", "--out", tmp_path / "out"],
        check=False,
        capture_output=True,
        cwd=tmp_path,
    )
    assert played.returncode == 0, played.stdout.decode()[-2000:] + played.stderr.decode()[-2000:]
    assert b"4 of 4 To Dos done" in played.stdout
    assert (tmp_path / "out" / "index.html").is_file()
