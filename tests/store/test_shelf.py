"""The shelf: what is kept from one start to the next, and when it does not count."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mailflow.store.shelf import FolderShelf, cache_folder

MARK = b"made from this"


class Maker:
    """Makes a thing and counts how often it was asked to."""

    def __init__(self, content: bytes = b"made") -> None:
        self.content = content
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "lexicons"


def test_what_was_made_once_is_not_made_again(folder: Path) -> None:
    make = Maker()

    first = FolderShelf(folder).kept("en", MARK, make)
    second = FolderShelf(folder).kept("en", MARK, make)

    assert (first, second, make.times) == (b"made", b"made", 1)


def test_what_was_made_from_something_else_is_made_again(folder: Path) -> None:
    FolderShelf(folder).kept("en", b"made from that", Maker(b"old"))

    assert FolderShelf(folder).kept("en", MARK, Maker(b"new")) == b"new"
    assert FolderShelf(folder).kept("en", MARK, Maker(b"newer")) == b"new"


def test_names_do_not_share_a_place(folder: Path) -> None:
    FolderShelf(folder).kept("en", MARK, Maker(b"English"))

    assert FolderShelf(folder).kept("de", MARK, Maker(b"German")) == b"German"


def _cut(whole: bytes) -> bytes:
    return whole[:-1]


def _bent(whole: bytes) -> bytes:
    return whole[:-1] + bytes([whole[-1] ^ 1])


def _emptied(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_cut, _bent, _emptied])
def test_a_damaged_file_is_made_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    shelf = FolderShelf(folder)
    shelf.kept("en", MARK, Maker(b"as it was"))
    file = folder / "en"
    file.write_bytes(damage(file.read_bytes()))

    assert shelf.kept("en", MARK, Maker(b"anew")) == b"anew"
    assert shelf.kept("en", MARK, Maker(b"never")) == b"anew"


@pytest.mark.parametrize("bits", [0o620, 0o602])
def test_a_file_that_others_may_write_does_not_count(folder: Path, bits: int) -> None:
    shelf = FolderShelf(folder)
    shelf.kept("en", MARK, Maker(b"perhaps theirs"))
    (folder / "en").chmod(bits)

    assert shelf.kept("en", MARK, Maker(b"ours")) == b"ours"
    assert (folder / "en").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")
def test_another_users_file_does_not_count(folder: Path) -> None:
    shelf = FolderShelf(folder)
    shelf.kept("en", MARK, Maker(b"theirs"))
    os.chown(folder / "en", 12345, -1)

    assert shelf.kept("en", MARK, Maker(b"ours")) == b"ours"
    assert (folder / "en").stat().st_uid == os.geteuid()


def test_a_link_to_a_file_does_not_count(folder: Path, tmp_path: Path) -> None:
    FolderShelf(tmp_path).kept("en", MARK, Maker(b"elsewhere"))
    folder.mkdir(parents=True)
    (folder / "en").symlink_to(tmp_path / "en")

    assert FolderShelf(folder).kept("en", MARK, Maker(b"here")) == b"here"


def test_where_nothing_can_be_written_nothing_is_made(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_bytes(b"")
    make = Maker()

    assert FolderShelf(in_the_way).kept("en", MARK, make) is None
    assert make.times == 0


def test_what_cannot_be_put_in_its_place_is_given_back_all_the_same(folder: Path) -> None:
    (folder / "en" / "a folder in the way").mkdir(parents=True)

    assert FolderShelf(folder).kept("en", MARK, Maker()) == b"made"
    assert [one.name for one in folder.iterdir()] == ["en"]


def test_nothing_half_made_stays_behind(folder: Path) -> None:
    name = "a pattern that means nothing"

    def fail() -> bytes:
        raise ValueError(name)

    with pytest.raises(ValueError, match="means nothing"):
        FolderShelf(folder).kept("en", MARK, fail)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/people/eva"}, "/people/eva/.cache/mailflow"),
        ({"HOME": "/people/eva", "XDG_CACHE_HOME": "/disk/eva"}, "/disk/eva/mailflow"),
        ({"HOME": "/people/eva", "XDG_CACHE_HOME": "relative"}, "/people/eva/.cache/mailflow"),
        ({"HOME": "/", "CACHE_DIRECTORY": "/var/cache/a:/var/cache/b"}, "/var/cache/a/mailflow"),
    ],
)
def test_the_platform_says_where_caches_belong(environment: dict[str, str], folder: str) -> None:
    assert cache_folder(environment) == Path(folder)


@pytest.mark.parametrize("environment", [{}, {"HOME": ""}, {"HOME": "nowhere"}])
def test_without_a_home_nothing_is_kept(environment: dict[str, str]) -> None:
    assert cache_folder(environment) is None
