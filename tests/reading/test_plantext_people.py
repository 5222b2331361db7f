"""Who is meant: the people of a plan, and names that are asked back."""

import pytest

from mailflow.domain.draft import DraftPerson
from mailflow.domain.people import Role
from tests.reading.plan_builders import DANA, PEOPLE, a_todo, a_world, problems_of, read, todos_of

CAROL, VIC = "carol@acme.example", "vic@studio.example"
BOB = DraftPerson("Bob Stone", "bob@acme.example", Role.CLIENT, "Acme Ltd")
ZOE = DraftPerson("Zoë Adams", "zoe@studio.example", Role.TEAM)
OTHER_BOB = DraftPerson("Bob Miller", "bob@miller.example", Role.CLIENT)


@pytest.mark.parametrize(
    "line",
    [
        "Sign it @Carol",
        "Sign it @carol",
        "Sign it @Carol Jones",
        "Sign it @Jones",
        "Sign it @carol@acme.example",
        "Sign it @Carol Jones <carol@acme.example>",
        "Sign it (Carol)",
        "Sign it | Carol",
        "Sign it | Carol Jones <carol@acme.example>",
        "Sign it | carol@acme.example",
        "Sign it - Carol",
        "Sign it, Carol Jones",
        "Sign it @client",
        "Carol to sign it",
        "Carol Jones must sign it",
        "Carol: sign it",
        "@Carol Sign it",
        "@Carol: Sign it",
        "Carol soll sign it",
        "Carol doit sign it",
        "Carol debe sign it",
        "Carol deve sign it",
        "Carol moet sign it",
        "Carol ma sign it",
        "Carol ska sign it",
    ],
)
def test_one_person_is_responsible_however_she_is_named(line: str) -> None:
    todo = a_todo(line)

    assert (todo.responsible, todo.helpers) == (CAROL, ())
    assert todo.title.removeprefix("Carol ") in ("Sign it", "sign it")


@pytest.mark.parametrize(
    "line",
    [
        "Sign it @Carol with Vic",
        "Sign it @Carol with @Vic",
        "Sign it @Carol, with Vic",
        "Sign it @Carol @Vic",
        "Sign it (Carol with Vic)",
        "Sign it (Carol, with Vic, by 6 March)",
        "Sign it | Carol | with Vic",
        "Sign it | Carol, Vic",
        "Sign it with Vic @Carol",
        "Carol and Vic to sign it",
        "Sign it @Carol mit Vic",
        "Sign it @Carol avec Vic",
        "Sign it @Carol z Vic",
    ],
)
def test_helpers_stand_beside_the_responsible_person(line: str) -> None:
    todo = a_todo(line)

    assert (todo.responsible, todo.helpers, todo.title) == (CAROL, (VIC,), "Sign it")


def test_a_name_inside_a_sentence_stays_in_it() -> None:
    todo = a_todo("Ask @Carol about the numbers of last year")

    assert (todo.title, todo.responsible) == ("Ask Carol about the numbers of last year", CAROL)


def test_i_am_the_provider() -> None:
    assert a_todo("Draft it @me").responsible == DANA.key
    assert a_todo("Draft it | Dana").responsible == DANA.key
    assert a_todo("Entwurf schreiben @ich").responsible == DANA.key


def test_an_address_makes_a_person() -> None:
    draft = read(
        f"{PEOPLE}- Sign it @zara@new.example\n- Count it | Kim Lee <kim@studio.example>\n"
    )

    assert draft.problems == ()
    assert draft.people[2:] == (
        DraftPerson("zara@new.example", "zara@new.example", Role.CLIENT),
        DraftPerson("Kim Lee", "kim@studio.example", Role.TEAM),
    )


def test_the_address_book_knows_names_that_the_plan_does_not() -> None:
    draft = read(f"{PEOPLE}- Sign it @Bob\n- Check it @Zoe\n", a_world(book=(BOB, ZOE)))

    assert draft.problems == ()
    assert [todo.responsible for todo in todos_of(draft)] == [BOB.key, ZOE.key]
    assert draft.people[2:] == (BOB, ZOE)


def test_people_of_the_plan_come_before_the_address_book() -> None:
    other = DraftPerson("Carol Other", "carol@other.example", Role.CLIENT)

    assert a_todo("Sign it @Carol", a_world(book=(other,))).responsible == CAROL


def test_an_unknown_name_is_asked_back_and_never_guessed() -> None:
    draft = read(f"{PEOPLE}- Sign it @Zoe by 6 March\n", a_world(book=(BOB,)))

    [todo] = todos_of(draft)
    assert todo.responsible is None
    [(line, message)] = problems_of(draft)
    assert line == 3
    assert message.startswith("Nobody on the plan or in the address book is called “Zoe”.")


def test_a_name_that_is_nearly_known_is_suggested() -> None:
    [(_, message)] = problems_of(read(f"{PEOPLE}- Sign it @Carrol\n"))

    assert "If you mean Carol, write “Carol”" in message


