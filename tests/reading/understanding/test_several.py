"""A title may ask for several things, acts or copies: a part of them ticks nothing."""

import pytest

from tests.reading.understanding.builders import acted

_PARTS = [
    ("Paint the fence and the shed", "Painted the fence", "en"),
    ("Feed the cat and water the plants", "Fed the cat", "en"),
    ("Sign and return the form", "Signed", "en"),
    ("Buy milk, eggs and bread", "Bought eggs", "en"),
    ("Get three quotes", "Got two quotes", "en"),
    ("Send two references", "Sent one", "en"),
    ("Sign both copies", "Signed my copy", "en"),
    ("Formular unterschreiben und zurückschicken", "Formular ist unterschrieben", "de"),
    ("Drei Angebote einholen", "Zwei Angebote eingeholt", "de"),
    ("Réserver le vol et l'hôtel", "Le vol est réservé", "fr"),
    ("Comprar harina y azúcar", "Compré la harina", "es"),
    ("Firmare le due copie", "La mia copia è firmata", "it"),
    ("Kupić mąkę i cukier", "Kupiłam mąkę", "pl"),
    ("حجز الطيران والفندق", "حجزت الفندق", "ar"),
    ("توقيع النموذج وإعادته", "وقعته", "ar"),
    ("航空券とホテルの予約", "ホテルを予約しました。", "ja"),
    ("推薦状2通の送付", "1通送りました。", "ja"),
    ("签字并寄回表格", "签好了。", "zh"),
]


@pytest.mark.parametrize(("title", "text", "lang"), _PARTS)
def test_a_part_of_what_was_asked_for_ticks_nothing(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Paint the fence and the shed", "Painted the shed and the fence", "en"),
        ("Paint the fence and the shed", "Both painted", "en"),
        ("Sign and return the form", "Posted it this morning", "en"),
        ("Review and approve the budget", "Approved", "en"),
        ("Get three quotes", "Got four quotes", "en"),
        ("Formular unterschreiben und zurückschicken", "Zurückgeschickt", "de"),
        ("Jahresabschluss prüfen und zustimmen", "Hiermit erteilen wir unsere Zustimmung", "de"),
        ("Kupić mąkę i cukier", "Kupiłam mąkę i cukier", "pl"),
        ("航空券とホテルの予約", "両方予約しました。", "ja"),
        ("签字并寄回表格", "寄回了。", "zh"),
    ],
)
def test_all_of_it_is_ticked(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


def test_the_file_may_be_the_second_of_two_acts() -> None:
    assert acted("Signed.", "Sign and return the form", files=("form.pdf",))


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Choose 30 photos", "We have 19", "en"),
        ("30 Fotos auswählen", "wir haben 19", "de"),
        ("Elegir 30 fotos", "tenemos 19", "es"),
        ("Wybrać 30 zdjęć do albumu", "Zdjęcia wybieramy, mamy 19 i jedną kłótnię.", "pl"),
        ("寄回签好的委托书", "签是签好了，还搁我桌上呢", "zh"),
    ],
)
def test_a_figure_or_a_step_short_of_what_was_asked_ticks_nothing(
    title: str, text: str, lang: str
) -> None:
    assert not acted(text, title, lang=lang)


def test_the_numbers_that_were_to_be_chosen_are_the_answer() -> None:
    assert acted("7, 12 and 30", "Choose 3 photos")
