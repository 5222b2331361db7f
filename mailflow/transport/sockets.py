"""How a line to a server is opened, the same for every protocol."""

import socket
import ssl
from enum import StrEnum
from functools import cache

CONNECT_SECONDS = 20.0
"""How long a server may take to answer the door; no mail server worth waiting for takes more."""


class Security(StrEnum):
    """How a line is kept from other eyes."""

    TLS = "tls"
    """From the first octet (RFC 8314 section 3)."""
    STARTTLS = "starttls"
    """Asked for in the clear, and required: a server that declines is left (RFC 3207)."""
    NONE = "none"
    """Not at all: for a server on this machine, or on a line that is safe by itself."""


@cache
def client_context(ca_file: str = "") -> ssl.SSLContext:
    """Return a TLS context that always checks certificate and host name.

    Args:
        ca_file: certificates to trust in place of the system's, for a private authority.

    Raises:
        OSError: the file cannot be read or holds no certificate.
    """
    return ssl.create_default_context(cafile=ca_file or None)


def open_socket(host: str, port: int, timeout: float) -> socket.socket:
    """Connect, and make the line quick for small requests and honest about a dead peer.

    Without TCP_NODELAY a command of two writes waits for a delayed acknowledgement (40 ms).
    Without keep-alive a line whose far end was unplugged stays open for hours.

    Raises:
        OSError: nobody answers.
    """
    line = socket.create_connection((host, port), min(timeout, CONNECT_SECONDS))
    line.settimeout(timeout)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):  # Linux; elsewhere the system's own pace must do
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 20)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
    return line


def secured(line: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
    """Wrap a fresh line in TLS; when that fails the line is closed.

    Raises:
        OSError: no common protocol, or a certificate that does not prove `host`.
    """
    try:
        return context.wrap_socket(line, server_hostname=host)
    except (OSError, ValueError):
        line.close()
        raise
