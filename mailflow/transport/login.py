"""Who we are, in the words of each login mechanism (SASL)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mailflow.errors import LoginRefused

TokenSource = Callable[[], str]
"""Returns an access token that is valid now; raises TransientFailure when it has none."""


class AuthKind(StrEnum):
    """How a mailbox wants to be opened."""

    PASSWORD = "password"  # noqa: S105 - the word itself, not somebody's password
    XOAUTH2 = "xoauth2"
    OAUTHBEARER = "oauthbearer"


@dataclass(frozen=True, slots=True)
class SaslAnswer:
    """What is said in a login of one step.

    Attributes:
        mechanism: name for AUTH or AUTHENTICATE.
        opening: our first words.
        after_refusal: what a server that refuses wants to hear before it says so: it sends
            its reasons as one more challenge.
    """

    mechanism: str
    opening: bytes
    after_refusal: bytes = b""


def sasl_answer(
    kind: AuthKind, user: str, password: str, token: TokenSource | None = None
) -> SaslAnswer:
    """Return the words that open the mailbox of `user`.

    PLAIN is RFC 4616, OAUTHBEARER RFC 7628 section 3.1, XOAUTH2 the older form of it.

    Raises:
        LoginRefused: a token is needed and nobody was named who makes one.
        TransientFailure: the token source has none just now.
    """
    if kind is AuthKind.PASSWORD:
        return SaslAnswer("PLAIN", f"\0{user}\0{password}".encode())
    if token is None:
        msg = f"the login by {kind} needs a source of access tokens, and none is set up"
        raise LoginRefused(msg)
    if kind is AuthKind.XOAUTH2:
        return SaslAnswer("XOAUTH2", f"user={user}\1auth=Bearer {token()}\1\1".encode())
    name = user.replace("=", "=3D").replace(",", "=2C")
    words = f"n,a={name},\1auth=Bearer {token()}\1\1"
    return SaslAnswer("OAUTHBEARER", words.encode(), b"\1")
