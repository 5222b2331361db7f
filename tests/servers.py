"""Real mail servers for tests: private Dovecot and Postfix on loopback, gone afterwards.

Both run as root with their own folders and ports and touch nothing of the machine's own. Where
they are not installed, the tests that need them are skipped; with CI set, or with
MAILFLOW_REQUIRE_SERVERS=1, they fail instead, so that nobody takes silence for success.
`tools/servers/install` installs them.
"""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

PASSWORD = "secret"
POSTFIX_MASTER = Path("/usr/lib/postfix/sbin/master")

_DOVECOT_CONF = r"""
base_dir = {folder}/base
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
first_valid_uid = 1
mail_location = {storage}
auth_mechanisms = plain login
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
auth_failure_delay = 0
{extra}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
  mailbox Sent {{
    special_use = \Sent
    auto = subscribe
  }}
  mailbox Spamverdacht {{
    special_use = \Junk
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
  }}
  service_count = 0
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""

_MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = /tmp, /var
myhostname = mx.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
relay_domains = {domains}
transport_maps = inline:{{ {routes} }}
default_transport = error:5.1.2 there is no world outside this test
disable_dns_lookups = yes
recipient_delimiter = +
smtpd_tls_security_level = may
smtpd_tls_chain_files = {key} {certificate}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {sasl}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions =
  check_recipient_access inline:{{
    {{gone@client.test=550 5.1.1 gone}}, {{later@client.test=450 4.2.0 later}} }},
  permit_sasl_authenticated, reject
smtp_connection_cache_on_demand = no
"""

