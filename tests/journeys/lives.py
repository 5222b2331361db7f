"""One life of the daemon's work, which may end at any stop; started in a process of its own.

The wires are folders, so that what crossed them outlives the process.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from mailflow.bootstrap import Office, Wiring, open_office
from mailflow.config import Config
from mailflow.daemon.clock import FixedClock
from mailflow.daemon.logs import open_log
from mailflow.flow.outgoing import OutgoingMail, Post
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import AtStop, Stop, pass_by
from mailflow.ports import Outcome, OutcomeKind, SealedMail
from mailflow.transport.maildrop import MaildropSource

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
KILLED = 9
BOT, DANA, CAROL = "bot@studio.example", "dana@studio.example", "carol@acme.example"


class Letterbox:
    """A submission server that is a folder: one file for each time a letter was taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def submit(self, mails: Sequence[SealedMail]) -> Iterator[Outcome]:
        """Take each mail."""
        for mail in mails:
            copy = len(list(self._folder.glob(f"{mail.outbox_id:04d}-*.eml")))
            path = self._folder / f"{mail.outbox_id:04d}-{copy}.eml"
            path.write_bytes(mail.data)
            yield Outcome(OutcomeKind.SENT, "taken")

    def close(self) -> None:
        """Nothing is held open."""


def config(folder: Path) -> Config:
    """Return the settings of the office in this folder."""
    return Config.model_validate(
        {
            "provider": {"name": "Dana Reed", "addresses": [DANA]},
            "mailbox": [{"address": BOT, "imap": "imap://127.0.0.1:9"}],
            "sending": {"smtp": "smtp://127.0.0.1:9"},
            "state": {"folder": folder / "state"},
            "mode": {"live": True},
        }
    )


def open_life(folder: Path, at_stop: AtStop = pass_by) -> Office:
    """Wire the real office to two folders: `in` for mail that comes, `out` for mail that left."""
    for name in ("in", "out"):
        (folder / name).mkdir(exist_ok=True)
    wiring = Wiring(FixedClock(NOW), open_log(StringIO()), at_stop, network=False)
    office = open_office(config(folder), wiring)
    works = office.works
    works.sources = (MaildropSource(folder / "in"),)
    post = Post(Letterbox(folder / "out"))
    rooms = PostRoom(office.settings)
    works.outgoing = OutgoingMail(office.store, office.settings, rooms, post, at_stop)
    office.store.release_claims()
    return office


def work_once(office: Office) -> None:
    """Take in what came, handle it, and send what is due."""
    for source in office.works.sources:
        office.runner.look(source)
    office.runner.work(automatic=True)
    office.store.close()


def live(folder: str, kill_at: int) -> None:
    """Live until all is done, or until the stop with this number (from 1) is reached."""
    passed = 0

    def at_stop(stop: Stop, _journey: int, _word: str, _message_id: str) -> None:
        nonlocal passed
        passed += 1
        (Path(folder) / "stops").write_text(f"{passed} {stop.name}", "utf-8")
        if passed == kill_at:
            os._exit(KILLED)

    work_once(open_life(Path(folder), at_stop))
