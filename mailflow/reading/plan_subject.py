"""The subject of a mail that may hold a plan."""

from mailflow.reading.plan_vocabulary import all_words
from mailflow.reading.words import fold

_MOST_PREFIXES = 8
_PREFIXES = frozenset({
    "re", "fw", "fwd", "aw", "wg", "tr", "rv", "sv", "vs", "r",
    "i", "odp", "pd", "antw", "doorst", "enc", "res", "vb",
})  # fmt: skip
"""What mail programs put before the subject of an answer or a forward."""


def subject_title(subject: str) -> tuple[str, bool]:
    """Return the title in a subject, and whether the subject says that it is a plan."""
    rest = " ".join(subject.split())
    for _ in range(_MOST_PREFIXES):
        key, colon, behind = rest.partition(":")
        if not colon:
            break
        word = fold(key.strip()).strip("[]() ")
        if word in all_words("text", "subjects"):
            return behind.strip(), True
        if word not in _PREFIXES:
            break
        rest = behind.strip()
    return rest, False