_MASTER_CF = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
scache unix - - n - 1 scache
"""


def servers_required() -> bool:
    """Tell whether a missing server is a failure."""
    environment = os.environ  # noqa: TID251 - whether to skip is asked of whoever runs the tests
    return bool(environment.get("CI")) or environment.get("MAILFLOW_REQUIRE_SERVERS") == "1"


def need(program: str) -> None:
    """Skip, or fail where servers are required, unless `program` can be started here."""
    there = shutil.which(program, path="/usr/sbin:/usr/bin:/usr/lib/postfix/sbin") is not None
    if there and os.geteuid() == 0:
        return
    reason = f"{program} is not installed" if not there else f"{program} is started as root"
    if servers_required():
        pytest.fail(f"{reason}: run tools/servers/install as root")
    pytest.skip(f"{reason} (tools/servers/install)")


_doors = itertools.count(20_000 + os.getpid() * 53 % 9_000)


def free_port() -> int:
    """Return a port that was free a moment ago.

    Below the range from which the system gives ports to outgoing connections: one of those
    may take any other port before the server does.
    """
    for port in _doors:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError


def await_port(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until `server` listens."""
    pause = threading.Event()
    for _ in range(1000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            if server.poll() is not None:
                break
            pause.wait(0.01)
        else:
            return
    told = log.read_text() if log.exists() else "no log"
    msg = f"nobody listens on port {port}: {told}"
    raise RuntimeError(msg)


@contextmanager
def open_folder(name: str) -> Iterator[Path]:
    """Give a folder that servers with lesser rights can walk through."""
    folder = Path(tempfile.mkdtemp(prefix=f"mailflow-{name}-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a key and a certificate for 127.0.0.1 that signs itself."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, certificate


@dataclass(slots=True)
class Dovecot:
    """IMAP and LMTP; every name is an account with the password `PASSWORD`.

    Attributes:
        folder: where everything of it lies.
        storage: mail_location, such as `maildir:~/mail`.
        prefix: of the personal namespace, such as `INBOX.`.
        separator: between levels of folder names.
        extra: more settings, such as what capabilities it admits to.
    """

    folder: Path
    storage: str = "sdbox:~/mail"
    prefix: str = ""
    separator: str = "/"
    extra: str = ""
    imap_port: int = field(default_factory=free_port)
    imaps_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    certificate: Path = field(init=False)
    _running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        for name in ("base", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "mail", "mail", "mail")
        key, self.certificate = make_certificate(self.folder)
        text = _DOVECOT_CONF.format(
            folder=self.folder, key=key, certificate=self.certificate, storage=self.storage,
            prefix=self.prefix, separator=self.separator, extra=self.extra, password=PASSWORD,
            imap_port=self.imap_port, imaps_port=self.imaps_port, lmtp_port=self.lmtp_port,
        )  # fmt: skip
        (self.folder / "dovecot.conf").write_text(text)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def sasl(self) -> Path:
        """Where it answers questions about passwords."""
        return self.folder / "base" / "auth-client"

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        self._running = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        await_port(self.imap_port, self._running, self.folder / "log")

    def stop(self) -> None:
        """End it, and all connections with it."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait(10)
            self._running = None

    def crash(self) -> None:
        """Kill it and all that serve its connections, in the middle of a word."""
        if self._running is not None:
            os.killpg(self._running.pid, signal.SIGKILL)
            self.stop()

    def user_folder(self, user: str) -> Path:
        """Where the mail of `user` lies."""
        return self.folder / "mail" / user


@dataclass(slots=True)
class Postfix:
    """A submission server that asks Dovecot for passwords and hands on by LMTP.

    Two recipients are refused always: gone@client.test (550) and later@client.test (450).

    Attributes:
        folder: where everything of it lies.
        sasl: Dovecot's socket for passwords.
        routes: LMTP port by domain of the recipient.
    """

    folder: Path
    sasl: Path
    routes: dict[str, int]
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    certificate: Path = field(init=False)
    _running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._lay_out()
        key, self.certificate = make_certificate(self.folder)
        routes = [f"{{{name}=lmtp:inet:127.0.0.1:{port}}}" for name, port in self.routes.items()]
        main = _MAIN_CF.format(
            folder=self.folder, key=key, certificate=self.certificate, sasl=self.sasl,
            domains=" ".join(self.routes), routes=", ".join(routes),
        )  # fmt: skip
        (self.folder / "etc/main.cf").write_text(main)
        master = _MASTER_CF.format(port=self.port, tls_port=self.tls_port)
        (self.folder / "etc/master.cf").write_text(master)
        command = [str(POSTFIX_MASTER), "-c", str(self.folder / "etc"), "-s"]
        self._running = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        await_port(self.port, self._running, self.folder / "log")
        return self

    def flush(self) -> None:
        """Try again now what could not be handed on."""
        subprocess.run(["postqueue", "-c", str(self.folder / "etc"), "-f"], check=True)

    def _lay_out(self) -> None:
        for name in ("etc", "queue", "data", "queue/pid"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix", "postfix")
        for name in ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold",
                     "incoming", "private", "saved", "trace"):  # fmt: skip
            (self.folder / "queue" / name).mkdir(mode=0o700)
            shutil.chown(self.folder / "queue" / name, "postfix")
        for name, mode in (("maildrop", 0o730), ("public", 0o710)):
            (self.folder / "queue" / name).mkdir()
            (self.folder / "queue" / name).chmod(mode)
            shutil.chown(self.folder / "queue" / name, "postfix", "postdrop")

    def __exit__(self, *_: object) -> None:
        if self._running is not None:
            self._running.terminate()
            self._running.wait(10)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot as it comes, with a junk folder that only its mark betrays."""
    need("dovecot")
    with open_folder("dovecot") as folder, Dovecot(folder) as server:
        yield server


@pytest.fixture(scope="session")
def old_dovecot() -> Iterator[Dovecot]:
    """A Dovecot that keeps folders below INBOX and admits to neither IDLE nor MOVE."""
    need("dovecot")
    extra = "imap_capability = IMAP4rev1 LITERAL+ NAMESPACE UIDPLUS SPECIAL-USE CHILDREN"
    with (
        open_folder("dovecot-old") as folder,
        Dovecot(
            folder, storage="maildir:~/mail", prefix="INBOX.", separator=".", extra=extra
        ) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """A Postfix that delivers client.test and office.test to Dovecot."""
    need("master")
    routes = {"client.test": dovecot.lmtp_port, "office.test": dovecot.lmtp_port}
    with open_folder("postfix") as folder, Postfix(folder, dovecot.sasl, routes) as server:
        yield server
