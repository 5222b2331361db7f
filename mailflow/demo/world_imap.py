"""The IMAP half of the mail world: pymap in memory, spoken to by the world itself."""

import asyncio
from argparse import Namespace
from datetime import datetime
from functools import cached_property

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, Identity, Login, Session
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

FOLDERS = ("Sent", "Junk")
"""What a mailbox has beside its INBOX, as most servers give it."""


class _QuietConfig(Config):
    """pymap's settings without its look-up of this machine's name at every greeting."""

    @property
    def greeting(self) -> bytes:
        return b"the mail world is ready"


class WorldMailboxes:
    """All mailboxes of the world. Every method runs in the world's loop."""

    def __init__(self) -> None:
        args = Namespace(passlib_cfg=None, proxy_protocol=None, inherited_sockets=None)
        self._config = _QuietConfig(
            args,
            host="127.0.0.1",
            port=0,
            tls_enabled=False,
            hash_context=Cleartext(),
            invalid_user_sleep=0.0,
            demo_data=False,
            demo_user="",
            demo_password="",
        )

    @cached_property
    def _login(self) -> Login:
        return Login(self._config)

    async def listen(self, host: str, port: int) -> asyncio.Server:
        """Open the IMAP door."""
        self._config.apply_context()
        server = IMAPServer(self._login, self._config)
        reader = ProxyProtocolReader(self._config.proxy_protocol)
        return await asyncio.start_server(reader.get_callback(server), host, port)

    async def add(self, address: str, password: str) -> None:
        """Give `address` a mailbox."""
        user = UserMetadata(self._config, address, password=password)
        identity = self._identity(address)
        await identity.set(user)
        async with identity.new_session() as session:
            for name in FOLDERS:
                await session.mailbox_set.add_mailbox(name)

    async def put(self, address: str, raw: bytes, when: datetime, folder: str = "INBOX") -> None:
        """Lay a mail into a mailbox; whoever listens there is told."""
        async with self._identity(address).new_session() as session:
            await _append(session, folder, AppendMessage(raw, when))

    def _identity(self, address: str) -> Identity:
        return Identity(address, self._login, None, frozenset())


async def _append(session: Session, folder: str, mail: AppendMessage) -> None:
    mailbox = await session.mailbox_set.get_mailbox(folder)
    await mailbox.append(mail, recent=True)
