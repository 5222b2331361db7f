"""What clients write in French, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Signer le contrat"
PAY = "Payer la facture"
SEND = "Envoyer le relevé"
APPROVE = "Valider la maquette"
FILL = "Remplir le formulaire"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "C'est signé, je vous l'ai renvoyé par courrier ce matin."),
        (SIGN, "signé hier soir"),
        (PAY, "Réglée par virement lundi."),
        (PAY, "cest payer"),
        (SEND, "Je vous l'ai envoyé mardi par mail."),
        (APPROVE, "Bon pour accord, vous pouvez lancer l'impression."),
        (APPROVE, "RAS"),
        (FILL, "REMPLI ET POSTÉ"),
        ("Donner le numéro de TVA", "FR 40 123456824"),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Dès que c'est signé je vous le renvoie."),
        (SIGN, "C'est presque signé !"),
        (SIGN, "Je signe demain"),
        (SIGN, "Je n'ai pas encore signé."),
        (SIGN, "C'est comme si c'était signé."),
        (PAY, "Ma compta me dit que c'est payé."),
        (PAY, "Le virement a été rejeté."),
        (PAY, "Si c'était payé ça se saurait"),
        (SEND, "Est-ce que c'est envoyé ?"),
        (SEND, "Envoyé la moitié, le reste suit."),
        (APPROVE, "Je valide sous réserve de voir la page 2 corrigée."),
        (FILL, "On fait ça la semaine prochaine."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Vendredi en huit au plus tard.", date(2026, 3, 13)),
        ("Ce sera payé à la fin du mois.", date(2026, 3, 31)),
        ("Je peux le faire lundi prochain ?", date(2026, 3, 9)),
        ("Je m'en occupe après-demain.", date(2026, 3, 6)),
        ("pas avant le 20", date(2026, 3, 20)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="fr")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Voyez ça avec Thomas Leroux.", Intent.DELEGATE),
        ("Ce n'est plus d'actualité.", Intent.DECLINE),
        ("Hors de question.", Intent.DECLINE),
        ("Il faut parapher toutes les pages ?", Intent.QUESTION),
        ("Bien reçu, merci.", Intent.ACKNOWLEDGE),
        ("Merci de me retirer de votre liste.", Intent.STOP),
        ("Je suis absente du bureau. Réponse automatique.", Intent.AUTO),
    ],
)
def test_other_answers_are_told_apart(text: str, intent: Intent) -> None:
    assert read(text, SIGN, lang="fr").intent is intent


def test_an_accent_tells_what_was_done_from_what_will_be() -> None:
    assert read("Le bon de commande lundi", "Envoyer le bon de commande", lang="fr").until == date(
        2026, 3, 9
    )


def test_nobody_alone_undoes_no_list() -> None:
    found = read_list(
        "Texte relu, aucune remarque. Visuel : le bleu.",
        "Relire le texte",
        "Choisir le visuel",
        lang="fr",
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_all_but_one_of_a_list_is_done() -> None:
    found = read_list("Tout est fait sauf le 2.", SIGN, PAY, SEND, lang="fr")

    assert intents(found) == {1: Intent.DONE, 2: Intent.PROGRESS, 3: Intent.DONE}
