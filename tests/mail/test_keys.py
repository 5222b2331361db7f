import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.keys import (
    CalendarClaim,
    CodeHint,
    IdKind,
    Keyring,
    RefClaim,
    TokenKind,
    body_ref,
    calendar_uid,
    find_refs,
    make_token,
    message_id_for,
    read_own_id,
    read_token,
    read_uid,
    thread_id_for,
    verify,
    verify_token,
)
from tests.mail.builders import INSTANCE, KEYRING, LETTER

CAROL = "carol@acme.example"
LETTERS = st.integers(0, 2**40 - 1)
OTHER_KEYS = Keyring(b"x" * 32, version=3)


@given(LETTERS, st.sampled_from(TokenKind), st.emails())
def test_a_token_comes_back_as_it_was_made(letter: int, kind: TokenKind, person: str) -> None:
    token = make_token(KEYRING, kind, letter, person)
    claim = read_token(token.upper())

    assert re.fullmatch(r"[a-z2-7]{24}", token)
    assert claim is not None
    assert (claim.letter_id, claim.kind) == (letter, kind)
    assert verify_token(KEYRING, claim, person.upper())


def test_a_token_holds_for_no_one_else() -> None:
    claim = read_token(make_token(KEYRING, TokenKind.REPLY, LETTER, CAROL))

    assert claim is not None
    assert not verify_token(KEYRING, claim, "mallory@acme.example")
    assert not verify_token(OTHER_KEYS, claim, CAROL)


@given(st.integers(0, 23), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_token_with_another_letter_does_not_hold(place: int, character: str) -> None:
    token = make_token(KEYRING, TokenKind.REPLY, LETTER, CAROL)
    forged = token[:place] + character + token[place + 1 :]
    claim = read_token(forged)

    held = claim is not None and verify_token(KEYRING, claim, CAROL)
    assert held == (forged == token)


@given(st.text(max_size=40))
def test_any_text_may_be_asked_whether_it_is_a_mark(text: str) -> None:
    assert read_own_id(text) is None
    assert read_uid(text) is None
    claim = read_token(text)
    assert claim is None or not verify_token(KEYRING, claim, CAROL)


def test_marks_of_the_previous_key_are_still_believed_and_older_ones_are_not() -> None:
    old = Keyring(b"j" * 32, version=2)
    older = Keyring(b"i" * 32, version=1)

    for keys, believed in ((old, True), (older, False)):
        claim = read_own_id(message_id_for(keys, LETTER, INSTANCE))
        assert claim is not None
        assert verify(KEYRING, claim, instance=INSTANCE, recipient="") is believed


def test_the_version_after_fifteen_is_zero() -> None:
    assert Keyring(b"new", version=0, previous=(b"old",)).key(15) == b"old"


@given(LETTERS)
def test_message_and_thread_ids_name_their_letter_and_not_each_other(letter: int) -> None:
    message_id = message_id_for(KEYRING, letter, INSTANCE)
    thread_id = thread_id_for(KEYRING, letter, INSTANCE)
    swapped = message_id.replace("<mf.", "<thread.")

    for one, kind in ((message_id, IdKind.MESSAGE), (thread_id, IdKind.THREAD)):
        claim = read_own_id(one)
        assert claim is not None
        assert (claim.letter_id, claim.kind) == (letter, kind)
        assert verify(KEYRING, claim, instance=INSTANCE.upper(), recipient="")
    forged = read_own_id(swapped)
    assert forged is not None
    assert not verify(KEYRING, forged, instance=INSTANCE, recipient="")


def test_an_id_of_another_installation_is_not_ours() -> None:
    claim = read_own_id(message_id_for(KEYRING, LETTER, "other.example"))

    assert claim is not None
    assert not verify(KEYRING, claim, instance=INSTANCE, recipient="")


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda line: line,
        lambda line: f"some words\n> > {line}\n> > more",
        lambda line: line.upper(),
        lambda line: line.replace("-", "-\n> "),
        lambda line: line.replace("Ref: ", "Bezug:\n"),
        lambda line: f"<p style='x'>{line.replace(' ', '&nbsp;').replace('&nbsp;', ' ')}</p>",
        lambda line: f"({line}).",
    ],
)
def test_the_reference_line_survives_what_mail_programs_do_to_it(rewrite: object) -> None:
    assert callable(rewrite)
    [claim] = find_refs(rewrite(body_ref(KEYRING, LETTER)))

    assert claim.letter_id == LETTER
    assert verify(KEYRING, claim, instance=INSTANCE, recipient="")


def test_the_least_quoted_reference_comes_first() -> None:
    older, newer = body_ref(KEYRING, 1), body_ref(KEYRING, 2)

    found = find_refs(f">> {older}\n> {newer}\n> {newer}\n")

    assert [claim.letter_id for claim in found] == [2, 1]


def test_a_cut_reference_code_does_not_hold() -> None:
    [claim] = find_refs(body_ref(KEYRING, LETTER))
    cut = RefClaim(claim.version, claim.letter_id, claim.mac[:4])

    assert not verify(KEYRING, cut, instance=INSTANCE, recipient="")


def test_at_most_thirty_two_references_are_looked_at() -> None:
    many = "\n".join(body_ref(KEYRING, number) for number in range(100))

    assert len(find_refs(many)) == 32


@given(st.text(min_size=1, max_size=12), st.integers(1, 9999), st.integers(1, 10**6))
def test_a_calendar_uid_says_whose_entry_it_is(code: str, n: int, person: int) -> None:
    uid = calendar_uid(KEYRING, code, n, person, INSTANCE)
    claim = read_uid(uid)

    assert uid == calendar_uid(KEYRING, code, n, person, INSTANCE)
    assert uid.isascii()
    assert isinstance(claim, CalendarClaim)
    assert (claim.n, claim.person_id) == (n, str(person))
    if not re.search(r"[\ud800-\udfff]", code):
        assert claim.plan_code == code
        assert verify(KEYRING, claim, instance=INSTANCE, recipient="")


def test_a_calendar_uid_of_another_person_does_not_hold() -> None:
    claim = read_uid(calendar_uid(KEYRING, "TAX", 3, 17, INSTANCE).replace(".17.", ".18."))

    assert claim is not None
    assert claim.person_id == "18"
    assert not verify(KEYRING, claim, instance=INSTANCE, recipient="")


def test_a_hint_proves_nothing() -> None:
    assert not verify(KEYRING, CodeHint("TAX", 3), instance=INSTANCE, recipient=CAROL)


def test_a_letter_beyond_forty_bits_has_no_mark() -> None:
    with pytest.raises(ValueError, match="40 bits"):
        make_token(KEYRING, TokenKind.REPLY, 2**40, CAROL)
