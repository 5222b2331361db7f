"""Where in a mail the plan is: in its text, in its HTML, or in a file that came with it."""

from mailflow.reading.plan_lines import PlanLine, own_lines, plan_lines
from mailflow.reading.plan_vocabulary import all_words
from mailflow.reading.plan_world import PlanSource
from mailflow.reading.words import fold

_PREFIXES = frozenset({
    "re", "fw", "fwd", "aw", "wg", "tr", "rv", "sv", "vs", "r",
    "i", "odp", "pd", "antw", "doorst", "enc", "res", "vb",
})  # fmt: skip
"""What mail programs put before the subject of an answer or a forward."""


def subject_title(subject: str) -> tuple[str, bool]:
    """Return the title in a subject, and whether the subject says that it is a plan."""
    rest = " ".join(subject.split())
    for _ in range(8):
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


def body_lines(source: PlanSource) -> tuple[PlanLine, ...]:
    """Return the lines that the author wrote into the mail itself."""
    return own_lines(plan_lines(source.text or ""))
