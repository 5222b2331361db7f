"""Whose mail it is, and which letter it answers."""

from mailflow.demo.programs import Received, Typed, answer
from mailflow.domain.notice import ToDosAsked
from mailflow.flow.recognise import Recognised, recognise
from mailflow.mail.carriers import CarrierSource
from mailflow.mail.keys import TokenKind, make_token
from mailflow.mail.parse import parse_message
from mailflow.ports import QueuedLetter
from tests.builders import BOB, CAROL, MONDAY, VIC
from tests.flow.builders import BOT, Desk
from tests.mail.builders import raw_mail


def asked(desk: Desk, person: int = CAROL) -> QueuedLetter:
    [letter] = desk.write(ToDosAsked(person, desk.plan, (1, 2)))  # type: ignore[arg-type]  # an id
    return letter


def look(desk: Desk, raw: bytes) -> Recognised:
    return recognise(parse_message(raw), desk.store.unit(), desk.settings)


def answered(letter: QueuedLetter, sender: str = "carol@acme.example") -> bytes:
    return answer(sender, Received.of(letter.sealed), Typed("1 done"), MONDAY)


def reply_to(letter: QueuedLetter) -> str:
    return Received.of(letter.sealed).answer_to


def test_the_address_is_believed_first(desk: Desk) -> None:
    letter = asked(desk)
    found = look(desk, answered(letter))

    assert found.letter == letter.letter
    assert found.source is CarrierSource.ADDRESS
    assert (found.token, found.foreign, found.conflict, found.bad_mark) == (
        True, False, False, False,
    )  # fmt: skip


def test_without_the_address_the_ids_tell(desk: Desk) -> None:
    letter = asked(desk)
    raw = answered(letter).replace(reply_to(letter).encode(), BOT.encode())

    assert look(desk, raw).source is CarrierSource.MESSAGE_ID


def test_without_ids_the_line_at_the_end_tells(desk: Desk) -> None:
    letter = asked(desk)
    text = "\n".join(f"> {line}" for line in letter.letter.text.splitlines())
    found = look(desk, raw_mail(f"To: {BOT}", body=f"done\n\n{text}\n"))

    assert found.source is CarrierSource.BODY_REF
    assert (found.letter, found.token) == (letter.letter, True)


def test_a_code_that_anybody_can_read_is_a_hint_and_no_proof(desk: Desk) -> None:
    asked(desk)
    found = look(desk, raw_mail(f"To: {BOT}", "Subject: Re: [TAX]", body="TAX-1 is done\n"))

    assert (found.letter, found.token) == (None, False)
    assert {hint.plan_code for hint in found.hints} == {"TAX"}


def test_a_mark_made_for_another_person_is_foreign(desk: Desk) -> None:
    letter = asked(desk)

    found = look(desk, answered(letter, "bob@acme.example"))
    assert (found.token, found.foreign, found.letter) == (False, True, letter.letter)
    stranger = look(desk, answered(letter, "eve@evil.example"))
    assert (stranger.sender, stranger.foreign) == (None, True)


def test_a_token_that_was_made_for_another_address_is_a_bad_mark(desk: Desk) -> None:
    letter = asked(desk)
    forged = make_token(
        desk.settings.keyring, TokenKind.REPLY, letter.letter.id, "bob@acme.example"
    )
    raw = raw_mail(f"To: {BOT.replace('@', f'+{forged}@')}")
    assert look(desk, raw).bad_mark

    other = make_token(desk.settings.keyring, TokenKind.REPLY, 99, "carol@acme.example")
    assert look(desk, raw_mail(f"To: {BOT.replace('@', f'+{other}@')}")).bad_mark


def test_two_tokens_are_a_bad_mark_even_if_both_are_ours(desk: Desk) -> None:
    one, two = asked(desk), asked(desk, BOB)
    raw = raw_mail(f"To: {reply_to(one)}", f"Cc: {reply_to(two)}")

    assert look(desk, raw).bad_mark


def test_marks_of_two_people_are_a_conflict_and_two_letters_to_one_are_none(desk: Desk) -> None:
    mine, hers = asked(desk), asked(desk, VIC)
    again = desk.write(ToDosAsked(VIC, desk.plan, (1,)))[0]
    raw = answered(hers, "vic@studio.example")

    def quoting(letter: QueuedLetter) -> bytes:
        return raw + letter.letter.text.encode()

    parent = Received.of(hers.sealed).message.message_id.encode()
    swapped = raw.replace(parent, mine.letter.message_id.encode())
    assert look(desk, swapped).conflict
    assert not look(desk, quoting(again)).conflict


def test_from_alone_says_who_but_proves_nothing(desk: Desk) -> None:
    found = look(desk, raw_mail(f"To: {BOT}"))

    assert found.sender is not None
    assert found.sender.id == CAROL
    assert (found.letter, found.token) == (None, False)


def test_a_letter_of_another_office_means_nothing_here(desk: Desk) -> None:
    letter = asked(desk)
    there = desk.settings.instance.encode()
    raw = answered(letter).replace(reply_to(letter).encode(), BOT.encode())

    assert look(desk, raw.replace(there, b"other.example")).source is not CarrierSource.MESSAGE_ID
