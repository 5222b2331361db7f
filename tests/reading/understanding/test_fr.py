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


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Purger les radiateurs", "Purgés tous les cinq hier soir"),
        ("Vider la boîte mail", "4 012 mails supprimés"),
        ("Publier l'annonce légale", "Annonce parue ce jour"),
        ("Peindre le portail", "Peint samedi avec mon beau-frère, sans encombre"),
        ("Résilier la box", "Résiliée en ligne, j'ai la confirmation sous les yeux"),
        ("Appeler le client", "Je l'ai eu ce matin"),
        ("Vérifier les épreuves", "Lu deux fois, pas une seule faute"),
        ("Rapporter le badge", "Déposé à l'accueil en repartant tout à l'heure"),
        (PAY, "Payée. Désolé pour le retard, j'étais en vacances."),
        (PAY, "Virement parti ce matin, vous devriez le voir demain au plus tard"),
        ("Donner accès au compte", "Je vous ai ajoutée en admin"),
    ],
)
def test_the_work_of_many_trades_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Peindre le portail", "Nettoyé hier"),
        ("Changer les pneus", "Rendez-vous pris au garage jeudi 19 à 8h"),
        ("Réserver l'hôtel", "Hôtel annulé"),
        ("Réserver l'hôtel", "J'ai pris une option"),
        ("Rendre les clés", "J'ai les clés"),
        ("Choisir la couleur", "Tu choisis"),
        ("Choisir la couleur", "Choisi"),
        ("Choisir la couleur", "Peu importe"),
        ("Installer la pergola", "Installée à l'envers"),
        (SIGN, "Signé par la voisine"),
        (FILL, "Rempli au crayon"),
        ("Installer le logiciel", "installé puis désinstallé"),
        (FILL, "Je remplis le formulaire"),
        (SIGN, "Il a signé"),
        (SIGN, "Signé, non ?"),
        (PAY, "Payée l'an dernier"),
        (PAY, "Ça devait être débité le 2 mais rien vu passer"),
        (PAY, "Virement programmé pour le 5"),
        (SEND, "Relevé scanné"),
        (SEND, "J'ai laissé le relevé à la maison"),
        (SEND, "Nathalie"),
        ("Peindre la clôture", "J'ai peint le salon"),
        ("Appeler le notaire", "J'ai appelé maman"),
        ("Appeler le notaire", "Le notaire m'a appelé"),
        ("Appeler le notaire", "Je leur ai écrit un mail"),
        ("Renouveler le passeport", "J'ai pris rendez-vous pour le passeport"),
        ("Récupérer le costume", "Je l'ai commandé"),
        ("Corriger le texte", "Lu et relu"),
        ("Nettoyer la cuisine", "J'ai passé le balai"),
        ("Relire la traduction", "Traduction faite"),
        ("Envoyer le contrat signé", "C'est signé"),
        (SIGN, "Je viens de le lire"),
    ],
)
def test_another_act_or_another_time_is_not_what_was_asked(title: str, text: str) -> None:
    assert not acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Je m'y attelle en début de semaine prochaine", date(2026, 3, 9)),
        ("Pas avant la première quinzaine d'avril", date(2026, 4, 15)),
        ("sous 48 h", date(2026, 3, 6)),
        ("la semaine 13", date(2026, 3, 25)),
        ("demain en fin de journée", date(2026, 3, 5)),
    ],
)
def test_a_day_may_be_named_roughly(text: str, until: date) -> None:
    assert read(text, PAY, lang="fr").until == until


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Je passe le relais à Thomas.", "Thomas"),
        (
            "C'est la nouvelle gérante qui reprend : Fatou Lemaire, fatou@b.example",
            "fatou@b.example",
        ),
        ("J'ai chargé Gilles de voir ça", "Gilles"),
        ("mon fils le signe", None),
    ],
)
def test_who_else_will_do_it_is_heard(text: str, name: str | None) -> None:
    reading = read(text, SIGN, lang="fr")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, name)


def test_a_noun_before_a_verb_is_no_deputy() -> None:
    assert read("Ramonage fait samedi", "Ramoner le poêle", lang="fr").intent is Intent.DONE


def test_a_title_that_is_only_repeated_finishes_nothing() -> None:
    assert not acted("Le créneau", "Créneau de livraison", lang="fr")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ajouter les logos", "Logos supprimés"),
        ("Jeter les cartons", "Cartons rangés"),
        ("Planter les rosiers", "Rosiers arrosés"),
        ("Appeler l'assurance", "L'assurance a appelé"),
        ("Réserver la salle", "La salle est réservée par le club de judo"),
        ("Signer le bail", "Bail signé puis dénoncé"),
        ("Choisir le menu", "Poulet pour Paul, reste Anna"),
    ],
)
def test_unlike_work_and_work_undone_tick_nothing(title: str, text: str) -> None:
    assert not acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Coudre les rideaux", "Rideaux cousus et accrochés"),
        ("Nettoyer la terrasse", "Terrasse lavée ce matin"),
        ("Faire réparer le toit", "Toit réparé, plus aucune fuite"),
        ("Demander l'autorisation", "J'ai demandé l'autorisation hier"),
        ("Renouveler le passeport", "Passeport refait, valable dix ans"),
    ],
)
def test_another_word_for_the_same_work_finishes_it(title: str, text: str) -> None:
    assert acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Remplir le formulaire", "Rempli page 1."),
        ("Répondre au questionnaire", "J'ai répondu aux trois premières questions."),
        ("Payer le loyer", "J'ai payé 50 euros dessus."),
        ("Payer le loyer", "Fait... ou presque."),
        ("Payer le loyer", "Payé ! (je rigole)"),
        ("Payer le loyer", "Tu l'as payé."),
        ("Mettre à jour le registre", "Coucou maman, c'est bon pour dimanche. Bisous"),
        ("Appeler le plombier", "Je l'ai appelé, sur répondeur."),
    ],
)
def test_a_part_a_joke_or_a_word_for_somebody_else_ticks_nothing(title: str, text: str) -> None:
    assert not acted(text, title, lang="fr")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Confirmer la date du rendez-vous", "C'est bon pour lundi."),
        ("Payer la facture", "Facture réglée, merci pour le rappel et bon week-end !"),
        ("Réparer le robinet", "Réparé, ça ne fuit plus."),
        ("Envoyer l'attestation", "Elle est partie hier par courrier, vous l'aurez demain."),
    ],
)
def test_a_good_word_behind_a_finish_takes_nothing_back(title: str, text: str) -> None:
    assert acted(text, title, lang="fr")
