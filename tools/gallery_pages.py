"""Render sample plan pages to pictures, to be looked at by people.

    .venv/bin/python -m tools.gallery_pages [FOLDER]

It needs `pdftoppm` (Debian: poppler-utils). Pictures go to `docs/gallery` unless another
folder is named.
"""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from mailflow.domain.people import People
from mailflow.domain.plan import Plan, PlanState
from mailflow.writing.planpage import PageLook, plan_page
from tests.writing import builders

RESOLUTION = "88"


def samples() -> dict[str, tuple[Plan, People, PageLook]]:
    """Return the sample pages by name."""
    people, look = builders.people(), builders.look()
    german = builders.people("Dörte Reed", "Karla Jansen", "Viktor Rauch", "Olga Brandt")
    arabic = builders.people("دانا ريد", "كارول جونز", "Vic Ray", "أولغا")
    hebrew = builders.people("דנה ריד", "קרול ג׳ונס", "Vic Ray", "אולגה")
    japanese = builders.people("鈴木 一郎", "山田 花子", "佐藤 健", "Olga Brandt")
    proposed = replace(builders.tax_plan(), state=PlanState.PROPOSED, agreed_at=None)
    return {
        "page-1": (builders.small_plan(), people, look),
        "page-8": (builders.tax_plan(), people, replace(look, changed=(1, 2, 4))),
        "page-8-client": (proposed, people, replace(look, reader_inside=False)),
        "page-30": (builders.long_plan(30), people, replace(look, changed=(9, 11, 19))),
        "page-45": (builders.long_plan(45), people, replace(look, country="US")),
        "page-300": (builders.long_plan(300, phases=12), people, look),
        "page-german": (builders.german_plan(), german, builders.look("de", "DE", changed=(1,))),
        "page-long-titles": (builders.wordy_plan(), people, replace(look, country="US")),
        "page-hebrew": (builders.hebrew_plan(), hebrew, builders.look("he", "IL", changed=(2, 3))),
        "page-arabic": (builders.arabic_plan(), arabic, builders.look("ar", "AE", changed=(2, 3))),
        "page-japanese": (builders.japanese_plan(), japanese, builders.look("ja", "JP")),
    }


def render(pdf: bytes, target: Path, *, grey: bool = False, last: int = 2) -> None:
    """Write the first pages of a PDF as `target-1.png`, `target-2.png`, …."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        shade = ["-gray"] if grey else []
        subprocess.run(
            ["pdftoppm", "-png", "-r", RESOLUTION, "-l", str(last), *shade, file.name, str(target)],
            check=True,
        )


def main() -> None:
    """Write all pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    for name, (plan, people, look) in samples().items():
        pdf = plan_page(plan, people, look)
        render(pdf, folder / name)
        print(f"{name}: {len(pdf)} octets")
    grey = samples()["page-30"]
    render(plan_page(*grey), folder / "page-30-grey", grey=True)


if __name__ == "__main__":
    main()