def test_two_people_of_one_name_are_asked_about() -> None:
    draft = read(f"{PEOPLE}- Sign it @Bob\n", a_world(book=(BOB, OTHER_BOB)))

    assert problems_of(draft) == [
        (
            3,
            "More than one person is called “Bob”: Bob Stone <bob@acme.example> / "  # noqa: ISC004 - one sentence
            "Bob Miller <bob@miller.example>. Write the full name or the address.",
        )
    ]
    assert read(f"{PEOPLE}- Sign it @Bob Miller\n", a_world(book=(BOB, OTHER_BOB))).problems == ()


def test_a_to_do_without_anybody_responsible_is_a_problem() -> None:
    assert problems_of(read(f"{PEOPLE}- Sign it by 6 March\n")) == [
        (3, "Nobody is responsible for this To Do. Add a name: “Sign it @Carol”.")
    ]


def test_a_phase_may_name_who_does_what_has_no_name_of_its_own() -> None:
    draft = read(
        f"{PEOPLE}# Prepare @Vic\n- Draft it\n- Check it @Carol\n# Sign (Carol)\n- Sign it\n"
    )

    assert draft.problems == ()
    assert [phase.title for phase in draft.phases] == ["Prepare", "Sign"]
    assert [todo.responsible for todo in todos_of(draft)] == [VIC, CAROL, CAROL]


@pytest.mark.parametrize(
    ("value", "name", "people"),
    [
        ("Carol Jones <carol@acme.example>, Acme Ltd", "Acme Ltd", ["Carol Jones"]),
        ("Acme Ltd, Carol Jones <carol@acme.example>", "Acme Ltd", ["Carol Jones"]),
        ("Acme Ltd (Carol Jones <carol@acme.example>)", "Acme Ltd", ["Carol Jones"]),
        ("Carol Jones carol@acme.example", "Carol Jones", ["Carol Jones"]),
        ("carol@acme.example", "carol@acme.example", ["carol@acme.example"]),
        ("Carol <carol@acme.example<mailto:carol@acme.example>>", "Carol", ["Carol"]),
        ("Carol [mailto:carol@acme.example]", "Carol", ["Carol"]),
        ("Carol <carol@acme.example> and Ann <ann@acme.example>", "Carol", ["Carol", "Ann"]),
        ("Carol <carol@acme.example>; Ann <ann@acme.example>; Acme", "Acme", ["Carol", "Ann"]),
        ('"Jones, Carol" <carol@acme.example>, "Acme, Inc."', "Acme, Inc.", ["Jones, Carol"]),
    ],
)
def test_the_client_is_read_in_every_usual_form(value: str, name: str, people: list[str]) -> None:
    draft = read(f"Client: {value}\n- Sign it | carol@acme.example\n")

    assert draft.problems == ()
    assert draft.client_name == name
    assert [person.name for person in draft.people] == people


def test_a_client_of_the_address_book_needs_no_address() -> None:
    world = a_world(book=(BOB,))

    by_name = read("Client: Bob Stone\n- Sign it @Bob\n", world)
    by_firm = read("Client: Acme Ltd\n- Sign it @Bob\n", world)

    for draft in (by_name, by_firm):
        assert draft.problems == ()
        assert (draft.client_name, draft.people) == ("Acme Ltd", (BOB,))


def test_a_client_nobody_knows_is_asked_about() -> None:
    draft = read("Client: Carol Jones\n- Sign it @Carol\n")

    assert problems_of(draft) == [
        (
            1,
            "No address is known for Carol Jones. Write it beside the name: "  # noqa: ISC004 - one sentence
            "“Carol Jones <name@firm.example>”.",
        )
    ]
    assert draft.people == (DraftPerson("Carol Jones", None, Role.CLIENT),)
    assert todos_of(draft)[0].responsible == "Carol Jones"


def test_nobody_from_the_clients_house_gets_inside_by_a_header() -> None:
    draft = read(
        "Client: Carol <carol@acme.example>\nWith: Ann <ann@acme.example>\n- Sign it @Ann\n"
    )

    assert [person.role for person in draft.people] == [Role.CLIENT, Role.CLIENT]


def test_neighbours_at_a_public_mail_provider_are_no_colleagues() -> None:
    draft = read("Client: Carol <carol@gmail.com>\nWith: Vic <vic@gmail.com>\n- Sign it @Vic\n")

    assert [person.role for person in draft.people] == [Role.CLIENT, Role.TEAM]


def test_the_provider_is_on_no_list() -> None:
    draft = read(f"{PEOPLE}Observers: Dana Smith <dana@studio.example>\n- Draft it @Dana\n")

    assert [person.name for person in draft.people] == ["Carol Jones", "Vic Ray"]


def test_everybody_of_one_address_is_one_person() -> None:
    draft = read(f"{PEOPLE}- One @CAROL@ACME.example\n- Two | Carol J. <carol@acme.example>\n")

    assert [todo.responsible for todo in todos_of(draft)] == [CAROL, CAROL]
    assert len(draft.people) == 2
