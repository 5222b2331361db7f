"""A folder that keeps bytes from one start to the next: what can be made anew at any time.

What lies in it is read back without a second look at its contents, so a file counts only if it
belongs to the user who runs the program and nobody else may write it. A folder that is not there
and cannot be made, is full, or is read-only, keeps nothing and disturbs nobody.
"""

import os
import stat
import tempfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

_SIGN = b"mailflow shelf 1\n"
_MOST_BYTES = 64 * 1024 * 1024


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return where this user's caches belong, None if nobody says.

    systemd names a folder for a service (`CacheDirectory=` in systemd.exec); otherwise it is as
    the XDG Base Directory Specification says, which ignores what is no absolute path.
    """
    home = environment.get("HOME", "")
    named = (
        environment.get("CACHE_DIRECTORY", "").split(":")[0],
        environment.get("XDG_CACHE_HOME", ""),
        f"{home}/.cache" if home else "",
    )
    return next((Path(name) / "mailflow" for name in named if name.startswith("/")), None)


class FolderShelf:
    """Keeps each thing in a file of its own, written at once or not at all."""

    def __init__(self, folder: Path) -> None:
        """Keep things in a folder, which is made when the first is to be kept."""
        self._folder = folder

    def kept(self, name: str, mark: bytes, make: Callable[[], bytes]) -> bytes | None:
        """Return what is kept under a name for a mark; else what is made now, and keep it.

        None if nothing can be kept here; then nothing was made. Never raises by itself.
        """
        content = self._read(name, mark)
        return self._made(name, mark, make) if content is None else content

    def _read(self, name: str, mark: bytes) -> bytes | None:
        try:
            place = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(place, "rb") as file:
                whole = file.read(_MOST_BYTES) if _is_ours(os.fstat(place)) else b""
        except OSError:
            return None
        head = _head(mark)
        if not whole.startswith(head):
            return None
        content = whole[len(head) + 4 :]
        return content if whole[len(head) : len(head) + 4] == _sum(content) else None

    def _made(self, name: str, mark: bytes, make: Callable[[], bytes]) -> bytes | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            place, path = tempfile.mkstemp(prefix=f".{name}-", dir=self._folder)
        except OSError:
            return None
        try:
            with os.fdopen(place, "wb") as file:
                content = make()
                with suppress(OSError):
                    file.write(_head(mark) + _sum(content) + content)
                    file.flush()
                    Path(path).replace(self._folder / name)
            return content
        finally:
            Path(path).unlink(missing_ok=True)


def _is_ours(status: os.stat_result) -> bool:
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not others_write


def _head(mark: bytes) -> bytes:
    return _SIGN + mark + b"\n"


def _sum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")
