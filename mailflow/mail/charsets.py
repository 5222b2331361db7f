"""From octets to text, whatever character set they claim to be in.

Nothing here fails: a name that nobody knows, or one that is no character set at all (`rot13`
and `zlib` are Python codecs too), is treated as if none had been given.
"""

import codecs
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Names:
    codec_of: dict[str, str]
    stateful: tuple[str, ...]
    refused: frozenset[str]


@dataclass(frozen=True, slots=True)
class Codec:
    """A character set that can be decoded.

    Attributes:
        name: Python's name of the codec.
        ascii_safe: True when pure ASCII octets mean the same in it.
    """

    name: str
    ascii_safe: bool


_UTF_8 = Codec("utf-8", ascii_safe=True)


def decode(octets: bytes, declared: str = "") -> str:
    """Return the text in `octets`.

    The declared character set is tried first, then UTF-8, then Windows-1252; what none of
    them can read becomes U+FFFD. Lone surrogates never come out.

    Args:
        octets: the encoded text.
        declared: the character set as the mail names it, of any form; empty for none.
    """
    codec = find_codec(declared) if declared else None
    if codec is not None and codec.name.startswith(("utf-16", "utf-32")) and b"\0" not in octets:
        codec = None  # said by mistake: no line break can be written so
    if octets.isascii() and (codec is None or codec.ascii_safe):
        return octets.decode("ascii")
    if codec is not None and codec.name == "cp1252" and _has_eight_bits(declared):
        return octets.decode("cp1252", "replace")
    if codec is not None and codec.name not in {"cp1252", "utf-8"}:
        text = _strictly(octets, codec)
        if text is not None:
            return text
        return _strictly(octets, _UTF_8) or _settled(octets.decode(codec.name, "replace"))
    return _unicode_or_western(octets)


@lru_cache(maxsize=256)
def find_codec(declared: str) -> Codec | None:
    """Return the codec for a declared name, None when there is none that may be used."""
    names = _names()
    cleaned = _cleaned(declared)
    try:
        found = codecs.lookup(names.codec_of.get(cleaned, cleaned))
    except (LookupError, ValueError):
        return None
    name = found.name.replace("-", "_")
    if name in names.refused or not found._is_text_encoding:  # noqa: SLF001 - no public way to ask
        return None
    return Codec(found.name, not name.startswith(names.stateful))


def _has_eight_bits(declared: str) -> bool:
    """Whether a set of 256 letters was named, rather than ASCII, which the octets contradict."""
    return "ascii" not in declared.lower() and "x3.4" not in declared.lower()


def _unicode_or_western(octets: bytes) -> str:
    """UTF-8, unless most of what is not ASCII makes no sense in it."""
    text = octets.decode("utf-8", "replace").removeprefix("\ufeff")
    broken = text.count("\ufffd")
    if broken and 2 * broken > len(text) - len(text.encode("ascii", "ignore")):
        return octets.decode("cp1252", "replace")
    return text


def _cleaned(declared: str) -> str:
    """A name without quotes, language (RFC 2231 section 5), spaces and repeated `charset=`."""
    name = declared[:100].lower().rpartition("charset=")[2]
    return name.partition("*")[0].strip(" \t\r\n\"'<>;,.").replace(" ", "-")


def _strictly(octets: bytes, codec: Codec) -> str | None:
    try:
        text = octets.decode(codec.name)
    except ValueError:
        return None
    return text if codec.ascii_safe else _settled(text)


def _settled(text: str) -> str:
    """Without half surrogate pairs, which UTF-7 and UTF-16 variants can smuggle in."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _names() -> _Names:
    table = tomllib.loads(
        files("mailflow.mail").joinpath("data/charsets.toml").read_text(encoding="utf-8")
    )
    return _Names(
        {**table["superset"], **table["alias"]},
        tuple(table["stateful"]["prefixes"]),
        frozenset(table["refused"]["codecs"]),
    )
