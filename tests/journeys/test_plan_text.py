"""A running plan is changed by its own text: told, asked about, done, taken back."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.journeys.builders import JourneyOffice, Letter, Person

OPEN = ["open", "open", "waiting", "waiting"]
SIGN = "Sign the engagement letter | Carol Jones | with Vic Ray | Tue 10 March 2026"
DRAFT = "Draft the return | Vic Ray | Wed 18 March 2026"


@pytest.fixture
def running(quick: JourneyOffice) -> JourneyOffice:
    quick.starts_plan()
    return quick


def shown(office: JourneyOffice) -> tuple[Letter, str]:
    """Let Dana ask for the plan's text; returns the letter, and the text in it."""
    office.dana.mails("show TAX")
    letter = office.dana.last()
    block = [line[2:] for line in letter.text.splitlines() if line.startswith("  ")]
    for person in office.people.values():
        person.new()
    return letter, "\n".join(block[block.index("Plan: 2026 tax return") :])


def edited(office: JourneyOffice, *changes: tuple[str, str]) -> str:
    """Answer the plan's text with changes; returns what the transcript says, on one line."""
    letter, text = shown(office)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    office.dana.answers(text, to=letter)
    return said(office.dana)


def said(person: Person) -> str:
    return " ".join(person.last("transcript").text.split())


def news(office: JourneyOffice) -> dict[str, list[str]]:
    found = {name: person.new() for name, person in office.people.items()}
    return {name: kinds for name, kinds in found.items() if kinds}


def test_a_change_that_somebody_was_told_of_waits_for_a_word(running: JourneyOffice) -> None:
    told = edited(running, (SIGN, "Sign both letters | Carol Jones | Thu 12 March 2026"))

    assert "“Sign the engagement letter” becomes “Sign both letters”" in told
    assert "Nothing has been changed yet, because Carol Jones heard of it before" in told
    assert news(running) == {"dana": ["transcript"]}
    running.dana.answers("ok")

    assert "to be done by Thursday 12 March 2026" in said(running.dana)
    assert news(running) == {"dana": ["transcript"], "carol": ["change_notice"]}
    [entry] = running.carol.last().entries
    assert b"SUMMARY:Sign both letters" in entry.data
    assert b"DTSTART;VALUE=DATE:20260312" in entry.data
    assert b"SEQUENCE:1" in entry.data


def test_what_nobody_was_told_happens_at_once_and_is_taken_back(running: JourneyOffice) -> None:
    told = edited(running, (DRAFT, "Draft the whole return | Vic Ray | Thu 19 March 2026"))

    assert "“Draft the return” becomes “Draft the whole return”" in told
    assert "Nothing has been changed yet" not in told
    assert news(running) == {"dana": ["transcript"]}
    running.dana.answers("undo")
    assert news(running) == {"dana": ["transcript"]}
    assert DRAFT in shown(running)[1]


def test_no_leaves_everything_and_a_second_word_finds_nothing(running: JourneyOffice) -> None:
    edited(running, (SIGN, "Sign both letters | Carol Jones"))
    asked = running.dana.last()
    running.dana.answers("no", to=asked)

    assert "stays as it was" in said(running.dana)
    running.dana.answers("ok", to=asked)
    assert "Nothing is waiting for your word here" in said(running.dana)
    assert SIGN in shown(running)[1]


def test_a_step_goes_to_somebody_else_with_its_entry(running: JourneyOffice) -> None:
    told = edited(running, ("statements | Carol Jones", "statements | Vic Ray"))
    assert "TAX-1 goes to Vic Ray" in told
    assert news(running) == {"dana": ["transcript"]}
    running.dana.answers("go")

    assert news(running) == {
        "dana": ["transcript"],
        "vic": ["to_dos_asked"],
        "carol": ["change_notice"],
    }
    [gone] = running.carol.last().entries
    assert b"METHOD:CANCEL" in gone.data
    assert "Vic takes care of it now" in running.carol.last().text


def test_a_missing_line_drops_nothing(running: JourneyOffice) -> None:
    _, text = shown(running)
    gone = next(line for line in text.splitlines() if line.startswith("4. "))
    told = edited(running, (f"{gone}\n", ""), (DRAFT, "Draft it | Vic Ray"))

    assert "Not in your text any more: #4." in told
    assert "“drop 4”" in told
    assert running.states() == OPEN


def test_lines_join_where_they_stand_and_are_asked_for(running: JourneyOffice) -> None:
    told = edited(
        running,
        ("Milestone: Records", "- Send the lease @Carol by 12 March\nMilestone: Records"),
        ("Milestone: Return filed", "- Send the letter @Vic, after #3\nMilestone: Return filed"),
    )

    assert "TAX-5 “Send the lease” joins, for Carol Jones, by Thursday 12 March 2026." in told
    assert news(running) == {"dana": ["transcript"], "carol": ["to_dos_asked"]}
    assert running.states() == ["open", "open", "open", "waiting", "waiting", "waiting"]


