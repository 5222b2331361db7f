"""Render every kind of letter to pictures, to be looked at by people.

    .venv/bin/python -m tools.gallery [LANGUAGE [FOLDER [NAME…]]]

Each picture shows one letter three times: on paper white, in the dark, and on a phone. It
needs `chromium`. Pictures go to `docs/gallery` unless another folder is named.
"""

import html
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from mailflow.writing.letter import compose
from mailflow.writing.letter_samples import FIRST_LETTERS, MARK, office, samples

SHOWN = (
    "to_dos_asked",
    "receipt_opened",
    "agreement_asked",
    "reminder",
    "plan_page",
    "change_notice",
    "plan_proposal_problems",
    "transcript",
    "digest",
    "answer_unclear",
    "approval_asked",
    "alarm_bounced",
)
"""The letters that tell the story; the others look alike."""

WIDTH, PHONE, TALLEST = 720, 390, 3000
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def main() -> None:
    """Write the pictures and name them."""
    language, folder, *names = [*sys.argv[1:], "en", "docs/gallery"][: max(2, len(sys.argv) - 1)]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name in names or SHOWN:
            picture = target / f"letter-{name.replace('_', '-')}.{language}.png"
            _triptych(_letter(name, language), Path(scratch)).save(picture, optimize=True)
            print(picture)


def _letter(name: str, language: str) -> str:
    written = office(language, welcomed=name not in FIRST_LETTERS)
    return compose(samples()[name], written, MARK).html


def _triptych(letter: str, scratch: Path) -> Image.Image:
    """Light, dark and phone side by side."""
    page = scratch / "letter.html"
    page.write_text(letter, encoding="utf-8")
    phone = scratch / "phone.html"
    phone.write_text(_on_a_phone(letter), encoding="utf-8")
    shots = [
        _shot(page, WIDTH, scratch, dark=False),
        _shot(page, WIDTH, scratch, dark=True),
        _shot(phone, PHONE, scratch, dark=False),
    ]
    height = max(shot.height for shot in shots)
    whole = Image.new("RGB", (sum(shot.width for shot in shots) + 2 * 16, height), "white")
    left = 0
    for shot in shots:
        whole.paste(shot, (left, 0))
        left += shot.width + 16
    return whole.quantize(128)


def _on_a_phone(letter: str) -> str:
    """A window cannot be as narrow as a phone; a frame can."""
    frame = f'width="{PHONE}" height="{TALLEST}" srcdoc="{html.escape(letter)}"'
    return f'<body style="margin:0"><iframe {frame} style="border:0"></iframe></body>'


def _shot(page: Path, width: int, scratch: Path, *, dark: bool) -> Image.Image:
    picture = scratch / "shot.png"
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "chromium",
                *_FLAGS,
                f"--user-data-dir={profile}",
                f"--blink-settings=preferredColorScheme={0 if dark else 1}",
                f"--window-size={max(width, 500)},{TALLEST}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    with Image.open(picture) as shot:
        return _trimmed(shot.convert("RGB").crop((0, 0, width, TALLEST)))


def _trimmed(shot: Image.Image) -> Image.Image:
    """Cut the empty rows at the bottom."""
    ground = Image.new("RGB", shot.size, shot.getpixel((1, shot.height - 2)))
    box = ImageChops.difference(shot, ground).getbbox()
    return shot.crop((0, 0, shot.width, min(shot.height, (box[3] if box else 0) + 24)))


if __name__ == "__main__":
    main()
