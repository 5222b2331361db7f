"""A whole engagement, and what may go differently on the way to its start."""

from mailflow.ports import MailFate
from tests.journeys.builders import PLAN, STATEMENTS, JourneyOffice


def test_a_whole_engagement(office: JourneyOffice) -> None:
    until_it_runs(office)
    until_the_milestone(office)
    until_the_end(office)

    assert office.fates() == [
        *[MailFate.COMMANDED] * 2,
        *[MailFate.ACTED] * 3,
        MailFate.COMMANDED,
        *[MailFate.ACTED] * 3,
    ]
    clients = (office.carol, office.olga)
    assert not any("pension" in letter.text for person in clients for letter in person.letters)


def until_it_runs(office: JourneyOffice) -> None:
    dana, carol = office.dana, office.carol
    dana.mails(office.filled(PLAN), "plan: 2026 tax return")
    assert (dana.new(), dana.last().files) == (["plan_proposal"], ["TAX.pdf"])
    assert carol.new() == []

    dana.answers("go live\nok")
    assert dana.new() == ["transcript"]
    assert (carol.new(), carol.last().files) == (["agreement_asked"], ["TAX.pdf"])

    carol.answers("Fine with me!")
    assert carol.new() == ["to_dos_asked"]
    assert carol.last().files == ["TAX-1.ics", "TAX-2.ics", "TAX.pdf"]
    assert [person.new() for person in (dana, office.vic, office.olga)] == [["plan_page"]] * 3
    assert office.states() == ["open", "open", "waiting", "waiting"]


def until_the_milestone(office: JourneyOffice) -> None:
    dana, carol = office.dana, office.carol
    office.later("2026-03-03 10:40")
    assert (carol.new(), dana.new()) == (["reminder"], ["digest"])
    carol.answers("1 done, statements attached. 2 I can do Friday", STATEMENTS, to="to_dos_asked")
    assert office.states() == ["done", "promised", "waiting", "waiting"]
    assert office.promises() == [None, "2026-03-06", None, None]
    assert (carol.new(), carol.last().files) == (["receipt"], ["TAX-1.ics", "TAX-2.ics"])
    assert "received: statements.pdf" in carol.last().text

    carol.answers("About number 2: does my husband have to sign as well?", to="to_dos_asked")
    assert (carol.new(), dana.new()) == (["receipt"], ["answer_passed_on"])
    dana.answers("No, your signature alone is enough.")
    assert (carol.new(), dana.new()) == (["words_forwarded"], ["transcript"])
    assert "No, your signature alone is enough." in carol.last().text

    office.later("2026-03-06 10:05")
    assert dana.new() == ["digest"]
    assert "Promised for today" in dana.last().text
    carol.answers("2 done", to="to_dos_asked")
    assert office.states() == ["done", "done", "open", "waiting"]
    assert carol.new() == ["receipt"]
    assert "“Records complete” is reached" in carol.last().text


def until_the_end(office: JourneyOffice) -> None:
    dana, carol, vic, olga = office.dana, office.carol, office.vic, office.olga
    assert vic.new() == ["to_dos_asked"]
    assert [person.new() for person in (dana, olga)] == [["plan_page"]] * 2

    vic.answers("Draft is finished.")
    assert (vic.new(), carol.new()) == (["receipt"], ["to_dos_asked"])
    assert [part.method for part in carol.last().entries] == ["REQUEST"]

    office.later("2026-03-09 09:30")
    assert dana.new() == ["digest"]
    carol.answers("approved")
    assert office.states() == ["done", "done", "done", "done"]
    assert [p.new() for p in (carol, dana, vic, olga)] == [["receipt"], *[["plan_page"]] * 3]


def test_a_corrected_plan_in_the_same_thread_replaces_the_draft(quick: JourneyOffice) -> None:
    dana = quick.dana
    dana.mails(quick.filled(PLAN), "plan: 2026 tax return")
    corrected = quick.filled(PLAN).replace("Sign the engagement letter", "Sign the new letter")
    dana.answers(corrected)

    assert dana.new() == ["plan_proposal", "plan_proposal"]
    assert "Sign the new letter" in dana.last().text
    assert quick.states() == ["waiting"] * 4


def test_what_is_unclear_in_a_plan_is_asked_back_and_the_draft_waits(quick: JourneyOffice) -> None:
    unclear = quick.filled(PLAN).replace("@Carol by Fri", "@Nobody by Fri")
    quick.dana.mails(unclear, "plan: 2026 tax return")
    assert "Nobody" in quick.dana.last("plan_proposal").text
    quick.dana.answers("ok")

    assert quick.dana.new() == ["plan_proposal", "transcript"]
    assert quick.carol.new() == []


def test_a_plan_that_needs_no_agreement_starts_with_ok(quick: JourneyOffice) -> None:
    quick.dana.mails("Agree: no\n" + quick.filled(PLAN), "plan: 2026 tax return")
    quick.dana.answers("go live\nok")

    assert quick.carol.new() == ["to_dos_asked"]
    assert quick.states() == ["open", "open", "waiting", "waiting"]


def test_doubts_about_a_plan_go_to_the_provider_and_agree_to_nothing(quick: JourneyOffice) -> None:
    quick.dana.mails(quick.filled(PLAN), "plan: 2026 tax return")
    quick.dana.answers("go live\nok")
    quick.dana.new()
    quick.carol.answers("Why do I have to sign the letter again? We did that last year.")

    assert quick.dana.new() == ["answer_passed_on"]
    assert quick.states() == ["waiting"] * 4
