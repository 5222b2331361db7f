"""The operator's settings: one TOML file, read once, handed down as frozen values.

Every problem is told at once with its line, its field and what would be right. The field
descriptions here are the documentation: `config.example.toml` is made from them. This is
also the only place that reads the environment.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from mailflow.config.lines import line_of
from mailflow.config.problems import problems_of
from mailflow.errors import ConfigError, ConfigProblem

_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_SIGNATURES = "dkim"
_SERVER = re.compile(r"(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PORTS = {"imap": 143, "imaps": 993, "smtp": 587, "smtps": 465}


def _address(value: str) -> str:
    local, at, domain = value.strip().rpartition("@")
    if not (local and at and domain) or any(c.isspace() or c in '<>,;"' for c in value.strip()):
        msg = "must be a plain address such as dana@studio.example"
        raise ValueError(msg)
    return f"{local}@{domain.lower()}"


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as unknown:
        msg = "must be an IANA time zone such as Europe/Berlin"
        raise ValueError(msg) from unknown
    return value


def _url(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        parts = urlsplit(value)
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in schemes or not parts.hostname or port == -1:
            msg = f"must be like {schemes[0]}://host:{_PORTS[schemes[0]]}"
            raise ValueError(msg)
        return value

    return AfterValidator(check)


def _trust(value: str) -> str:
    words = [word for word in value.split() if word != "none"]
    servers = [word for word in words if word != _SIGNATURES]
    odd = [word for word in servers if word != "!topmost" and not _SERVER.fullmatch(word)]
    if odd or len(servers) > 1:
        msg = (
            "must be one server's name such as mx.google.com or *.example.net, "
            "!topmost for Exchange Online, dkim, or a name and dkim"
        )
        raise ValueError(msg)
    return " ".join(words)


def _host_port(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if value and not (host and colon and port.isdigit() and int(port) < 65536):
        msg = "must be like 127.0.0.1:2424"
        raise ValueError(msg)
    return value


Address = Annotated[str, AfterValidator(_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Secret(_Section):
    """A login: the password itself, or where it stands."""

    user: str = Field("", description="Login name; the address where it is left out.")
    password: str = Field("", repr=False, description="The password itself; better a file.")
    password_file: str = Field(
        "", description="A file with the password; a bare name is looked up among the credentials."
    )
    password_env: str = Field("", description="Name of an environment variable with the password.")

    @model_validator(mode="after")
    def _one_way(self) -> "Secret":
        ways = [self.password, self.password_file, self.password_env]
        if sum(bool(way) for way in ways) > 1:
            msg = "name only one of password, password_file and password_env"
            raise ValueError(msg)
        return self

    def secret(self, environment: Mapping[str, str]) -> str:
        """Return the password; "" where none is named.

        Raises:
            OSError: the file cannot be read.
            KeyError: the environment has no such variable.
        """
        if self.password_env:
            return environment[self.password_env]
        if not self.password_file:
            return self.password
        path = Path(self.password_file)
        credentials = environment.get("CREDENTIALS_DIRECTORY", "")
        if len(path.parts) == 1 and credentials:
            path = Path(credentials) / path
        return path.read_text("utf-8").strip()


class ProviderConfig(_Section):
    """Who runs the work."""

    name: str = Field(min_length=1, description="Every letter is signed with this name.")
    addresses: tuple[Address, ...] = Field(
        min_length=1, description="Her own addresses, the usual one first: she steers from these."
    )
    language: str = Field(
        "en", pattern="^[a-z]{2}$", description="Language of her letters, ISO 639-1."
    )
    country: str = Field(
        "GB", pattern="^[A-Z]{2}$", description="Her country, ISO 3166-1: holidays, paper size."
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        "Europe/London", description="Her time zone, an IANA name."
    )


class MailboxConfig(Secret):
    """One mailbox that is watched; more may follow."""

    address: Address = Field(description="The bot's address: letters come from here.")
    imap: Annotated[str, _url("imaps", "imap")] = Field(
        description="The IMAP server; imaps:// is TLS, imap:// is STARTTLS (plain on this machine)."
    )
    folder: str = Field("INBOX", description="The folder that is watched.")
    tag: Literal["+", "-", ""] = Field(
        "+", description="What parts the address from the token of a reply; empty if it cannot."
    )
    trust: Annotated[str, AfterValidator(_trust)] = Field(
        "",
        description="Who vouches for senders: the server whose Authentication-Results to believe "
        "(mx.google.com), dkim (our own check of signatures, by DNS), or both; empty: nobody.",
    )
    shared: bool = Field(
        default=False, description="The mailbox holds private mail too: touch only what is ours."
    )
    keep_sent: bool = Field(
        default=False, description="Append sent letters to the Sent folder, if the server does not."
    )

    @property
    def trusted_server(self) -> str:
        """Name by which the trusted server signs its stamps; "" where none is trusted."""
        return next((word for word in self.trust.split() if word != _SIGNATURES), "")

    @property
    def checks_signatures(self) -> bool:
        """True when DKIM signatures are checked here."""
        return _SIGNATURES in self.trust.split()

    @property
    def host(self) -> str:
        """Host of the IMAP server."""
        return urlsplit(self.imap).hostname or ""

    @property
    def port(self) -> int:
        """Port of the IMAP server."""
        return _port(self.imap)

    @property
    def security(self) -> str:
        """One of `tls`, `starttls` and `none` (RFC 8314)."""
        return _security(self.imap)


class SendingConfig(Secret):
    """Where letters are handed in."""

    smtp: Annotated[str, _url("smtps", "smtp")] = Field(
        description="The submission server; smtps:// is TLS, smtp:// is STARTTLS (plain locally)."
    )
    per_minute: int | None = Field(
        None,
        ge=0,
        le=100_000,
        description="Letters a minute that the host allows; 0: no limit. Left out: what is known.",
    )

    @property
    def host(self) -> str:
        """Host of the submission server."""
        return urlsplit(self.smtp).hostname or ""

    @property
    def port(self) -> int:
        """Port of the submission server."""
        return _port(self.smtp)

    @property
    def security(self) -> str:
        """One of `tls`, `starttls` and `none` (RFC 8314)."""
        return _security(self.smtp)


class IntakeConfig(_Section):
    """Further doors for mail."""

    lmtp: Annotated[str, AfterValidator(_host_port)] = Field(
        "", description="Listen for LMTP here, such as 127.0.0.1:2424; empty: do not."
    )
    folder: str = Field("", description="Take .eml files from this folder; empty: do not.")


class StateConfig(_Section):
    """Where everything is kept."""

    folder: Path = Field(Path("state"), description="Database, raw mail and documents live here.")


class ModeConfig(_Section):
    """How far the program is trusted yet."""

    live: bool = Field(
        default=False,
        description="false: letters to clients wait for the provider's ok until she says go live.",
    )
    done_from: float = Field(
        default=0.985,
        ge=0.985,
        le=1.0,
        description="How surely a “done” must be understood to tick; 1.0 asks you each time.",
    )


class Config(_Section):
    """All settings."""

    provider: ProviderConfig
    mailbox: tuple[MailboxConfig, ...] = Field(
        min_length=1,
        description="Letters need an address to come from: [[mailbox]], with its keys.",
    )
    sending: SendingConfig
    intake: IntakeConfig = IntakeConfig()
    state: StateConfig = StateConfig()
    mode: ModeConfig = ModeConfig()

    @model_validator(mode="after")
    def _each_once(self) -> "Config":
        addresses = [box.address for box in self.mailbox]
        if len(set(addresses)) < len(addresses):
            msg = "two [[mailbox]] have the same address; each is watched once"
            raise ValueError(msg)
        return self


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or _PORTS[parts.scheme]


def _security(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme.endswith("s"):
        return "tls"
    return "none" if parts.hostname in _LOCAL else "starttls"


def read_config(path: Path, *, with_secrets: bool = False) -> Config:
    """Read the settings; a relative state or intake folder counts from the file's own folder.

    Args:
        path: the file.
        with_secrets: look also whether every password can be read, for whoever needs them.

    Raises:
        ConfigError: with every problem there is, each with its line.
    """
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise ConfigError(str(path), (ConfigProblem(0, "", message),)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = ConfigProblem(
            line, "", "holds a letter that is not UTF-8; save the file as UTF-8"
        )
        raise ConfigError(str(path), (problem,)) from error
    except tomllib.TOMLDecodeError as error:
        problem = ConfigProblem(_toml_line(str(error)), "", f"is not TOML: {error}")
        raise ConfigError(str(path), (problem,)) from error
    try:
        config = Config.model_validate(table)
    except ValidationError as invalid:
        raise ConfigError(str(path), problems_of(invalid, text, Config)) from invalid
    unreadable = tuple(_unreadable(config, text)) if with_secrets else ()
    if unreadable:
        raise ConfigError(str(path), unreadable)
    return _anchored(config, path.resolve().parent)


def _unreadable(config: Config, text: str) -> Iterator[ConfigProblem]:
    """Yield the passwords that are not where the settings say."""
    places: list[tuple[Secret, tuple[int | str, ...]]] = [
        (box, ("mailbox", number)) for number, box in enumerate(config.mailbox)
    ]
    for secret, place in (*places, (config.sending, ("sending",))):
        key = "password_env" if secret.password_env else "password_file"
        try:
            secret.secret(environment())
        except KeyError:
            said = f"the environment has no variable {secret.password_env}"
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not text"
            said = f"the file {secret.password_file} cannot be read: {why}"
        else:
            continue
        name = place[0] if len(place) == 1 else f"{place[0]}[{place[1]}]"
        yield ConfigProblem(line_of(text, (*place, key)), f"{name}.{key}", said)


def _anchored(config: Config, base: Path) -> Config:
    intake = config.intake
    if intake.folder:
        intake = intake.model_copy(update={"folder": str(base / intake.folder)})
    state = config.state.model_copy(update={"folder": base / config.state.folder})
    return config.model_copy(update={"state": state, "intake": intake})


def _toml_line(words: str) -> int:
    _, _, behind = words.partition("line ")
    digits = behind.split(",")[0].split(")")[0]
    return int(digits) if digits.isdigit() else 0


def environment() -> Mapping[str, str]:
    """Return the process's environment; nobody else looks at it."""
    return os.environ  # noqa: TID251 - the one place


def fixed_now() -> datetime | None:
    """Return the instant of `MAILFLOW_NOW` (aware), None when it is not set.

    Raises:
        ConfigError: it is no ISO 8601 instant with an offset.
    """
    words = environment().get("MAILFLOW_NOW", "")
    return parse_instant(words, "MAILFLOW_NOW") if words else None


def parse_instant(words: str, field: str) -> datetime:
    """Return the instant that ISO 8601 words with an offset name.

    Raises:
        ConfigError: they name none.
    """
    try:
        instant = datetime.fromisoformat(words.strip())
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        message = f"must be like 2026-03-04T09:00:00+01:00, not {words.strip()!r}"
        raise ConfigError(field, (ConfigProblem(0, field, message),))
    return instant


def locale_name() -> str:
    """Return the locale for commands without a configuration, such as `de-DE`."""
    return environment().get("MAILFLOW_LOCALE", "") or "en-GB"
