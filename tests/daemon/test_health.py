import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.daemon.health import Health


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(5)
        yield line


def test_systemd_hears_of_start_life_and_end(watcher: socket.socket) -> None:
    health = Health(watcher.getsockname())
    health.ready()
    health.alive("watching")
    health.stopping()

    assert [watcher.recv(500) for _ in range(3)] == [
        b"READY=1",
        b"WATCHDOG=1\nSTATUS=watching",
        b"STOPPING=1",
    ]


def test_a_status_cannot_say_anything_else(watcher: socket.socket) -> None:
    Health(watcher.getsockname()).alive("lost\nMAINPID=1\r\n" + "x" * 500)
    said = watcher.recv(5000)

    assert said.startswith(b"WATCHDOG=1\nSTATUS=lost MAINPID=1 xxx")
    assert said.count(b"\n") == 1
    assert len(said) < 300


def test_the_watcher_is_named_by_the_environment(
    watcher: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", watcher.getsockname())
    Health.from_environment().ready()

    assert watcher.recv(500) == b"READY=1"


def test_a_watcher_may_live_in_the_kernels_own_space(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(f"\0{tmp_path.name}-notify")
        line.settimeout(5)
        Health(f"@{tmp_path.name}-notify").ready()

        assert line.recv(500) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/nowhere/notify", "x" * 500])
def test_nothing_happens_where_nobody_watches(address: str) -> None:
    health = Health(address)
    health.ready()
    health.alive("watching")

    assert health.stopping() is None  # type: ignore[func-returns-value]  # it came back, no more
