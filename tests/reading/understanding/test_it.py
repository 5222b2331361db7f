"""What clients write in Italian, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Firmare il contratto"
PAY = "Pagare la fattura"
SEND = "Inviare l'estratto conto"
APPROVE = "Approvare la grafica"
FILL = "Compilare il modulo"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Firmato e rispedito via PEC stamattina."),
        (SIGN, "appena firmato"),
        (PAY, "Il bonifico è partito ieri."),
        (PAY, "gia pagata"),
        (SEND, "Ve l'ho mandato martedì per mail."),
        (APPROVE, "Per me va benissimo così, stampate pure."),
        (APPROVE, "Via libera"),
        (FILL, "COMPILATO E CONSEGNATO"),
        ("Comunicare la partita IVA", "01234560347"),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Appena è firmato ve lo mando."),
        (SIGN, "Quasi firmato, manca mia moglie"),
        (SIGN, "Lo firmo domani"),
        (SIGN, "Non l'ho ancora firmato."),
        (SIGN, "Consideralo firmato!"),
        (PAY, "L'amministrazione dice di averla pagata."),
        (PAY, "La banca ha respinto il bonifico."),
        (PAY, "Sarebbe già pagata se funzionasse il sito"),
        (SEND, "È stato inviato?"),
        (SEND, "Inviata metà, il resto domani."),
        (APPROVE, "Approvo a patto di rivedere prima il logo."),
        (APPROVE, "Stiamo ancora discutendo."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Venerdì della settimana prossima.", date(2026, 3, 13)),
        ("La paghiamo a fine mese.", date(2026, 3, 31)),
        ("Va bene se la pago lunedì?", date(2026, 3, 9)),
        ("Dopodomani senza fallo.", date(2026, 3, 6)),
        ("prima del 20 non riesco", date(2026, 3, 20)),
        ("la pago il 12", date(2026, 3, 12)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="it")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Chiedete a Tommaso Leri.", Intent.DELEGATE),
        ("Non serve più.", Intent.DECLINE),
        ("Non se ne parla.", Intent.DECLINE),
        ("Devo firmare tutte le pagine?", Intent.QUESTION),
        ("Ricevuto, grazie.", Intent.ACKNOWLEDGE),
        ("Non scrivetemi più.", Intent.STOP),
        ("Risposta automatica: sono assente dall'ufficio.", Intent.AUTO),
    ],
)
def test_other_answers_are_told_apart(text: str, intent: Intent) -> None:
    assert read(text, SIGN, lang="it").intent is intent


def test_no_remark_undoes_no_list() -> None:
    found = read_list(
        "Testo rivisto, nessuna osservazione. Immagine: quella blu.",
        "Rivedere il testo",
        "Scegliere l'immagine",
        lang="it",
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_all_but_one_of_a_list_is_done() -> None:
    found = read_list("Tutto fatto tranne il 2.", SIGN, PAY, SEND, lang="it")

    assert intents(found) == {1: Intent.DONE, 2: Intent.PROGRESS, 3: Intent.DONE}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Spurgare il pozzetto", "Spurgato ieri, tutto regolare"),
        ("Restituire le chiavi", "Chiavi lasciate in portineria ieri alle 17"),
        ("Dipingere il cancello", "Dipinto sabato"),
        ("Chiamare il cliente", "Ci siamo sentiti ieri per mezz'ora"),
        ("Verificare le bozze", "Lette due volte, neanche un refuso"),
        ("Sollecitare il cliente moroso", "Sollecito inviato."),
        ("Annaffiare le piante", "Annaffiate tutte, pure il ficus in fondo"),
        (PAY, "Pagata. Scusi il ritardo, ero in ferie."),
        (SIGN, "Firmato e siglato in ogni pagina"),
    ],
)
def test_the_work_of_many_trades_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Dipingere il cancello", "Pulito ieri"),
        ("Prenotare l'albergo", "Albergo disdetto"),
        ("Prenotare l'albergo", "Ho trovato un albergo"),
        ("Cambiare le gomme", "Appuntamento preso dal gommista"),
        ("Restituire le chiavi", "Ho le chiavi"),
        ("Aggiornare il sito", "Cambiate voi la foto"),
        ("Sollecitare l'idraulico", "Lo sollecita già la sig.ra Pina"),
        ("Installare il programma", "installato e poi disinstallato"),
        (SIGN, "Ha firmato"),
        (SIGN, "Firmato, no?"),
        (SIGN, "Ho firmato il vecchio contratto"),
        (PAY, "Pagata l'anno scorso"),
        (PAY, "Bonifico programmato per il 5"),
        (SEND, "Estratto conto scansionato"),
        (SEND, "Tanti saluti"),
        ("Scegliere il colore", "Scelto"),
        ("Scegliere il colore", "È uguale"),
        ("Compilare il modulo", "Compilato a matita"),
        ("Inviare la pratica", "Ho lasciato la pratica in ufficio"),
    ],
)
def test_another_act_or_another_time_is_not_what_was_asked(title: str, text: str) -> None:
    assert not acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("nel corso della settimana prossima", date(2026, 3, 11)),
        ("nell'ultima settimana di marzo", date(2026, 3, 31)),
        ("entro 48 ore", date(2026, 3, 6)),
        ("due settimane da oggi", date(2026, 3, 18)),
        ("oggi a otto", date(2026, 3, 11)),
    ],
)
def test_a_day_may_be_named_roughly(text: str, until: date) -> None:
    assert read(text, PAY, lang="it").until == until


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Passo la palla a Tommaso.", "Tommaso"),
        ("lo firma mio cognato", None),
        ("Deciderà mia moglie", None),
        ("Le paghe le segue Karim Haddad: k.haddad@z.example", "k.haddad@z.example"),
    ],
)
def test_who_else_will_do_it_is_heard(text: str, name: str | None) -> None:
    reading = read(text, SIGN, lang="it")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, name)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Pulire la cantina", "Ho pulito il garage."),
        ("Vaccinare il cane", "Vaccinato il gatto."),
        ("Pagare la bolletta del gas", "Pagata quella della luce."),
        ("Spedire il secondo pacco", "Il primo pacco è stato spedito."),
        ("Rinnovare la carta d'identità", "Preso appuntamento in comune."),
        ("Aprire il conto", "Domanda presentata online."),
        ("Disdire la palestra", "Iscritto ieri."),
        ("Parlare con la banca", "Ho parlato con il mio avvocato."),
        ("Ritirare le chiavi", "Le chiavi sono in portineria."),
        (SEND, "È pronto, lo spedisco."),
        (SIGN, "Firmato da tutti, tranne me."),
        ("Scegliere il fornitore", "Tra Rossi e Bianchi."),
        ("Firmare le tre copie", "Firmata una."),
    ],
)
def test_another_thing_or_a_step_before_is_no_finish(title: str, text: str) -> None:
    assert not acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Verificare i dati", "Controllati uno per uno, tutto quadra."),
        ("Restituire il furgone", "Restituito in sede, niente graffi."),
        ("Montare la tenda", "Montata in cortile prima del temporale."),
        ("Invitare i soci", "Invitati tutti via mail."),
        ("Autorizzare la delibera", "Favorevole."),
        ("Cambiare la serratura", "Cambiata dal fabbro ieri."),
    ],
)
def test_what_follows_a_finish_and_changes_nothing_is_let_pass(title: str, text: str) -> None:
    assert acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Prenotare la sala", "Prenotata, poi ho visto che era il 27."),
        ("Leggere il contratto", "Lette le prime due pagine."),
        ("Pagare l'affitto", "L'hai pagato tu."),
        ("Inviare le fatture", "Me le avete già mandate voi."),
        ("Firmare la procura", "È firmata da parte loro."),
        ("Chiamare la banca", "Chiamato, segreteria."),
        ("Scegliere le piastrelle", "Propendiamo per il grigio."),
    ],
)
def test_what_was_seen_afterwards_or_done_by_the_reader_ticks_nothing(
    title: str, text: str
) -> None:
    assert not acted(text, title, lang="it")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Inviare le foto", "Te le ho girate su WhatsApp ieri"),
        ("Dare l'indirizzo di consegna", "Via Garibaldi 14, 37121 Verona"),
        ("Pagare l'affitto", "Bonifico fatto adesso, grazie del promemoria e buon weekend!"),
    ],
)
def test_a_plain_word_for_a_finish_or_an_answer_does(title: str, text: str) -> None:
    assert acted(text, title, lang="it")
