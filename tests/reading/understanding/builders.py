"""Answers to a single To Do and to a list, sent on Wednesday the 4th of March 2026."""

from datetime import UTC, date, datetime

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.client import Asked, AskedItem, understand

SENT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
SIGN = "Sign the engagement letter"
PAY = "Pay the deposit invoice"
SEND = "Send the February statement"
APPROVE = "Approve the logo"
CHOOSE = "Choose a font"
FILL = "Fill in the intake form"
BOOK = "Book the venue"
COUNT = "Confirm the guest count"
DAY = "Choose a date for the workshop"
REVIEW = "Review the draft budget"


def asked(text: str, title: str = SIGN, *, files: tuple[str, ...] = (), lang: str = "en") -> Asked:
    """Return an answer to a mail with one To Do, due the day before."""
    item = AskedItem(1, title, date(2026, 3, 3))
    return Asked(
        text=text, items=(item,), single=True, sent_at=SENT, attachments=files, language=lang
    )


def read(text: str, title: str = SIGN, *, files: tuple[str, ...] = (), lang: str = "en") -> Reading:
    """Return the first reading of an answer to one To Do."""
    return understand(asked(text, title, files=files, lang=lang))[0]


def acted(text: str, title: str = SIGN, *, files: tuple[str, ...] = (), lang: str = "en") -> bool:
    """Return whether an answer would tick its To Do without asking anybody."""
    readings = understand(asked(text, title, files=files, lang=lang))
    return any(one.intent is Intent.DONE and one.sure for one in readings)


def read_list(
    text: str, *titles: str, files: tuple[str, ...] = (), lang: str = "en"
) -> dict[int | None, list[Reading]]:
    """Return the readings of an answer to a numbered list, by number."""
    items = tuple(AskedItem(n, title) for n, title in enumerate(titles, 1))
    given = Asked(
        text=text, items=items, single=False, sent_at=SENT, attachments=files, language=lang
    )
    found: dict[int | None, list[Reading]] = {}
    for reading in understand(given):
        found.setdefault(reading.n, []).append(reading)
    return found


def intents(found: dict[int | None, list[Reading]]) -> dict[int | None, Intent]:
    """Return the first intent of each To Do."""
    return {n: readings[0].intent for n, readings in found.items()}