def test_the_same_text_again_adds_nothing_twice(running: JourneyOffice) -> None:
    letter, text = shown(running)
    more = text.replace("Milestone: Return", "- File a copy @Vic\nMilestone: Return")
    running.dana.answers(more, to=letter)
    assert "TAX-5 “File a copy” joins, for Vic Ray." in said(running.dana)
    running.dana.answers(more, to=letter)

    assert "has this as #5 already" in said(running.dana)
    assert len(running.states()) == 5


def test_an_old_text_takes_nothing_back_that_changed_since(running: JourneyOffice) -> None:
    letter, text = shown(running)
    running.dana.mails("due TAX-3: 20 March\nnote TAX-3: slowly")
    running.dana.answers(text.replace("Approve the draft", "Approve the return"), to=letter)

    assert "TAX-4 “Approve the draft” becomes “Approve the return”." in said(running.dana)
    assert "TAX-3" not in said(running.dana)
    assert "Draft the return | Vic Ray | Fri 20 March 2026" in shown(running)[1]


def test_phases_goal_and_people_change_too(running: JourneyOffice) -> None:
    bob = running.people["bob"]
    told = edited(
        running,
        ("Goal: Return filed by 31 March, no penalty", "Goal: All of it filed by 31 March"),
        ("# Prepare", "# Draft and approve"),
        ("With: Vic Ray", f"With: Bob Stone <{bob.address}>, Vic Ray"),
        ("Milestone: Return filed", "Milestone: All filed"),
        ("31 March 2026", "31 March 2026\n\n# Aftercare\n- Keep the papers @Bob by 7 April"),
    )

    assert "This line of the plan’s head changes to: All of it filed by 31 March" in told
    assert "The phase “Prepare” becomes “Draft and approve”" in told
    assert "“Aftercare” joins as the last phase" in told
    assert "Bob Stone joins the plan" in told
    assert "The milestone is “All filed”" in told
    _, text = shown(running)
    assert "# Draft and approve\n3. Draft the return" in text
    assert "# Aftercare\n5. Keep the papers | Bob Stone | Tue 7 April 2026 | [do]" in text
    assert f"Bob Stone <{bob.address}>" in text


def test_a_line_below_another_heading_moves_and_waits_again(running: JourneyOffice) -> None:
    _, text = shown(running)
    line = next(line for line in text.splitlines() if line.startswith("2. "))
    told = edited(running, (f"{line}\n", ""), ("3. Draft", f"{line}\n3. Draft"))
    assert "TAX-2 moves to “Prepare”" in told
    running.dana.answers("ok")

    assert running.states() == ["open", "waiting", "waiting", "waiting"]
    assert "not your turn yet" in running.carol.last("change_notice").subject
    [gone] = running.carol.last().entries
    assert b"METHOD:CANCEL" in gone.data
    running.dana.mails("undo")
    assert running.states() == OPEN


def test_the_text_is_known_by_its_code_in_a_fresh_mail(running: JourneyOffice) -> None:
    _, text = shown(running)
    running.dana.mails(text.replace("Draft the return", "Draft it all"), "my changes")

    assert "TAX-3 “Draft the return” becomes “Draft it all”." in said(running.dana)
    assert running.states() == OPEN


def test_another_plan_with_a_taken_code_is_no_change(running: JourneyOffice) -> None:
    text = running.filled("Code: TAX\nClient: Carol Jones <{carol}>\n- Choose a colour @Carol\n")
    running.dana.mails(text, "plan: new website")

    assert running.dana.new() == ["plan_proposal"]
    assert "The code TAX is taken" in running.dana.last().text
    assert running.states() == OPEN


def test_a_few_lines_and_commands_may_stand_together(running: JourneyOffice) -> None:
    letter, _ = shown(running)
    running.dana.answers("done 1\n4. Approve the draft @Carol by 24 March", to=letter)

    assert "TAX-4 is to be done by Tuesday 24 March 2026" in said(running.dana)
    assert running.states() == ["done", "open", "waiting", "waiting"]


def test_a_line_that_cannot_be_read_is_told_and_spoils_nothing(running: JourneyOffice) -> None:
    told = edited(running, ("Draft the return | Vic Ray", "Draft the return | Zoe"),
                  ("Approve the draft", "Approve it"))  # fmt: skip

    assert "“Zoe”" in told
    assert "TAX-4 “Approve the draft” becomes “Approve it”." in told
    assert DRAFT in shown(running)[1]


