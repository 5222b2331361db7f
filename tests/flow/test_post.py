"""How notices become letters: when they leave, for whom they wait, and that they go once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailflow.domain.notice import (
    Alarm,
    AlarmKind,
    PlanPage,
    Receipt,
    Reminder,
    ToDosAsked,
    WordsForwarded,
)
from mailflow.domain.outcome import OpenItem
from mailflow.flow.post import Occasion, PostRoom
from mailflow.mail.keys import read_token, verify
from mailflow.ports import OutboxState
from tests.builders import CAROL, DANA, MONDAY, VIC
from tests.flow.builders import INSTANCE, NIGHT, Desk, states

QUEUED, WAITS = OutboxState.QUEUED, OutboxState.AWAITING_APPROVAL
MORNING = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def page(desk: Desk, to: int = CAROL) -> PlanPage:
    return PlanPage(to, desk.plan, "asked for")  # type: ignore[arg-type]  # an id


def asked(desk: Desk, *numbers: int) -> ToDosAsked:
    return ToDosAsked(CAROL, desk.plan, numbers or (1, 2))


def test_a_letter_says_how_to_answer_and_what_it_is(desk: Desk) -> None:
    [queued] = desk.staged(asked(desk))
    message = desk.receive(queued).message

    assert (message.header("auto-submitted") or "").startswith("auto-generated")
    assert message.message_id == queued.letter.message_id
    assert queued.letter.items == ((1, desk.plan.id, 1), (2, desk.plan.id, 2))
    local = message.reply_to[0].address.partition("@")[0]
    claim = read_token(local.partition("+")[2])
    assert claim is not None
    ring = desk.settings.keyring
    assert verify(ring, claim, instance=INSTANCE, recipient="carol@acme.example")
    assert not verify(ring, claim, instance=INSTANCE, recipient="bob@acme.example")


def test_in_shadow_mode_letters_to_clients_wait_and_are_put_before_the_provider(
    shadow: Desk,
) -> None:
    receipt = Receipt(VIC, ())
    assert states(shadow.staged(asked(shadow), receipt)) == [
        ("to_dos_asked", WAITS),
        ("approval_asked", QUEUED),
        ("receipt", QUEUED),
    ]


def test_her_own_words_need_no_approval_and_others_do(shadow: Desk) -> None:
    hers = WordsForwarded(CAROL, DANA, shadow.plan, "Friday is fine")
    colleagues = WordsForwarded(CAROL, VIC, shadow.plan, "Friday is fine")

    assert states(shadow.staged(hers)) == [("words_forwarded", QUEUED)]
    assert states(shadow.staged(colleagues))[0] == ("words_forwarded", WAITS)


def test_to_dos_that_open_at_night_are_told_in_the_morning(desk: Desk) -> None:
    unit = desk.store.unit()
    written = PostRoom(desk.settings).write(unit, [asked(desk)], Occasion(NIGHT))
    unit.commit()

    assert written == 0
    assert desk.store.next_check() == MORNING


def test_a_page_that_is_due_at_night_leaves_in_the_morning(desk: Desk) -> None:
    [queued] = desk.staged(page(desk), now=NIGHT)

    assert queued.due_at == MORNING


def test_the_provider_and_her_team_hear_at_once_by_night_too(desk: Desk) -> None:
    alarm = Alarm(DANA, AlarmKind.HELD, "no. 7", "too deep", NIGHT)
    [told] = desk.staged(alarm, now=NIGHT)
    [vics] = desk.staged(ToDosAsked(VIC, desk.plan, (1,)), now=NIGHT)

    assert (told.due_at, vics.due_at) == (NIGHT, NIGHT)


def test_one_letter_that_asks_a_person_and_day(desk: Desk) -> None:
    assert len(desk.write(asked(desk, 1))) == 1
    assert desk.write(asked(desk, 2)) == ()

    unit = desk.store.unit()
    occasion = Occasion(MONDAY, by_provider=True)
    assert PostRoom(desk.settings).write(unit, [asked(desk, 2)], occasion) == 1


def test_after_a_reminder_what_opens_waits_for_another_day(desk: Desk) -> None:
    desk.write(Reminder(CAROL, (OpenItem(1, desk.plan, 1),), (1,)))

    assert desk.write(asked(desk, 2)) == ()
    assert len(desk.write(asked(desk, 2), now=MORNING)) == 1


def test_a_reminder_may_be_written_anew_as_often_as_it_is_overtaken(desk: Desk) -> None:
    reminder = Reminder(CAROL, (OpenItem(1, desk.plan, 1),), (1,))
    keys = {desk.write(reminder)[0].day_key for _ in range(4)}

    assert len(keys) == 4


@pytest.mark.parametrize(
    "facts", [{"stopped": True}, {"undeliverable": ("carol@acme.example",)}], ids=["stop", "bounce"]
)
def test_whoever_wants_no_mail_or_cannot_get_any_gets_none(
    desk: Desk, facts: dict[str, object]
) -> None:
    desk.change(CAROL, **facts)

    assert desk.staged(asked(desk), Receipt(CAROL, ())) == ()


def test_the_first_letter_welcomes_and_the_second_does_not(desk: Desk) -> None:
    desk.change(CAROL, welcomed=False)
    [first] = desk.write(asked(desk, 1))
    [second] = desk.write(page(desk))

    assert "add this sender to your contacts" in " ".join(first.letter.text.split())
    assert "add this sender to your contacts" not in " ".join(second.letter.text.split())


def test_without_a_delimiter_the_address_stays_as_it_is(desk: Desk) -> None:
    settings = replace(desk.settings, delimiter="")
    plain = Desk(desk.store, settings, desk.plan)
    [queued] = plain.staged(asked(desk))

    assert desk.receive(queued).message.reply_to[0].address == desk.settings.address
