"""The pipe that reads answers: started often, for little."""

import json
import subprocess
import sys
from pathlib import Path

ANSWER = {
    "id": "a",
    "lang": "en",
    "sent_at": "2026-03-04T09:30:00+00:00",
    "todo": {"title": "Sign the engagement letter", "due": "2026-03-03"},
    "text": "Signed and sent back yesterday.",
}
RUN = """
import sys
from mailflow.cli import main
sys.argv = ["mailflow", *sys.argv[1:]]
main()
print("typer" in sys.modules, file=sys.stderr)
"""


def understood(cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, "understand"],
        input=json.dumps(ANSWER) + "\n",
        capture_output=True,
        text=True,
        check=True,
        env={"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_a_pipe_means_the_same_at_every_start(tmp_path: Path) -> None:
    first, second = understood(tmp_path), understood(tmp_path)

    [done] = json.loads(first.stdout)["predicted"]
    assert (done["n"], done["intent"], done["sure"]) == (1, "done", True)
    assert second.stdout == first.stdout
    assert [file.name for file in tmp_path.rglob("*-lexicon")] == ["en-lexicon"]


def test_a_pipe_needs_no_folder_to_keep_anything_in(tmp_path: Path) -> None:
    nowhere = tmp_path / "a file in the way"
    nowhere.write_bytes(b"")

    assert understood(nowhere).stdout == understood(tmp_path).stdout


def test_a_pipe_does_not_wait_for_the_library_of_options(tmp_path: Path) -> None:
    assert understood(tmp_path).stderr == "False\n"