def test_unproven_edits_wait_for_an_answer_from_the_known_address(
    believing_nobody: JourneyOffice,
) -> None:
    office = believing_nobody
    office.dana.mails(office.filled(_SMALL), "plan: lease")
    office.dana.answers("go live\nok")
    [code] = {line["plan"] for line in office.history() if line["plan"]}
    assert code is not None
    office.dana.mails(
        office.filled(f"Code: {code}\n{_SMALL}").replace("Sign", "Initial"), "changes"
    )

    assert "Nothing has been changed yet" in said(office.dana)
    office.dana.answers("ok")
    assert "becomes “Initial the lease”" in said(office.dana)


def test_what_a_client_knows_is_not_hidden_and_notes_stay_inside(running: JourneyOffice) -> None:
    told = edited(
        running,
        ("Language: en", "Language: en\nInternal: she pays late"),
        ("6 March 2026 | [send]", "6 March 2026 | [send] [internal]"),
        ("Milestone: Return filed", "- Check her file @Vic [internal]\nMilestone: Return filed"),
    )

    assert "Carol Jones knows of TAX-1 already" in told
    assert "Kept inside the team: she pays late" in told
    assert news(running) == {"dana": ["transcript"]}
    running.dana.mails("finish TAX")
    letters = [letter.text for letter in running.carol.letters]
    assert not [text for text in letters if "pays late" in text or "Check her file" in text]
    assert "Internal: she pays late" in shown(running)[1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Milestone: Records complete | 16 March", "by Monday 16 March 2026"),
        ("Goal: All of it filed", "changes to: All of it filed"),
        ("3. Draft the return, after #4", "These To Dos wait for each other"),
    ],
)
def test_one_line_above_the_quoted_text_is_enough(
    running: JourneyOffice, line: str, told: str
) -> None:
    letter, _ = shown(running)
    running.dana.answers(line, to=letter)

    assert told in said(running.dana)


def test_a_text_in_a_file_is_read_alone(running: JourneyOffice) -> None:
    letter, text = shown(running)
    more = text.replace("Approve the draft", "Approve the lot").encode()
    running.dana.answers("see the file", ("tax.txt", "text/plain", more), to=letter)

    assert "TAX-4 “Approve the draft” becomes “Approve the lot”." in said(running.dana)
    assert "comes after" not in said(running.dana)


def test_a_finished_plan_is_not_changed_by_its_text(running: JourneyOffice) -> None:
    letter, text = shown(running)
    running.dana.mails("finish TAX")
    running.dana.answers(text.replace("Draft the return", "Write it"), to=letter)

    assert "is finished, so this cannot be done" in said(running.dana)
    assert "start TAX" in said(running.dana)


def as_gmail(office: JourneyOffice, letter: Letter, typed: str, quoted: str) -> bytes:
    """Return an answer that has no plain text, as some programs send it."""
    message = EmailMessage()
    message["From"] = office.dana.sender
    message["To"] = letter.received.answer_to
    message["Subject"] = f"Re: {letter.subject}"
    message["Message-ID"] = f"<{len(office.said)}@far.test>"
    message["In-Reply-To"] = letter.received.message.message_id
    wrote = f"On Mon, 2 Mar 2026 at 10:00, Dana Reed &lt;{office.bot}&gt; wrote:"
    message.set_content(
        f'<div dir="ltr">{typed}<br></div><div class="gmail_quote"><div class="gmail_attr">'
        f'{wrote}<br></div><blockquote class="gmail_quote">{quoted}</blockquote></div>',
        subtype="html",
    )
    return message.as_bytes(policy=SMTP)


def test_html_alone_is_read_above_the_quotation_and_in_it(running: JourneyOffice) -> None:
    letter, _ = shown(running)
    page = letter.received.message.html or ""
    typed = "3. Draft it all | Vic Ray | Thu 19 March<br>- Call the bank @Vic by 20 March"
    running.dana.posts(as_gmail(running, letter, typed, page))
    assert "TAX-3 “Draft the return” becomes “Draft it all”" in said(running.dana)
    assert "TAX-5 “Call the bank” joins, for Vic Ray, by Friday 20 March 2026" in said(running.dana)
    assert "not understood" not in said(running.dana)
    quoted = page.replace("Approve the draft | Carol", "Approve the return | Carol")
    running.dana.posts(as_gmail(running, letter, "", quoted))

    told = said(running.dana)
    assert "TAX-4 “Approve the draft” becomes “Approve the return”" in told
    assert "not understood" not in told
    assert "Not in your text" not in told
    assert len(running.states()) == 5


_SMALL = (
    "Agree: no\nClient: Carol Jones <{carol}>\n"
    "1. Send the lease @Carol by 10 March\n2. Sign the lease @Carol\n"
)
