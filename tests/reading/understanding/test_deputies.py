"""Who is to do it instead, and what a "not" beside the title's own verb says."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import read, read_list

_NO = Intent.DECLINE


@pytest.mark.parametrize(
    ("title", "text", "lang", "who"),
    [
        ("Sign it", "Ask our accountant, Mr. Pillai (p@ledger.example)", "en", "p@ledger.example"),
        ("Sign it", "Please contact their office, Ann van der Meer", "en", "Ann van der Meer"),
        ("Angebot prüfen", "Das übernimmt Frau Dr. Lenz.", "de", "Frau Dr. Lenz"),
        ("Signer le bail", "Voyez avec notre comptable, Mme de La Tour.", "fr", "Mme de La Tour"),
        ("Godkänna protokoll", "Fråga vår kassör, Inga-Lill Törn.", "sv", "Inga-Lill Törn"),
        ("Sollecitare l'idraulico", "Se ne occupa la sig.ra Pina.", "it", "sig.ra Pina"),
        ("給与明細を送る", "それは妻の花子がやっています", "ja", "花子"),
        ("发送工资单", "这个是我太太王芳在管", "zh", "王芳"),
        ("Send lease", "It is now with our agents, Beckley & Rowe.", "en", "Beckley & Rowe"),
        ("Attest it", "Please contact their PRO, Mr Salim.", "en", "Mr Salim"),
        ("Reclamar la fianza", "La reclama el propietario, Gonzalo.", "es", "Gonzalo"),
        (
            "Send it",
            "Our accountant does that, I've asked her: d@kestrel.example",
            "en",
            "d@kestrel",
        ),
    ],
)
def test_who_is_to_do_it_is_named_in_full(title: str, text: str, lang: str, who: str) -> None:
    reading = read(text, title, lang=lang)
    assert reading.intent is Intent.DELEGATE
    assert (reading.delegate or "").startswith(who)


def test_each_of_a_list_has_its_own_deputy() -> None:
    found = read_list(
        "1 ask our builder, Tom Hill. 2 is for my wife (ann@hill.example).", "Fix gutter", "Sign it"
    )
    assert [found[n][0].delegate for n in (1, 2)] == ["Tom Hill", "ann@hill.example"]


def test_who_does_it_all_may_be_said_first() -> None:
    found = read_list("Ask my brother Tom Hill, both.", "Fix the gutter", "Sign the lease")
    assert [found[n][0].delegate for n in (1, 2)] == ["Tom Hill", "Tom Hill"]


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Book an inspection", "Not booking one, sorry", "en"),
        ("Machtiging sturen", "Machtiging stuur ik niet, ik kom zelf.", "nl"),
        ("Stageovereenkomst ondertekenen", "Wij ondertekenen deze niet.", "nl"),
        ("Domain kündigen", "Wir behalten sie, also keine Kündigung.", "de"),
    ],
)
def test_the_titles_own_verb_with_a_not_declines(title: str, text: str, lang: str) -> None:
    assert read(text, title, lang=lang).intent is Intent.DECLINE


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Sign the lease", "I have not signed it yet", "en"),
        ("Sign the lease", "I have not found the time to sign it", "en"),
        ("Vertrag unterschreiben", "Noch nicht unterschrieben", "de"),
    ],
)
def test_what_is_only_not_done_yet_is_not_declined(title: str, text: str, lang: str) -> None:
    assert read(text, title, lang=lang).intent is Intent.PROGRESS


def test_thanks_and_a_will_acknowledge() -> None:
    reading = read("Thank you for this. I will go through it with my son.")
    assert reading.intent is Intent.ACKNOWLEDGE


@pytest.mark.parametrize(
    ("title", "text", "lang", "intent"),
    [
        ("Firmar el acuerdo", "Solo puede firmar el gerente, el Sr. Ayala", "es", Intent.DELEGATE),
        ("Clear the attic", "My nephew's clearing it", "en", Intent.DELEGATE),
        (
            "Dakgoot laten reinigen",
            "Dat is voor de eigenaar. Wij gaan dat niet regelen.",
            "nl",
            _NO,
        ),
        ("Pedir las sillas", "Ya está con eso Raúl", "es", Intent.DELEGATE),
        ("Approve the plan", "Whatever Ingrid says is fine by me", "en", Intent.DELEGATE),
        ("Stühle bestellen", "Der Lieferant macht Probleme", "de", Intent.PROGRESS),
        ("Stühle bestellen", "Wir sind von der Idee abgekommen", "de", Intent.DECLINE),
        ("Zamówić krzesła", "Zrezygnowaliśmy z tego pomysłu", "pl", Intent.DECLINE),
        ("订椅子", "你发错人了吧，我不是王总", "zh", Intent.NONE),
        ("Encomendar as cadeiras", "Feliz Páscoa a todos!", "pt", Intent.NONE),
    ],
)
def test_what_others_do_and_what_nobody_wants_is_told_apart(
    title: str, text: str, lang: str, intent: Intent
) -> None:
    assert read(text, title, lang=lang).intent is intent


def test_a_surname_that_is_also_a_tree_stays_with_its_first_name() -> None:
    reading = read("Lo lleva Ana Manzano.", "Elegir el color", lang="es")
    assert reading.delegate == "Ana Manzano"


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Cambiar la cerradura", "La cambia el cerrajero", "es"),
        ("Cambiar la cerradura", "La cambiará mi cuñado", "es"),
        ("Cambiare la serratura", "La cambierà mio cognato", "it"),
        ("Montare il tavolo", "Parlane col mio socio", "it"),
    ],
)
def test_whatever_their_trade_what_others_do_is_theirs(title: str, text: str, lang: str) -> None:
    assert read(text, title, lang=lang).intent is Intent.DELEGATE
