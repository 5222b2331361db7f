"""Whether every letter can be written in every language, asked before anything is sent."""

from jinja2 import TemplateError

from mailflow.writing.letter import compose
from mailflow.writing.letter_samples import MARK, office, samples
from mailflow.writing.words import client_languages, languages


def faulty_letters() -> tuple[str, ...]:
    """Return a line for each sample letter that cannot be written; `mailflow check` shows them."""
    found: list[str] = []
    for language in (*languages(), *client_languages()):
        for welcomed in (True, False):
            written = office(language, welcomed=welcomed)
            for name, notice in samples().items():
                try:
                    compose(notice, written, MARK)
                except (LookupError, ValueError, TemplateError) as error:
                    found.append(f"{name} ({language}): {error!r}")
    return tuple(dict.fromkeys(found))
