"""The one place that wires: settings in, everything that turns out."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TextIO

import structlog

from mailflow.config import Config, MailboxConfig, Secret, environment
from mailflow.daemon.clock import fresh_key, fresh_name
from mailflow.daemon.logs import stop_logger
from mailflow.daemon.runner import Runner, Works
from mailflow.domain.ids import PersonId
from mailflow.domain.office import PersonAdded, PersonChanged
from mailflow.domain.people import Person, Role
from mailflow.domain.worktime import Calendar
from mailflow.errors import ConfigError, ConfigProblem
from mailflow.flow.belonging import belongs_to, is_our_recipient
from mailflow.flow.incoming import Incoming
from mailflow.flow.outgoing import OutgoingMail, Post, Rate
from mailflow.flow.post import PostRoom
from mailflow.flow.settings import AtStop, FlowSettings
from mailflow.flow.timers import Timers
from mailflow.mail.authentication import FindText
from mailflow.mail.keys import Keyring
from mailflow.ports import Act, Clock, MailSource, UnitOfWork
from mailflow.store.memory import Store
from mailflow.transport.dns_text import find_text
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.lmtp import LmtpIntake
from mailflow.transport.maildrop import MaildropSource
from mailflow.transport.smtp import SmtpSubmission
from mailflow.transport.smtp_line import SmtpSettings
from mailflow.transport.sockets import Security

_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_KNOWN_RATES = {"gmail.com": 20, "googlemail.com": 20, "office365.com": 20, "outlook.com": 20}
_USUAL_RATE = 60


@dataclass(frozen=True, slots=True)
class Office:
    """An open office: everything wired, ready to turn.

    Attributes:
        works: what turns.
        runner: what turns it.
        store: the memory, for views that the journeys do not need.
        settings: what the journeys know.
        doors: further doors for mail, to be opened with the daemon.
    """

    works: Works
    runner: Runner
    store: Store
    settings: FlowSettings
    doors: tuple[LmtpIntake, ...] = ()


@dataclass(frozen=True, slots=True)
class Wiring:
    """How an office is opened.

    Attributes:
        clock: the present moment.
        log: where lines go.
        at_stop: called at each stop; None logs a line.
        network: False opens no mailbox (`deliver`, views).
        debug: log every stop.
        find_key: looks up the keys of DKIM signatures, where they are to be checked.
    """

    clock: Clock
    log: structlog.BoundLogger
    at_stop: AtStop | None = None
    network: bool = True
    debug: bool = False
    find_key: FindText = find_text


def open_store(config: Config) -> Store:
    """Open the memory of this installation, making it on the first call."""
    return Store(config.state.folder, seed=fresh_key())


def open_office(config: Config, wiring: Wiring) -> Office:
    """Wire everything.

    Raises:
        ConfigError: a password cannot be read.
    """
    store = open_store(config)
    settings = _settings(config, store, wiring)
    at_stop = wiring.at_stop or stop_logger(wiring.log, debug=wiring.debug)
    post = PostRoom(settings)
    sources = _sources(config, settings, wiring) if wiring.network else ()
    imap = next((source for source in sources if isinstance(source, ImapSource)), None)
    way_out = Post(
        SmtpSubmission(_smtp(config)),
        rate=Rate(_rate(config)),
    )
    if imap is not None:
        way_out.find_sent = imap.find_sent
        way_out.keep_sent = imap.keep_sent
    works = Works(
        memory=store,
        clock=wiring.clock,
        incoming=Incoming(store, settings, post, at_stop),
        outgoing=OutgoingMail(store, settings, post, way_out, at_stop),
        timers=Timers(store, settings, post),
        sources=sources,
        log=wiring.log,
    )
    runner = Runner(works)
    return Office(works, runner, store, settings, _doors(config, runner, settings))


@contextmanager
def sole_worker(folder: Path) -> Iterator[None]:
    """Hold the state folder's lock: one program works on it at a time.

    Raises:
        ConfigError: another one does, or it is no folder that can be written to.
    """
    with _lock_of(folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            message = "another mailflow is running on this folder; stop it first"
            problem = ConfigProblem(0, "state.folder", message)
            raise ConfigError(str(folder), (problem,)) from taken
        yield


def _lock_of(folder: Path) -> TextIO:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (folder / "worker.lock").open("a")
    except OSError as error:
        message = f"must be a folder that can be written to: {error.strerror}"
        problem = ConfigProblem(0, "state.folder", message)
        raise ConfigError(str(folder), (problem,)) from error


def _settings(config: Config, store: Store, wiring: Wiring) -> FlowSettings:
    mailbox = config.mailbox[0]
    domain = mailbox.address.rpartition("@")[2]
    name = store.secret("instance", fresh=f"{fresh_name()}.{domain}".encode()).decode()
    return FlowSettings(
        provider=_provider(config, store.unit(), wiring.clock),
        name=config.provider.name,
        address=mailbox.address,
        own_addresses=tuple(box.address for box in config.mailbox),
        delimiter=mailbox.tag,
        instance=name,
        keyring=Keyring(store.secret("keyring", fresh=fresh_key())),
        trust=mailbox.trusted_server,
        find_key=wiring.find_key if mailbox.checks_signatures else None,
        language=config.provider.language,
        country=config.provider.country,
        timezone=config.provider.timezone,
        live=config.mode.live,
        done_from=config.mode.done_from,
        calendar=working_days,
        way_out=config.sending.host,
    )


@lru_cache(maxsize=256)
def working_days(country: str, year: int) -> Calendar:
    """Return the working days around a year; dates reach into the next ones."""
    from mailflow.reading.holidays import calendar_for  # noqa: PLC0415 - a tenth of a second

    return calendar_for(country, range(year - 1, year + 3))


def _provider(config: Config, uow: UnitOfWork, clock: Clock) -> PersonId:
    """Return who the provider is in the memory, making her known or up to date."""
    wanted = config.provider
    known = next((p for a in wanted.addresses if (p := uow.person_by_address(a))), None)
    act = Act(uow.new_act_id(), None, clock.now())
    person = Person(
        id=uow.new_person_id() if known is None else known.id,
        name=wanted.name,
        addresses=wanted.addresses,
        role=Role.PROVIDER,
        language=wanted.language,
        timezone=wanted.timezone,
        country=wanted.country,
        welcomed=True,
    )
    if known is None:
        uow.record_office(act, [PersonAdded(person)])
        uow.check_person(person.id, clock.now())
        uow.commit()
    elif _described(known) != _described(person):
        uow.record_office(act, [PersonChanged(known, person)])
        uow.commit()
    return person.id


def _described(person: Person) -> tuple[object, ...]:
    return (person.name, person.addresses, person.language, person.timezone, person.country)


def _sources(config: Config, settings: FlowSettings, wiring: Wiring) -> tuple[MailSource, ...]:
    found: list[MailSource] = [
        ImapSource(
            _imap(box),
            wiring.clock,
            belongs=belongs_to(settings),
        )
        for box in config.mailbox
    ]
    if config.intake.folder:
        found.append(MaildropSource(Path(config.intake.folder)))
    return tuple(found)


def _imap(box: MailboxConfig) -> ImapSettings:
    return ImapSettings(
        name=box.address,
        host=box.host,
        port=box.port,
        security=Security(box.security),
        user=box.user or box.address,
        password=_password(box, f"mailbox {box.address}"),
        folder=box.folder,
        shared=box.shared,
        keep_sent=box.keep_sent,
    )


def _smtp(config: Config) -> SmtpSettings:
    sending = config.sending
    return SmtpSettings(
        host=sending.host,
        port=sending.port,
        security=Security(sending.security),
        user=sending.user,
        password=_password(sending, "sending"),
    )


def _password(secret: Secret, field: str) -> str:
    try:
        return secret.secret(environment())
    except KeyError as missing:
        message = f"the environment has no variable {missing.args[0]}"
    except OSError as error:
        message = f"the password file cannot be read: {error.strerror}"
    where = "password"
    raise ConfigError(where, (ConfigProblem(0, field, message),))


def _rate(config: Config) -> int:
    if config.sending.per_minute is not None:
        return config.sending.per_minute
    host = config.sending.host
    if host in _LOCAL:
        return 0
    known = (rate for name, rate in _KNOWN_RATES.items() if host.endswith(name))
    return next(known, _USUAL_RATE)


def _doors(config: Config, runner: Runner, settings: FlowSettings) -> tuple[LmtpIntake, ...]:
    if not config.intake.lmtp:
        return ()
    host, _, port = config.intake.lmtp.rpartition(":")
    accepts = partial(is_our_recipient, settings)
    return (LmtpIntake(host, int(port), runner.take, accepts=accepts),)
