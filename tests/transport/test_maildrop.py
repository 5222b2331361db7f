import os
import threading
from pathlib import Path

import pytest

from mailflow.errors import TransientFailure
from mailflow.ports import ArrivedMail, MailSource
from mailflow.transport.maildrop import MaildropSource
from tests.transport.builders import a_raw_mail, subjects


def lay(folder: Path, name: str, mail: bytes) -> Path:
    path = folder / name
    path.write_bytes(mail)
    return path


def new_in(source: MailSource) -> list[str]:
    return subjects(source.arrivals({}))


def test_files_are_taken_in_the_order_of_their_names(tmp_path: Path) -> None:
    lay(tmp_path, "2.eml", a_raw_mail(2))
    lay(tmp_path, "1.eml", a_raw_mail(1))
    lay(tmp_path, "notes.txt", b"no mail")
    source = MaildropSource(tmp_path)
    [batch] = source.arrivals({})

    assert [(mail.mailbox, mail.raw) for mail in batch] == [
        ("maildrop", a_raw_mail(1)),
        ("maildrop", a_raw_mail(2)),
    ]
    assert new_in(source) == ["mail 1", "mail 2"]


def test_signed_files_are_kept_aside_and_not_seen_again(tmp_path: Path) -> None:
    lay(tmp_path, "1.eml", a_raw_mail(1))
    lay(tmp_path, "2.eml", a_raw_mail(2))
    source = MaildropSource(tmp_path)
    [batch] = source.arrivals({})
    source.sign_for(batch[:1])
    source.sign_for(batch[:1])

    assert new_in(source) == ["mail 2"]
    assert (tmp_path / ".taken/1.eml").read_bytes() == a_raw_mail(1)


def test_another_mail_of_a_name_that_was_taken_is_another_mail(tmp_path: Path) -> None:
    source = MaildropSource(tmp_path)
    taken: list[ArrivedMail] = []
    for number in (1, 2, 1):
        lay(tmp_path, "new.eml", a_raw_mail(number))
        [batch] = source.arrivals({})
        taken += batch
        source.sign_for(batch)
    first, other, again = (mail.uid for mail in taken)

    assert first == again != other
    assert len(list((tmp_path / ".taken").iterdir())) >= 2


def test_a_file_that_was_replaced_meanwhile_is_not_signed(tmp_path: Path) -> None:
    lay(tmp_path, "1.eml", a_raw_mail(1))
    source = MaildropSource(tmp_path)
    [batch] = source.arrivals({})
    lay(tmp_path, "1.eml", a_raw_mail(2))
    source.sign_for(batch)

    assert new_in(source) == ["mail 2"]


def test_a_file_that_is_being_written_is_left_until_it_is_whole(tmp_path: Path) -> None:
    source = MaildropSource(tmp_path)
    with (tmp_path / "1.eml").open("wb") as file:
        file.write(a_raw_mail(1)[:40])
        file.flush()
        assert new_in(source) == []
        file.write(a_raw_mail(1)[40:])
        file.flush()
        assert new_in(source) == []

    assert source.wait(10) is True
    assert new_in(source) == ["mail 1"]


def test_links_pipes_folders_and_hidden_files_are_no_mail(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    secret = lay(tmp_path, "secret.eml", a_raw_mail(1))
    (folder / "link.eml").symlink_to(secret)
    os.mkfifo(folder / "pipe.eml")
    (folder / "folder.eml").mkdir()
    lay(folder, ".hidden.eml", a_raw_mail(2))
    lay(folder, "empty.eml", b"")

    assert new_in(MaildropSource(folder)) == []


def test_much_mail_comes_in_batches_of_fifty(tmp_path: Path) -> None:
    for number in range(120):
        lay(tmp_path, f"{number:03}.eml", a_raw_mail(number))

    assert [len(batch) for batch in MaildropSource(tmp_path).arrivals({})] == [50, 50, 20]


def test_of_a_giant_only_the_beginning_is_read(tmp_path: Path) -> None:
    with (tmp_path / "1.eml").open("wb") as file:
        file.write(a_raw_mail(1))
        file.truncate(41_000_000)
    [[mail]] = MaildropSource(tmp_path).arrivals({})

    assert (mail.truncated, mail.size) == (True, 41_000_000)
    assert mail.raw.startswith(a_raw_mail(1))
    assert len(mail.raw) < 1_000_000


def test_a_missing_folder_is_a_failure_for_now(tmp_path: Path) -> None:
    source = MaildropSource(tmp_path / "drop")
    with pytest.raises(TransientFailure, match="cannot be read"):
        new_in(source)
    (tmp_path / "drop").mkdir()

    assert new_in(source) == []


def test_waiting_ends_when_a_file_is_laid_there(tmp_path: Path) -> None:
    source = MaildropSource(tmp_path)
    assert new_in(source) == []
    assert source.wait(0.01) is False
    lay(tmp_path, "1.eml", a_raw_mail(1))

    assert source.wait(10) is True
    assert source.wait(0.01) is False


def test_waiting_ends_when_it_is_woken(tmp_path: Path) -> None:
    source = MaildropSource(tmp_path)
    assert new_in(source) == []
    timer = threading.Timer(0.05, source.wake)
    timer.start()

    assert source.wait(30) is False
    timer.join()


def test_it_keeps_no_sent_mail(tmp_path: Path) -> None:
    source = MaildropSource(tmp_path)
    source.keep_sent([a_raw_mail()])

    assert source.find_sent("abc") is None
    assert list(tmp_path.iterdir()) == []
