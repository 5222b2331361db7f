import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "systemd" / "mailflow.service"


def test_the_service_can_do_hardly_anything_but_its_work() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    level = re.search(r"Overall exposure level for mailflow.service: ([\d.]+)", told.stdout)
    if level is None:
        pytest.skip(f"this systemd cannot judge a file: {told.stderr.strip()}")

    assert float(level[1]) <= 1.1


def test_the_service_is_watched_and_never_gives_up() -> None:
    lines = UNIT.read_text().splitlines()

    for line in ("Type=notify", "WatchdogSec=120", "Restart=always", "StartLimitIntervalSec=0"):
        assert line in lines
