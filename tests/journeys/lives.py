"""Lives of the daemon's work that may end at any stop; each in a process of its own.

The wires are folders, so that what crossed them outlives the process: `in` for mail that comes,
`out` with one file for each time a server took a letter. A life ends with `os._exit`, as a
power cut would end it; what is on the disk then is all that the next life knows.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from mailflow.bootstrap import Office, Wiring, open_office
from mailflow.config import Config
from mailflow.daemon.clock import FixedClock
from mailflow.daemon.logs import open_log
from mailflow.demo.programs import Received, Typed, answer, fresh
from mailflow.flow.outgoing import OutgoingMail, Post
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import Stop
from mailflow.ports import Outcome, OutcomeKind, SealedMail
from mailflow.store import views
from mailflow.transport.maildrop import MaildropSource

KILLED = 9
BOT = "bot@studio.example"
DANA, VIC = "Dana Reed <dana@studio.example>", "Vic Ray <vic@studio.example>"
CAROL, OLGA = "Carol Jones <carol@acme.example>", "Olga Brandt <olga@bank.example>"
PLAN = f"""\
Client: {CAROL}
With: {VIC}
Observers: {OLGA}
# Gather
- Send the bank statements @Carol by Friday 6 March [send]
- Sign the engagement letter @Carol by Tuesday 10 March
Milestone: Records complete by 13 March
# Prepare
- Draft the return | Vic | by 18 March
- Approve the draft | Carol | by 21 March
Milestone: Return filed
"""
STATEMENTS = ("statements.pdf", "application/pdf", b"%PDF-1.4\n% twelve months\n%%EOF\n")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scene:
    """One mail that comes, and all that follows from it.

    Attributes:
        name: for people.
        by: who writes; empty: nobody, only time passes.
        text: what is typed, in answer to the newest letter that asks her for something.
        now: when that is.
        file: what comes along.
    """

    name: str
    by: str
    text: str
    now: datetime = MONDAY
    file: tuple[str, str, bytes] | None = None


SCENES = (
    Scene("plan", DANA, PLAN),
    Scene("ok", DANA, "go live\nok"),
    Scene("agreed", CAROL, "Fine with me!"),
    Scene("partly", CAROL, "1 done, attached. 2 I can do Friday", file=STATEMENTS),
    Scene("question", CAROL, "About number 2: must my husband sign as well?"),
    Scene("morning", "", "", now=TUESDAY),
    Scene("milestone", CAROL, "2 done", now=TUESDAY),
    Scene("colleague", VIC, "Draft is finished.", now=TUESDAY),
    Scene("command", DANA, "done 4\nstatus", now=TUESDAY),
)
"""A whole engagement."""

_ANSWERED = ("plan_proposal", "agreement_asked", "to_dos_asked")


class Letterbox:
    """A submission server that is a folder, with a stop before and after each final dot."""

    def __init__(self, folder: Path, at_stop: Callable[[str], None]) -> None:
        self._folder = folder
        self._at_stop = at_stop

    def submit(self, mails: Sequence[SealedMail]) -> Iterator[Outcome]:
        """Take each mail."""
        for mail in mails:
            self._at_stop("before the dot")
            copy = len(list(self._folder.glob(f"{mail.outbox_id:04d}-*.eml")))
            (self._folder / f"{mail.outbox_id:04d}-{copy}.eml").write_bytes(mail.data)
            self._at_stop("after the dot")
            yield Outcome(OutcomeKind.SENT, "taken")

    def has(self, mailflow_id: str) -> bool:
        """Look into the folder as into a Sent folder."""
        mark = f"\r\nX-Mailflow-Id: {mailflow_id}\r\n".encode()
        return any(mark in path.read_bytes() for path in self._folder.glob("*.eml"))

    def close(self) -> None:
        """Nothing is held open."""


def config(folder: Path) -> Config:
    """Return the settings of the office in this folder."""
    return Config.model_validate(
        {
            "provider": {"name": "Dana Reed", "addresses": ["dana@studio.example"]},
            "mailbox": [{"address": BOT, "imap": "imap://127.0.0.1:9"}],
            "sending": {"smtp": "smtp://127.0.0.1:9"},
            "state": {"folder": folder / "state"},
        }
    )


def open_life(
    folder: Path, now: datetime, at_stop: Callable[[str], None], *, sent_folder: bool
) -> Office:
    """Wire the real office to its folders."""

    def named(stop: Stop, _journey: int, _word: str, _message_id: str) -> None:
        at_stop(stop.name.lower())

    for name in ("in", "out"):
        (folder / name).mkdir(exist_ok=True)
    wiring = Wiring(FixedClock(now), open_log(StringIO()), named, network=False)
    office = open_office(config(folder), wiring)
    works, rooms = office.works, PostRoom(office.settings)
    works.sources = (MaildropSource(folder / "in"),)
    letterbox = Letterbox(folder / "out", at_stop)
    post = Post(letterbox, letterbox.has) if sent_folder else Post(letterbox)
    works.outgoing = OutgoingMail(office.store, office.settings, rooms, post, named)
    office.store.release_claims()
    return office


def work_once(office: Office) -> None:
    """Take in what came, handle it, write what time brings, and send what is due."""
    for source in office.works.sources:
        office.runner.look(source)
    office.runner.work(automatic=True)
    office.store.close()


def live(folder: str, scene: int, kill_at: int, sent_folder: bool = False) -> None:
    """Live until all is done, or until the stop with this number (from 1) is reached."""
    passed: list[str] = []

    def at_stop(name: str) -> None:
        passed.append(name)
        if len(passed) == kill_at:
            (Path(folder) / "stops").write_text("\n".join(passed), "utf-8")
            os._exit(KILLED)

    now = SCENES[scene].now
    work_once(open_life(Path(folder), now, at_stop, sent_folder=sent_folder))
    (Path(folder) / "stops").write_text("\n".join(passed), "utf-8")


def mail_comes(folder: Path, number: int) -> None:
    """Lay the mail of a scene into the mailbox."""
    scene = SCENES[number]
    (folder / "in").mkdir(exist_ok=True)
    if not scene.by:
        return
    if number == 0:
        raw = fresh(scene.by, BOT, Typed(scene.text, subject="plan: tax return"), scene.now)
    else:
        words = Typed(scene.text, (scene.file,) if scene.file else ())
        raw = answer(scene.by, _asked(folder, scene.by), words, scene.now)
    unlike = f".{number}@demo.example>".encode()
    (folder / "in" / f"{number}.eml").write_bytes(raw.replace(b"@demo.example>", unlike, 1))


def _asked(folder: Path, person: str) -> Received:
    """Return the newest letter that asks somebody for something."""
    with views.looking(folder / "state") as look:
        kinds = {row["message_id"]: row["kind"] for row in views.outbox(look)}
    found = letters(folder, person)
    return next(m for m in reversed(found) if kinds[m.message.message_id] in _ANSWERED)


def letters(folder: Path, person: str) -> list[Received]:
    """Return what was sent to somebody, oldest first, copies included."""
    address = person.partition("<")[2].rstrip(">")
    found = [Received.of(path.read_bytes()) for path in sorted((folder / "out").glob("*.eml"))]
    return [mail for mail in found if mail.message.to[0].address == address]


def warm_up() -> None:
    """Live everything once, so that lives which are forked from here find all of it loaded."""
    with tempfile.TemporaryDirectory() as name:
        for number in range(len(SCENES)):
            mail_comes(Path(name), number)
            live(name, number, 0)
