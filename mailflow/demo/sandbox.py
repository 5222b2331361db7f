"""The sandbox: the embedded servers stay up, so that any mail program can play along."""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mailflow.bootstrap import Wiring, open_office, sole_worker
from mailflow.daemon.clock import WallClock
from mailflow.daemon.health import Health
from mailflow.daemon.logs import open_log
from mailflow.daemon.supervisor import Supervisor
from mailflow.demo.stage import BOT, DANA, LOOK_AGAIN, PASSWORD, settings
from mailflow.demo.story import CAROL, OLGA, VIC
from mailflow.demo.world import MailWorld

_PEOPLE = (
    (DANA, "Dana Reed, the provider"),
    (VIC, "Vic Ray, her colleague"),
    (CAROL, "Carol Jones, the client"),
    (OLGA, "Olga Brandt, an observer"),
)
_PLAN = """\
Client: Carol Jones <carol@acme.example>, Acme Ltd
With: Vic Ray <vic@reed.example>
Observers: Olga Brandt <olga@bank.example>
Goal: Return filed in good time, no penalty

# Gather
- Send the bank statements @Carol in 5 working days [send]
    All accounts, January to December, as PDF.
- Sign the engagement letter (Carol, in 2 weeks, with Vic)
Milestone: Records complete in 3 weeks

# Prepare
- Draft the return | Vic | 3 working days after Records complete
- Approve the draft | Carol | +3 days
Milestone: Return filed
"""
"""A plan whose dates are never past."""


def stay_up(out: Path, imap_port: int, smtp_port: int) -> None:
    """Open the world and run the real daemon on it until Ctrl-C."""
    clock = WallClock()
    folder = out / "state"
    with (
        sole_worker(folder),
        MailWorld(clock, imap_port=imap_port, smtp_port=smtp_port) as world,
    ):
        world.add_account(BOT, PASSWORD)
        for address, _ in _PEOPLE:
            world.add_account(address, PASSWORD)
        (out / "plan.txt").write_text(_PLAN, "utf-8")
        with (out / "daemon.log").open("a", encoding="utf-8") as log:
            office = open_office(
                settings(world, folder, live=True), Wiring(clock, open_log(log, debug=True))
            )
            office.works.poll_seconds = LOOK_AGAIN
            office.store.release_claims()
            for source in office.works.sources:
                office.runner.look(source)
            _explain(Console(), world, out)
            Supervisor(office.works, office.runner, Health.from_environment()).run()
    sys.stdout.write("The sandbox is closed; its state stays in " + str(folder) + "\n")


def _explain(console: Console, world: MailWorld, out: Path) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("mailbox", "who", "password"):
        table.add_column(column)
    for address, who in _PEOPLE:
        table.add_row(address, who, PASSWORD)
    console.print("[bold]The sandbox is open.[/bold] Connect any mail program:")
    console.print(f"  IMAP  {world.host}:{world.imap_port}  no TLS")
    console.print(f"  SMTP  {world.host}:{world.smtp_port}  no TLS, login needed")
    console.print(table)
    console.print(f"Begin as Dana: mail a plan to [bold]{BOT}[/bold], such as {out / 'plan.txt'},")
    console.print("with the subject “plan: 2026 tax return”. With swaks:")
    console.print(
        f"  swaks --server {world.host}:{world.smtp_port} --auth-user {DANA} "
        f"--auth-password {PASSWORD} --from {DANA} --to {BOT} "
        f"--header 'Subject: plan: 2026 tax return' --body @{out / 'plan.txt'}",
        markup=False,
        soft_wrap=True,
    )
    console.print("Ctrl-C closes it.")
