"""The provider's verbs in her own language."""

import pytest

from mailflow.reading.provider import Command, read_commands


@pytest.mark.parametrize(
    ("language", "line", "verb", "refs", "rest"),
    [
        ("de", "fällig 3 Freitag", "due", (3,), "Freitag"),
        ("de", "fällig 3 20. März", "due", (3,), "20. März"),
        ("en", "due 3, 4 20 March", "due", (3, 4), "20 March"),
        ("fr", "échéance 3 20 mars", "due", (3,), "20 mars"),
        ("de", "3 erledigt", "done", (3,), ""),
        ("de", "streichen 3", "drop", (3,), ""),
        ("de", "alles rückgängig", "undo", (), "alles"),
        ("de", "rückgängig alles", "undo", (), "alles"),
        ("de", "auch carol <carol@acme.example>", "also", (), "carol <carol@acme.example>"),
        ("de", "weiter senden", "resume_sending", (), ""),
        ("de", "weiter", "resume", (), ""),
        ("de", "freigeben 12", "release", (12,), ""),
        ("de", "beiseitegelegt", "held", (), ""),
        ("fr", "échéance 3 vendredi", "due", (3,), "vendredi"),
        ("fr", "3 fait", "done", (3,), ""),
        ("fr", "retirer 3", "drop", (3,), ""),
        ("fr", "annuler tout", "undo", (), "tout"),
        ("fr", "confier 3 à Vic", "assign", (3,), "à Vic"),
        ("fr", "relancer 1", "ask", (1,), ""),
        ("fr", "aussi carol <carol@acme.example>", "also", (), "carol <carol@acme.example>"),
        ("fr", "reprendre l’envoi", "resume_sending", (), ""),
        ("fr", "reprendre", "resume", (), ""),
        ("fr", "libérer 12", "release", (12,), ""),
        ("fr", "mis de côté", "held", (), ""),
        ("fr", "en retard", "late", (), ""),
        ("en", "resume sending", "resume_sending", (), ""),
        ("en", "release 12", "release", (12,), ""),
    ],
)
def test_a_verb_is_known_in_its_language(
    language: str, line: str, verb: str, refs: tuple[int, ...], rest: str
) -> None:
    [command] = read_commands(line, ["TAX"], language)

    assert isinstance(command, Command)
    assert (command.verb, tuple(ref.n for ref in command.refs)) == (verb, refs)
    assert command.rest == rest


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_verb_has_a_word_in_every_language(language: str) -> None:
    words = {
        "en": ("undo", "help", "show TAX", "pause TAX", "reject 1: why", "history TAX"),
        "de": ("rückgängig", "hilfe", "zeige TAX", "pause TAX", "ablehnen 1: x", "verlauf TAX"),
        "fr": ("annuler", "aide", "montrer TAX", "pause TAX", "refuser 1 : x", "historique TAX"),
    }
    verbs = [
        getattr(line, "verb", "?") for line in read_commands("\n".join(words[language]), ["TAX"])
    ]

    assert verbs == ["undo", "help", "show", "pause", "reject", "history"]


def test_the_words_of_a_letter_to_a_client_end_at_a_sign_off() -> None:
    assert read_commands("fait 3\nCordialement\nannuler", ["TAX"], "fr")[0].typed == "fait 3"
    assert len(read_commands("fait 3\nCordialement\nannuler", ["TAX"], "fr")) == 1
