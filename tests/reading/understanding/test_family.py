"""Answers to another mail: somebody at home is called, and nothing that was asked is spoken of."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import PAY, read


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Confirm guest count", "Hi Mum, Sunday is fine, we bring the cake x", "en"),
        ("Confirm guest count", "Mum, all done here, home by six", "en"),
        ("Termin bestätigen", "Hallo Oma, passt am Sonntag, wir bringen Kuchen mit", "de"),
        ("Valider le devis", "Coucou maman, c'est bon pour dimanche !", "fr"),
        ("Confirmar la cita", "Hola mamá, listo, ya compré el pan", "es"),
        ("Zatwierdzić projekt", "Mamo, zrobione, kup jeszcze chleb", "pl"),
        ("核准三月水电分摊", "妈，都弄好了，不用接", "zh"),
        ("تأكيد الموعد", "ماما، تم، جايين بكرة", "ar"),
    ],
)
def test_what_is_said_to_somebody_at_home_is_said_of_no_to_do(
    title: str, text: str, lang: str
) -> None:
    reading = read(text, title, lang=lang)

    assert (reading.intent, reading.rule) == (Intent.NONE, "spoken to somebody else")


@pytest.mark.parametrize(
    ("title", "text", "lang", "intent"),
    [
        (PAY, "Hi Mum, I paid the invoice this morning", "en", Intent.DONE),
        (PAY, "Paid, Mum helped me", "en", Intent.DONE),
        ("交物业费", "妈，物业费交了", "zh", Intent.DONE),
    ],
)
def test_who_speaks_of_the_work_answers_whatever_he_calls_anybody(
    title: str, text: str, lang: str, intent: Intent
) -> None:
    assert read(text, title, lang=lang).intent is intent


def test_a_relative_who_did_something_is_not_called() -> None:
    assert read("Mum has paid it", PAY).rule != "spoken to somebody else"


def test_what_comes_with_files_is_an_answer() -> None:
    reading = read("Hi Mum, here you go", "Send the photos", files=("photos.zip",))

    assert reading.rule != "spoken to somebody else"
