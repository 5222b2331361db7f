"""Large contents in a folder beside the database, named by their SHA-256.

A content is on the disk before any row speaks of it: written under another name, fsynced,
renamed, and its folder fsynced. What a crash leaves behind is a file that no row names;
`sweep` takes such files away.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_HALF_WRITTEN = ".half"


class Blobs:
    """The folder of contents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, contents: Iterable[bytes]) -> list[str]:
        """Put contents on the disk, each once; returns their names in the same order.

        Raises:
            OSError: the disk is full or broken; no row may name these contents.
        """
        names: list[str] = []
        touched: dict[Path, None] = {}
        for content in contents:
            name = hashlib.sha256(content).hexdigest()
            names.append(name)
            if not self._path(name).exists():
                self._write(self._path(name), content)
            # also where it stood already: a crash may have come before its folder was fsynced
            touched[self._path(name).parent] = None
        for folder in touched:
            fsync_folder(folder)
        return names

    def read(self, name: str) -> bytes | None:
        """Return a content, None when it was erased."""
        with suppress(FileNotFoundError):
            return self._path(name).read_bytes()
        return None

    def erase(self, name: str) -> None:
        """Remove a content for good."""
        path = self._path(name)
        if path.exists():
            path.unlink()
            fsync_folder(path.parent)

    def check(self, name: str) -> str:
        """Return what is wrong with a content, "" when it is as it was kept."""
        content = self.read(name)
        if content is None:
            return "it is missing"
        return "" if hashlib.sha256(content).hexdigest() == name else "it was changed"

    def copy_to(self, target: Path) -> None:
        """Copy every content that stands here."""
        copies = Blobs(target)
        for path in sorted(self._folder.glob("??/*")):
            if path.suffix != _HALF_WRITTEN:
                copies.keep([path.read_bytes()])

    def sweep(self, named: set[str]) -> int:
        """Remove what a crash left and no row names; returns how many files went."""
        gone = 0
        for path in self._folder.glob("??/*"):
            if path.suffix == _HALF_WRITTEN or path.name not in named:
                path.unlink()
                gone += 1
        return gone

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _write(self, path: Path, content: bytes) -> None:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fsync_folder(self._folder)
            fsync_folder(self._folder.parent)
        half = path.with_suffix(_HALF_WRITTEN)
        with open(half, "wb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def fsync_folder(folder: Path) -> None:
    """Make sure that the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
