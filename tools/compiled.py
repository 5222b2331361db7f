"""Prove that the compiled wheel reads as the plain one does, and measure both.

    python tools/compiled.py [--rounds 5] [WHEEL]

Both are installed, each into an empty environment that borrows the libraries of this one. Every
answer of the corpus, and lines that are no answers, must be read alike to the last byte; then
both read 10,000 answers in turns through `mailflow understand`, with the start included.
"""

import argparse
import json
import resource
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_table import Line, table

ROOT = Path(__file__).parent.parent
REPLIES = ROOT / "tests" / "corpus" / "replies"
ANSWERS, ROUNDS = 10_000, 5
_NO_ANSWERS = (
    "no JSON",
    "[]",
    "{}",
    '{"text": 1}',
    '{"id": 7, "text": "done", "sent_at": 1, "todo": {"title": "Send it"}}',
    '{"text": null, "sent_at": "2026-03-02T09:00:00+01:00", "todo": {"title": null, "due": 3}}',
    '{"text": "done", "sent_at": "2026-03-02T09:00:00+01:00", "items": [{"n": "x"}]}',
    '{"text": "done", "sent_at": "2026-03-02T09:00:00+01:00", "items": 5}',
    '{"text": "\\ud800 done", "sent_at": "2026-03-02T09:00:00+01:00", "todo": {}}',
)


