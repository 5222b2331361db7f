"""Who did it and which one it was: another doer, an opposite act, a question tick nothing."""

import pytest

from tests.reading.understanding.builders import acted

_OTHERWISE = [
    ("Send the contract to Priya", "Priya sent the contract", "en"),
    ("Email Olu the invoice", "Olu emailed the invoice", "en"),
    ("Dienstagskurs absagen", "Donnerstag ist abgesagt", "de"),
    ("Envoyer le contrat à Paul", "Paul a envoyé le contrat", "fr"),
    ("Envoyer la facture", "Il l'a envoyée", "fr"),
    ("Enviar la factura", "Ya la ha enviado", "es"),
    ("賃貸契約書の署名", "妻が署名しました。", "ja"),
    ("签租房合同", "房东签了。", "zh"),
    ("Uninstall the old software", "Installed it", "en"),
    ("Paint the door red", "Painted it blue", "en"),
    ("Appeler M. Brun", "J'ai appelé Mme Brun", "fr"),
    ("Subir la versión 3", "Versión 2 subida", "es"),
    ("Uppdatera antivirus på server 2", "Server 1 är uppdaterad", "sv"),
    ("Betala andra delbetalningen", "Den första betalades i maj", "sv"),
    ("Steuererklärung abgeben", "Hab ich die abgegeben", "de"),
    ("发合同", "发了没", "zh"),
]


@pytest.mark.parametrize(("title", "text", "lang"), _OTHERWISE)
def test_what_was_done_otherwise_ticks_nothing(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Send the contract to Priya", "I sent Priya the contract", "en"),
        ("Steuererklärung abgeben", "Hab ich gestern abgegeben", "de"),
        ("Envoyer la facture", "Je l'ai envoyée", "fr"),
        ("给王先生打电话", "给王先生打了电话。", "zh"),
        ("Uninstall the old software", "Uninstalled it", "en"),
    ],
)
def test_what_was_done_as_asked_is_ticked(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)
