"""A title may mean one of several: what was done to another one of them ticks nothing."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, read_list

_OTHERS = [
    ("Pay invoice 4711", "4712 is paid", "en"),
    ("Pay the rent of 620", "Paid 500 yesterday", "en"),
    ("Send the Q1 figures", "Sent the Q2 figures", "en"),
    ("Send the Easter flyer", "Sent the Christmas flyer.", "en"),
    ("Envoyer le menu de Pâques", "Menu de Noël envoyé.", "fr"),
    ("Rechnung vom 12.5.2026 zahlen", "Die vom 12.5.2025 ist bezahlt.", "de"),
    ("Podpisać umowę", "Podpisane na koniec kwartału.", "pl"),
    ("Sign page 4", "Signed page 3", "en"),
    ("Test the alarm in building B", "Tested building A", "en"),
    ("Cancel the Tuesday class", "Thursday cancelled", "en"),
    ("Send the lease to the tenant", "Sent it to Mark", "en"),
    ("Book the dentist for Molly", "Dentist booked for Jack", "en"),
    ("Fix the tap in the kitchen", "Fixed the tap in the bathroom", "en"),
    ("Sign both copies", "Signed one copy", "en"),
    ("Rechnung Nr. 118 begleichen", "Nr. 117 hab ich gestern überwiesen", "de"),
    ("Zweiten Entwurf ansehen", "Den ersten hab ich mir angesehen", "de"),
    ("Pay invoice 2026-017", "Paid 2026-018", "en"),
    ("Zapłacić fakturę 12/2026", "Zapłaciłem fakturę 11/2026", "pl"),
    ("Réserver la grande salle", "J'ai réservé la petite salle", "fr"),
    ("Reservar la ida", "La vuelta está reservada", "es"),
    ("سداد فاتورة رقم 220", "سددنا 202 يوم الخميس", "ar"),
]


@pytest.mark.parametrize(("title", "text", "lang"), _OTHERS)
def test_another_one_of_several_is_not_the_one(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Pay invoice 4711", "4711 is paid", "en"),
        ("Pay invoice 2026-017", "2026-017 is paid", "en"),
        ("Send the Q1 figures", "Q1 figures sent", "en"),
        ("Fill in the intake form", "Filled it in online last night", "en"),
        ("Reply to building control", "Building control replied to yesterday", "en"),
        ("Fix the tap in the kitchen", "The kitchen tap is fixed", "en"),
        ("Rechnung Nr. 118 begleichen", "Nr. 118 hab ich gestern überwiesen", "de"),
    ],
)
def test_the_one_that_was_meant_is_ticked(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


def test_a_file_numbered_otherwise_ticks_nothing() -> None:
    files = ("Lease unit 5 signed.pdf",)
    assert not acted("Attached, signed by both", "Send signed lease for unit 4", files=files)


def test_what_is_open_in_brackets_takes_the_sureness() -> None:
    text = "Budget attached (still without the signature)"
    assert not acted(text, "Sign the budget", files=("budget.pdf",))


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Choose reception linens", "Ivory linens", "en"),
        ("Decide between oak or larch", "Larch!", "en"),
        ("Choose the tiles", "Tiles: grey cement", "en"),
        ("Steuer-ID Herr Bakkali", "Steuer-ID: 61 402 993 817", "de"),
        ("Locatie kiezen", "Loods 6 wordt het", "nl"),
    ],
)
def test_a_bare_answer_beside_its_name_is_the_answer(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


def test_what_is_read_and_then_found_good_is_approved() -> None:
    assert acted("Lu deux fois, pas une seule faute", "Vérifier les épreuves", lang="fr")
    assert not acted("Perfetto, ricevuto", "Leggere le istruzioni", lang="it")


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Termin absagen", "Ist abgesagt", "de"),
        ("Cancel the gym membership", "Cancelled", "en"),
        ("Abonnement opzeggen", "Abonnement is opgezegd", "nl"),
        ("Odwołać wizytę", "odwołana", "pl"),
        ("Entwurf freigeben", "Entwurf ist freigegeben", "de"),
        ("Rechnung bezahlen", "Ist gestern überwiesen. Bis Montag!", "de"),
        ("Boka fotograf", "Fotografen är bokad", "sv"),
    ],
)
def test_words_of_the_title_say_nothing_against_it(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Cancel the order", "I will not cancel it", "en"),
        ("Cancel the booking", "Booking not cancelled yet", "en"),
        ("Escolher a ementa", "A primeira ou a segunda, logo vemos", "pt"),
        ("Book a hotel", "Cleaned", "en"),
    ],
)
def test_the_act_of_the_title_denied_or_left_open_is_not_done(
    title: str, text: str, lang: str
) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Pay the deposit",
            "Paid this morning.\n\nDanielle Baptiste\nOwner, Baptiste Catering LLC",
        ),
        ("Return the spare key", "Popped it through your letterbox"),
    ],
)
def test_names_below_and_idle_talk_take_no_sureness(title: str, text: str) -> None:
    assert acted(text, title)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Water the plants at number 12", "Watered the ones at number 10", "en"),
        ("Invite the Hendersons", "Invited the Murphys", "en"),
        ("Enviar a segunda encomenda", "A primeira encomenda foi enviada", "pt"),
        ("Informar o número de convidados", "Entre 20 e 25", "pt"),
        ("Beställa 40 stolar", "Beställde 20 stolar", "sv"),
    ],
)
def test_whom_and_how_many_are_heard(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Pay the rent", "Paid the zorgle, great!", "en"),
        ("Betala hyran", "Zorglen är betald. Ok!", "sv"),
        ("Pick up the car", "The car is ready", "en"),
        ("Ring Maria om fakturan", "Ringde Marie igår", "sv"),
        ("Check the accounts", "I checked with the accountant", "en"),
    ],
)
def test_a_word_of_praise_makes_no_other_thing_the_one(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


def test_several_named_by_an_and_are_all_done() -> None:
    found = read_list("Paid the rent and the electricity", "Pay the rent", "Pay the electricity")
    assert [found[n][0].intent for n in (1, 2)] == [Intent.DONE, Intent.DONE]


@pytest.mark.parametrize("name", ["lease page 1 of 3.pdf", "lease_2_von_3.pdf"])
def test_a_page_of_several_is_no_whole_paper(name: str) -> None:
    assert not acted("Attached", "Send the lease", files=(name,))


def test_the_last_page_of_several_may_be_the_whole() -> None:
    assert acted("Attached", "Send the lease", files=("lease 3 of 3.pdf",))


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Kopie paspoort", "Paspoort is verlengd", "nl"),
        ("Review the contract", "I filled in the contract", "en"),
        ("Attend the workshop", "Registered for the workshop", "en"),
    ],
)
def test_a_step_on_the_way_is_not_the_end_of_it(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)
