"""The story of `mailflow demo`: the people are played, the daemon does the rest."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from mailflow.demo.album import write_album
from mailflow.demo.programs import Received, Typed, answer, fresh, out_of_office
from mailflow.demo.stage import BOT, DANA, Stage, raised
from mailflow.store import views

CAROL, VIC, OLGA = "carol@acme.example", "vic@reed.example", "olga@bank.example"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

PLAN = """\
Client: Carol Jones <carol@acme.example>, Acme Ltd
With: Vic Ray <vic@reed.example>
Observers: Olga Brandt <olga@bank.example>
Goal: Return filed by 31 March, no penalty
Assumptions: figures as in last year
Risks: missing bank statements
Start: Mon 2 March 2026
Review: none

# Gather
- Send the bank statements @Carol by Fri 6 March [send]
    All accounts, January to December, as PDF.
- Sign the engagement letter (Carol, by 10 March, with Vic)
Milestone: Records complete by 13 March

# Prepare
- Draft the return | Vic | 3 working days after Records complete
- Approve the draft | Carol | +3 days
    Internal: remind her of the pension top-up
Milestone: Return filed by 31 March
"""

STATEMENTS = b"%PDF-1.4\n% the demo's bank statements\n%%EOF\n"
IPHONE = "Sent from my iPhone"


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the story in the terminal as it happens."""

    console: Console

    def scene(self, when: datetime, title: str) -> None:
        """Begin a scene."""
        self.console.print()
        self.console.rule(f"[bold]{when:%A %d %B, %H:%M}[/bold]  {title}", align="left")

    def sent(self, who: str, words: str) -> None:
        """Show what somebody sends."""
        self.console.print(Text(f"  {who} writes", style="bold cyan"))
        for line in words.splitlines()[:9]:
            self.console.print(Text(f"    {line}", style="cyan"))

    def got(self, who: str, received: Received | None) -> None:
        """Show what somebody receives."""
        if received is None:
            self.console.print(Text(f"  {who} waits in vain", style="bold red"))
            return
        files = ", ".join(a.name for a in received.message.attachments if a.name)
        body = Text("\n".join(_opening(received.message.text or "")))
        title = f"{who} gets “{received.message.subject}”"
        self.console.print(
            Panel(body, title=title, title_align="left", subtitle=files or None, width=92)
        )


def _opening(text: str) -> list[str]:
    """Return what a reader sees without scrolling: until the small print begins."""
    lines = [line for line in text.splitlines() if line.strip()]
    small = ("Words that always work", "Ref:", "About these mails", "You can steer")
    cut = next((i for i, line in enumerate(lines) if line.strip().startswith(small)), len(lines))
    return lines[: min(cut, 16)]