class NotAlike(Exception):
    """The compiled wheel is of other sources, or reads something in another way."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a program said, and its seconds of the clock and of the processor."""

    said: bytes
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment in which nothing but one wheel is installed; it borrows the libraries."""

    folder: Path

    @staticmethod
    def of(wheel: Path, folder: Path) -> "Installed":
        """Install a wheel into a new environment in this folder."""
        venv.create(folder, symlinks=True)
        python = folder / "bin" / "python"
        place = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = subprocess.run([python, "-c", place], check=True, capture_output=True, text=True)
        borrowed = sysconfig.get_path("purelib") + "\n"
        (Path(site.stdout.strip()) / "borrowed.pth").write_text(borrowed, "utf-8")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
        install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
        subprocess.run([*pip, *install], check=True)
        return Installed(folder)

    def run(self, program: str, *words: str | Path, lines: Path) -> Run:
        """Let a program of this environment read a file of lines."""
        with lines.open("rb") as asked:
            began, spent = time.perf_counter(), _spent()
            done = subprocess.run(
                [self.folder / "bin" / program, *words],
                check=True,
                stdin=asked,
                stdout=subprocess.PIPE,
                cwd=self.folder,
                env={"XDG_CACHE_HOME": str(self.folder / "cache"), "LANG": "C.UTF-8"},
            )
        return Run(done.stdout, time.perf_counter() - began, _spent() - spent)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def newest_compiled(folder: Path = ROOT / "dist") -> Path | None:
    """Return the newest compiled wheel in a folder, None if there is none."""
    found = folder.glob(f"*-cp{sysconfig.get_config_var('py_version_nodot')}-*.whl")
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def install_both(wheel: Path, folder: Path) -> tuple[Installed, Installed]:
    """Install a plain wheel of the sources as they are, and the compiled one.

    Raises:
        NotAlike: the compiled one was built of other sources.
    """
    plain = _plain_wheel(folder)
    _prove_same_sources(plain, wheel)
    return Installed.of(plain, folder / "plain"), Installed.of(wheel, folder / "compiled")


def measure_both(plain: Installed, compiled: Installed, rounds: int) -> Iterator[Line]:
    """Let both read 10,000 answers in turns: a few hundred different ones, again and again.

    Raises:
        NotAlike: they do not say the same.
    """
    lines = plain.folder / "answers.jsonl"
    answers = _answers("fresh")
    lines.write_text("\n".join(islice(cycle(answers), ANSWERS)) + "\n", "utf-8")
    runs: list[tuple[Run, Run]] = []
    for _ in range(rounds + 1):
        before, after = (
            one.run("mailflow", "understand", lines=lines) for one in (plain, compiled)
        )
        _prove_same_lines(before.said.splitlines(), after.said.splitlines())
        runs.append((before, after))
    beside, ours = zip(*runs[1:], strict=True)
    title = f"{ANSWERS:,} answers ({len(answers)} different), start included, compiled"
    speeds = [[ANSWERS / one.wall for one in some] for some in (ours, beside)]
    yield Line(title, speeds[0], "/s", speeds[1], "plain", ">= 2000")
    costs = [[one.cpu / ANSWERS * 1e6 for one in some] for some in (ours, beside)]
    yield Line("processor time of each", costs[0], "µs", costs[1], "plain")


def _plain_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*command, str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    [wheel] = folder.glob("*-py3-none-any.whl")
    return wheel


def _prove_same_sources(plain: Path, compiled: Path) -> None:
    with zipfile.ZipFile(plain) as one, zipfile.ZipFile(compiled) as other:
        names = {name for name in one.namelist() if ".dist-info/" not in name}
        others = set(other.namelist())
        unlike = [n for n in sorted(names) if n not in others or one.read(n) != other.read(n)]
    if unlike:
        msg = f"{compiled.name} was built of other sources: {', '.join(unlike[:5])}"
        raise NotAlike(msg)


def prove_same_readings(plain: Installed, compiled: Installed) -> int:
    """Return how many lines both read alike: what the pipe says, and all behind it.

    Raises:
        NotAlike: one of them is read in two ways.
    """
    corpus = _answers("*")
    answers, odd = plain.folder / "corpus.jsonl", plain.folder / "odd.jsonl"
    answers.write_text("\n".join(corpus) + "\n", "utf-8")
    odd.write_text("\n".join(_NO_ANSWERS) + "\n", "utf-8")
    for program, words, lines in (
        ("mailflow", ["understand"], odd),
        ("mailflow", ["understand"], answers),
        ("python", [Path(__file__), "--tell-readings"], answers),
    ):
        said = [one.run(program, *words, lines=lines).said for one in (plain, compiled)]
        _prove_same_lines(*(text.splitlines() for text in said))
    return len(corpus) + len(_NO_ANSWERS)


def _prove_same_lines(plain: Sequence[bytes], compiled: Sequence[bytes]) -> None:
    for number, (one, other) in enumerate(zip(plain, compiled, strict=False), 1):
        if one != other:
            msg = f"line {number} is read in two ways:\n{one.decode()}\n{other.decode()}"
            raise NotAlike(msg)
    if len(plain) != len(compiled):
        msg = f"{len(plain)} lines, and compiled {len(compiled)}"
        raise NotAlike(msg)


def _answers(part: str) -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(REPLIES.glob(f"*-{part}.jsonl"))]
    return [line for text in texts for line in text.split("\n") if line.strip()]


def _tell_readings() -> None:
    """Print every reading with its words, confidence, row and facts; runs in both environments."""
    from mailflow.commands.shelves import keep_lexicons  # noqa: PLC0415 - only here
    from mailflow.reading.client import judge, read_corpus_line  # noqa: PLC0415 - the same

    keep_lexicons()
    for line in sys.stdin:
        print(judge(read_corpus_line(json.loads(line))))


def main() -> None:
    """Print the table; exit status 1 if there is no such wheel or it reads otherwise."""
    asked = argparse.ArgumentParser(description="Prove and measure the compiled wheel.")
    asked.add_argument("wheel", nargs="?", type=Path, help="the newest in dist/ if left out")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--tell-readings", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.tell_readings:
        _tell_readings()
        return
    wheel = options.wheel or newest_compiled()
    if wheel is None:
        sys.exit("There is no compiled wheel in dist/; make wheel-compiled builds one.")
    with TemporaryDirectory(prefix="mailflow-compiled-") as folder:
        try:
            both = install_both(wheel, Path(folder))
            read = prove_same_readings(*both)
            lines = list(measure_both(*both, options.rounds))
        except NotAlike as error:
            sys.exit(str(error))
    print(f"{wheel.name} ({wheel.stat().st_size / 1e6:.1f} MB): {read:,} lines are read alike")
    print()
    print(table(lines))


if __name__ == "__main__":
    main()
