"""A collection of mails that break readers of mail, at any size."""

import base64
import random  # noqa: TID251 - the same mails in each run
from collections.abc import Iterator

HEAD = b"From: carol@acme.example\nTo: dana@studio.example\nSubject: Re: papers\n"


def field(name: bytes, value: bytes, body: bytes = b"Done!\n") -> bytes:
    return HEAD + name + b": " + value + b"\n\n" + body


def nested(kind: bytes, levels: int) -> bytes:
    """Containers within containers."""
    if kind == b"message/rfc822":
        return HEAD + b"Content-Type: message/rfc822\n\n" * levels + b"Done!\n"
    opened = b"".join(
        b"Content-Type: %b; boundary=b%d\n\n--b%d\n" % (kind, n, n) for n in range(levels)
    )
    return HEAD + opened + b"\nDone!\n"


def parts(part: bytes, count: int) -> bytes:
    return field(b"Content-Type", b"multipart/mixed; boundary=b", (b"--b\n" + part) * count)


def collection(scale: int) -> Iterator[tuple[str, bytes]]:
    """Yield each family at one scale, a name and a mail; `scale` is about its size in octets."""
    yield from _headers(scale)
    yield from _addresses(scale)
    yield from _trees(scale)
    yield from _bodies(scale)


def _headers(n: int) -> Iterator[tuple[str, bytes]]:
    yield "a header of many fields", HEAD + b"X: y\n" * (n // 5) + b"\nx"
    yield "many Received fields", HEAD + b"Received: by a.example; date\n" * (n // 30) + b"\nx"
    yield "one long line", field(b"X-Long", b"x" * n)
    yield "one long subject", field(b"Comments", b"x " * (n // 2))
    yield "many folded lines", field(b"X-Fold", b"\n x" * (n // 3))
    yield "blank folded lines", field(b"X-Fold", b"\n " * (n // 2))
    yield "encoded words", field(b"Keywords", b"=?utf-8?q?a?= " * (n // 14))
    yield (
        "subject of encoded words",
        HEAD.replace(b"papers", b"=?utf-8?b?w7w=?= " * (n // 17)) + b"\n",
    )
    yield "open encoded words", HEAD.replace(b"papers", b"=?utf-8?q?" * (n // 10)) + b"\n"
    yield "semicolons", field(b"Content-Type", b"text/plain" + b";" * n)
    yield "parameters", field(b"Content-Type", b"text/plain" + b";a=b" * (n // 4))
    yield "escaped quotes", field(b"Content-Type", b'text/plain; x="' + b'\\";' * (n // 3))
    yield (
        "pieces of a name",
        field(
            b"Content-Disposition", b"x" + b"".join(b";filename*%d*=a" % k for k in range(n // 14))
        ),
    )
    yield "no header", b"x" * n
    yield "only blank lines", b"\n" * n
    yield "only carriage returns", b"\r" * n
    yield "only colons", b":" * n
    yield "only NUL", b"\0" * n
    yield "NUL in the header", field(b"X-Nul", b"a\0b" * (n // 3))
    yield "eight bits in names", HEAD + b"S\xfcbject: x\n\n" + b"\xff" * n
    yield "mbox lines", b"From x\n" * (n // 7) + HEAD + b"\nx"
    yield "UTF-16", (HEAD + b"\nDone!\n" * (n // 7)).decode().encode("utf-16")
    yield "junk lines", HEAD + b"junk line\n" * (n // 10) + b"\nx"
    yield "message ids", field(b"References", b"<a@b.example>" * (n // 13))
    yield "open message ids", field(b"References", b"<" * n)
    yield "stamps", field(b"Authentication-Results", b"x; dmarc=pass (" * (n // 15))
    yield "open comments in a stamp", field(b"Authentication-Results", b"x; " + b"(" * n)
    yield "signatures", HEAD + b"DKIM-Signature: v=1; d=a; h=from\n" * (n // 33) + b"\nx"
    yield "a strange date", field(b"Date", b"(" * 40 + b"1 " * (min(n, 8_000) // 2))
    yield "huge numbers in a date", field(b"Date", b"Mon, " + b"9" * min(n, 8_000))


def _addresses(n: int) -> Iterator[tuple[str, bytes]]:
    for name, value in (
        ("quotes", b'"' * n),
        ("open brackets", b"<" * n),
        ("open comments", b"(" * n),
        ("comments", b"(a)" * (n // 3)),
        ("escapes", b'"' + b'\\"' * (n // 2)),
        ("backslashes", b"\\" * n),
        ("at signs", b"@" * n),
        ("colons", b":" * n),
        ("commas", b"a@b.example," * (n // 12)),
        ("groups", b"a:b@c.example;" * (n // 14)),
        ("blanks", b" " * n + b"x@y.example"),
        ("dots", b"a" + b"." * n + b"@b.example"),
        ("encoded words", b"=?utf-8?q?a?=" * (n // 13) + b" <a@b.example>"),
    ):
        yield f"From of {name}", b"From: " + value + b"\n\nx"
        yield f"To of {name}", b"From: a@b.example\nTo: " + value + b"\n\nx"
    yield "two From fields", b"From: x@evil.example\n" + HEAD + b"\nx"
    yield "many From fields", HEAD * (n // 70) + b"\nx"


def _trees(n: int) -> Iterator[tuple[str, bytes]]:
    yield "nested multiparts", nested(b"multipart/mixed", n // 50)
    yield "nested alternatives", nested(b"multipart/alternative", n // 50)
    yield "nested digests", nested(b"multipart/digest", n // 50)
    yield "nested mails", nested(b"message/rfc822", n // 30)
    yield "many parts", parts(b"\nx\n", n // 8)
    yield "many attachments", parts(b"Content-Type: a/b; name=x\n\nx\n", n // 34)
    yield "parts without headers", parts(b"x: y", n // 9)
    yield "marks only", field(b"Content-Type", b"multipart/mixed; boundary=b", b"--b\n" * (n // 4))
    yield (
        "marks within a line",
        field(b"Content-Type", b"multipart/mixed; boundary=b", b"x--b" * (n // 4)),
    )
    yield (
        "one boundary for all",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * (n // 50),
    )
    yield (
        "boundary never found",
        field(b"Content-Type", b"multipart/mixed; boundary=z", b"--b\nX: y\n" * (n // 9)),
    )
    yield "nearly boundaries", field(b"Content-Type", b"multipart/mixed", b"--\n" * (n // 3))
    yield (
        "reports",
        field(
            b"Content-Type",
            b"multipart/report; boundary=b",
            b"--b\nContent-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * (n // 16),
        ),
    )


def _bodies(n: int) -> Iterator[tuple[str, bytes]]:
    text = b"text/plain; charset="
    for charset in (b"rot13", b"zlib", b"idna", b"utf-7", b"utf-16", b"hz", b"nonsense", b"\0"):
        yield f"charset {charset!r}", field(b"Content-Type", text + charset, b"+2AA-~{" * (n // 7))
    yield "cut base64", field(b"Content-Transfer-Encoding", b"base64", b"QUJD" * (n // 4) + b"Q")
    yield "broken base64", field(b"Content-Transfer-Encoding", b"base64", b"*=Q" * (n // 3))
    yield "soft breaks", field(b"Content-Transfer-Encoding", b"quoted-printable", b"=\n" * (n // 2))
    yield "flowed", field(b"Content-Type", b"text/plain; format=flowed", b"> x \n" * (n // 5))
    yield "flowed quotes", field(b"Content-Type", b"text/plain; format=flowed", b">" * n)
    yield "uuencode begins", field(b"X", b"y", b"begin 644 x\n" * (n // 12) + b"end\n")
    yield "uuencode ends", field(b"X", b"y", b"begin 644 x\n" + b"`\n" * (n // 2) + b"end\n")
    yield (
        "yEnc escapes",
        field(b"X", b"y", b"=ybegin line=1 name=x\n" + b"=a" * (n // 2) + b"\n=yend\n"),
    )
    tnef = b"\x78\x9f\x3e\x22\0\0" + b"\2\5\x90\6\0\xff\0\0\0" + b"\xff" * n
    yield (
        "winmail.dat",
        field(
            b"Content-Type",
            b"application/ms-tnef\nContent-Transfer-Encoding: base64",
            base64.b64encode(tnef),
        ),
    )
    yield "open tags", field(b"Content-Type", b"text/html", b"<" * n)
    yield "codes", field(b"X", b"y", b"AB-1 " * (n // 5))
    yield "reference lines", field(b"X", b"y", b"1aaaaaaab-aaaaaaaa " * (n // 19))
    yield "hyphens", field(b"X", b"y", b"-" * n)
    yield "hyphens and quote marks", field(b"X", b"y", b"-" + b"> " * (n // 2))
    yield "calendar", field(b"Content-Type", b"text/calendar", b"UID:a\n METHOD:" * (n // 14))


def mutations(raw: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield copies of a mail with pieces cut, doubled, overwritten and strewn in."""
    dice = random.Random(seed)  # noqa: S311 - the same mails in each run
    strewn = [raw[n : n + 40] for n in range(0, len(raw), 97)]
    strewn += [
        b"\0",
        b"\r",
        b"\n\n",
        b"=?",
        b'"',
        b"(",
        b"<",
        b";",
        b"--b",
        b"\xff",
        b"\xed\xa0\x80",
    ]
    strewn += [
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Transfer-Encoding: base64\n",
    ]
    for _ in range(count):
        octets = bytearray(raw)
        for _ in range(dice.randint(1, 10)):
            at = dice.randrange(len(octets) + 1)
            octets[at : at + dice.choice([0, 0, 1, 50])] = dice.choice(strewn) * dice.choice(
                [1, 1, 9]
            )
        yield bytes(octets)
