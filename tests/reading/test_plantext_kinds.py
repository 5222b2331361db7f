"""Kinds, tags and codes of plans: inferred, said, derived and never taken twice."""

import pytest

from mailflow.domain.plan import ToDoKind
from tests.reading.plan_builders import PEOPLE, a_todo, a_world, problems_of, read, todos_of

KINDS = {
    "Send the statements": ToDoKind.SEND,
    "Approve the draft": ToDoKind.APPROVE,
    "Answer our questions": ToDoKind.ANSWER,
    "Choose a colour": ToDoKind.ANSWER,
    "Meeting about the garden": ToDoKind.ATTEND,
    "Call the bank": ToDoKind.CALL,
    "Draft the letter": ToDoKind.DO,
    "Write down who called": ToDoKind.DO,
    "Unterlagen schicken": ToDoKind.SEND,
    "Schicken Sie uns die Belege": ToDoKind.SEND,
    "Entwurf freigeben": ToDoKind.APPROVE,
    "Envoyer les relevés": ToDoKind.SEND,
    "Valider la maquette": ToDoKind.APPROVE,
    "Enviar los extractos": ToDoKind.SEND,
    "Llamar al banco": ToDoKind.CALL,
    "Inviare le fatture": ToDoKind.SEND,
    "Approvare la bozza": ToDoKind.APPROVE,
    "Aprovar o rascunho": ToDoKind.APPROVE,
    "Bankafschriften opsturen": ToDoKind.SEND,
    "Bel de bank": ToDoKind.CALL,
    "Przesłać wyciągi": ToDoKind.SEND,
    "Zadzwonić do banku": ToDoKind.CALL,
    "Skicka kontoutdrag": ToDoKind.SEND,
    "Ring banken": ToDoKind.CALL,
}


@pytest.mark.parametrize(("title", "kind"), KINDS.items())
def test_the_kind_is_inferred_from_the_verb(title: str, kind: ToDoKind) -> None:
    assert a_todo(f"{title} @Carol").kind is kind


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("[send]", ToDoKind.SEND),
        ("[do]", ToDoKind.DO),
        ("[ask]", ToDoKind.ANSWER),
        ("[Call]", ToDoKind.CALL),
        ("[freigeben]", ToDoKind.APPROVE),
        ("[envoyer]", ToDoKind.SEND),
        ("[llamar]", ToDoKind.CALL),
        ("[approvare]", ToDoKind.APPROVE),
        ("[responder]", ToDoKind.ANSWER),
        ("[bellen]", ToDoKind.CALL),
        ("[wysłać]", ToDoKind.SEND),
        ("[möte]", ToDoKind.ATTEND),
    ],
)
def test_a_tag_sets_the_kind_whatever_the_title_says(tag: str, kind: ToDoKind) -> None:
    for line in (f"Send it @Carol {tag}", f"{tag} Send it @Carol", f"Send it {tag} | Carol"):
        todo = a_todo(line)
        assert (line, todo.kind, todo.title) == (line, kind, "Send it")


def test_tags_say_what_is_fixed_internal_and_attached() -> None:
    draft = read(
        f"{PEOPLE}- Sign it @Carol [fixed] [file: letter.pdf, “b.pdf”]\n"
        "- Check it @Vic [internal]\n"
    )

    first, second = todos_of(draft)
    assert (first.fixed, first.internal, first.files) == (True, False, ("letter.pdf", "b.pdf"))
    assert (second.fixed, second.internal, second.files) == (False, True, ())


def test_a_meeting_has_hours_and_a_place() -> None:
    todo = a_todo("Kick-off @Carol on 9 March [attend 14:00-15:30 Room 2]")

    assert todo.kind is ToDoKind.ATTEND
    assert todo.appointment is not None
    assert f"{todo.appointment.start:%H:%M}-{todo.appointment.end:%H:%M}" == "14:00-15:30"
    assert todo.appointment.place == "Room 2"


def test_a_misspelled_tag_is_asked_about_and_other_brackets_stay() -> None:
    [(_, message)] = problems_of(read(f"{PEOPLE}- Send it @Carol [intrenal]\n"))

    assert message == "“[intrenal]” is not known. Did you mean “[internal]”?"
    assert a_todo("Send the [blue] form @Carol").title == "Send the [blue] form"


def test_a_code_is_derived_from_the_title_and_never_taken_twice() -> None:
    titles = {
        "2026 tax return": "TAX",
        "Website relaunch": "WEB",
        "The new house": "HOUSE",
        "Déménagement": "DEM",
        "Umzug der Kanzlei": "UMZUG",
        "日本": "PLAN",
    }
    for title, code in titles.items():
        assert read(f"{PEOPLE}- Do it @Carol\n", subject=f"plan: {title}").code == code
    taken = frozenset({"TAX", "TR"})
    draft = read(f"{PEOPLE}- Do it @Carol\n", a_world(taken=taken), "plan: 2026 tax return")
    assert draft.code == "TAXR"


def test_a_code_that_is_taken_is_a_problem_and_a_free_one_is_named() -> None:
    draft = read(f"{PEOPLE}Code: TAX\n- Do it @Carol\n", a_world(taken=frozenset({"TAX"})))

    assert problems_of(draft) == [(3, "The code TAX is taken by another plan. TAXA is free.")]


def test_a_code_is_two_to_six_letters() -> None:
    assert read(f"{PEOPLE}Code: tax\n- Do it @Carol\n").code == "TAX"
    [(line, message)] = problems_of(read(f"{PEOPLE}Code: TAX-2026\n- Do it @Carol\n"))
    assert line == 3
    assert message.startswith("“TAX-2026” cannot be a code")
