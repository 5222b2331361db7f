"""Copies of everything, and one person's or plan's share of it: out, or gone."""

import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

from mailflow.bootstrap import open_store, sole_worker
from mailflow.commands.running import clock
from mailflow.commands.views import print_line
from mailflow.config import Config
from mailflow.domain.ids import PersonId, PlanId
from mailflow.errors import ConfigError, ConfigProblem
from mailflow.flow.incoming import LOOK_AGAIN
from mailflow.store import export as share
from mailflow.store.memory import Store
from mailflow.store.revision import DATABASE
from mailflow.store.views import looking

_FOLDER = "state.folder"
_OVERLAP = timedelta(days=1)


def back_up(config: Config, target: Path) -> int:
    """Copy everything into a new folder and open the copy; returns 1 when it is not sound.

    Raises:
        ConfigError: there is nothing to copy, or the folder is there already.
    """
    if not (config.state.folder / DATABASE).is_file():
        raise _wrong(_FOLDER, f"{config.state.folder} holds no database yet")
    store = open_store(config)
    try:
        verdict = store.backup(target.absolute())
        unit = store.unit()
        unit.note_setting(f"{share.BACKUP}{target.absolute()}", clock().now().isoformat())
        unit.commit()
    except FileExistsError as there:
        raise _wrong(str(target), "is there already; a backup never overwrites another") from there
    except OSError as error:
        print_line(f"{target} could not be written: {error.strerror or error}; no copy was made.")
        return 1
    finally:
        store.close()
    for problem in verdict.problems:
        print_line(problem)
    if verdict.problems:
        print_line(f"{target} is a copy of something that is not sound; see above.")
        return 1
    print_line(f"{target} holds everything, was opened, and is sound.")
    print_line("It holds the secrets of this installation too: keep it as you keep the mailbox.")
    return 0


def restore(config: Config, source: Path, *, force: bool = False) -> int:
    """Put a backup in the place of the state folder; returns 1 when the copy is not sound.

    The first run afterwards looks again at all mail since the backup was made, archived mail
    too, so that nothing that came meanwhile is lost.

    Raises:
        ConfigError: it is no backup, another program works on the folder, or there is a
            database already and nobody said `force`.
    """
    folder = config.state.folder
    if not (source / DATABASE).is_file():
        raise _wrong(str(source), f"is no backup: it holds no {DATABASE}")
    with sole_worker(folder):
        standing = [path for path in folder.iterdir() if path.name != "worker.lock"]
        if standing and not force:
            raise _wrong(_FOLDER, f"{folder} is in use; --force moves what is there into a folder")
        if standing:
            aside = folder / f"replaced-{clock().now():%Y%m%dT%H%M%SZ}"
            aside.mkdir(mode=0o700)
            for path in standing:
                if not path.name.startswith("replaced-"):
                    path.rename(aside / path.name)
            print_line(f"What was there is now in {aside}.")
        shutil.copytree(source, folder, dirs_exist_ok=True)
        store = open_store(config)
        try:
            verdict = store.verify()
            since = _look_again(store, config)
        finally:
            store.close()
    for problem in verdict.problems:
        print_line(problem)
    print_line(f"{folder} is as it was when {source} was made.")
    print_line(f"The next run looks again at all mail since {since}, archived mail too.")
    return int(bool(verdict.problems))


def _look_again(store: Store, config: Config) -> str:
    """Note for each mailbox from which day on its mail is to be looked at again."""
    with looking(config.state.folder) as connection:
        [newest] = connection.execute("SELECT max(received_at) FROM inbox").fetchone()
    known = clock().now() if newest is None else clock().now().fromisoformat(newest)
    day = (known - _OVERLAP).date().isoformat()
    unit = store.unit()
    for box in config.mailbox:
        unit.note_setting(f"{LOOK_AGAIN} {box.address}", day)
    unit.commit()
    return day


def export(config: Config, words: str, out: Path) -> int:
    """Write everything that is kept of somebody into an archive; returns 1 when nobody is meant.

    Raises:
        ConfigError: the file is there already, or cannot be written.
    """
    with looking(config.state.folder) as connection:
        whose = share.find(connection, words)
        if whose is None:
            return _nobody(words)
        try:
            with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
                out.chmod(0o600)
                names = [
                    _put(archive, piece)
                    for piece in share.pieces(connection, config.state.folder, whose)
                ]
        except FileExistsError as there:
            raise _wrong(str(out), "is there already; nothing was written over") from there
        except OSError as error:
            raise _wrong(str(out), f"cannot be written: {error.strerror or error}") from error
    counts = {kind: sum(name.startswith(f"{kind}/") for name in names) for kind in _KINDS}
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    print_line(
        f"{out}: everything that is kept of {whose.title}: {told}, and the rows as JSON lines."
    )
    return 0


_KINDS = ("mails", "letters", "documents")


def _put(archive: zipfile.ZipFile, piece: share.Piece) -> str:
    name, content = piece
    archive.writestr(name, content)
    return name


def erase(config: Config, words: str, *, sure: bool) -> int:
    """Erase who somebody is and what was said; returns 1 when nothing was erased.

    Raises:
        ConfigError: another program works on the folder, or the provider is meant.
    """
    with sole_worker(config.state.folder):
        with looking(config.state.folder) as connection:
            whose = share.find(connection, words)
            if whose is None:
                return _nobody(words)
            if share.holds_provider(connection, whose):
                raise _wrong(whose.title, "is the provider, who stands in the settings")
            copies = share.copies(connection)
        print_line(_what(whose))
        if not sure:
            print_line("Nothing was erased. It cannot be taken back; add --yes to do it.")
            return 1
        store = open_store(config)
        try:
            now = clock().now()
            done = [store.erase_person(PersonId(person), now) for person in whose.persons]
            done += [store.erase_plan(PlanId(plan), now) for plan in whose.plans]
        finally:
            store.close()
    for path, made in copies:
        print_line(f"The backup of {made[:10]} still holds it: {path}")
    if not all(done):
        print_line("Somebody was reading, so bytes may still stand in the log: erase once more.")
        return 1
    print_line("Erased. The journal still shows that something happened and when.")
    return 0


def _what(whose: share.Whose) -> str:
    parts = []
    if whose.persons:
        parts.append(
            f"{len(whose.persons)} person(s): name, addresses, mails, letters and their words"
        )
    if whose.plans:
        parts.append(f"{len(whose.plans)} plan(s): titles, words, letters, mails and documents")
    return f"{whose.title}: " + "; ".join(parts)


def _nobody(words: str) -> int:
    print_line(
        f"Nobody is meant by “{words}”, or more than one: name an address, a person, a client, "
        "or a plan's code."
    )
    return 1


def _wrong(field: str, message: str) -> ConfigError:
    return ConfigError(field, (ConfigProblem(0, field, message),))