class Story:
    """Plays the people, scene by scene."""

    def __init__(self, stage: Stage, teller: Teller) -> None:
        self._stage = stage
        self._teller = teller
        self.missed = 0

    def play(self) -> None:
        """Play the engagement from the plan to its end."""
        proposal = self._plan_arrives()
        agreement = self._ok_and_live(proposal)
        asked = self._client_agrees(agreement)
        self._partly_done(asked)
        self._question(asked)
        self._out_of_office()
        self._second_done(asked)
        self._colleague_finishes()
        self._morning()
        self._ask_status()

    # -- the scenes

    def _plan_arrives(self) -> Received | None:
        self._teller.scene(self._now(), "Dana mails a plan, as she would to a colleague")
        typed = Typed(PLAN, subject="plan: 2026 tax return")
        self._send(DANA, "Dana", fresh(_from(DANA), BOT, typed, self._now()), PLAN)
        return self._expect(DANA, "Dana", "[TAX]")

    def _ok_and_live(self, proposal: Received | None) -> Received | None:
        self._teller.scene(self._now(), "She goes live and says ok")
        self._reply(DANA, "Dana", proposal, Typed("go live\nok"))
        self._expect(DANA, "Dana", "lines")
        return self._expect(CAROL, "Carol", "[TAX]")

    def _client_agrees(self, agreement: Received | None) -> Received | None:
        self._teller.scene(self._now(), "Carol agrees by answering, and gets her To Dos")
        self._reply(CAROL, "Carol", agreement, Typed("Fine with me!\n\nCarol"))
        asked = self._expect(CAROL, "Carol", "[TAX]")
        self._expect(OLGA, "Olga", "[TAX]")
        return asked

    def _partly_done(self, asked: Received | None) -> None:
        self._pass(datetime(2026, 3, 3, 18, 40, tzinfo=UTC), "Carol answers from her phone")
        statements = ("bank statements 2025.pdf", "application/pdf", STATEMENTS)
        typed = Typed("1 done, statements attached. 2 I can do Friday", (statements,), IPHONE)
        self._reply(CAROL, "Carol", asked, typed)
        self._expect(CAROL, "Carol", "[TAX]")

    def _question(self, asked: Received | None) -> None:
        self._pass(datetime(2026, 3, 4, 9, 15, tzinfo=UTC), "A question goes to Dana, not away")
        typed = Typed("About number 2: does my husband have to sign as well?")
        self._reply(CAROL, "Carol", asked, typed)
        self._expect(CAROL, "Carol", "Noted")
        passed_on = self._expect(DANA, "Dana", "asks")
        self._reply(DANA, "Dana", passed_on, Typed("No, your signature alone is enough."))
        self._expect(CAROL, "Carol", "Re: ")

    def _out_of_office(self) -> None:
        self._pass(datetime(2026, 3, 4, 12, 0, tzinfo=UTC), "An out-of-office is noted, not read")
        words = "I am out of the office until Thursday 5 March 2026. Carol"
        last = self._last(CAROL)
        if last is not None:
            raw = out_of_office(_from(CAROL), last, words, self._now())
            before = self._stage.office.store.event_count()
            self._send(CAROL, "Carol's server", raw, words)
            self.missed += not self._stage.wait_for_event(before)

    def _second_done(self, asked: Received | None) -> None:
        self._pass(datetime(2026, 3, 6, 10, 5, tzinfo=UTC), "The last one: a milestone is reached")
        self._reply(CAROL, "Carol", asked, Typed("2 is signed and in the post."))
        self._expect(CAROL, "Carol", "[TAX]")
        self._expect(VIC, "Vic", "Draft the return")

    def _colleague_finishes(self) -> None:
        self._pass(datetime(2026, 3, 6, 15, 30, tzinfo=UTC), "Vic works on his To Do")
        self._reply(VIC, "Vic", self._last(VIC), Typed("Draft is finished."))
        self._expect(VIC, "Vic", "[TAX]")

    def _morning(self) -> None:
        self._pass(datetime(2026, 3, 9, 7, 31, tzinfo=UTC), "Monday morning: Dana's digest")
        self._expect(DANA, "Dana", "Monday 9 March")

    def _ask_status(self) -> None:
        self._teller.scene(self._now(), "Dana ticks the rest herself and looks at the plan")
        words = "done TAX-4\nhistory TAX\nshow TAX"
        typed = Typed(words, subject="Re: a few things")
        self._reply(DANA, "Dana", self._last(DANA), typed)
        self._expect(DANA, "Dana", "lines")

    # -- what the people do

    def _now(self) -> datetime:
        return self._stage.clock.now()

    def _pass(self, instant: datetime, title: str) -> None:
        self._stage.let_time_pass(instant)
        self._teller.scene(instant, title)

    def _send(self, address: str, name: str, raw: bytes, words: str) -> None:
        self._teller.sent(name, words)
        self._stage.people[address].send(raw)

    def _reply(self, address: str, name: str, to: Received | None, typed: Typed) -> None:
        if to is None:
            self.missed += 1
            return
        self._send(address, name, answer(_from(address), to, typed, self._now()), typed.text)

    def _expect(
        self, address: str, name: str, subject: str, *, optional: bool = False
    ) -> Received | None:
        found = self._stage.wait_for(address, lambda mail: subject in mail.message.subject)
        if found is not None:
            self._stage.opened[address] = found
        if found is not None or not optional:
            self._teller.got(name, found)
        self.missed += found is None and not optional
        return found

    def _last(self, address: str) -> Received | None:
        return self._stage.opened.get(address)


def _from(address: str) -> str:
    names = {DANA: "Dana Reed", CAROL: "Carol Jones", VIC: "Vic Ray", OLGA: "Olga Brandt"}
    return f"{names[address]} <{address}>"


def tell(out: Path) -> int:
    """Play the story, leave everything in `out`; returns the exit status."""
    console = Console(width=100)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with (out / "daemon.log").open("w", encoding="utf-8") as log:
        people = (DANA, CAROL, VIC, OLGA)
        with raised(out / "state", START, people, log) as stage:
            story = Story(stage, Teller(console))
            story.play()
            posted = stage.world.posted
    with views.looking(out / "state") as connection:
        todos = list(views.todos(connection))
        history = list(views.history(connection))
    write_album(out, posted, todos, history)
    done = sum(todo["state"] == "done" for todo in todos)
    console.print()
    console.rule("[bold]The end[/bold]", align="left")
    console.print(
        f"  {done} of {len(todos)} To Dos done · {len(posted)} mails · see {out}/index.html"
    )
    return 1 if story.missed else 0
