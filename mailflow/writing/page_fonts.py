"""The fonts of the page: which font draws a character, how wide it is, what is embedded.

DejaVu Sans draws Latin, Greek, Cyrillic, Hebrew and Arabic; Droid Sans Fallback draws Chinese,
Japanese and Korean. Both come with the package, so that a page looks the same everywhere. For
any other script the system's Noto Sans of that script is taken if it is there.

Embedding follows ISO 32000-1 sections 9.6.3 (TrueType fonts) and 9.10.3 (ToUnicode).
"""

import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"
EAST_ASIAN = "DroidSansFallback"

_SYMBOLIC = 1 << 2
_NONSYMBOLIC = 1 << 5
_MEASURED_MOST = 20_000
_CMAP_BLOCK = 100
"""A block of a CMap holds at most so many entries."""

_SYSTEM_FOLDERS = (
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/google-noto",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


class PageFont(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """A TrueType font whose embedded part is made once for each set of characters.

    Cutting a font down takes longer than drawing a page, and most pages need the same
    characters. Joined Arabic letters are told to the reader's program as plain letters, so
    that they can be searched and copied.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - reportlab's door
        """Add the fonts' objects to a document; reportlab calls it once a document."""
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode(
                "ascii"
            )
            internal = self.getSubsetInternalName(number, doc)[1:]
            font = pdfdoc.PDFTrueTypeFont()
            font.Name = internal
            font.BaseFont = name
            font.FirstChar = 0
            font.LastChar = len(subset) - 1
            cut = _embedded(self.fontName, name, tuple(subset))
            font.Widths = cut.widths
            font.ToUnicode = doc.Reference(_stream(cut.to_unicode), f"toUnicode:{internal}")
            font.FontDescriptor = doc.Reference(
                self._descriptor(doc, name, cut), f"fontDescriptor:{internal}"
            )
            doc.Reference(font, internal)
            doc.idToObject["BasicFonts"].dict[internal] = font
        del self.state[doc]

    def encoded(self, text: str, doc: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
        """Yield the font's names in a document and the codes under them, as hexadecimals."""
        if text.isascii() and text.isprintable():  # these are their own codes
            yield self.getSubsetInternalName(0, doc), text.encode("ascii").hex()
            return
        for subset, codes in self.splitString(text, doc):
            yield self.getSubsetInternalName(subset, doc), codes.hex()

    def _descriptor(self, doc: Any, name: str, cut: "_Cut") -> Any:  # noqa: ANN401
        face = self.face
        stream = _stream(cut.program)
        stream.dictionary["Length1"] = cut.length
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(name),
                "Flags": face.flags & ~_NONSYMBOLIC | _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "MissingWidth": face.defaultWidth,
                "FontFile2": doc.Reference(stream, f"fontFile:{self.fontName}:{name}"),
            }
        )


class Glyphs:
    """Which font draws a character in one weight, and how wide it is (in ems).

    Fonts are opened when the first character needs them, and are kept.
    """

    def __init__(self, *names: str) -> None:
        self._names = names
        self._home: dict[str, PageFont | None] = {}
        self.width: dict[str, float] = {}
        self._measured: dict[str, float] = {}

    def home(self, char: str) -> PageFont | None:
        """Return the font that draws this character, or None where there is none."""
        if char not in self._home:
            font = next((f for f in self._fonts(char) if ord(char) in f.face.charToGlyph), None)
            self._home[char] = font
            self.width[char] = 0.0 if font is None else font.face.getCharWidth(ord(char)) / 1000
        return self._home[char]

    def measure(self, text: str) -> float:
        """Return how wide a text is in ems; what no font draws has no width."""
        known = self._measured.get(text)
        if known is not None:
            return known
        for char in text:
            self.home(char)
        width = sum(map(self.width.__getitem__, text))
        if len(self._measured) > _MEASURED_MOST:
            self._measured.clear()
        self._measured[text] = width
        return width

    def runs(self, text: str) -> Iterator[tuple[PageFont, str]]:
        """Yield the parts of a text that one font draws, in order."""
        if text.isascii():
            yield _bundled(self._names[0]), text
            return
        start, last = 0, None
        for index, char in enumerate(text):
            font = self.home(char)
            if font is not last:
                if last is not None:
                    yield last, text[start:index]
                start, last = index, font
        if last is not None:
            yield last, text[start:]

    def _fonts(self, char: str) -> Iterator[PageFont]:
        for name in self._names:
            yield _bundled(name)
        system = _system(unicodedata.name(char, "").partition(" ")[0].title())
        if system is not None:
            yield system


@cache
def glyphs(*, bold: bool) -> Glyphs:
    """Return the characters of one weight; an East Asian one is thickened by the pen."""
    _settle()
    return Glyphs(BOLD, REGULAR, EAST_ASIAN) if bold else Glyphs(REGULAR, EAST_ASIAN)


@cache
def _settle() -> None:
    rl_config.useA85 = 0  # a page is binary inside a letter that is base64 anyway
    rl_config.trustedHosts = None
    rl_config.trustedSchemes = []


@cache
def _bundled(name: str) -> PageFont:
    with as_file(files("mailflow.writing") / "fonts" / f"{name}.ttf") as path:
        return _registered(name, path)


@cache
def _system(script: str) -> PageFont | None:
    """Return the system's Noto Sans for a script such as `Thai`, if it can be embedded."""
    name = f"NotoSans{script}-Regular"
    if not script.isalpha():
        return None
    for folder in _SYSTEM_FOLDERS:
        path = Path(folder).expanduser() / f"{name}.ttf"
        try:
            if path.is_file():
                return _registered(name, path)
        except (OSError, TTFError):
            continue  # a font that cannot be read is as good as absent
    return None


def _registered(name: str, path: Path) -> PageFont:
    font = PageFont(name, str(path), asciiReadable=True)
    pdfmetrics.registerFont(font)
    return font


@dataclass(frozen=True, slots=True)
class _Cut:
    """The part of a font with certain characters, ready for the file.

    Attributes:
        program: the font itself, packed.
        length: its length unpacked.
        to_unicode: what its codes mean, packed.
        widths: of its codes, as an array of the file.
    """

    program: bytes
    length: int
    to_unicode: bytes
    widths: str


@lru_cache(maxsize=64)
def _embedded(font: str, name: str, subset: tuple[int, ...]) -> _Cut:
    face = pdfmetrics.getFont(font).face
    program = face.makeSubset(list(subset))
    return _Cut(
        zlib.compress(program),
        len(program),
        zlib.compress(_to_unicode(name, subset)),
        f"[ {' '.join(f'{face.getCharWidth(code):.0f}' for code in subset)} ]",
    )


def _stream(packed: bytes) -> Any:  # noqa: ANN401 - reportlab ships no types
    stream = pdfdoc.PDFStream(content=packed, filters=())
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return stream


def _to_unicode(name: str, subset: tuple[int, ...]) -> bytes:
    entries = [f"<{at:02X}> <{_plain(code)}>" for at, code in enumerate(subset) if code]
    blocks = [entries[at : at + _CMAP_BLOCK] for at in range(0, len(entries), _CMAP_BLOCK)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    ).encode("ascii")


def _plain(code: int) -> str:
    """Return the UTF-16 of a character, a joined Arabic form taken back to its letters."""
    char = chr(code)
    if "ﭐ" <= char <= "\ufdff" or "ﹰ" <= char <= "ﻼ":
        char = unicodedata.normalize("NFKC", char)
    return char.encode("utf-16-be").hex().upper()
