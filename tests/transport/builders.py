"""Small facts that transport tests share."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from mailflow.ports import SealedMail


class FixedClock:
    """A clock that stands where the test put it."""

    def __init__(self, moment: datetime = datetime(2026, 3, 4, 9, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def a_raw_mail(number: int = 1, text: str = "done 1", **fields: str) -> bytes:
    """RFC 5322 bytes with CRLF line ends."""
    header = {
        "From": "Anne <anne@client.test>",
        "To": "plans@office.test",
        "Subject": f"mail {number}",
        "Message-ID": f"<{number}@client.test>",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = [*(f"{name}: {value}" for name, value in header.items()), "", text, ""]
    return "\r\n".join(lines).encode()


def a_sealed_mail(number: int = 1, **facts: object) -> SealedMail:
    """A mail from the office to Anne, ready to leave."""
    usual: dict[str, object] = {
        "outbox_id": number,
        "sender": "plans@office.test",
        "recipient": "anne@client.test",
        "data": a_raw_mail(number),
    }
    return SealedMail(**{**usual, **facts})  # type: ignore[arg-type]  # a builder takes any fact


def a_certificate(folder: Path, host: str = "127.0.0.1") -> tuple[str, str]:
    """Make a key and a certificate for `host` that signs itself; return their paths."""
    key, certificate = folder / f"{host}.key", folder / f"{host}.pem"
    kind = "IP" if host[0].isdigit() else "DNS"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={host}", "-addext", f"subjectAltName={kind}:{host}",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(key), str(certificate)
