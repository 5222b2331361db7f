"""A person with a mail program: reads what came, and writes."""

from datetime import UTC, datetime

from mailflow.demo.world_smtp import addresses_in, header_field
from mailflow.errors import DeliveryFailure, PermanentFailure, TransientFailure
from mailflow.ports import OutcomeKind, SealedMail, Watermark
from mailflow.transport.imap import ImapSource
from mailflow.transport.imap_line import ImapSettings
from mailflow.transport.smtp import SmtpSubmission
from mailflow.transport.smtp_line import SmtpSettings
from mailflow.transport.sockets import Security


class _AnyDay:
    """A mail program looks back from no particular day: its mailbox never renumbers."""

    def now(self) -> datetime:
        return datetime(2000, 1, 1, tzinfo=UTC)


class PersonMailbox:
    """One person's mail program, over real IMAP and SMTP; one thread uses it.

    Attributes:
        address: the person's address.
        password: what opens the mailbox, for other programs.
    """

    def __init__(self, host: str, ports: tuple[int, int], address: str, password: str) -> None:
        """Prepare; lines are opened when they are needed.

        Args:
            host: where the mail world listens.
            ports: of IMAP and of SMTP.
            address: also the login name.
            password: for both.
        """
        self.address = address
        self.password = password
        imap, smtp = ports
        self._source = ImapSource(
            ImapSettings(
                name=address,
                host=host,
                port=imap,
                security=Security.NONE,
                user=address,
                password=password,
                watch_junk=False,
            ),
            _AnyDay(),
        )
        self._way_out = SmtpSubmission(
            SmtpSettings(host, smtp, Security.NONE, user=address, password=password)
        )
        self._seen: dict[str, Watermark] = {}

    def read_new(self, wait: float = 0.0) -> tuple[bytes, ...]:
        """Return the mail that came since the last call, oldest first.

        Args:
            wait: seconds to wait for one when there is none.
        """
        mails = self._look()
        if not mails and wait > 0 and self._source.wait(wait):
            mails = self._look()
        return mails

    def _look(self) -> tuple[bytes, ...]:
        mails = tuple(m.raw for batch in self._source.arrivals(self._seen) for m in batch)
        self._seen = self._source.reached()
        return mails

    def send(self, raw: bytes, *recipients: str) -> None:
        """Send a mail to those in its To and Cc, unless `recipients` are named.

        Raises:
            PermanentFailure: the world refuses it; nobody there has this address.
            TransientFailure: it does not take it now.
            DeliveryFailure: nobody knows whether it took it.
        """
        fields = [*header_field(raw, b"To"), *header_field(raw, b"Cc")]
        to = recipients or tuple(addresses_in(fields))
        mails = [SealedMail(n, self.address, address, raw) for n, address in enumerate(to)]
        for outcome in self._way_out.submit(mails):
            if outcome.kind is OutcomeKind.PERMANENT:
                raise PermanentFailure(outcome.answer)
            if outcome.kind is OutcomeKind.TRANSIENT:
                raise TransientFailure(outcome.answer)
            if outcome.kind is OutcomeKind.UNKNOWN:
                raise DeliveryFailure(outcome.answer)

    def close(self) -> None:
        """Close the mail program."""
        self._source.close()
        self._way_out.close()
