"""Languages that letters to clients are written in, beside those that say everything."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from mailflow.domain.plan import PlanState, ToDoState
from mailflow.reading.client import Asked, AskedItem, understand
from mailflow.reading.vocabulary import read_wish
from mailflow.writing.words import FALLBACK, client_languages, say, state_word, words_for
from tests.builders import MONDAY
from tests.writing.test_letter_words import gaps, sentences

TO_CLIENTS = (
    "state",
    "plan_state",
    "phase_state",
    "frame",
    "welcome",
    "row",
    "button",
    "line",
    "answer",
    "to_dos_asked",
    "to_do_listed",
    "reminder",
    "receipt",
    "agreement_asked",
    "plan",
    "plan_page",
    "claim_made",
    "forwarded",
    "too_large",
    "change",
)
OFFICE_ONLY = {"frame.small_inside", "row.internal", "plan.internal"}


def wanted() -> set[str]:
    said = {key for key in sentences(FALLBACK) if key.partition(".")[0] in TO_CLIENTS}
    return (said - OFFICE_ONLY) | {"said.entry_how_to_answer"}


@pytest.mark.parametrize("language", client_languages())
def test_everything_that_a_client_reads_is_said(language: str) -> None:
    english, own = sentences(FALLBACK), sentences(language)

    assert set(own) == wanted()
    assert {key: gaps(own[key]) for key in own} == {key: gaps(english[key]) for key in own}


@pytest.mark.parametrize("language", client_languages())
def test_every_plural_form_of_the_language_is_there(language: str) -> None:
    locale = words_for(language).locale
    needed = {str(locale.plural_form(count)) for count in range(1, 120)} | {"other"}
    counted = {k: set(forms) for k, forms in sentences(language).items() if len(forms) > 1}

    assert counted
    assert {key: needed - forms for key, forms in counted.items() if not needed <= forms} == {}


@pytest.mark.parametrize("language", client_languages())
def test_stars_come_in_pairs(language: str) -> None:
    texts = [text for forms in sentences(language).values() for text in forms.values()]

    assert [text for text in texts if text.count("*") % 2] == []


@pytest.mark.parametrize("language", client_languages())
@pytest.mark.parametrize(
    ("button", "kind", "intent"),
    [
        ("done", "do", Intent.DONE),
        ("send", "send", Intent.DONE),
        ("approve", "approve", Intent.DONE),
    ],
)
def test_what_a_button_writes_is_understood(
    language: str, button: str, kind: str, intent: Intent
) -> None:
    text = words_for(language).say(f"line.{button}", n=1)
    items = (AskedItem(1, "Extractos", date(2026, 3, 6), kind), AskedItem(2, "Carta", None, "do"))
    files = ("a.pdf",) if button == "send" else ()
    [reading] = understand(
        Asked(text, items, single=False, sent_at=MONDAY, language=language, attachments=files)
    )

    assert (reading.n, reading.intent, reading.sure) == (1, intent, True)


@pytest.mark.parametrize("language", client_languages())
def test_agreeing_is_understood(language: str) -> None:
    text = words_for(language).say("line.agree")
    items = (AskedItem(1, "Plan", None, "approve"),)
    [reading] = understand(
        Asked(text=text, items=items, single=True, sent_at=MONDAY, language=language)
    )

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize("language", client_languages())
def test_the_words_of_the_small_print_always_work(language: str) -> None:
    small = sentences(language)["frame.small_client"]["other"]
    words = [word.strip(" .") for word in small.partition(":")[2].partition(".")[0].split(",")]

    assert len([word for word in words if read_wish(word)]) >= 4, words


@pytest.mark.parametrize("language", client_languages())
def test_the_office_is_spoken_to_in_english_then(language: str) -> None:
    assert say("which_number", language) == say("which_number", FALLBACK)
    assert state_word(ToDoState.DONE, language) == state_word(ToDoState.DONE, FALLBACK)
    assert words_for(language).fact(PlanState.RUNNING).plain != "running"
