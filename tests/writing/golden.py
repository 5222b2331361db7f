"""The letters as they leave, kept as files: `make golden`, then read the difference."""

from pathlib import Path

from mailflow.writing.letter import Letter, compose
from mailflow.writing.letter_samples import FIRST_LETTERS, MARK, office, samples
from mailflow.writing.words import languages

FOLDER = Path(__file__).parent.parent / "golden"

ALARMS_LEFT_OUT = tuple(
    name for name in samples() if name.startswith("alarm_") and name != "alarm_bounced"
)
"""They differ in two sentences, which the language files show better."""


def names() -> list[str]:
    return [name for name in samples() if name not in ALARMS_LEFT_OUT]


def letter(name: str, language: str) -> Letter:
    written = office(language, welcomed=name not in FIRST_LETTERS)
    return compose(samples()[name], written, MARK)


def as_text(made: Letter) -> str:
    items = ", ".join(f"{i.shown}={i.plan}/{i.n}" for i in made.items)
    entries = ", ".join(f"{'-' if e.cancel else '+'}{e.plan.code}-{e.n}" for e in made.entries)
    pages = ", ".join(plan.code for plan in made.pages)
    facts = {"Subject": made.subject, "Items": items, "Entries": entries, "Pages": pages}
    head = "".join(f"{name}: {value}\n" for name, value in facts.items() if value)
    return f"{head}\n{made.text}"


def wanted() -> dict[str, str]:
    """Return every golden file by name: text in each language, HTML once."""
    files = {
        f"{name}.{language}.txt": as_text(letter(name, language))
        for name in names()
        for language in languages()
    }
    files.update({f"{name}.en.html": letter(name, "en").html for name in names()})
    return files


def rewrite() -> None:
    FOLDER.mkdir(exist_ok=True)
    for file, text in wanted().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
