"""Shadow mode: nothing reaches a client before the provider has seen it."""

import pytest

from tests.journeys.builders import PLAN, JourneyOffice, Letter

WITHOUT_AGREEMENT = "Agree: no\n" + PLAN


@pytest.fixture
def shadow(quick: JourneyOffice) -> JourneyOffice:
    """An office that is not live, with a plan that just started."""
    return started(quick)


def started(office: JourneyOffice) -> JourneyOffice:
    office.dana.mails(office.filled(WITHOUT_AGREEMENT), "plan: 2026 tax return")
    office.dana.answers("ok")
    for person in office.people.values():
        person.new()
    return office


def asked_about(office: JourneyOffice, name: str) -> Letter:
    """The letter that puts a letter to somebody before Dana."""
    letters = [one for one in office.dana.letters if one.kind == "approval_asked"]
    return next(one for one in letters if f"This letter to {name}" in one.text)


def test_letters_to_clients_wait_for_ok(office: JourneyOffice) -> None:
    dana, carol = office.dana, office.carol
    started(office)
    assert office.waiting() == [
        (carol.address, "to_dos_asked"),
        (office.olga.address, "plan_page"),
    ]
    assert (carol.letters, office.olga.letters) == ([], [])
    assert "1. Send the bank statements" in asked_about(office, "Carol").text

    dana.answers("ok", to=asked_about(office, "Carol"))
    assert (carol.new(), dana.new()) == (["to_dos_asked"], ["transcript"])
    assert carol.last().files == ["TAX-1.ics", "TAX-2.ics", "TAX.pdf"]

    carol.answers("1 done")
    assert office.states()[0] == "done"
    assert (carol.new(), dana.new()) == ([], ["approval_asked"])


def test_no_withdraws(shadow: JourneyOffice) -> None:
    shadow.dana.answers("no", to=asked_about(shadow, "Carol"))
    for day in (3, 4, 5, 6):
        shadow.later(f"2026-03-{day:02} 09:30")

    assert shadow.carol.letters == []
    assert shadow.dana.new() == ["transcript", *["digest"] * 4]


def test_own_words_go_out_in_place_of_ours(shadow: JourneyOffice) -> None:
    words = "Dear Carol, please send me your statements by Friday.\nBest, Dana"
    shadow.dana.answers(words, to=asked_about(shadow, "Carol"))
    assert shadow.carol.new() == ["words_forwarded"]
    assert words in shadow.carol.last().text
    assert [kind for _, kind in shadow.waiting()] == ["plan_page"]

    shadow.carol.answers("They are on their way.")
    assert shadow.dana.new() == ["transcript", "answer_passed_on"]


def test_a_second_ok_starts_nothing_else(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(PLAN), "plan: 2026 tax return")
    quick.dana.answers("ok")
    asked = asked_about(quick, "Carol")
    quick.dana.answers("ok", to=asked)
    quick.dana.answers("ok", to=asked)

    assert "Nothing is waiting for your word here." in quick.dana.last("transcript").text
    assert quick.carol.new() == ["agreement_asked"]
    assert quick.states() == ["waiting"] * 4


def test_what_waits_is_written_once(shadow: JourneyOffice) -> None:
    for day in (3, 4, 5, 6, 9, 10):
        shadow.later(f"2026-03-{day:02} 09:30")

    assert shadow.dana.new() == ["digest"] * 6
    assert len(shadow.waiting()) == 2


def test_a_letter_that_was_overtaken_is_asked_anew(shadow: JourneyOffice) -> None:
    shadow.dana.mails("done TAX-1")
    shadow.dana.answers("ok", to=asked_about(shadow, "Carol"))
    assert shadow.carol.letters == []
    assert shadow.waiting()[-1] == (shadow.carol.address, "to_dos_asked")
    shadow.dana.answers("ok", to="approval_asked")

    assert shadow.carol.new() == ["to_dos_asked"]
    assert "Send the bank statements" not in shadow.carol.last().text


def test_go_live_lets_go_what_waits_and_all_that_follows(shadow: JourneyOffice) -> None:
    shadow.dana.mails("done TAX-1\ngo live")
    assert shadow.olga.new() == ["plan_page"]
    assert shadow.carol.new() == ["to_dos_asked"]
    assert "Send the bank statements" not in shadow.carol.last().text
    assert shadow.waiting() == []

    shadow.carol.answers("done")
    assert shadow.carol.new() == ["receipt"]
